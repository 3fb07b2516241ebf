import { spacingMm } from '../../grid/grid.ts';
import { rasView } from '../../grid/rasView.ts';
import { formatBytes, formatNumber } from '../../i18n/format.ts';
import { IssueList } from '../IssueList.tsx';
import { Icon } from '../practice/Icon.tsx';
import { FileAcceptance } from './Acceptance.tsx';
import { useOpenRoom } from './context.ts';
import { formatDims, formatSpacing } from './figures.ts';
import { LabelTable } from './LabelTable.tsx';
import { RoleSelect } from './RoleSelect.tsx';
import { concerning, rivals } from './review.ts';
import { SchemeField } from './SchemeField.tsx';
import { fileName, noteSentence, roleName, withTerms } from './sentences.ts';
import type { BrokenEntry, Entry, ReadEntry } from './state.ts';

/** Everything known about one file, and what can be done with it. */
export function FileDetail({ entry }: { readonly entry: Entry }) {
	return entry.kind === 'read' ? <ReadDetail entry={entry} /> : <BrokenDetail entry={entry} />;
}

function ReadDetail({ entry }: { readonly entry: ReadEntry }) {
	const room = useOpenRoom();
	const { session, state, review, t, terms } = room;
	const { path, grid, role, note } = entry;
	const others = rivals(state.entries, entry);
	const said = new Set([...concerning(review.issues, path), ...concerning(review.warnings, path), ...entry.warnings]);
	// A rivalry is told below, together with the way out of it.
	const issues = [...said].filter(({ code }) => code !== 'case.duplicateSequence');
	const { tiltDeg } = rasView(grid);
	return (
		<>
			<h2>{fileName(path)}</h2>
			<div className="fields">
				<label className="field" htmlFor="file-role">
					<span>{t('file.useAs')}</span>
					<RoleSelect entry={entry} id="file-role" />
					{note && <small className="attn">{noteSentence(note, path, room)}</small>}
				</label>
				{role === 'reference' && <SchemeField />}
			</div>
			{others.length > 0 && (
				<div className="notice">
					<p>
						<Icon name="stop" />
						{t('file.rivals', { role: roleName(role, room), count: others.length })}
					</p>
					<div className="acts">
						<button type="button" className="btn pri" onClick={() => session.keepAlone(path)}>
							{t('file.useOnly')}
						</button>
						<button type="button" className="btn" onClick={() => session.setRole(path, null)}>
							{t('file.dontUse')}
						</button>
					</div>
				</div>
			)}
			<IssueList issues={withTerms(issues, room)} t={terms} />
			{role === 'reference' && entry.labels && <LabelTable entry={entry} labels={entry.labels} />}
			<FileAcceptance path={path} />
			<section aria-label={t('file.facts')}>
				<h3>{t('file.facts')}</h3>
				<dl className="facts">
					<Fact name={t('file.dims')}>{formatDims(grid.dims)}</Fact>
					<Fact name={t('file.spacing')}>{formatSpacing(spacingMm(grid))}</Fact>
					{tiltDeg >= 0.05 && <Fact name={t('file.tilt')}>{`${formatNumber(tiltDeg, 1)}°`}</Fact>}
					<Fact name={t('file.size')}>{formatBytes(entry.bytes)}</Fact>
					{entry.dicom && <Fact name={t('file.dicomFiles')}>{formatNumber(entry.dicom.count, 0)}</Fact>}
					{path.includes('/') && <Fact name={t('file.folder')}>{path.slice(0, path.lastIndexOf('/'))}</Fact>}
				</dl>
			</section>
			<div className="acts">
				{role !== null && others.length === 0 && (
					<button type="button" className="btn" onClick={() => session.setRole(path, null)}>
						{t('file.dontUse')}
					</button>
				)}
				<button type="button" className="btn qt" onClick={() => session.remove([path])}>
					{t('file.remove')}
				</button>
			</div>
		</>
	);
}

function BrokenDetail({ entry }: { readonly entry: BrokenEntry }) {
	const { session, review, t, terms } = useOpenRoom();
	const group = review.broken.find(({ entries }) => entries.includes(entry))?.entries ?? [entry];
	return (
		<>
			<h2>
				<Icon name="alert" />
				{t('file.brokenTitle', { name: fileName(entry.path) })}
			</h2>
			{entry.failure ? (
				<p className="attn">{t(`file.${entry.failure}`)}</p>
			) : (
				<IssueList issues={entry.issues} t={terms} />
			)}
			<p className="mid">{t('file.others')}</p>
			{group.length > 1 && (
				<section aria-label={t('file.samples')}>
					<h3>{t('file.samples')}</h3>
					<ul className="paths">
						{group.map(({ path }) => (
							<li key={path}>{path}</li>
						))}
					</ul>
				</section>
			)}
			<dl className="facts">
				<Fact name={t('file.size')}>{formatBytes(entry.bytes)}</Fact>
				{entry.path.includes('/') && (
					<Fact name={t('file.folder')}>{entry.path.slice(0, entry.path.lastIndexOf('/'))}</Fact>
				)}
			</dl>
			<div className="acts">
				<button type="button" className="btn" onClick={() => session.remove(group.map(({ path }) => path))}>
					{t('file.remove')}
				</button>
			</div>
		</>
	);
}

function Fact({ name, children }: { readonly name: string; readonly children: string }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</div>
	);
}
