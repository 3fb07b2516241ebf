import { join } from 'node:path';
import { expect, test } from 'vitest';
import { segmentMask } from '../../../src/formats/segmentation.ts';
import { writeSegNrrd } from '../../../src/formats/segNrrdWrite.ts';
import { type ReadSegments, readSegments } from '../../../src/importers/readSegments.ts';
import { fileBytes } from '../formats/bytes.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/formats');

function read(file: Uint8Array): ReadSegments {
	const result = readSegments(file, 'a');
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return result.value;
}

test('a label map has one segment for each value, named by it', () => {
	const map = read(fileBytes(join(FIXTURES, 'seg_as_f4.nii.gz')));
	expect(map.segments).toEqual([
		{ name: '2', layer: 0, value: 2 },
		{ name: '3', layer: 0, value: 3 },
	]);
	const counted = map.segments.map((segment) => ({
		value: segment.value,
		voxels: segmentMask(map, segment).reduce((total, inside) => total + inside, 0),
	}));
	expect(map.labels).toEqual(counted);
	expect(map.layers).toHaveLength(1);
});

test('a segmentation of Slicer has its own names and no labels to be explained', () => {
	const grid = { dims: [2, 2, 2], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] } as const;
	const mask = (...values: number[]) => Uint8Array.from({ length: 8 }, (_, n) => values[n] ?? 0);
	const drawn = [
		{ name: '全肿瘤', mask: mask(1, 1, 1), colour: [1, 0, 0] },
		{ name: '强化', mask: mask(0, 1), colour: [0, 1, 0] },
	] as const;
	const { segments, layers, labels } = read(writeSegNrrd(grid, drawn));
	expect(segments.map(({ name }) => name)).toEqual(['全肿瘤', '强化']);
	expect(layers).toHaveLength(2);
	expect(labels).toBeUndefined();
});

test('what no mask can be is refused as a label map is', () => {
	const codes = (file: Uint8Array) => {
		const result = readSegments(file, 'a');
		return result.ok ? [] : result.issues.map(({ code }) => code);
	};
	expect(codes(fileBytes(join(FIXTURES, 'seg_noninteger.nii.gz')))).toEqual(['labels.notWhole']);
	expect(codes(new Uint8Array())).toEqual(['file.empty']);
});
