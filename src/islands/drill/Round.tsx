import { type ReactNode, useEffect, useRef, useState } from 'react';
import { formatPercent } from '../../i18n/format.ts';
import { localePath } from '../../i18n/locales.ts';
import { DRILL_KINDS, type Drill } from '../../schemas/drill.ts';
import type { AnswerEvent } from '../../schemas/learnerEvent.ts';
import type { Store } from '../../store/store.ts';
import { keepAnswer } from './keepAnswer.ts';
import { newSeed, withSeed } from './seed.ts';
import type { Words } from './words.ts';

/** An answer as it was marked. */
export interface Told {
	/** 0..1. */
	readonly score: number;
	/** What was answered, as it is kept. */
	readonly given: AnswerEvent['given'];
	/** Rules that this item tests. */
	readonly rules: readonly string[];
	/** It would fail a case outright. */
	readonly hardFail?: boolean;
}

/** The item that is asked. */
export interface Turn {
	/** How the answer was marked; undefined before there is one. */
	readonly told: Told | undefined;
	/** Marks the item, once. */
	answer(told: Told): void;
}

interface Props<Item> {
	readonly words: Words;
	readonly drill: Drill;
	readonly store: Store;
	readonly items: readonly Item[];
	/** What follows `drill:<kind>:` in the answer that is kept. */
	idOf(item: Item): string;
	/** What the summary calls it. */
	titleOf(item: Item): string;
	children(item: Item, turn: Turn, number: number): ReactNode;
}

/** A score is right from here on; below, and above nothing, it is right in part. */
const RIGHT = 0.999;

/** One round: item after item, each told at once, and what it came to. */
export function Round<Item>({ words, drill, store, items, idOf, titleOf, children }: Props<Item>) {
	const { t } = words;
	const [answers, setAnswers] = useState<readonly Told[]>([]);
	const [at, setAt] = useState(0);
	const [unkept, setUnkept] = useState<'full' | 'unavailable'>();
	const began = useRef(0);
	const heading = useRef<HTMLHeadingElement>(null);
	const next = useRef<HTMLButtonElement>(null);
	const told = answers[at];
	useEffect(() => {
		began.current = performance.now();
		if (at > 0) heading.current?.focus();
	}, [at]);
	useEffect(() => {
		if (told) next.current?.focus({ preventScroll: true });
	}, [told]);
	const item = items[at];
	if (item === undefined) return <Summary {...{ words, drill, items, answers, titleOf, heading }} />;
	const answer = (marked: Told) => {
		if (told) return;
		setAnswers([...answers, marked]);
		const { score, given, rules, hardFail } = marked;
		void keepAnswer(store, {
			kind: drill.kind,
			item: idOf(item),
			rules,
			score,
			given,
			seconds: (performance.now() - began.current) / 1000,
			...(hardFail && { hardFail }),
		}).then(setUnkept);
	};
	return (
		<section className="round" data-at={at} data-item={idOf(item)} data-score={told?.score}>
			<div className="progress">
				<h2 ref={heading} tabIndex={-1}>
					{t('round.item', { n: at + 1, of: items.length })}
				</h2>
				<ol aria-hidden="true">
					{items.map((each, n) => (
						<li key={idOf(each)} className={n === at ? 'at' : answers[n] ? outcome(answers[n].score) : undefined} />
					))}
				</ol>
			</div>
			{children(item, { told, answer }, at)}
			{told && (
				<div className="bar after">
					<b className={outcome(told.score)} role="status">
						{t(`round.${outcome(told.score)}`)}
					</b>
					<span className="sp" />
					<button
						type="button"
						className="btn qt s"
						data-problem="drill"
						data-problem-id={`${drill.kind}:${idOf(item)}`}
						aria-haspopup="dialog"
					>
						<svg className="ic s" aria-hidden="true">
							<use href="#i-flag" />
						</svg>
						{t('report')}
					</button>
					<button ref={next} type="button" className="btn pri" data-next onClick={() => setAt(at + 1)}>
						{t(at + 1 < items.length ? 'round.next' : 'round.finish')}
					</button>
				</div>
			)}
			{unkept && (
				<p className="attn" role="alert">
					{t(`round.unkept.${unkept}`)}
				</p>
			)}
		</section>
	);
}

function outcome(score: number): 'right' | 'partly' | 'wrong' {
	return score >= RIGHT ? 'right' : score > 0 ? 'partly' : 'wrong';
}

interface SummaryProps<Item> extends Pick<Props<Item>, 'words' | 'drill' | 'items' | 'titleOf'> {
	readonly answers: readonly Told[];
	readonly heading: React.RefObject<HTMLHeadingElement | null>;
}

/** What a round came to. */
function Summary<Item>({ words: { t, locale }, drill, items, answers, titleOf, heading }: SummaryProps<Item>) {
	const score = answers.reduce((sum, told) => sum + told.score, 0) / Math.max(1, answers.length);
	const kind = DRILL_KINDS[(DRILL_KINDS.indexOf(drill.kind) + 1) % DRILL_KINDS.length] ?? drill.kind;
	return (
		<section className="round summary" data-summary={score}>
			<h2 ref={heading} tabIndex={-1}>
				{t('summary.score', { score: formatPercent(score) })}
			</h2>
			<p>
				{t('summary.count', { right: answers.filter((told) => told.score >= RIGHT).length, of: items.length })}{' '}
				{t('summary.kept')}
			</p>
			<ol className="ledger">
				{items.map((item, n) => {
					const told = answers[n];
					return (
						// biome-ignore lint/suspicious/noArrayIndexKey: the items of a round keep their places
						<li key={n}>
							<span>{titleOf(item)}</span>
							<b className={told && outcome(told.score)}>
								{told && `${t(`round.${outcome(told.score)}`)} · ${formatPercent(told.score)}`}
							</b>
						</li>
					);
				})}
			</ol>
			<div className="bar">
				<a className="btn pri" href={withSeed(newSeed())} data-again>
					{t('summary.again')}
				</a>
				<a className="btn" href={localePath(locale, `/drills/${kind}/`)} data-kind={kind}>
					{t('summary.next', { kind: t(`kind.${kind}`) })}
				</a>
				<a className="btn qt" href={localePath(locale, '/drills/')}>
					{t('summary.all')}
				</a>
			</div>
		</section>
	);
}
