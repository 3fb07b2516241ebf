import { voxelVolumeMl } from '../../grid/grid.ts';
import { formatQuantity } from '../../i18n/format.ts';
import { type LabelCounts, labelTissue } from '../../importers/labelScheme.ts';
import { useOpenRoom } from './context.ts';
import type { ReadEntry } from './state.ts';

/** Labels of the reference, and what each means in the chosen edition. */
export function LabelTable({ entry, labels }: { readonly entry: ReadEntry; readonly labels: LabelCounts }) {
	const { review, t } = useOpenRoom();
	if (labels.length === 0) return <p className="mid">{t('labels.none')}</p>;
	const { scheme } = review;
	const millilitres = voxelVolumeMl(entry.grid);
	return (
		<section aria-label={t('labels')}>
			<h3>{t('labels')}</h3>
			<table className="tbl">
				<thead>
					<tr>
						<th scope="col">{t('labels.value')}</th>
						<th scope="col" className="num">
							{t('labels.voxels')}
						</th>
						<th scope="col" className="num">
							{t('labels.volume')}
						</th>
						<th scope="col">{t('labels.meaning')}</th>
					</tr>
				</thead>
				<tbody>
					{labels.map(({ value, voxels }) => {
						const tissue = scheme && labelTissue(scheme, value);
						return (
							<tr key={value}>
								<th scope="row">{Number(value.toPrecision(6))}</th>
								<td className="num">{voxels}</td>
								<td className="num">{formatQuantity(voxels * millilitres, 'mL')}</td>
								<td>
									{tissue && t(`tissue.${tissue}`)}
									{scheme && !tissue && <span className="attn">{t('labels.unknown')}</span>}
								</td>
							</tr>
						);
					})}
				</tbody>
			</table>
		</section>
	);
}
