import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gzip } from '../../../src/formats/deflate.ts';
import { readNifti } from '../../../src/formats/nifti.ts';
import { writeNifti } from '../../../src/formats/niftiWrite.ts';
import type { VoxelData } from '../../../src/formats/volume.ts';
import { type Grid, multiplyAffine, sameGrid, voxelCount } from '../../../src/grid/grid.ts';

const dims = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 2, max: 6 }));
const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
const spacing = fc.double({ min: 0.2, max: 8, noNaN: true });
const offset = fc.double({ min: -300, max: 300, noNaN: true });
const sign = fc.constantFrom(-1, 1);

const rotation = (axis: 0 | 1 | 2, turn: number) => {
	const [c, s] = [Math.cos(turn), Math.sin(turn)];
	const m = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
	const [p, q] = ([0, 1, 2] as const).filter((a) => a !== axis) as [number, number];
	m[p * 5] = c;
	m[q * 5] = c;
	m[p * 4 + q] = -s;
	m[q * 4 + p] = s;
	return m;
};

/** Any rotation, handedness, spacing and place; quarter turns often. */
const grid: fc.Arbitrary<Grid> = fc
	.record({
		dims,
		turns: fc.tuple(...[0, 1, 2].map(() => fc.oneof(angle, fc.constantFrom(0, Math.PI / 2, Math.PI, -Math.PI / 2)))),
		steps: fc.tuple(spacing, spacing, spacing),
		signs: fc.tuple(sign, sign, sign),
		at: fc.tuple(offset, offset, offset),
	})
	.map(({ dims, turns, steps, signs, at }) => {
		const scale = [0, 1, 2].flatMap((r) => [0, 1, 2, 3].map((c) => (r === c ? steps[r]! * signs[r]! : 0)));
		const turn = turns.reduce((m, t, axis) => multiplyAffine(rotation(axis as 0 | 1 | 2, t!), m), rotation(0, 0));
		const affine = multiplyAffine(turn, [...scale, 0, 0, 0, 1]);
		for (const row of [0, 1, 2]) affine[row * 4 + 3] = at[row]!;
		return { dims, affine };
	});

const voxels = (count: number): fc.Arbitrary<VoxelData> => {
	const exactly = { minLength: count, maxLength: count };
	return fc.oneof(
		fc.uint8Array(exactly),
		fc.int16Array(exactly),
		fc.uint16Array(exactly),
		fc.int32Array(exactly),
		fc.float32Array({ ...exactly, noNaN: true, noDefaultInfinity: true }),
	);
};

const rawBytes = (data: VoxelData) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

const volume = grid.chain((grid) => voxels(voxelCount(grid.dims)).map((data) => ({ grid, data })));

test('any volume comes back: type, voxels, affine within float32', () => {
	fc.assert(
		fc.property(volume, fc.boolean(), (written, packed) => {
			const bytes = writeNifti(written);
			const result = readNifti(packed ? gzip(bytes) : bytes, 'a.nii');
			if (!result.ok) throw new Error(JSON.stringify(result.issues));
			const { grid, data, orientation, warnings } = result.value;
			expect(data.constructor).toBe(written.data.constructor);
			// Bit for bit, so that −0 counts.
			expect(rawBytes(data)).toEqual(rawBytes(written.data));
			expect(grid.dims).toEqual(written.grid.dims);
			grid.affine.forEach((value, n) => {
				expect(Math.abs(value - written.grid.affine[n]!)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(value)));
			});
			expect(orientation).toBe('known');
			expect(warnings.filter((issue) => issue.code !== 'nifti.singleSlice')).toEqual([]);
		}),
	);
});

test('the qform alone leads to the same place, as far as float32 holds a half turn', () => {
	fc.assert(
		fc.property(grid, (grid) => {
			const bytes = writeNifti({ grid, data: new Uint8Array(voxelCount(grid.dims)) });
			new DataView(bytes.buffer).setInt16(254, 0, true);
			const result = readNifti(bytes, 'a.nii');
			expect(result.ok && result.value.orientation).toBe('known');
			expect(result.ok && sameGrid(result.value.grid, grid, 0.1)).toBe(true);
		}),
	);
});

test('a sheared grid is written without a qform, and its sform comes back', () => {
	const grid: Grid = { dims: [2, 2, 2], affine: [1, 0.2, 0, 5, 0, 1, 0, 6, 0, 0, 3, 7, 0, 0, 0, 1] };
	const bytes = writeNifti({ grid, data: new Uint8Array(8) });
	expect(new DataView(bytes.buffer).getInt16(252, true)).toBe(0);
	const result = readNifti(bytes, 'a.nii');
	expect(result.ok && result.value.warnings.map((issue) => issue.code)).toEqual(['nifti.sheared']);
});

test('what other readers look for is in its place', () => {
	const grid: Grid = { dims: [3, 2, 1], affine: [-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1] };
	const bytes = writeNifti({ grid, data: new Uint8Array([1, 2, 3, 4, 5, 6]) }, { description: 'mask' });
	const view = new DataView(bytes.buffer);
	expect(bytes).toHaveLength(352 + 6);
	expect(view.getInt32(0, true)).toBe(348);
	expect([0, 1, 2, 3, 4].map((n) => view.getInt16(40 + 2 * n, true))).toEqual([3, 3, 2, 1, 1]);
	expect([view.getInt16(70, true), view.getInt16(72, true)]).toEqual([2, 8]);
	expect([0, 1, 2, 3].map((n) => view.getFloat32(76 + 4 * n, true))).toEqual([-1, 1, 1, 2]);
	expect([view.getFloat32(108, true), view.getFloat32(112, true), view.getFloat32(116, true)]).toEqual([352, 1, 0]);
	expect(view.getUint8(123)).toBe(2);
	expect([view.getInt16(252, true), view.getInt16(254, true)]).toEqual([1, 1]);
	expect(String.fromCharCode(...bytes.subarray(148, 153))).toBe('mask\0');
	expect(String.fromCharCode(...bytes.subarray(344, 348))).toBe('n+1\0');
	expect([...bytes.subarray(352)]).toEqual([1, 2, 3, 4, 5, 6]);
});

test('voxels in the middle of a buffer are written, and nothing around them', () => {
	const grid: Grid = { dims: [2, 1, 1], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };
	const data = new Int16Array([9, 9, 1, 2, 9]).subarray(2, 4);
	expect(writeNifti({ grid, data }).subarray(352)).toEqual(Uint8Array.of(1, 0, 2, 0));
});

test('what does not fit is a mistake of the caller', () => {
	const grid: Grid = { dims: [2, 1, 1], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };
	expect(() => writeNifti({ grid, data: new Uint8Array(3) })).toThrow('expected 2');
	expect(() => writeNifti({ grid: { ...grid, dims: [40_000, 1, 1] }, data: new Uint8Array(40_000) })).toThrow('32767');
	expect(() => writeNifti({ grid, data: new Uint8Array(2) }, { description: 'x'.repeat(80) })).toThrow('79');
	expect(() => writeNifti({ grid, data: new Uint8Array(2) }, { description: '名' })).toThrow('ASCII');
});
