import { describe, expect, it } from 'vitest';
import { ijkToXyz, invertAffine, multiplyAffine, sameGrid, spacingMm, voxelVolumeMl } from '../../../src/grid/grid.ts';
import { rasView } from '../../../src/grid/rasView.ts';

const ras = { dims: [4, 5, 6], affine: [2, 0, 0, -10, 0, 3, 0, -20, 0, 0, 4, -30, 0, 0, 0, 1] } as const;

describe('grid', () => {
	it('gives spacing and voxel volume of the affine', () => {
		expect(spacingMm(ras)).toEqual([2, 3, 4]);
		expect(voxelVolumeMl(ras)).toBeCloseTo(0.024, 12);
	});

	it('inverts an oblique affine', () => {
		const a = [0.9, 0.1, -0.2, 5, -0.1, 1.1, 0.3, -7, 0.2, -0.3, 4, 11, 0, 0, 0, 1];
		const product = multiplyAffine(invertAffine(a), a);
		product.forEach((v, n) => {
			expect(v).toBeCloseTo([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1][n] as number, 12);
		});
	});

	it('throws on a singular affine', () => {
		expect(() => invertAffine([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])).toThrow(/singular/);
	});

	it('tells a grid shifted by 3 mm from its original', () => {
		const shifted = { ...ras, affine: ras.affine.map((v, n) => (n === 11 ? v + 3 : v)) };
		expect(sameGrid(ras, ras)).toBe(true);
		expect(sameGrid(ras, shifted)).toBe(false);
		expect(sameGrid(ras, { ...ras, dims: [4, 5, 7] })).toBe(false);
	});
});

describe('rasView', () => {
	it('reads a RAS grid as it is stored', () => {
		const view = rasView(ras);
		expect(view).toMatchObject({ dims: [4, 5, 6], strides: [1, 4, 20], origin: 0, spacingMm: [2, 3, 4], tiltDeg: 0 });
	});

	it.each([
		['LPS', [-2, 0, 0, 10, 0, -3, 0, 20, 0, 0, 4, -30, 0, 0, 0, 1]],
		['sagittal PIR', [0, 0, 2, -10, -3, 0, 0, 20, 0, -4, 0, 30, 0, 0, 0, 1]],
		['oblique LAS', [-1.98, 0.1, 0.2, 10, 0.1, 2.97, 0.3, -20, -0.15, -0.2, 3.98, -30, 0, 0, 0, 1]],
	] as const)('puts every voxel of a %s grid at its own place in the world', (_, affine) => {
		const grid = { dims: [4, 5, 6], affine } as const;
		const view = rasView(grid);
		expect(view.affine[0]).toBeGreaterThan(0);
		expect(view.affine[5]).toBeGreaterThan(0);
		expect(view.affine[10]).toBeGreaterThan(0);
		const seen = new Set<number>();
		for (let s = 0; s < view.dims[2]; s++)
			for (let y = 0; y < view.dims[1]; y++)
				for (let x = 0; x < view.dims[0]; x++) {
					const index = view.origin + x * view.strides[0] + y * view.strides[1] + s * view.strides[2];
					seen.add(index);
					const stored = ijkToXyz(grid, [index % 4, Math.floor(index / 4) % 5, Math.floor(index / 20)]);
					const shown = ijkToXyz({ dims: view.dims, affine: view.affine }, [x, y, s]);
					stored.forEach((v, axis) => {
						expect(shown[axis]).toBeCloseTo(v, 9);
					});
				}
		expect(seen.size).toBe(120);
		expect(Math.min(...seen)).toBe(0);
		expect(Math.max(...seen)).toBe(119);
	});

	it('says how far the slices are tilted', () => {
		const c = Math.cos((20 * Math.PI) / 180);
		const s = Math.sin((20 * Math.PI) / 180);
		const grid = { dims: [4, 5, 6], affine: [1, 0, 0, 0, 0, c, -5 * s, 0, 0, s, 5 * c, 0, 0, 0, 0, 1] } as const;
		expect(rasView(grid).tiltDeg).toBeCloseTo(20, 9);
	});
});
