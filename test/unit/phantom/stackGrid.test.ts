import { describe, expect, it } from 'vitest';
import { ijkToXyz, spacingMm } from '../../../src/grid/grid.ts';
import { rasView } from '../../../src/grid/rasView.ts';
import { HEAD_BOX } from '../../../src/phantom/head.ts';
import { sampleSlice } from '../../../src/phantom/sample.ts';
import type { BoxField } from '../../../src/phantom/shares.ts';
import { stackGrid } from '../../../src/phantom/stackGrid.ts';
import type { Stack } from '../../../src/schemas/caseRecipe.ts';

const STACK: Stack = {
	matrix: [41, 31],
	slices: 9,
	pixelMm: 1.5,
	sliceMm: 3.2,
	gapMm: 0.8,
	tiltDeg: 8,
	centreMm: [3, -17, 14],
	stored: 'LPS',
	snr: 30,
	shading: 0,
};

describe('stackGrid', () => {
	it.each(['RAS', 'LPS', 'LAS'] as const)('stores %s, in the middle where the recipe says, tilted', (stored) => {
		const grid = stackGrid({ ...STACK, stored });
		const view = rasView(grid);
		expect(view.strides.map(Math.sign)).toEqual([...stored].map((letter) => ('RAS'.includes(letter) ? 1 : -1)));
		expect(view.tiltDeg).toBeCloseTo(8, 6);
		for (const [axis, mm] of spacingMm(grid).entries()) expect(mm).toBeCloseTo([1.5, 1.5, 4][axis] as number, 9);
		for (const [axis, mm] of ijkToXyz(grid, [20, 15, 4]).entries())
			expect(mm).toBeCloseTo(STACK.centreMm[axis] as number, 9);
	});

	it('lifts the front edge where the tilt is positive', () => {
		const { affine } = rasView(stackGrid(STACK));
		expect(affine[9]).toBeGreaterThan(0);
	});
});

describe('sampleSlice', () => {
	const [nx, ny, nz] = HEAD_BOX.dims;
	const values = new Float32Array(nx * ny * nz);
	const slopes: BoxField = { box: HEAD_BOX, values, planes: [0, nz] };
	for (let n = 0, k = 0; k < nz; k++)
		for (let j = 0; j < ny; j++) for (let i = 0; i < nx; i++, n++) values[n] = 500 + 2 * i - j + 3 * k;

	it('gives the mean over a voxel, which for an even slope is the value in its middle', () => {
		const grid = stackGrid(STACK);
		const out = new Float32Array(41 * 31);
		sampleSlice(slopes, grid, 6, { inPlane: 2, through: 4, filled: 0.8 }, out);
		for (const [i, j] of [
			[0, 0],
			[20, 15],
			[40, 30],
		] as const) {
			const [x, y, z] = ijkToXyz(grid, [i, j, 6]);
			const [ox, oy, oz] = HEAD_BOX.originMm;
			expect(out[i + 41 * j]).toBeCloseTo(500 + 2 * (x - ox) - (y - oy) + 3 * (z - oz), 2);
		}
	});

	it('leaves out the gap between slices', () => {
		const grid = stackGrid({ ...STACK, tiltDeg: 0 });
		// One bright plane in the middle of the gap after slice 4, which lies at z = 14; the next lies at 18.
		const bright = new Float32Array(nx * ny * nz);
		bright.fill(1, (16 - HEAD_BOX.originMm[2]) * nx * ny, (17 - HEAD_BOX.originMm[2]) * nx * ny);
		const out = new Float32Array(41 * 31);
		const meanOf = (filled: number) => {
			sampleSlice({ ...slopes, values: bright }, grid, 4, { inPlane: 1, through: 8, filled }, out);
			return out.reduce((sum, value) => sum + value, 0) / out.length;
		};
		expect(meanOf(0.5)).toBeLessThan(1e-6);
		expect(meanOf(1)).toBeGreaterThan(0.05);
	});

	it('gives 0 outside the box', () => {
		const out = new Float32Array(41 * 31).fill(9);
		sampleSlice(slopes, stackGrid({ ...STACK, centreMm: [0, 0, 400] }), 0, { inPlane: 1, through: 1, filled: 1 }, out);
		expect(Math.max(...out)).toBe(0);
	});
});
