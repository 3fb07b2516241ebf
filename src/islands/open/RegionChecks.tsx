import { voxelVolumeMl } from '../../grid/grid.ts';
import { formatQuantity } from '../../i18n/format.ts';
import type { CaseDraft, RegionCheck } from '../../importers/draftCase.ts';
import { regionVoxels } from '../../importers/labelScheme.ts';
import { REGION_SEQUENCE, type Region } from '../../protocol/protocol.ts';
import { useOpenRoom } from './context.ts';

/** Which regions can be drawn and scored, and why not. */
export function RegionChecks({ draft }: { readonly draft: CaseDraft }) {
	const { t, terms } = useOpenRoom();
	return (
		<table className="tbl">
			<thead>
				<tr>
					<th scope="col">{t('regions.name')}</th>
					<th scope="col">{t('regions.on')}</th>
					<th scope="col">{t('regions.reference')}</th>
					<th scope="col">{t('regions.state')}</th>
				</tr>
			</thead>
			<tbody>
				{draft.regions.map((check) => (
					<tr key={check.region}>
						<th scope="row">
							<span className="rg">
								<i className={`sw ${check.region.toLowerCase()}`} />
								{terms(`region.${check.region}`)}
							</span>
						</th>
						<td>{terms(`sequence.${REGION_SEQUENCE[check.region]}`)}</td>
						<td>{check.scorable && <ReferenceVolume region={check.region} />}</td>
						<td>
							<State check={check} />
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

function ReferenceVolume({ region }: { readonly region: Region }) {
	const { review, t } = useOpenRoom();
	const { reference, scheme } = review;
	if (!reference?.labels || !scheme) return null;
	const voxels = regionVoxels(reference.labels, scheme, region);
	return voxels === 0 ? t('regions.empty') : formatQuantity(voxels * voxelVolumeMl(reference.grid), 'mL');
}

function State({ check }: { readonly check: RegionCheck }) {
	const { t, terms } = useOpenRoom();
	if (check.scorable) return t('regions.scorable');
	const sequence = terms(`sequence.${REGION_SEQUENCE[check.region]}`);
	const sentence =
		check.reason === 'sequenceMissing' ? t('regions.sequenceMissing', { sequence }) : t(`regions.${check.reason}`);
	return <span className={check.reason === 'noReference' ? 'mute' : 'attn'}>{sentence}</span>;
}
