import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Dims, Grid } from '../../src/grid/grid.ts';
import { typescriptKernels } from '../../src/scoring/kernels/typescriptKernels.ts';
import type { Measure } from '../../src/scoring/measure.ts';
import { scoreRegion } from '../../src/scoring/scoreRegion.ts';

/** Masks on a RAS grid, as [reference, prediction] bits of each voxel; empty masks come up often. */
const pair = fc
	.record({
		dims: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 6 })),
		spacing: fc.tuple(...([0.4, 0.7, 3] as const).map((low) => fc.double({ min: low, max: low * 2, noNaN: true }))),
		density: fc.tuple(fc.constantFrom(0, 1, 4, 9), fc.constantFrom(0, 1, 4, 9)),
		seed: fc.array(fc.nat(9), { minLength: 756, maxLength: 756 }),
	})
	.map(({ dims, spacing, density, seed }) => {
		const voxels = dims[0] * dims[1] * dims[2];
		const draw = (from: number, of: number) =>
			Uint8Array.from({ length: voxels }, (_, n) => ((seed[from + n] as number) < of ? 1 : 0));
		return {
			dims: dims as Dims,
			spacing: spacing as unknown as Dims,
			reference: draw(0, density[0]),
			prediction: draw(378, density[1]),
		};
	});

function gridOf({ dims, spacing: [sx, sy, sz] }: { dims: Dims; spacing: Dims }): Grid {
	return { dims, affine: [sx, 0, 0, -3, 0, sy, 0, 8, 0, 0, sz, 1, 0, 0, 0, 1] };
}

function score(grid: Grid, reference: Uint8Array, prediction: Uint8Array) {
	return scoreRegion(
		{ region: 'WT', grid, reference, prediction },
		{ definition: 'surfel', tolerancesMm: [1], kernels: typescriptKernels },
	);
}

it('counts as a naive count does, and the four sum to the number of voxels (rule 2)', () => {
	fc.assert(
		fc.property(pair, (p) => {
			const { counts, slices } = score(gridOf(p), p.reference, p.prediction);
			const naive = { tp: 0, fp: 0, fn: 0, tn: 0 };
			const perSlice = new Map<number, [number, number]>();
			p.reference.forEach((r, n) => {
				const key = r ? (p.prediction[n] ? 'tp' : 'fn') : p.prediction[n] ? 'fp' : 'tn';
				naive[key]++;
				const slice = Math.floor(n / (p.dims[0] * p.dims[1]));
				const entry = perSlice.get(slice) ?? [0, 0];
				if (key === 'fn') entry[0]++;
				if (key === 'fp') entry[1]++;
				perSlice.set(slice, entry);
			});
			expect(counts).toEqual(naive);
			expect(counts.tp + counts.fp + counts.fn + counts.tn).toBe(p.reference.length);
			const area = p.spacing[0] * p.spacing[1];
			const differing = [...perSlice].filter(([, [missed, extra]]) => missed + extra > 0);
			expect(slices.map(({ slice }) => slice)).toEqual(differing.map(([slice]) => slice));
			slices.forEach(({ missedMm2, extraMm2 }, n) => {
				const [, [missed, extra]] = differing[n] as [number, [number, number]];
				expect(missedMm2).toBeCloseTo(missed * area, 9);
				expect(extraMm2).toBeCloseTo(extra * area, 9);
			});
		}),
	);
});

it('swaps sensitivity and precision, and keeps Dice, where reference and prediction are swapped (rules 3–5)', () => {
	const mirrored = (measure: Measure): Measure =>
		measure.kind === 'value' || measure.reason === 'bothEmpty'
			? measure
			: { kind: 'undefined', reason: measure.reason === 'referenceEmpty' ? 'predictionEmpty' : 'referenceEmpty' };
	fc.assert(
		fc.property(pair, (p) => {
			const there = score(gridOf(p), p.reference, p.prediction);
			const back = score(gridOf(p), p.prediction, p.reference);
			expect(back.dice).toEqual(there.dice);
			expect(back.sensitivity).toEqual(mirrored(there.precision));
			expect(back.precision).toEqual(mirrored(there.sensitivity));
			expect(back.referenceMl).toBe(there.predictionMl);
		}),
	);
});

it('gives areas that sum over the slices to fn and fp times the area of a voxel (rule 8)', () => {
	fc.assert(
		fc.property(pair, (p) => {
			const { counts, slices } = score(gridOf(p), p.reference, p.prediction);
			const area = p.spacing[0] * p.spacing[1];
			expect(slices.reduce((sum, { missedMm2 }) => sum + missedMm2, 0)).toBeCloseTo(counts.fn * area, 6);
			expect(slices.reduce((sum, { extraMm2 }) => sum + extraMm2, 0)).toBeCloseTo(counts.fp * area, 6);
		}),
	);
});

it('gives the same score however the voxels are stored (rule 10)', () => {
	const order = fc.constantFrom([0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]);
	fc.assert(
		fc.property(pair, order, fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), (p, axes, flips) => {
			const grid = gridOf(p);
			const stored = restore(grid, p, axes, flips);
			expect(score(stored.grid, stored.reference, stored.prediction)).toEqual(score(grid, p.reference, p.prediction));
		}),
	);
});

it('gives the same score where axes of one voxel share a stride (rule 10; found by the property above)', () => {
	const row = { dims: [5, 1, 1], spacing: [0.4, 0.7, 3] } as const;
	const masks = { reference: Uint8Array.of(0, 1, 1, 1, 0), prediction: Uint8Array.of(1, 1, 1, 1, 1) };
	const grid = gridOf(row);
	const stored = restore(grid, masks, [2, 1, 0], [false, false, false]);
	expect(score(stored.grid, stored.reference, stored.prediction)).toEqual(
		score(grid, masks.reference, masks.prediction),
	);
});

/** The same masks with stored axis n running along RAS axis axes[n], backwards where flips[n]. */
function restore(
	{ dims, affine }: Grid,
	masks: { reference: Uint8Array; prediction: Uint8Array },
	axes: readonly number[],
	flips: readonly boolean[],
) {
	const size = axes.map((axis) => dims[axis] as number) as [number, number, number];
	const out = { reference: new Uint8Array(masks.reference.length), prediction: new Uint8Array(masks.reference.length) };
	const columns = axes.map((axis, n) => [0, 4, 8].map((row) => (affine[row + axis] as number) * (flips[n] ? -1 : 1)));
	const start = [3, 7, 11].map((at, row) =>
		axes.reduce(
			(sum, axis, n) => sum + (flips[n] ? (affine[row * 4 + axis] as number) * ((size[n] as number) - 1) : 0),
			affine[at] as number,
		),
	);
	for (let n = 0, k = 0; k < size[2]; k++)
		for (let j = 0; j < size[1]; j++)
			for (let i = 0; i < size[0]; i++, n++) {
				const ras = [0, 0, 0];
				[i, j, k].forEach((at, s) => {
					ras[axes[s] as number] = flips[s] ? (size[s] as number) - 1 - at : at;
				});
				const [x, y, z] = ras as [number, number, number];
				const from = x + dims[0] * (y + dims[1] * z);
				out.reference[n] = masks.reference[from] as number;
				out.prediction[n] = masks.prediction[from] as number;
			}
	const rows = [0, 1, 2].flatMap((row) => [...columns.map((column) => column[row] as number), start[row] as number]);
	return { grid: { dims: size, affine: [...rows, 0, 0, 0, 1] } as Grid, ...out };
}
