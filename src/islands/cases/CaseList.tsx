import { useEffect, useRef, useState } from 'react';
import { type Locale, localePath } from '../../i18n/locales.ts';
import type { AttemptSummary } from '../../store/store.ts';
import { AttemptTable } from './AttemptTable.tsx';
import { BackupSection } from './BackupSection.tsx';
import { CaseRows, type ListedCase } from './CaseRows.tsx';
import { CasesInMaking } from './CasesInMaking.tsx';
import { ConfirmedDelete } from './ConfirmedDelete.tsx';
import { type CatalogueState, loadCatalogue } from './catalogue.ts';
import { Library } from './Library.tsx';
import { OfflineSwitch } from './OfflineSwitch.tsx';
import { References } from './References.tsx';
import { ScoreChart } from './ScoreChart.tsx';
import { Section } from './Section.tsx';
import { MEAN_OF, scoreSeries } from './scoreSeries.ts';
import { loadShelf, removeFromShelf, type Shelf } from './shelf.ts';
import { useFocusBack } from './useFocusBack.ts';
import { type Removal, useRemoval } from './useRemoval.ts';
import { wordsIn } from './words.ts';

/** The page of cases: what can be opened, what was drawn, how the scores change. */
export function CaseList({ locale }: { readonly locale: Locale }) {
	const words = wordsIn(locale);
	const { t } = words;
	const [catalogue, setCatalogue] = useState<CatalogueState>({ kind: 'waiting' });
	const [shelf, setShelf] = useState<Shelf>({ kind: 'waiting' });
	const [hasCache, setHasCache] = useState(true);
	/** Grows with whatever may change the room that is used. */
	const [changes, setChanges] = useState(0);
	const changed = () => setChanges((count) => count + 1);

	const readCatalogue = async () => setCatalogue(await loadCatalogue(new AbortController().signal));
	const readShelf = async () => {
		setShelf(await loadShelf());
		changed();
	};
	// biome-ignore lint/correctness/useExhaustiveDependencies: read once; later readings follow what the reader does
	useEffect(() => {
		void readCatalogue();
		void readShelf();
		setHasCache('caches' in globalThis);
		// Back from a case without a new page load: what was drawn meanwhile belongs in the list.
		const back = (event: PageTransitionEvent) => event.persisted && void readShelf();
		// Another tab may have restored or drawn.
		const seen = () => document.visibilityState === 'visible' && void readShelf();
		addEventListener('pageshow', back);
		document.addEventListener('visibilitychange', seen);
		return () => {
			removeEventListener('pageshow', back);
			document.removeEventListener('visibilitychange', seen);
		};
	}, []);

	const removal = useRemoval(
		async (removal: Removal) => {
			await removeFromShelf(removal);
			await readShelf();
		},
		() => void readShelf(),
	);
	const removedFrom = useRef<Removal['kind']>('attempt');
	if (removal.pending) removedFrom.current = removal.pending.kind;
	const backFromToast = useFocusBack(() =>
		document.querySelector(removedFrom.current === 'case' ? '#own h2' : '#attempts h2'),
	);
	const stays = (kind: Removal['kind'], id: string) => removal.pending?.kind !== kind || removal.pending.id !== id;

	const builtIn = catalogue.kind === 'there' ? catalogue.cases : [];
	const own: readonly ListedCase[] =
		shelf.kind === 'there' ? shelf.cases.map(({ manifest, bytes }) => ({ ...manifest, bytes })) : [];
	const ownShown = own.filter(({ id }) => stays('case', id));
	const all = shelf.kind === 'there' ? shelf.attempts.filter(({ attempt }) => stays('attempt', attempt.id)) : [];
	const attempts = all.filter(({ attempt }) => attempt.purpose === 'practice');
	const references = all.filter(({ attempt }) => attempt.purpose === 'reference');
	const titles = new Map([...builtIn, ...ownShown].map(({ id, title }) => [id, title[locale]]));
	// Until the list of cases is there, nobody knows whether a case is gone.
	const titleOf = (caseId: string) => titles.get(caseId) ?? (catalogue.kind === 'there' ? undefined : caseId);
	const series = scoreSeries(attempts);
	// The figures come first, but whoever is new draws an easy case before.
	const first = builtIn.find(({ difficulty, figure }) => difficulty === 'easy' && !figure) ?? builtIn[0];

	return (
		<div aria-busy={catalogue.kind === 'waiting' || shelf.kind === 'waiting'}>
			{(shelf.kind === 'unavailable' || shelf.kind === 'full') && (
				<div className="notice" role="alert">
					<b>{t(`error.${shelf.kind}`)}</b>
					<p>{t(`error.${shelf.kind}.body`)}</p>
					<button className="btn s" type="button" onClick={() => void readShelf()}>
						{t('retry')}
					</button>
				</div>
			)}
			<Section title={t('catalogue.title')} note={t('catalogue.note')}>
				{catalogue.kind === 'there' && first && (
					<Library
						words={words}
						cases={builtIn}
						firstId={first.id}
						offline={({ id, title, bytes }) => (
							<OfflineSwitch words={words} id={id} title={title[locale]} bytes={bytes} onChange={changed} />
						)}
					/>
				)}
				{!hasCache && <p className="mute sm">{t('offline.noCache')}</p>}
				{catalogue.kind === 'there' && catalogue.making.length > 0 && (
					<CasesInMaking words={words} making={catalogue.making} onLook={readCatalogue} />
				)}
				{catalogue.kind === 'there' && builtIn.length === 0 && catalogue.making.length === 0 && (
					<p className="mid">{t('catalogue.empty')}</p>
				)}
				{catalogue.kind === 'waiting' && <p className="mute">{t('catalogue.waiting')}</p>}
				{(catalogue.kind === 'unreachable' || catalogue.kind === 'damaged') && (
					<p className="mid">
						{t(catalogue.kind === 'unreachable' ? 'catalogue.failed' : 'catalogue.damaged')}{' '}
						<button className="btn s" type="button" onClick={() => void readCatalogue()}>
							{t('retry')}
						</button>
					</p>
				)}
			</Section>
			{(shelf.kind === 'waiting' || shelf.kind === 'there') && (
				<>
					<Section id="own" title={t('own.title')} note={t('own.note')}>
						<CaseRows
							words={words}
							cases={ownShown}
							actions={({ id, title }) => (
								<ConfirmedDelete
									words={words}
									label={t('case.remove')}
									name={t('case.removeNamed', { title: title[locale] })}
									question={t('case.removeAsk')}
									onDelete={() =>
										removal.remove({ kind: 'case', id, sentence: t('case.removed', { title: title[locale] }) })
									}
								/>
							)}
						/>
						{shelf.kind === 'there' && ownShown.length === 0 && <p className="mid gap">{t('own.empty')}</p>}
						<a className="btn" href={localePath(locale, '/open/')}>
							{t('own.open')}
						</a>
						{shelf.kind === 'there' && shelf.unreadable.cases > 0 && (
							<p className="mute sm">{t('own.unreadable', { count: shelf.unreadable.cases })}</p>
						)}
					</Section>
					<Section id="attempts" title={t('attempts.title')} note={t('attempts.note')}>
						{attempts.length > 0 && (
							<AttemptTable
								words={words}
								attempts={attempts}
								titleOf={titleOf}
								onDelete={({ attempt }: AttemptSummary) =>
									removal.remove({ kind: 'attempt', id: attempt.id, sentence: t('attempts.deleted') })
								}
							/>
						)}
						{shelf.kind === 'there' && attempts.length === 0 && (
							<>
								<p className="mid gap">{t('attempts.empty')}</p>
								{first && (
									<a className="btn" href={`${localePath(locale, '/practice/')}?case=${encodeURIComponent(first.id)}`}>
										{t('attempts.first', { title: first.title[locale] })}
									</a>
								)}
							</>
						)}
						{shelf.kind === 'there' && shelf.unreadable.attempts > 0 && (
							<p className="mute sm">{t('attempts.unreadable', { count: shelf.unreadable.attempts })}</p>
						)}
					</Section>
				</>
			)}
			{shelf.kind === 'there' && (
				<Section id="references" title={t('references.title')} note={t('references.note')}>
					<References
						words={words}
						cases={[...ownShown, ...builtIn]}
						attempts={references}
						titleOf={titleOf}
						onDelete={({ attempt }) =>
							removal.remove({ kind: 'attempt', id: attempt.id, sentence: t('references.deleted') })
						}
					/>
				</Section>
			)}
			{shelf.kind === 'there' && (
				<BackupSection
					words={words}
					shelf={shelf}
					changes={changes}
					beforeRestore={removal.finish}
					onRestored={readShelf}
				/>
			)}
			{series.length > 0 && (
				<Section title={t('scores.title')} note={t('scores.note', { count: MEAN_OF })}>
					<div className="charts">
						{series.map(({ region, points }) => (
							<ScoreChart
								key={region}
								words={words}
								region={region}
								points={points}
								titleOf={(caseId) => titleOf(caseId) ?? caseId}
							/>
						))}
					</div>
				</Section>
			)}
			<div className="corner" role="status">
				{removal.pending && (
					<div ref={backFromToast} className="toast">
						<span>{removal.pending.sentence}</span>
						<button className="btn qt s" type="button" onClick={removal.undo}>
							{t('undo')}
						</button>
						<button className="btn qt s" type="button" onClick={() => void removal.finish()}>
							{t('dismiss')}
						</button>
					</div>
				)}
				{removal.failed && !removal.pending && <div className="toast">{t('error.failed')}</div>}
			</div>
		</div>
	);
}
