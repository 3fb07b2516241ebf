import { useMemo, useState } from 'react';
import policy from '../../../content/policy/findings.json' with { type: 'json' };
import { rasView } from '../../grid/rasView.ts';
import { clauseHref } from '../../i18n/clause.ts';
import { type EndFault, lesionExtent, markEnds } from '../../learning/drills/endSlices.ts';
import { maskOf } from '../../mask/maskOf.ts';
import { REGION_CLAUSE } from '../../protocol/protocol.ts';
import type { CaseRegion } from '../../schemas/drill.ts';
import { CasePart } from './CasePart.tsx';
import { Chips } from './Chips.tsx';
import type { CaseShelf } from './caseShelf.ts';
import { type LoadedRegion, loadRegion } from './loadRegion.ts';
import type { Turn } from './Round.tsx';
import { SlicePlate } from './SlicePlate.tsx';
import { useKeys } from './useKeys.ts';
import { useLoaded } from './useLoaded.ts';
import type { Words } from './words.ts';

const LIMITS = policy.limits.endSlices;
const RULES = ['R6-8b', 'R6-8a', 'R6-7a'];

interface Props {
	readonly words: Words;
	readonly shelf: CaseShelf;
	readonly item: CaseRegion;
	readonly turn: Turn;
}

/** Finds where a lesion begins and ends. */
export function EndSlices({ words, shelf, item, turn }: Props) {
	const part = useLoaded(`${item.case} ${item.region}`, () => loadRegion(shelf, item));
	return (
		<CasePart words={words} part={part} caseId={item.case}>
			{(ready) => <Asked key={`${item.case} ${item.region}`} {...{ words, item, turn, ready }} />}
		</CasePart>
	);
}

function Asked({ words, item, turn, ready }: Omit<Props, 'shelf'> & { readonly ready: LoadedRegion }) {
	const { t, locale } = words;
	const { manifest, series, data } = ready;
	const { region } = item;
	const extent = useMemo(() => lesionExtent(maskOf(series.grid, data), LIMITS), [series, data]);
	const layer = useMemo(() => ({ look: region.toLowerCase(), grid: series.grid, data }), [region, series, data]);
	const [slice, setSlice] = useState(extent?.middle.slice ?? 0);
	const [first, setFirst] = useState<number>();
	const [last, setLast] = useState<number>();
	const { told } = turn;
	const slices = rasView(series.grid).dims[2];
	const step = (by: number) => setSlice(Math.min(slices - 1, Math.max(0, slice + by)));
	const isOpen = told === undefined;
	useKeys({
		ArrowUp: () => step(1),
		ArrowDown: () => step(-1),
		f: () => isOpen && setFirst(slice),
		l: () => isOpen && setLast(slice),
	});
	if (!extent) return <p className="attn">{t('case.damaged', { id: item.case })}</p>;
	// Whoever counts from the head down says it the other way round.
	const given =
		first !== undefined && last !== undefined
			? { first: Math.min(first, last), last: Math.max(first, last) }
			: undefined;
	const mark = given && markEnds(extent, given, LIMITS);
	const check = () => {
		if (!given || !mark) return;
		const { score, hardFail } = mark;
		const regionRule = region === 'TB' ? 'R4-2a' : region === 'WT' ? 'R4-1a' : 'R4-3a';
		turn.answer({ score, given, rules: [...RULES, regionRule], hardFail });
	};
	const { middle } = extent;
	return (
		<div className="ask two">
			<SlicePlate
				words={words}
				series={series}
				slice={slice}
				layers={isOpen ? [] : [layer]}
				marks={isOpen && slice === middle.slice ? [middle] : []}
				onSlice={setSlice}
			/>
			<div className="side-by">
				<h3>{t('ends.question', { region: t(`region.${region}`) })}</h3>
				<p>
					{t('ends.how', { sequence: t(`sequence.${series.sequence}`), family: t(`family.${manifest.family}`) })}{' '}
					<a className="cl" href={clauseHref(locale, REGION_CLAUSE[region])}>
						{REGION_CLAUSE[region]}
					</a>
				</p>
				<div className="ends">
					<button type="button" className="btn" data-end="first" disabled={!isOpen} onClick={() => setFirst(slice)}>
						<span className="kbd" aria-hidden="true">
							F
						</span>
						{first === undefined ? t('ends.first') : t('ends.firstAt', { slice: first + 1 })}
					</button>
					<button type="button" className="btn" data-end="last" disabled={!isOpen} onClick={() => setLast(slice)}>
						<span className="kbd" aria-hidden="true">
							L
						</span>
						{last === undefined ? t('ends.last') : t('ends.lastAt', { slice: last + 1 })}
					</button>
				</div>
				{isOpen && (
					<button type="button" className="btn pri" data-check disabled={!given} onClick={check}>
						{t('round.check')}
					</button>
				)}
				{!isOpen && mark && given && (
					<div className="told" data-first={mark.first ?? 'right'} data-last={mark.last ?? 'right'}>
						<p>
							{t('ends.truth', { first: extent.firstCounted + 1, last: extent.lastCounted + 1 })}{' '}
							<Chips locale={locale} rules={['R6-8b']} />
						</p>
						<ul>
							<li>{t(`ends.told.first.${key(mark.first)}`, { by: Math.abs(given.first - extent.firstCounted) })}</li>
							<li>{t(`ends.told.last.${key(mark.last)}`, { by: Math.abs(given.last - extent.lastCounted) })}</li>
						</ul>
						<div className="bar">
							<button type="button" className="btn s" onClick={() => setSlice(extent.firstCounted)}>
								{t('ends.showFirst')}
							</button>
							<button type="button" className="btn s" onClick={() => setSlice(extent.lastCounted)}>
								{t('ends.showLast')}
							</button>
						</div>
						<p className="mute xs">
							{t('ends.defaults', { area: LIMITS.minAreaMm2, leeway: LIMITS.leewaySlices, hard: LIMITS.hardAreaMm2 })}
						</p>
					</div>
				)}
				<p className="mute xs keys">{t('ends.keys')}</p>
			</div>
		</div>
	);
}

const key = (fault: EndFault) => fault ?? 'right';
