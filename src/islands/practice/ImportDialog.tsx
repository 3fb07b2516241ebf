import { useEffect, useId, useState, useSyncExternalStore } from 'react';
import { voxelVolumeMl } from '../../grid/grid.ts';
import { formatQuantity } from '../../i18n/format.ts';
import { gridSentence } from '../../i18n/gridSentence.ts';
import { regionVoxels, SCHEME_NAME } from '../../importers/labelScheme.ts';
import type { MaskMeaning, PlacedMask } from '../../importers/placeMasks.ts';
import { FAMILY_REGIONS, REGION_SEQUENCE, type Region } from '../../protocol/protocol.ts';
import { LABEL_SCHEMES, type LabelScheme } from '../../schemas/caseManifest.ts';
import { IssueList } from '../IssueList.tsx';
import { fromInput } from '../open/gather.ts';
import { leftOutSentence } from '../open/sentences.ts';
import { useRoom } from './context.ts';
import { Dialog } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import type { MaskUpload, UploadedFile } from './maskUpload.ts';

/** Takes masks drawn in another tool into the attempt: which file is which region, how it lies, then one edit a region. */
export function ImportDialog() {
	const { session } = useRoom();
	const [upload] = useState(() => session.startUpload());
	useEffect(() => () => upload?.close(), [upload]);
	// Also those that are dropped while it is open. What is in the way of an upload is told on the page behind.
	useEffect(() => {
		const dropped = session.takeDropped();
		if (!upload) session.showDialog(undefined);
		else if (dropped.length > 0) void upload.add(dropped);
	});
	return upload ? <Opened upload={upload} /> : null;
}

function Opened({ upload }: { readonly upload: MaskUpload }) {
	const { session, t } = useRoom();
	const state = useSyncExternalStore(upload.subscribe, () => upload.state);
	const { placed, issues, usable } = upload.review();
	const close = () => session.showDialog(undefined);
	const takeOver = async () => {
		const taken = await upload.takeOver();
		if (taken) session.showImported(taken);
	};
	const named = issues.map((issue) =>
		issue.params.region === undefined
			? issue
			: { ...issue, params: { ...issue.params, region: t(`region.${issue.params.region as Region}`) } },
	);
	const regions = new Set(usable.map(({ region }) => region)).size;
	const ready = issues.length === 0 && regions > 0 && !state.reading;
	return (
		<Dialog title={t('import.title')} onClose={close}>
			<header>
				<h2>{t('import.title')}</h2>
				<button type="button" className="ib" aria-label={t('dialog.close')} title={t('dialog.close')} onClick={close}>
					<Icon name="x" />
				</button>
			</header>
			<div className="body masks">
				<p>{t('import.formats')}</p>
				<Chooser upload={upload} busy={state.reading !== undefined || state.taking} />
				{state.reading && (
					<p className="working" role="status">
						{t('import.reading', { done: state.reading.done, total: state.reading.total })}
					</p>
				)}
				<div role="alert">
					<IssueList issues={named} t={t} />
					{state.problem === 'failed' && <p className="attn">{t('import.gone')}</p>}
					{typeof state.problem === 'object' && <IssueList issues={state.problem} t={t} />}
				</div>
				<ul className="mfiles">
					{state.files.map((file) => (
						<FileRow
							key={file.name}
							upload={upload}
							file={file}
							placed={placed.filter(({ name }) => name === file.name)}
						/>
					))}
					{state.broken.map(({ name, issues }) => (
						<li key={name} className="broken" data-broken={name}>
							<b>{name}</b>
							{issues.length > 0 ? <IssueList issues={issues} t={t} /> : <p>{t('import.gone')}</p>}
							<button type="button" className="btn qt s" onClick={() => upload.remove(name)}>
								{t('import.remove')}
							</button>
						</li>
					))}
					{state.leftOut.map((file, n) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice, and the list never changes its order
						<li key={n} className="broken" data-broken={file.path}>
							<b>{file.path}</b>
							<p>{leftOutSentence(file, t)}</p>
						</li>
					))}
				</ul>
			</div>
			<footer>
				<span className="mute sm">{t('import.replaces')}</span>
				<span className="sp" />
				<button type="button" className="btn qt" onClick={close}>
					{t('dialog.cancel')}
				</button>
				<button
					type="button"
					className={ready ? 'btn pri' : 'btn'}
					disabled={!ready || state.taking}
					onClick={() => void takeOver()}
				>
					{state.taking ? t('import.taking') : t('import.action', { count: regions })}
				</button>
			</footer>
		</Dialog>
	);
}

function Chooser({ upload, busy }: { readonly upload: MaskUpload; readonly busy: boolean }) {
	const { t } = useRoom();
	const id = useId();
	return (
		<p className="choose">
			<input
				id={id}
				className="vh"
				type="file"
				multiple
				disabled={busy}
				data-choose="masks"
				onChange={({ currentTarget }) => {
					if (currentTarget.files) void upload.add(fromInput(currentTarget.files));
					// The same file can be chosen again once it was mended.
					currentTarget.value = '';
				}}
			/>
			<label className="btn" htmlFor={id} aria-disabled={busy}>
				<Icon name="folder" small />
				{t('import.choose')}
			</label>
			<span className="mute sm">{t('import.drop')}</span>
		</p>
	);
}

function FileRow({
	upload,
	file,
	placed,
}: {
	readonly upload: MaskUpload;
	readonly file: UploadedFile;
	readonly placed: readonly PlacedMask[];
}) {
	const { t } = useRoom();
	return (
		<li data-file={file.name}>
			<div className="mhead">
				<b>{file.name}</b>
				{file.meaning.kind !== 'segments' && <MeaningSelect upload={upload} file={file} />}
				<button
					type="button"
					className="ib"
					aria-label={t('import.removeNamed', { file: file.name })}
					title={t('import.remove')}
					onClick={() => upload.remove(file.name)}
				>
					<Icon name="x" small />
				</button>
			</div>
			<IssueList issues={[...file.warnings, ...file.doubts]} t={t} />
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
		upload.setMeaning(file.name, chosen);
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
							upload.setMeaning(file.name, {
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
