import type { PLANES } from '../../grid/sliceStack.ts';
import type { Sequence } from '../../protocol/protocol.ts';
import type { QualityGrade } from '../../schemas/preRead.ts';
import { chance } from './chance.ts';

/** How one series of a set was acquired, as a table tells it. */
export interface SetSeries {
	readonly sequence: Sequence;
	readonly plane: (typeof PLANES)[number];
	readonly dimension: '2D' | '3D';
	readonly thicknessMm: number;
	readonly gapMm: number;
	/** From head to feet. */
	readonly slices: number;
	/** Slices that got lost, from 0. */
	readonly lost: readonly number[];
	/** Of DWI and ADC, s/mm². */
	readonly bValue: number | null;
	readonly grade: QualityGrade;
	/** Worked out from others, not acquired. */
	readonly derived: boolean;
}

/** What may keep a set from being accepted, as it is chosen from. */
export const SET_FAULTS = [
	'sequence',
	'plane',
	'dimension',
	'thickness',
	'gap',
	'bValue',
	'missingSlices',
	'quality',
] as const;
export type SetFault = (typeof SET_FAULTS)[number];

/** A set drawn by chance: as asked, with no fault, one or two. */
export function drawSet(seed: number): readonly SetSeries[] {
	const next = chance(seed);
	const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(next() * values.length)]!;
	const is3D = next() < 0.4;
	const series = (['T1', 'T2', 'FLAIR', 'T1C', 'DWI', 'ADC'] as const).map((sequence): SetSeries => {
		const thin = is3D && sequence === 'T1C';
		const diffusion = sequence === 'DWI' || sequence === 'ADC';
		return {
			sequence,
			plane: 'axial',
			dimension: thin ? '3D' : '2D',
			thicknessMm: thin ? 1 : 5,
			gapMm: thin ? 0 : 1,
			slices: thin ? 150 : 24,
			lost: [],
			bValue: diffusion ? pick([800, 1000]) : null,
			grade: pick([2, 3, 3] as const),
			derived: sequence === 'ADC',
		};
	});
	const diffusion = series.find(({ sequence }) => sequence === 'DWI')!.bValue;
	const same = series.map((each) => (each.sequence === 'ADC' ? { ...each, bValue: diffusion } : each));
	const count = pick([0, 1, 1, 2]);
	return Array.from({ length: count }).reduce<readonly SetSeries[]>((set) => pick(FAULTS)(set, pick), same);
}

type Spoil = (set: readonly SetSeries[], pick: <Value>(values: readonly Value[]) => Value) => readonly SetSeries[];

const changed = (set: readonly SetSeries[], which: readonly Sequence[], change: Partial<SetSeries>) =>
	set.map((each) => (which.includes(each.sequence) ? { ...each, ...change } : each));

const FAULTS: readonly Spoil[] = [
	(set, pick) => {
		const gone = pick(['T1', 'T2', 'FLAIR', 'T1C'] as const);
		return set.filter(({ sequence }) => sequence !== gone);
	},
	(set) => changed(set, ['T2'], { plane: 'sagittal' }),
	(set, pick) => changed(set, [pick(['FLAIR', 'T1', 'T1C'] as const)], { plane: 'coronal' }),
	(set, pick) => changed(set, [pick(['FLAIR', 'T2', 'T1'] as const)], { thicknessMm: pick([7, 8]), slices: 18 }),
	(set) => changed(set, ['T1C'], { dimension: '3D', thicknessMm: 3, gapMm: 0, slices: 48 }),
	(set, pick) => changed(set, [pick(['FLAIR', 'T2', 'T1'] as const)], { gapMm: pick([3, 4]), slices: 18 }),
	(set) => changed(set, ['DWI', 'ADC'], { dimension: '3D', thicknessMm: 2, gapMm: 0, slices: 70 }),
	(set, pick) => changed(set, ['DWI', 'ADC'], { bValue: pick([500, 1500, 2000]) }),
	(set, pick) => changed(set, [pick(['FLAIR', 'T2', 'T1C'] as const)], { grade: 1 }),
	(set, pick) => changed(set, [pick(['FLAIR', 'T2', 'T1'] as const)], { lost: [pick([7, 9, 11])] }),
];

/** What was decided about a set. */
export interface SetDecision {
	readonly accept: boolean;
	/** Faults that were named; none where the set is accepted. */
	readonly faults: readonly SetFault[];
}

/** A decision as it is marked. */
export interface SetMark {
	/** Half for the decision, the rest for the faults: those named rightly over all that are there or were named. */
	readonly score: number;
	readonly isDecided: boolean;
	/** Faults that are there and were not named. */
	readonly missed: readonly SetFault[];
	/** Faults that were named and are not there. */
	readonly extra: readonly SetFault[];
}

/** Marks a decision against the faults that are there: a set with any is to be refused. */
export function markSet(there: readonly SetFault[], { accept, faults }: SetDecision): SetMark {
	const isDecided = accept === (there.length === 0);
	const missed = there.filter((fault) => !faults.includes(fault));
	const extra = faults.filter((fault) => !there.includes(fault));
	const all = new Set([...there, ...faults]).size;
	const named = all === 0 ? 1 : (all - missed.length - extra.length) / all;
	return { score: isDecided ? 0.5 + 0.5 * named : 0, isDecided, missed, extra };
}
