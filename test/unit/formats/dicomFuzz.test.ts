import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDicomSeg } from '../../../src/formats/dicomSeg.ts';
import { writeDicomSeg } from '../../../src/formats/dicomSegWrite.ts';
import { readDicomSeries } from '../../../src/formats/dicomSeries.ts';
import type { Dims } from '../../../src/grid/grid.ts';
import { BIG_ENDIAN, dicomBytes, IMPLICIT, mrSlice, type TestElement } from './dicomBytes.ts';

const MAX_BYTES = 64 * 1024;
const LIMITS = { maxBytes: MAX_BYTES, maxVoxels: MAX_BYTES };
const DIMS: Dims = [5, 3, 4];

const written = writeDicomSeg(
	{ dims: DIMS, affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1] },
	[0, 1].map((n) => ({
		name: `s${n}`,
		mask: Uint8Array.from({ length: 60 }, (_, v) => +(v % (n + 2) === 0)),
		colour: [1, 0, 0] as const,
	})),
	{ patient: 'P', seriesDescription: 'd', uid: (part) => `2.25.${part.length}` },
);
const segment: TestElement[] = [
	[0x0062_0004, 'US', [1]],
	[0x0062_0005, 'LO', 'a'],
];
const geometry: TestElement[] = [
	[0x0020_9113, 'SQ', [[[0x0020_0032, 'DS', '0\\0\\0']]]],
	[0x0020_9116, 'SQ', [[[0x0020_0037, 'DS', '1\\0\\0\\0\\1\\0']]]],
	[
		0x0028_9110,
		'SQ',
		[
			[
				[0x0028_0030, 'DS', '1\\1'],
				[0x0018_0088, 'DS', '3'],
			],
		],
	],
];
const labelMap = mrSlice(
	0,
	[0, 1, 1, 0, 0, 1],
	[
		[0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.66.7'],
		[0x0062_0001, 'CS', 'LABELMAP'],
		[0x0062_0002, 'SQ', [segment]],
		[0x5200_9229, 'SQ', [geometry]],
	],
);
const images = [0, 5, 10].map((z) => mrSlice(z, [1, 2, 3, 4, 5, 6]));

/** Changes some bytes behind the preamble, cuts the end off, or doubles a piece. */
function brokenOf(files: readonly Uint8Array[]) {
	// Evenly spread: doubles would crowd about 0.
	const place = fc.noBias(fc.nat(999_999)).map((n) => n / 1_000_000);
	// Bytes that lengths and delimiters are made of come up more often than chance.
	const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0xff, 0xfe, 0xe0, 0xdd, 0x7f, 0x30, 0x39));
	/** Mostly not. */
	const sometimes = <T>(arbitrary: fc.Arbitrary<T>) =>
		fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
	return fc
		.record({
			file: fc.constantFrom(...files),
			edits: fc.array(fc.record({ at: place, byte }), { maxLength: 3 }),
			wide: sometimes(fc.record({ at: place, word: fc.constantFrom(0xffff_ffff, 0x7fff_ffff, 0x0100_0000, 0) })),
			keep: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, place),
			twice: sometimes(fc.tuple(place, place)),
		})
		.map(({ file, edits, wide, keep, twice }) => {
			let bytes = file.slice(0, Math.round(132 + (file.length - 132) * keep));
			const at = (x: number) => Math.floor(132 + x * (bytes.length - 132));
			for (const edit of edits) if (bytes.length > 132) bytes[at(edit.at)] = edit.byte;
			if (wide && bytes.length > 140)
				new DataView(bytes.buffer).setUint32(Math.min(at(wide.at), bytes.length - 4), wide.word, true);
			if (twice) bytes = Uint8Array.from([...bytes.slice(0, at(twice[0])), ...bytes.slice(at(twice[1]))]);
			return bytes;
		});
}

