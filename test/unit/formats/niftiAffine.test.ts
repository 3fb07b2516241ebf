import { expect, test } from 'vitest';
import { readNifti } from '../../../src/formats/nifti.ts';
import { placeVolume } from '../../../src/formats/niftiAffine.ts';
import { readNiftiHeader } from '../../../src/formats/niftiHeader.ts';
import type { ReadVolume } from '../../../src/formats/volume.ts';
import { ijkToXyz, spacingMm } from '../../../src/grid/grid.ts';
import { type NiftiSpec, niftiBytes } from './niftiBytes.ts';

function read(spec: NiftiSpec): ReadVolume {
	const result = readNifti(niftiBytes(spec), 'a.nii');
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return result.value;
}

/** Which of the header's two places was taken. */
function sourceOf(spec: NiftiSpec): string {
	return placeVolume(readNiftiHeader(niftiBytes(spec)), [2, 2, 2], 'a.nii').source;
}

function warned(spec: NiftiSpec): string[] {
	return read(spec).warnings.map((issue) => issue.code);
}

/** A quarter turn about z: i runs to the front, j to the left. */
const QUARTER = { quaternion: [0, 0, Math.SQRT1_2], qOffset: [10, 20, 30], qformCode: 1 } as const;
const PIX = [1, 2, 3, 4, 0, 0, 0, 0];

test('the quaternion turns the axes, the spacings stretch them, the offset moves them', () => {
	const { grid, orientation } = read({ ...QUARTER, sformCode: 0, pixDims: PIX });
	expect(orientation).toBe('known');
	expect(sourceOf({ ...QUARTER, sformCode: 0, pixDims: PIX })).toBe('qform');
	for (const [ijk, xyz] of [
		[
			[0, 0, 0],
			[10, 20, 30],
		],
		[
			[1, 0, 0],
			[10, 22, 30],
		],
		[
			[0, 1, 0],
			[7, 20, 30],
		],
		[
			[0, 0, 1],
			[10, 20, 34],
		],
	] as const)
		ijkToXyz(grid, ijk).forEach((mm, axis) => {
			expect(mm).toBeCloseTo(xyz[axis]!, 5);
		});
	expect(spacingMm(grid).map((mm) => Math.round(mm * 1e5) / 1e5)).toEqual([2, 3, 4]);
});

test('a negative qfac turns the third axis round', () => {
	const { grid } = read({ ...QUARTER, sformCode: 0, pixDims: [-1, 2, 3, 4] });
	expect(ijkToXyz(grid, [0, 0, 1])[2]).toBeCloseTo(26, 5);
});

test('a half turn whose quaternion is a little too long stays a half turn', () => {
	const { grid } = read({ quaternion: [1.000001, 0, 0], qformCode: 1, sformCode: 0, pixDims: PIX });
	const expected = [2, 0, 0, 0, 0, -3, 0, 0, 0, 0, -4, 0, 0, 0, 0, 1];
	grid.affine.forEach((value, n) => {
		expect(value).toBeCloseTo(expected[n]!, 4);
	});
});

test('the sform counts before the qform, whatever their codes', () => {
	const rows = [0, -3, 0, 10, 2, 0, 0, 20, 0, 0, 4, 30];
	const both = { ...QUARTER, pixDims: PIX, sform: rows };
	expect(sourceOf({ ...both, sformCode: 1, qformCode: 4 })).toBe('sform');
	expect(warned({ ...both, sformCode: 1, qformCode: 4 })).toEqual([]);
	expect(read({ ...both, sformCode: 1, qformCode: 4 }).grid.affine).toEqual([...rows, 0, 0, 0, 1]);
});

test('two places that differ by half a voxel or more are told in mm', () => {
	const both = { pixDims: PIX, qformCode: 1, sform: [2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4, 0] };
	expect(warned({ ...both, qOffset: [0.9, 0, 0] })).toEqual([]);
	expect(read({ ...both, qOffset: [5, 0, 0] }).warnings).toEqual([
		{ code: 'nifti.orientationsDiffer', path: 'a.nii', params: { mm: 5 } },
	]);
});

test('a flat sform gives way to the qform, and both flat are refused', () => {
	const flat = { sform: [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0], pixDims: PIX };
	expect(sourceOf({ ...flat, ...QUARTER })).toBe('qform');
	expect(warned({ ...flat, ...QUARTER })).toEqual(['nifti.sformUnusable']);
	for (const spec of [
		flat,
		{ sform: new Array(12).fill(0) },
		{ sform: [Number.NaN, ...new Array(11).fill(1)] },
		{ ...flat, ...QUARTER, pixDims: [1, 0, 1, 1] },
	]) {
		const result = readNifti(niftiBytes(spec), 'a.nii');
		expect(!result.ok && result.issues.map((issue) => issue.code)).toEqual(['nifti.singularAffine']);
	}
});

test('without codes the spacings alone make the grid, and left and right are called unknown', () => {
	const volume = read({ sformCode: 0, pixDims: [1, 2, -3, Number.NaN] });
	expect(volume.orientation).toBe('none');
	expect(volume.grid.affine).toEqual([2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
	expect(volume.warnings.map((issue) => issue.code)).toEqual(['nifti.noOrientation']);
});

test('sheared axes are read as they are, with the angle', () => {
	const volume = read({ sform: [1, 0, 0, 0, 0, 1, Math.tan(Math.PI / 12), 0, 0, 0, 1, 0] });
	expect(volume.grid.affine[6]).toBeCloseTo(0.2679, 4);
	expect(volume.warnings).toEqual([{ code: 'nifti.sheared', path: 'a.nii', params: { degrees: 15 } }]);
});

test('spacings that no head was scanned with are told', () => {
	expect(warned({ sform: [1e-3, 0, 0, 0, 0, 1e-3, 0, 0, 0, 0, 1e-3, 0] })).toEqual(['nifti.spacing']);
	expect(warned({ sform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 100, 0] })).toEqual(['nifti.spacing']);
	expect(warned({ sform: [0.3, 0, 0, 0, 0, 0.3, 0, 0, 0, 0, 8, 0] })).toEqual([]);
});
