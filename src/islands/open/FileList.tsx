import { spacingMm } from '../../grid/grid.ts';
import { IssueList } from '../IssueList.tsx';
import { Icon } from '../practice/Icon.tsx';
import { Choosers } from './Choosers.tsx';
import { useOpenRoom } from './context.ts';
import { formatDims, formatSpacing } from './figures.ts';
import { LeftOutList } from './LeftOutList.tsx';
import { RoleSelect } from './RoleSelect.tsx';
import { type BrokenGroup, concerning, rivals } from './review.ts';
import { fileName, noteSentence, withTerms } from './sentences.ts';
import type { ReadEntry } from './state.ts';

/** The files by what they are used for; the first row is the case as a whole. `left`: things to settle. */
export function FileList({ left }: { readonly left: number }) {
	const { session, state, review, t } = useOpenRoom();
	const { images, references, unused, broken } = review;
	return (
		<nav className="files" aria-label={t('list.label')}>
			<ul>
				<li
					className={`${rowClass({ attention: left > 0, selected: state.selected === undefined, off: false })} whole`}
				>
					<button
						type="button"
						className="pick"
						aria-current={state.selected === undefined}
						onClick={() => session.select(undefined)}
					>
						<Icon name={left > 0 ? 'stop' : 'check'} small />
						<b>{t('list.case')}</b>
						<small>
							{left > 0 ? t(left === 1 ? 'check.leftOne' : 'check.left', { count: left }) : t('list.caseReady')}
						</small>
					</button>
				</li>
			</ul>
			<Section title={t('list.images')} entries={images} />
			<Section title={t('list.reference')} entries={references} />
			<Section title={t('list.unused')} entries={unused} />
			{broken.length > 0 && (
				<section>
					<h2>{t('list.broken')}</h2>
					<ul>
						{broken.map((group) => (
							<BrokenRow key={group.first.path} group={group} />
						))}
					</ul>
				</section>
			)}
			<LeftOutList />
			<div className="acts">
				<Choosers first={false} />
			</div>
		</nav>
	);
}

function Section({ title, entries }: { readonly title: string; readonly entries: readonly ReadEntry[] }) {
	if (entries.length === 0) return null;
	return (
		<section>
			<h2>{title}</h2>
			<ul>
				{entries.map((entry) => (
					<FileRow key={entry.path} entry={entry} />
				))}
			</ul>
		</section>
	);
}

function FileRow({ entry }: { readonly entry: ReadEntry }) {
	const room = useOpenRoom();
	const { session, state, review, terms } = room;
	const { path, role, grid, note } = entry;
	const blocking = concerning(review.issues, path);
	const watched = role === null ? [] : concerning(review.warnings, path);
	const blocked = blocking.length > 0 || rivals(state.entries, entry).length > 0;
	const refused = review.acceptance.series.some(
		({ name, checks }) => name === path && checks.some(({ verdict }) => verdict === 'fail'),
	);
	const attention = blocked || refused || watched.length > 0 || (role !== null && note !== undefined);
	const selected = state.selected === path;
	return (
		<li className={rowClass({ attention, selected, off: role === null })}>
			<button type="button" className="pick" title={path} aria-current={selected} onClick={() => session.select(path)}>
				<Icon name={blocked ? 'stop' : attention ? 'alert' : role === null ? 'eyeoff' : 'check'} small />
				<b>{fileName(path)}</b>
				<small>
					{formatDims(grid.dims)}
					{room.t('list.comma')}
					{formatSpacing(spacingMm(grid))}
				</small>
			</button>
			<RoleSelect entry={entry} />
			{note && <p className="note">{noteSentence(note, path, room)}</p>}
			<IssueList issues={withTerms([...blocking, ...watched], room)} t={terms} />
		</li>
	);
}

function BrokenRow({ group: { first, entries } }: { readonly group: BrokenGroup }) {
	const { session, state, t, terms } = useOpenRoom();
	const name = fileName(first.path);
	const selected = entries.some(({ path }) => path === state.selected);
	return (
		<li className={rowClass({ attention: true, selected, off: false })}>
			<button
				type="button"
				className="pick"
				title={first.path}
				aria-current={selected}
				onClick={() => session.select(first.path)}
			>
				<Icon name="alert" small />
				<b>{entries.length > 1 ? t('list.more', { name, count: entries.length }) : name}</b>
			</button>
			{first.failure ? (
				<p className="note">{t(`file.${first.failure}`)}</p>
			) : (
				<IssueList issues={first.issues} t={terms} />
			)}
		</li>
	);
}

function rowClass(row: { readonly attention: boolean; readonly selected: boolean; readonly off: boolean }): string {
	return `file${row.attention ? ' at' : ''}${row.selected ? ' on' : ''}${row.off ? ' off' : ''}`;
}