test('no change to a segmentation makes the reader throw, hang or pass the limit', { timeout: 60_000 }, () => {
	const layouts = [
		{},
		{ syntax: IMPLICIT },
		{ syntax: BIG_ENDIAN, undefinedLengths: true },
		{ undefinedLengths: true },
	];
	const files = [written, written, ...layouts.map((layout) => dicomBytes(labelMap, layout))];
	let [read, refused, slowest] = [0, 0, 0];
	fc.assert(
		fc.property(brokenOf(files), (bytes) => {
			const start = performance.now();
			const result = readDicomSeg(bytes, 'a.dcm', LIMITS);
			slowest = Math.max(slowest, performance.now() - start);
			if (!result.ok) {
				refused++;
				expect(result.issues.length).toBeGreaterThan(0);
				return;
			}
			read++;
			const { grid, layers, segments } = result.value;
			const voxels = grid.dims[0] * grid.dims[1] * grid.dims[2];
			expect(layers.every((labels) => labels.length === voxels)).toBe(true);
			expect(voxels * layers.length).toBeLessThanOrEqual(MAX_BYTES);
			expect(grid.affine.every(Number.isFinite)).toBe(true);
			for (const { layer, value } of segments) {
				expect(layers[layer]).toBeDefined();
				expect(value >= 1 && value <= 255).toBe(true);
			}
		}),
		{ numRuns: 2000, seed: 20260107 },
	);
	expect(Math.min(read, refused)).toBeGreaterThan(200);
	expect(slowest).toBeLessThan(5000);
});

test('no change to a file of a series makes the reader throw, hang or pass the limit', { timeout: 60_000 }, () => {
	const layouts = [{}, { syntax: IMPLICIT }, { syntax: BIG_ENDIAN, undefinedLengths: true }];
	const whole = images.map((image) => dicomBytes(image));
	let [read, refused, slowest] = [0, 0, 0];
	fc.assert(
		fc.property(brokenOf(layouts.map((layout) => dicomBytes(images[1]!, layout))), (bytes) => {
			const files = new Map([0, 1, 2].map((n) => [`${n}.dcm`, n === 1 ? bytes : whole[n]!]));
			const start = performance.now();
			const result = readDicomSeries(files, LIMITS);
			slowest = Math.max(slowest, performance.now() - start);
			if (!result.ok || result.setAside.length > 0) refused++;
			else read++;
			if (!result.ok) return;
			let bytesOfAll = 0;
			for (const { volume, places } of result.value) {
				const { dims, affine } = volume.grid;
				bytesOfAll += volume.data.byteLength;
				expect(volume.data).toHaveLength(dims[0] * dims[1] * dims[2]);
				expect(volume.data.every(Number.isFinite)).toBe(true);
				expect(affine.every(Number.isFinite)).toBe(true);
				expect(places.length).toBeGreaterThan(0);
			}
			expect(bytesOfAll).toBeLessThanOrEqual(MAX_BYTES);
		}),
		{ numRuns: 2000, seed: 20260108 },
	);
	expect(Math.min(read, refused)).toBeGreaterThan(200);
	expect(slowest).toBeLessThan(5000);
});

test('what is made to cost much costs little', () => {
	const head = dicomBytes([]);
	const file = (piece: readonly number[], times: number) => {
		const out = new Uint8Array(head.length + piece.length * times);
		out.set(head);
		for (let n = head.length; n < out.length; n += piece.length) out.set(piece, n);
		return out;
	};
	// Sequences within sequences without a length; a million empty elements.
	const none = [0xff, 0xff, 0xff, 0xff];
	const open = [0x08, 0, 0x15, 0x11, 0x53, 0x51, 0, 0, ...none, 0xfe, 0xff, 0, 0xe0, ...none];
	const empty = Array.from({ length: 40_000 }, (_, n) => [
		0x11 + (n >> 15),
		0,
		n & 255,
		(n >> 8) & 127,
		0x4c,
		0x4f,
		0,
		0,
	]);
	for (const hostile of [file(open, 100_000), file(empty.flat(), 25)]) {
		const start = performance.now();
		const result = readDicomSeg(hostile, 'a.dcm');
		expect(performance.now() - start).toBeLessThan(2000);
		expect(!result.ok && result.issues.map(({ code }) => code)).toEqual(['dicom.damaged']);
	}
});
