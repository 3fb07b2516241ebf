import { describe, expect, it } from 'vitest';
import type { Grid } from '../../../src/grid/grid.ts';
import { diagnoseContent } from '../../../src/scoring/diagnoseContent.ts';
import { typescriptKernels } from '../../../src/scoring/kernels/typescriptKernels.ts';

const LIMITS = { diceMin: 0.7, diceGain: 0.2 };
/** Stored from left to right, front to back, feet to head: 1.5 × 1 × 3 mm. */
const GRID: Grid = { dims: [24, 24, 16], affine: [1.5, 0, 0, -18, 0, -1, 0, 12, 0, 0, 3, -24, 0, 0, 0, 1] };

type Place = readonly [number, number, number];
/** A body with no symmetry: a block of 5 × 4 × 3 voxels with a smaller one at its end. */
function body([x, y, z]: Place, order: Place = [0, 1, 2]): Uint8Array {
	const mask = new Uint8Array(24 * 24 * 16);
	const put = (from: Place, size: Place) => {
		for (let k = 0; k < size[2]; k++)
			for (let j = 0; j < size[1]; j++)
				for (let i = 0; i < size[0]; i++) {
					const at = [from[0] + i, from[1] + j, from[2] + k];
					const [u, v, w] = order.map((axis) => at[axis]!) as [number, number, number];
					mask[u + 24 * (v + 24 * w)] = 1;
				}
	};
	put([x, y, z], [5, 4, 3]);
	put([x + 5, y, z], [2, 2, 1]);
	return mask;
}

const mirror = (mask: Uint8Array, axes: readonly number[]): Uint8Array =>
	mask.map((_, n) => {
		const at = [n % 24, Math.floor(n / 24) % 24, Math.floor(n / 576)];
		const [u, v, w] = at.map((value, axis) => (axes.includes(axis) ? GRID.dims[axis]! - 1 - value : value));
		return mask[u! + 24 * (v! + 24 * w!)]!;
	});

const reference = body([3, 4, 2]);
const diagnose = (prediction: Uint8Array) =>
	diagnoseContent(reference, prediction, GRID, LIMITS, typescriptKernels)?.diagnosis ?? null;

describe('diagnoseContent', () => {
	it('tells every mirror by the axes of the body', () => {
		const names = ['leftRight', 'frontBack', 'headFeet'];
		for (const axes of [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]])
			expect(diagnose(mirror(reference, axes))).toEqual({ kind: 'mirrored', axes: axes.map((axis) => names[axis]) });
	});

	it('tells a move in mm and its way: the third stored axis runs to the head, the second to the back', () => {
		expect(diagnose(body([3, 4, 6]))).toEqual({ kind: 'shifted', mm: 12, towards: 'head' });
		expect(diagnose(body([3, 13, 2]))).toEqual({ kind: 'shifted', mm: 9, towards: 'back' });
		expect(diagnose(body([11, 4, 2]))).toEqual({ kind: 'shifted', mm: 12, towards: 'right' });
	});

	it('tells another order of axes where the lengths allow it', () => {
		const found = diagnoseContent(body([3, 14, 2]), body([3, 14, 2], [1, 0, 2]), GRID, LIMITS, typescriptKernels);
		expect(found).toEqual({
			diagnosis: { kind: 'axisOrder', dims: [24, 24, 16], expected: [24, 24, 16] },
			dice: 0,
			diceThen: 1,
		});
	});

	it('is silent where it fits, where nothing makes it fit, and where a mask is empty', () => {
		expect(diagnose(reference)).toBeNull();
		const large = new Uint8Array(reference.length).fill(1, 4000);
		expect(diagnose(large)).toBeNull();
		expect(diagnose(new Uint8Array(reference.length))).toBeNull();
		// Off by one voxel: a careless drawing of these images.
		expect(diagnose(body([4, 4, 2]))).toBeNull();
	});
});
