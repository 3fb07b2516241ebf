import { voxelVolumeMl } from '../../grid/grid.ts';
import { formatQuantity } from '../../i18n/format.ts';
import { gridSentence } from '../../i18n/gridSentence.ts';
import { regionVoxels, SCHEME_NAME } from '../../importers/labelScheme.ts';
import type { MaskMeaning, PlacedMask } from '../../importers/placeMasks.ts';
import { FAMILY_REGIONS, REGION_SEQUENCE, type Region } from '../../protocol/protocol.ts';
import { LABEL_SCHEMES, type LabelScheme } from '../../schemas/caseManifest.ts';
import { IssueList } from '../IssueList.tsx';
import { useRoom } from './context.ts';
import { Icon } from './Icon.tsx';
import type { MaskUpload, UploadedFile } from './maskUpload.ts';
import { withRegions } from './withRegions.ts';

/** One file: what it is taken for, and how each region of it lies. */
export function ImportFile({
	upload,
	file,
	placed,
	onRemove,
}: {
	readonly upload: MaskUpload;
	readonly file: UploadedFile;
	readonly placed: readonly PlacedMask[];
	readonly onRemove: (path: string) => void;
}) {
	const { t } = useRoom();
	return (
		<li data-file={file.name}>
			<div className="mhead">
				<b>{file.path}</b>
				{file.meaning.kind !== 'segments' && <MeaningSelect upload={upload} file={file} />}
				<button
					type="button"
					className="ib"
					aria-label={t('import.removeNamed', { file: file.name })}
					title={t('import.remove')}
					onClick={() => onRemove(file.path)}
				>
					<Icon name="x" small />
				</button>
			</div>
			<IssueList issues={withRegions([...file.warnings, ...file.doubts], t)} t={t} />
			{file.meaning.kind === 'segments' && <Segments upload={upload} file={file} regions={file.meaning.regions} />}
			<ul className="mplaces">
				{bySequence(placed).map((masks) => (
					<li key={masks[0].region} data-fit={masks[0].fit.kind}>
						<span className="rgs">
							{masks.map(({ region }) => (
								<span key={region} className="rg" data-region={region}>
									<i className={`sw ${region.toLowerCase()}`} />
									{t(`region.${region}`)} <span className="num">{formatQuantity(volumeMl(file, region), 'mL', 2)}</span>
								</span>
							))}
						</span>
						<FitWords mask={masks[0]} />
					</li>
				))}
			</ul>
		</li>
	);
}

/** Masks of one file that lie on the same images, and so lie on them alike. */
function bySequence(placed: readonly PlacedMask[]): [PlacedMask, ...PlacedMask[]][] {
	const groups: [PlacedMask, ...PlacedMask[]][] = [];
	for (const mask of placed) {
		const group = groups.find(([first]) => REGION_SEQUENCE[first.region] === REGION_SEQUENCE[mask.region]);
		if (group) group.push(mask);
		else groups.push([mask]);
	}
	return groups;
}

/** What the whole file is: nothing, one region, or the labels of an edition. */
function MeaningSelect({ upload, file }: { readonly upload: MaskUpload; readonly file: UploadedFile }) {
	const { t } = useRoom();
	const { meaning } = file;
	const value = meaning.kind === 'region' ? meaning.region : meaning.kind === 'labels' ? meaning.scheme : 'nothing';
	const choose = (word: string) => {
		const region = FAMILY_REGIONS[upload.family].find((each) => each === word);
		const scheme = LABEL_SCHEMES.find((each) => each === word);
		const chosen: MaskMeaning = region
			? { kind: 'region', region }
			: scheme
				? { kind: 'labels', scheme }
				: { kind: 'nothing' };
		upload.setMeaning(file.path, chosen);
	};
	return (
		<select
			className="choice"
			aria-label={t('import.meaning', { file: file.name })}
			value={value}
			onChange={({ currentTarget }) => choose(currentTarget.value)}
		>
			<RegionOptions upload={upload} />
			{LABEL_SCHEMES.map((scheme: LabelScheme) => (
				<option key={scheme} value={scheme}>
					{t('import.byLabels', { scheme: SCHEME_NAME[scheme] })}
				</option>
			))}
			<option value="nothing">{t('import.nothing')}</option>
		</select>
	);
}

function RegionOptions({ upload }: { readonly upload: MaskUpload }) {
	const { t } = useRoom();
	return FAMILY_REGIONS[upload.family].map((region) => (
		<option key={region} value={region}>
			{t(`region.${region}`)}
		</option>
	));
}

/** The segments of a file that names them, each with the region it belongs to. */
function Segments({
	upload,
	file,
	regions,
}: {
	readonly upload: MaskUpload;
	readonly file: UploadedFile;
	readonly regions: readonly (Region | null)[];
}) {
	const { t } = useRoom();
	return (
		<ul className="segments">
			{file.segments.map(({ name }, n) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: segments have no other identity, and never change their order
				<li key={n}>
					<span>{name}</span>
					<select
						className="choice"
						aria-label={t('import.segment', { segment: name })}
						value={regions[n] ?? ''}
						onChange={({ currentTarget: { value } }) => {
							const region = FAMILY_REGIONS[upload.family].find((each) => each === value) ?? null;
							upload.setMeaning(file.path, {
								kind: 'segments',
								regions: regions.map((each, at) => (at === n ? region : each)),
							});
						}}
					>
						<RegionOptions upload={upload} />
						<option value="">{t('import.nothing')}</option>
					</select>
				</li>
			))}
		</ul>
	);
}

const FITS = { same: 'import.fits', reordered: 'import.reordered', part: 'import.part' } as const;

/** How a mask lies on its images, in words. */
function FitWords({ mask: { region, fit } }: { readonly mask: PlacedMask }) {
	const { t } = useRoom();
	const sequence = t(`sequence.${REGION_SEQUENCE[region]}`);
	if (fit.kind === 'misfit') return <span className="attn">{gridSentence(fit.difference, sequence, t)}</span>;
	if (fit.kind === 'sequenceMissing') return <span className="attn">{t('regions.unavailable', { sequence })}</span>;
	if (fit.kind === 'otherSequence')
		return (
			<span className="attn">{t('import.otherSequence', { drawnOn: t(`sequence.${fit.drawnOn}`), sequence })}</span>
		);
	return <span className="mute">{t(FITS[fit.kind], { sequence })}</span>;
}

function volumeMl({ grid, segments, labels, meaning }: UploadedFile, region: Region): number {
	const voxels =
		meaning.kind === 'labels'
			? regionVoxels(labels ?? [], meaning.scheme, region)
			: segments.reduce((sum, segment, n) => {
					const counts = meaning.kind === 'region' || (meaning.kind === 'segments' && meaning.regions[n] === region);
					return counts ? sum + segment.voxels : sum;
				}, 0);
	return voxels * voxelVolumeMl(grid);
}
