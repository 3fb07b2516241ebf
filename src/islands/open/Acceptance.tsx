import { acceptanceSentence } from '../../i18n/acceptanceSentence.ts';
import { clauseHref } from '../../i18n/clause.ts';
import type { AcceptanceCheck, AcceptanceReason, AcceptanceReport, Verdict } from '../../importers/acceptance.ts';
import type { Sequence } from '../../protocol/protocol.ts';
import { Icon } from '../practice/Icon.tsx';
import { useOpenRoom } from './context.ts';
import type { Words } from './words.ts';

/** Whether the images are acquired as the consensus asks: what is not, and what the files do not tell. */
export function Acceptance() {
	const room = useOpenRoom();
	const { review, accept } = room;
	const told = sentences(review.acceptance, room);
	const bad = told.filter(({ verdict }) => verdict !== 'unknown');
	const unknown = told.filter(({ verdict }) => verdict === 'unknown');
	return (
		<section aria-label={accept('acceptance.title')}>
			<h3>{accept('acceptance.title')}</h3>
			{told.length === 0 && <p className="mute">{accept('acceptance.good')}</p>}
			<Told lines={bad} />
			{unknown.length > 0 && (
				<details className="untold">
					<summary>{accept('acceptance.unknown', { count: unknown.length })}</summary>
					<Told lines={unknown} />
				</details>
			)}
			{bad.length > 0 && <p className="mute sm">{accept('acceptance.note')}</p>}
		</section>
	);
}

/** What did not pass of one file; nothing where all did. */
export function FileAcceptance({ path }: { readonly path: string }) {
	const room = useOpenRoom();
	const { accept, review } = room;
	const series = review.acceptance.series.filter(({ name }) => name === path);
	const told = sentences({ ...review.acceptance, sequences: [], series }, room);
	if (told.length === 0) return null;
	return (
		<section aria-label={accept('acceptance.title')}>
			<h3>{accept('acceptance.title')}</h3>
			<Told lines={told.map((line) => ({ ...line, sequences: [] }))} />
		</section>
	);
}

/** One sentence, and the sequences that it is about. */
interface Line {
	readonly verdict: Verdict;
	readonly clause: string;
	readonly sentence: string;
	readonly sequences: readonly Sequence[];
}

const ICON = { pass: 'check', fail: 'alert', warn: 'flag', unknown: 'help' } as const satisfies Record<Verdict, string>;

function Told({ lines }: { readonly lines: readonly Line[] }) {
	const { accept, terms, locale } = useOpenRoom();
	if (lines.length === 0) return null;
	return (
		<ul className="notices accepted">
			{lines.map(({ verdict, clause, sentence, sequences }) => (
				<li key={`${clause} ${sentence}`} data-verdict={verdict}>
					<Icon name={ICON[verdict]} />
					<span>
						{sequences.length > 0 &&
							accept('acceptance.sequence', {
								sequence: sequences.map((each) => terms(`sequence.${each}`)).join(accept('acceptance.comma')),
							})}
						{sentence}
					</span>
					<a className="cl" href={clauseHref(locale, clause)} target="_blank" rel="noreferrer">
						{clause}
					</a>
				</li>
			))}
		</ul>
	);
}

/** What did not pass, the same of several series in one line; failures first. */
function sentences(report: AcceptanceReport, { accept, terms }: Words): Line[] {
	const lines = new Map<string, Line>();
	const add = (check: AcceptanceCheck, sequence: Sequence | null) => {
		if (check.verdict === 'pass') return;
		const { verdict, clause } = check;
		const term = (name: string) => terms(`sequence.${name as Sequence}`);
		const sentence = acceptanceSentence<AcceptanceReason>(check, accept, term);
		const key = `${clause} ${sentence}`;
		const sequences = [...(lines.get(key)?.sequences ?? []), ...(sequence ? [sequence] : [])];
		lines.set(key, { verdict, clause, sentence, sequences });
	};
	for (const check of report.sequences) add(check, null);
	for (const { sequence, checks } of report.series) for (const check of checks) add(check, sequence);
	const order: readonly Verdict[] = ['fail', 'warn', 'unknown'];
	return [...lines.values()].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
}
