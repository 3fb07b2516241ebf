import { formatBytes } from '../../i18n/format.ts';
import { localePath } from '../../i18n/locales.ts';
import { Icon } from '../practice/Icon.tsx';
import { CaseDetail } from './CaseDetail.tsx';
import { cleanCaseName } from './caseName.ts';
import { useOpenRoom } from './context.ts';
import { FileDetail } from './FileDetail.tsx';
import { FileList } from './FileList.tsx';
import { Reading } from './Reading.tsx';
import { summary } from './sentences.ts';
import type { OpenState } from './state.ts';

/** The files and what they amount to. */
export function CheckSheet({ dropFailed }: { readonly dropFailed: boolean }) {
	const room = useOpenRoom();
	const { session, state, review, t } = room;
	const left = review.issues.length + (cleanCaseName(state.name) ? 0 : 1);
	const selected = state.entries.find(({ path }) => path === state.selected);
	return (
		<section className="sheet" aria-labelledby="open-title" aria-busy={state.reading !== undefined}>
			<header>
				<div>
					<h1 id="open-title">{t('check.title')}</h1>
					<p role="status">{summary(review, state.entries.length, left, room)}</p>
				</div>
				<button
					type="button"
					className="ib"
					aria-label={t('clear')}
					title={t('clear')}
					disabled={state.saving !== undefined}
					onClick={() => session.clear()}
				>
					<Icon name="x" />
				</button>
			</header>
			<div className="body" inert={state.saving !== undefined}>
				<FileList left={left} />
				<div className="detail">{selected ? <FileDetail key={selected.path} entry={selected} /> : <CaseDetail />}</div>
			</div>
			<Reading />
			<div role="alert">
				{state.nothingFound && <p className="problem">{t('nothingFound')}</p>}
				{dropFailed && <p className="problem">{t('dropFailed')}</p>}
				{state.saveProblem && <Problem problem={state.saveProblem} />}
			</div>
			<Footer left={left} />
		</section>
	);
}

function Footer({ left }: { readonly left: number }) {
	const { session, state, review, t } = useOpenRoom();
	const ready = review.draft !== undefined && left === 0;
	const { saving } = state;
	return (
		<footer>
			{saving ? (
				<span className="working" role="status">
					{saving === 'cancelling' ? t('saving.cancelling') : t('saving', { size: formatBytes(usedBytes(state)) })}
				</span>
			) : (
				<span className="mute sm">{t('local')}</span>
			)}
			{saving && (
				<button
					type="button"
					className="btn qt"
					disabled={saving === 'cancelling'}
					onClick={() => session.cancelOpen()}
				>
					{t('saving.cancel')}
				</button>
			)}
			{/* Stays where it is while saving: the focus, and the second click of a double one, land on nothing else. */}
			<button
				type="button"
				className={ready ? 'btn pri' : 'btn'}
				disabled={!ready || state.reading !== undefined}
				aria-disabled={saving !== undefined}
				onClick={() => void session.open()}
			>
				{ready ? t('open') : t(left === 1 ? 'open.blockedOne' : 'open.blocked', { count: left })}
			</button>
		</footer>
	);
}

function Problem({ problem }: { readonly problem: NonNullable<OpenState['saveProblem']> }) {
	const { state, t, locale } = useOpenRoom();
	return (
		<p className="problem">
			{problem === 'full' ? t('problem.full', { size: formatBytes(usedBytes(state)) }) : t(`problem.${problem}`)}
			{problem === 'full' && (
				<a href={localePath(locale, '/cases/')} target="_blank" rel="noreferrer">
					{t('problem.toCases')}
				</a>
			)}
		</p>
	);
}

function usedBytes({ entries }: OpenState): number {
	return entries.reduce((sum, entry) => sum + (entry.kind === 'read' && entry.role ? entry.bytes : 0), 0);
}
