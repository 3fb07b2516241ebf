import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Issue, Result } from '../../../src/formats/issue.ts';
import { nrrdDataFiles, readNrrd } from '../../../src/formats/nrrd.ts';
import { readSegNrrd } from '../../../src/formats/segNrrd.ts';
import { writeSegNrrd } from '../../../src/formats/segNrrdWrite.ts';
import type { Grid } from '../../../src/grid/grid.ts';
import { nrrdBytes } from './nrrdBytes.ts';

const MAX_BYTES = 1024 * 1024;
const ascii = (text: string) => new TextEncoder().encode(text);
const grid: Grid = { dims: [4, 3, 2], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };
const mask = (from: number) => Uint8Array.from({ length: 24 }, (_, n) => (n >= from && n < from + 12 ? 1 : 0));
const named = (...starts: number[]) =>
	starts.map((at) => ({ name: `r${at}`, mask: mask(at), colour: [1, 0, 0] as const }));

const volumes = [
	nrrdBytes(),
	nrrdBytes({ fields: { encoding: 'gzip' } }),
	nrrdBytes({
		fields: { type: 'float', endian: 'big', encoding: 'text' },
		data: ascii('1 2 3 4 5 6 7 8 9 nan inf -1e30'),
	}),
	nrrdBytes({ fields: { type: 'short', endian: 'big', encoding: 'hex' }, data: ascii('0102'.repeat(12)) }),
	nrrdBytes({
		fields: { 'line skip': '1', 'byte skip': '-1', space: 'RAS', 'space units': '"m" "m" "m"' },
		newline: '\r\n',
	}),
	nrrdBytes({ fields: { space: null, 'space directions': null, spacings: '1 2 3', 'data file': 'a.raw' } }),
];
const segmentations = [
	writeSegNrrd(grid, named(0, 12)),
	writeSegNrrd(grid, named(0, 6, 12)),
	writeSegNrrd(grid, named(3)),
];

/** Words that mean something to the format. */
const WORDS =
	'99999999|9|0|-1|7 7 7|none|(0,0,0)|(1,x,2)|nan|double|short|raw|gzip|hex|text|list|RGB-color|\n|\n\n|:=|1e999|LIST|é';

/** Bytes or words put over or between others, half of them where a value starts; ends cut off, often among the voxels. */
const broken = (files: readonly Uint8Array[]) => {
	// Whole numbers without bias: most doubles between 0 and 1 are next to 0, and all edits would hit the first byte.
	const part = fc.noBias(fc.nat(999_999)).map((n) => n / 1_000_000);
	const put = fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 2 }), fc.constantFrom(...WORDS.split('|').map(ascii)));
	const edit = fc.record({ at: part, atValue: fc.boolean(), put, over: fc.boolean() });
	const cut = fc.oneof(fc.constant(0), fc.constant(0), fc.constant(0), fc.nat(20), fc.nat(400));
	return fc
		.record({ file: fc.constantFrom(...files), edits: fc.array(edit, { maxLength: 3 }), cut })
		.map(({ file, edits, cut }) => {
			let bytes = [...file.slice(0, Math.max(0, file.length - cut))];
			for (const { at, atValue, put, over } of edits) {
				const values = bytes.flatMap((byte, n) =>
					atValue && ' :='.includes(String.fromCharCode(byte)) ? [n + 1] : [],
				);
				const n = values[Math.floor(at * values.length)] ?? Math.floor(at * bytes.length);
				bytes = [...bytes.slice(0, n), ...put, ...bytes.slice(over ? n + put.length : n)];
			}
			return Uint8Array.from(bytes);
		});
};

function check<T>(
	files: readonly Uint8Array[],
	read: (bytes: Uint8Array) => Result<T>,
	good: (value: T) => void,
): { readonly read: number; readonly refused: number } {
	const counts = { read: 0, refused: 0 };
	fc.assert(
		fc.property(broken(files), (bytes) => {
			const result = read(bytes);
			if (result.ok) {
				counts.read++;
				good(result.value);
			} else {
				counts.refused++;
				expect(result.issues.length).toBeGreaterThan(0);
				for (const issue of result.issues) expect(shortEnough(issue)).toBe(true);
			}
		}),
		{ numRuns: 10_000, seed: 20210818 },
	);
	return counts;
}

const shortEnough = ({ params }: Issue) => Object.values(params).every((value) => String(value).length < 200);
const voxelsOf = ({ dims, affine }: Grid) => {
	expect(affine.every(Number.isFinite)).toBe(true);
	return dims[0] * dims[1] * dims[2];
};

test('no change to the bytes of a file makes the reader throw or pass the limit', { timeout: 60_000 }, () => {
	const companions = new Map([['a.raw', new Uint8Array(12)]]);
	const { read, refused } = check(
		volumes,
		(bytes) => {
			expect(nrrdDataFiles(bytes, 'a').length).toBeLessThan(2);
			return readNrrd(bytes, 'a.nrrd', { maxBytes: MAX_BYTES, companions });
		},
		({ data, grid }) => {
			expect(data).toHaveLength(voxelsOf(grid));
			expect(data.byteLength).toBeLessThanOrEqual(4 * MAX_BYTES);
			expect(data.every(Number.isFinite)).toBe(true);
		},
	);
	// Both ways were taken, or nothing was shown.
	expect(Math.min(read, refused)).toBeGreaterThan(1000);
});

test('the same for segmentations', { timeout: 60_000 }, () => {
	const { read, refused } = check(
		segmentations,
		(bytes) => readSegNrrd(bytes, 'a.seg.nrrd', { maxBytes: MAX_BYTES }),
		({ layers, segments, grid }) => {
			expect(layers.length * voxelsOf(grid)).toBeLessThanOrEqual(MAX_BYTES);
			for (const layer of layers) expect(layer).toHaveLength(voxelsOf(grid));
			for (const { layer, value } of segments) expect(layers[layer] && value >= 1 && value <= 255).toBe(true);
		},
	);
	expect(Math.min(read, refused)).toBeGreaterThan(1000);
});
