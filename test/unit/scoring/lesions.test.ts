import { describe, expect, it } from 'vitest';
import { spacingMm } from '../../../src/grid/grid.ts';
import { typescriptKernels } from '../../../src/scoring/kernels/typescriptKernels.ts';
import { type LesionParameters, lesionWise } from '../../../src/scoring/metrics/lesions.ts';
import { REGION_LABELS, readLabels, type Vector, vectors, vectorsFolder } from './vectors.ts';

const DIMS = [20, 10, 4] as const;
const SPACING = [1, 1, 1] as const;

/** A mask of bars along x, each [from, to, y, z], both ends included. */
function bars(...all: readonly (readonly [number, number, number, number])[]): Uint8Array {
	const mask = new Uint8Array(DIMS[0] * DIMS[1] * DIMS[2]);
	for (const [from, to, y, z] of all) for (let x = from; x <= to; x++) mask[x + DIMS[0] * (y + DIMS[1] * z)] = 1;
	return mask;
}

const score = (reference: Uint8Array, prediction: Uint8Array, parameters: LesionParameters = 'MET') =>
	lesionWise(reference, prediction, DIMS, SPACING, parameters, typescriptKernels);

describe('lesionWise', () => {
	it('lists matched and missed lesions and false components (rule 17)', () => {
		const result = score(bars([1, 4, 1, 1], [12, 15, 8, 2]), bars([1, 4, 1, 1], [10, 12, 1, 0]));
		expect(result).toMatchObject({ tp: 1, fp: 1, fn: 1, dice: 1 / 3, hd95Mm: (374 * 2) / 3 });
		expect(result.list.map(({ status, matched }) => [status, matched])).toEqual([
			['matched', [2]],
			['missed', []],
		]);
		expect(result.falsePositives).toEqual([{ component: 1, volumeMm3: 3 }]);
	});

	it('takes parts whose grown masks touch for one lesion (rule 18)', () => {
		const two = bars([1, 3, 1, 1], [6, 8, 1, 1]);
		expect(score(two, two).list).toHaveLength(1);
		const apart = bars([1, 3, 1, 1], [8, 10, 1, 1]);
		expect(score(apart, apart).list).toHaveLength(2);
	});

	it('leaves lesions up to the least volume out, and what touches them is not false (rule 19)', () => {
		const small = bars([1, 2, 1, 1]);
		expect(score(small, small)).toMatchObject({ tp: 0, fp: 0, fn: 0, dice: 1, hd95Mm: 0 });
		expect(score(small, small).list[0]?.status).toBe('ignored');
	});

	it('gives 1 and 0 mm where there is nothing, and 0 and 374 mm where only one is (rule 19)', () => {
		expect(score(bars(), bars())).toMatchObject({ dice: 1, hd95Mm: 0, list: [], falsePositives: [] });
		expect(score(bars([1, 9, 1, 1]), bars())).toMatchObject({ fn: 1, dice: 0, hd95Mm: 374 });
		expect(score(bars(), bars([1, 9, 1, 1]))).toMatchObject({ fp: 1, dice: 0, hd95Mm: 374 });
	});
});

const lesionVectors = Object.entries(vectors).filter(([, vector]) => vector.brats2023_lesionwise);

describe.skipIf(vectorsFolder === undefined)('the lesion-wise vectors', () => {
	it('are seven', () => {
		expect(lesionVectors).toHaveLength(7);
	});

	const measure = (vector: Vector, region: string, parameters: LesionParameters) => {
		const [reference, prediction] = [vector.gt, vector.pred].map((file) => readLabels(file)) as [
			ReturnType<typeof readLabels>,
			ReturnType<typeof readLabels>,
		];
		const labels = REGION_LABELS[region]!;
		const mask = (data: Uint8Array) => data.map((label) => (labels.includes(label) ? 1 : 0));
		const { dims } = reference.grid;
		const [r, p] = [mask(reference.data), mask(prediction.data)];
		return lesionWise(r, p, dims, spacingMm(reference.grid), parameters, typescriptKernels);
	};

	it.each(lesionVectors)('%s: counts and means are those of BraTS-2023-Metrics (rules 17–19)', (_name, vector) => {
		for (const parameters of ['GLI', 'MEN', 'MET'] as const)
			for (const [region, theirs] of Object.entries(vector.brats2023_lesionwise![`BraTS-${parameters}`]!)) {
				const ours = measure(vector, region, parameters);
				expect([ours.tp, ours.fp, ours.fn]).toEqual([theirs.Num_TP, theirs.Num_FP, theirs.Num_FN]);
				expect(ours.dice).toBeCloseTo(theirs.LesionWise_Score_Dice as number, 9);
				expect(ours.hd95Mm).toBeCloseTo(theirs.LesionWise_Score_HD95 as number, 9);
			}
	});

	it.each(lesionVectors)(
		'%s: every lesion has the volume, Dice and HD95 of the reference (rule 18)',
		(_name, vector) => {
			type Pair = {
				readonly gt_vol: number;
				readonly dice: number;
				readonly hd95: unknown;
				readonly n_pred_cc: number;
			};
			const key = (volume: number, dice: number, hd95: unknown, matched: number) =>
				`${volume.toFixed(3)} ${dice.toFixed(9)} ${typeof hd95 === 'number' ? hd95.toFixed(9) : 'none'} ${matched}`;
			for (const [dilations, parameters] of [
				[1, 'MET'],
				[3, 'GLI'],
			] as const)
				for (const [region, theirs] of Object.entries(
					vector.brats2023_lesionwise![`per_lesion_dilation${dilations}`]!,
				)) {
					const pairs = (theirs.pairs ?? []) as readonly Pair[];
					const { list } = measure(vector, region, parameters);
					// The order of lesions follows the storage order, which differs.
					const ours = list.map(({ volumeMm3, dice, hd95Mm, matched }) =>
						key(volumeMm3, dice, hd95Mm.kind === 'value' ? hd95Mm.value : null, matched.length),
					);
					const expected = pairs.map(({ gt_vol, dice, hd95, n_pred_cc }) => key(gt_vol, dice, hd95, n_pred_cc));
					expect(ours.sort()).toEqual(expected.sort());
				}
		},
	);
});
