import { useEffect, useState } from 'react';
import { formatPercent } from '../../i18n/format.ts';
import { localePath } from '../../i18n/locales.ts';
import { shuffled } from '../../learning/drills/chance.ts';
import { REPAIR_LIMITS } from '../../learning/drills/repair.ts';
import type { DrillOf, PlantedCase } from '../../schemas/drill.ts';
import type { Store } from '../../store/store.ts';
import { StoreError } from '../../store/storeError.ts';
import { repairQuery } from '../practice/address.ts';
import { repairItem } from '../practice/repair/repairItem.ts';
import { newSeed, withSeed } from './seed.ts';
import type { Words } from './words.ts';

interface Props {
	readonly words: Words;
	readonly drill: DrillOf<'repair'>;
	readonly store: Store;
	readonly seed: number;
	/** Titles of the cases. */
	readonly titles: Readonly<Record<string, string>>;
}

/** The tasks of a round, each repaired in the reading room; what they came to, once they were. */
export function RepairTasks({ words, drill, store, seed, titles }: Props) {
	const { t, locale } = words;
	const [scores, setScores] = useState<ReadonlyMap<string, number>>();
	const [problem, setProblem] = useState(false);
	useEffect(() => {
		const read = () => {
			readScores(store, seed).then(setScores, (error: unknown) => {
				if (!(error instanceof StoreError)) throw error;
				setProblem(true);
				setScores(new Map());
			});
		};
		read();
		// Back from the reading room without a new page load.
		const back = (event: PageTransitionEvent) => event.persisted && read();
		addEventListener('pageshow', back);
		return () => removeEventListener('pageshow', back);
	}, [store, seed]);
	const tasks = shuffled(drill.cases, seed).slice(0, drill.perRound);
	const scoreOf = (task: PlantedCase) => scores?.get(repairItem(task));
	const done = tasks.flatMap((task) => scoreOf(task) ?? []);
	const next = tasks.find((task) => scoreOf(task) === undefined);
	const hrefOf = (task: PlantedCase) =>
		`${localePath(locale, '/practice/')}${repairQuery(task.case, { ...task, round: seed })}`;
	const mean = done.reduce((sum, score) => sum + score, 0) / Math.max(1, done.length);
	return (
		<section className="round" data-done={scores && done.length}>
			<h2>
				{next
					? t('repairs.heading', { done: done.length, of: tasks.length })
					: t('summary.score', { score: formatPercent(mean) })}
			</h2>
			<p>{t('repairs.how')}</p>
			<ol className="ledger tasks">
				{tasks.map((task) => {
					const score = scoreOf(task);
					return (
						<li key={repairItem(task)} data-task={repairItem(task)} data-score={score}>
							<span>{titles[task.case] ?? task.case}</span>
							{score === undefined ? (
								<a className={task === next ? 'btn pri' : 'btn'} href={hrefOf(task)}>
									{t('repairs.open')}
									<span className="vh"> {titles[task.case] ?? task.case}</span>
								</a>
							) : (
								<b>{formatPercent(score)}</b>
							)}
						</li>
					);
				})}
			</ol>
			{problem && (
				<p className="attn" role="alert">
					{t('round.unkept.unavailable')}
				</p>
			)}
			{!next && scores && (
				<div className="bar">
					<a className="btn pri" href={withSeed(newSeed())} data-again>
						{t('summary.again')}
					</a>
					<a className="btn" href={localePath(locale, '/drills/end-slices/')} data-kind="end-slices">
						{t('summary.next', { kind: t('kind.end-slices') })}
					</a>
				</div>
			)}
			<p className="mute xs">
				{t('repair.defaults', {
					share: formatPercent(REPAIR_LIMITS.shareMin),
					free: formatPercent(REPAIR_LIMITS.brokenFree),
				})}
			</p>
		</section>
	);
}

/** The best score of each task in a round. */
async function readScores(store: Store, round: number): Promise<ReadonlyMap<string, number>> {
	const { events } = await store.listLearner();
	const scores = new Map<string, number>();
	for (const event of events) {
		if (event.kind !== 'answer' || !event.item.startsWith('drill:repair:')) continue;
		const { given } = event;
		const isRound = typeof given === 'object' && given !== null && !Array.isArray(given) && given.round === round;
		const task = event.item.slice('drill:repair:'.length);
		if (isRound) scores.set(task, Math.max(event.score, scores.get(task) ?? 0));
	}
	return scores;
}
