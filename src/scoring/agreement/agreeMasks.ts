import type { Dims } from '../../grid/grid.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Measure } from '../measure.ts';
import { maskPair, measureSurfaces } from '../measureRegions.ts';
import { type Icc, type IccForm, icc } from './icc.ts';
import { cohenKappaOfMasks, fleissKappaOfMasks } from './kappa.ts';
import { type Staple, staple } from './staple.ts';
import { countVotes, pairsOf, pairTable, unionOf, type Votes, votesIn } from './votes.ts';

/** How far raters agree on one region of one case. Pairs are named by their numbers from 1: "1-2". */
export interface MaskAgreement {
	readonly staple: Omit<Staple, 'weights'>;
	/** Over all voxels of the grid, which depends on how much background there is, and over those that somebody marked. */
	readonly fleissKappa: { readonly whole: Measure; readonly union: Measure };
	/** Over all voxels. */
	readonly cohenKappa: Readonly<Record<string, Measure>>;
	readonly cohenKappaUnion: Readonly<Record<string, Measure>>;
	readonly pairwiseDice: Readonly<Record<string, Measure>>;
	/** `surfel`, at 1 mm. */
	readonly pairwiseNsd: Readonly<Record<string, Measure>>;
	/** Sum of the pairs' intersections over the sum of their unions. Source: Kouwenhoven 2009, DOI 10.1002/sim.3562. */
	readonly conformity: Measure;
	/** Marked by more than half of the raters. */
	readonly majority: { readonly voxels: number };
	/** Over the voxel counts of the planes along the first stored axis: one target a plane. */
	readonly icc: Readonly<Record<IccForm, Icc>>;
}

const TOLERANCE_MM = 1;

/**
 * Compares two or more masks on one grid; any value but 0 is inside. The masks are only read.
 * Empty cases: what has no denominator is tagged with the reason. Throws as `countVotes`.
 */
export function agreeMasks(
	masks: readonly Uint8Array[],
	{ dims, spacingMm }: { readonly dims: Dims; readonly spacingMm: Dims },
	kernels: Kernels,
): MaskAgreement {
	const votes = countVotes(masks);
	const union = unionOf(votes);
	const { weights: _, ...found } = staple(votes);
	const figures = byPair(votes, (a, b) => {
		const options = { definition: 'surfel', tolerancesMm: [TOLERANCE_MM], kernels } as const;
		// A table whose labels all mean the region gives one entry.
		return measureSurfaces(maskPair(masks[a]!, masks[b]!, dims, spacingMm), options)[0]!;
	});
	const pick = (choose: (pair: (typeof figures)[string]) => Measure): Record<string, Measure> =>
		Object.fromEntries(Object.entries(figures).map(([pair, all]) => [pair, choose(all)]));
	return {
		staple: found,
		fleissKappa: { whole: fleissKappaOfMasks(votes), union: fleissKappaOfMasks(union) },
		cohenKappa: byPair(votes, (a, b) => cohenKappaOfMasks(votes, a, b)),
		cohenKappaUnion: byPair(votes, (a, b) => cohenKappaOfMasks(union, a, b)),
		pairwiseDice: pick(({ dice }) => dice),
		pairwiseNsd: pick(({ nsd }) => nsd[String(TOLERANCE_MM)]!),
		conformity: conformity(votes),
		majority: {
			voxels: votes.patterns.reduce((sum, v) => (2 * votesIn(v.pattern) > votes.raters ? sum + v.count : sum), 0),
		},
		icc: icc(planeCounts(masks, dims)),
	};
}

function conformity(votes: Votes): Measure {
	let shared = 0;
	let united = 0;
	for (const [a, b] of pairsOf(votes)) {
		const [, first, second, both] = pairTable(votes, a, b);
		shared += both;
		united += first + second + both;
	}
	return united === 0 ? { kind: 'undefined', reason: 'bothEmpty' } : { kind: 'value', value: shared / united };
}

function byPair<Value>(votes: Votes, value: (a: number, b: number) => Value): Record<string, Value> {
	return Object.fromEntries(pairsOf(votes).map(([a, b]) => [`${a + 1}-${b + 1}`, value(a, b)]));
}

/** Voxels that each rater (column) marked in each plane (row). */
function planeCounts(masks: readonly Uint8Array[], [planes]: Dims): number[][] {
	const counts = masks.map((mask) => {
		const own = new Float64Array(planes);
		for (let n = 0; n < mask.length; n++) if (mask[n] !== 0) own[n % planes]!++;
		return own;
	});
	return Array.from({ length: planes }, (_, plane) => counts.map((own) => own[plane]!));
}
