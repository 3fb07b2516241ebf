import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import dcmjs from 'dcmjs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDicomSeg } from '../../../src/formats/dicomSeg.ts';
import { writeDicomSeg } from '../../../src/formats/dicomSegWrite.ts';
import { type NamedMask, type Segmentation, segmentMask } from '../../../src/formats/segmentation.ts';
import { type Affine, type Dims, type Grid, ijkToXyz, voxelCount } from '../../../src/grid/grid.ts';
import { reorderVoxels } from '../../../src/grid/reorder.ts';
import { sharedFolder } from '../../sharedData.ts';
import { fileBytes } from './bytes.ts';
import { dicomBytes, EXPLICIT, RLE, type TestElement } from './dicomBytes.ts';

const shared = sharedFolder('testdata/formats');

/** Figures by pydicom 2.3.1: voxels of each segment; dims; RAS of the first voxel; layers. */
type Expected =
	| { issue: string }
	| { dims: Dims; first: readonly number[]; segments: Record<string, number>; layers?: number };
const LIVER = { dims: [24, 38, 3], first: [-46.464901, -5.0188098, -177.75], segments: { Liver: 630 } } as const;
const FILES: Record<string, Expected> = {
	'dcmqi/liver.dcm': { dims: [512, 512, 3], first: [235.2, 226.8, -128.69], segments: { Liver: 107_098 } },
	'dcmqi/partial_overlaps.dcm': {
		dims: [512, 512, 3],
		first: [235.2, 226.8, -128.69],
		segments: { GREEN: 9602, ORANGE: 11_888, PURPLE: 10_743, LIGHT_BLUE: 6693, DARK_BLUE: 4713 },
		layers: 3,
	},
	'dcmqi/sparse-labelmap-noppv.dcm': LIVER,
	'dcmqi/sparse-labelmap-ppv5.dcm': LIVER,
	'highdicom/seg_image_ct_binary.dcm': {
		dims: [16, 16, 3],
		first: [125, 128.100006, 103.019997],
		segments: { 'first segment': 638 },
	},
	'highdicom/seg_image_ct_binary_fractional.dcm': {
		dims: [16, 16, 3],
		first: [125, 128.100006, 103.019997],
		segments: { 'first segment': 638 },
	},
	'highdicom/seg_image_ct_binary_overlap.dcm': {
		dims: [16, 16, 165],
		first: [125, 128.100006, -99.480003],
		segments: { 'first segment': 64, 'second segment': 16 },
		layers: 2,
	},
	'highdicom/seg_image_ct_binary_single_frame.dcm': {
		dims: [128, 128, 1],
		first: [158.135803, 179.035797, -75.699997],
		segments: { 'first segment': 1832 },
	},
	'highdicom/seg_image_ct_true_fractional.dcm': { issue: 'dicom.fractional' },
	'highdicom/seg_image_sm_control_labelmap.dcm': { issue: 'dicom.noPosition' },
	'highdicom/ct_image.dcm': { issue: 'dicom.notSegmentation' },
};

function read(bytes: Uint8Array): Segmentation {
	const result = readDicomSeg(bytes, 'a.dcm');
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return result.value;
}

function issueCodes(bytes: Uint8Array, options = {}): string[] {
	const result = readDicomSeg(bytes, 'a.dcm', options);
	return result.ok ? [] : result.issues.map(({ code }) => code);
}

const sum = (mask: Uint8Array) => mask.reduce((total, inside) => total + inside, 0);

for (const [name, expected] of Object.entries(FILES))
	test.skipIf(!shared)(`${name} gives what pydicom reads`, () => {
		const bytes = fileBytes(join(shared!, name));
		if ('issue' in expected) {
			expect(issueCodes(bytes)).toEqual([expected.issue]);
			return;
		}
		const seg = read(bytes);
		expect(seg.grid.dims).toEqual(expected.dims);
		ijkToXyz(seg.grid, [0, 0, 0]).forEach((mm, axis) => {
			expect(mm).toBeCloseTo(expected.first[axis]!, 5);
		});
		const counts = seg.segments.map((segment) => [segment.name, sum(segmentMask(seg, segment))]);
		expect(Object.fromEntries(counts)).toEqual(expected.segments);
		expect(seg.layers).toHaveLength(expected.layers ?? 1);
		expect(seg.texts.map(({ field }) => field)).toContain('PatientID');
		expect(seg.warnings).toEqual([]);
	});

test.skipIf(!shared)('liver.dcm and the NRRD of the same segmentation have the same voxels', () => {
	const nrrd = readFileSync(join(shared!, 'dcmqi/liver_seg.nrrd'));
	const voxels = gunzipSync(nrrd.subarray(nrrd.indexOf('\n\n') + 2));
	const seg = read(fileBytes(join(shared!, 'dcmqi/liver.dcm')));
	// 16-bit words of 0 and 1.
	expect(seg.layers[0]!.every((inside, n) => inside === voxels[2 * n])).toBe(true);
	expect(seg.layers[0]).toHaveLength(voxels.length / 2);
	// The colour that 3D Slicer gives a liver, up to the white point.
	const [r, g, b] = seg.segments[0]!.colour!;
	for (const [is, slicer] of [
		[r, 221],
		[g, 130],
		[b, 101],
	] as const)
		expect(Math.abs(is * 255 - slicer)).toBeLessThan(6);
});

const c = Math.cos(0.3);
const s = Math.sin(0.3);
/** Not a multiple of eight, so that frames begin within a byte. */
const DIMS: Dims = [7, 5, 6];
const AFFINES: Record<string, Affine> = {
	axial: [-0.9, 0, 0, 90, 0, -1.1, 0, 120, 0, 0, 5.5, -70, 0, 0, 0, 1],
	'RAS, left-handed for DICOM': [1, 0, 0, -90, 0, 1, 0, -120, 0, 0, -2, 70, 0, 0, 0, 1],
	oblique: [-0.9 * c, -1.1 * s, 0, 90, -0.9 * s, 1.1 * c, 0, -120, 0, 0, -5.5, -70, 0, 0, 0, 1],
	sagittal: [0, 0, 4, -60, -1, 0, 0, 100, 0, -1, 0, 110, 0, 0, 0, 1],
};
const ABOUT = {
	patient: 'P007',
	seriesDescription: 'T1C 分割',
	date: '20260102',
	uid: (part: string) => `2.25.1${part.length}${part.charCodeAt(0)}`,
};

function masksFor(dims: Dims): NamedMask[] {
	const mask = (inside: (n: number) => boolean) => Uint8Array.from({ length: voxelCount(dims) }, (_, n) => +inside(n));
	return [
		{ name: '水肿', mask: mask((n) => n > 70 && n < 140), colour: [1, 0.2, 0.1] },
		{ name: 'enhancing', mask: mask((n) => n % 7 === 0 && n > 100), colour: [0.1, 0.9, 0.3] },
		{ name: 'none', mask: mask(() => false), colour: [0, 0, 1] },
	];
}

for (const [name, affine] of Object.entries(AFFINES))
	test(`masks on a grid that is ${name} come back as they were written`, () => {
		const grid: Grid = { dims: DIMS, affine };
		const masks = masksFor(DIMS);
		const bytes = writeDicomSeg(grid, masks, ABOUT);
		expect(writeDicomSeg(grid, masks, ABOUT)).toEqual(bytes);
		const seg = read(bytes);
		expect(seg.warnings).toEqual([]);
		expect(seg.segments.map((segment) => segment.name)).toEqual(masks.map((mask) => mask.name));
		for (const [n, segment] of seg.segments.entries()) {
			expect(reorderVoxels(segmentMask(seg, segment), seg.grid, grid)).toEqual(masks[n]!.mask);
			segment.colour!.forEach((v, channel) => {
				expect(v).toBeCloseTo(masks[n]!.colour[channel]!, 3);
			});
		}
		expect(seg.texts).toContainEqual({ field: 'PatientID', text: 'P007' });
		expect(seg.texts).toContainEqual({ field: 'SeriesDescription', text: 'T1C 分割' });
		expect(seg.texts.map(({ field }) => field)).not.toContain('PatientName');
	});

test('scattered voxels come back, wherever a frame begins within a byte', () => {
	const grid: Grid = { dims: DIMS, affine: AFFINES.axial! };
	const places = fc.array(fc.nat(voxelCount(DIMS) - 1), { maxLength: 12 });
	fc.assert(
		fc.property(fc.array(places, { minLength: 1, maxLength: 4 }), (all) => {
			const masks = all.map((inside, n): NamedMask => {
				const mask = new Uint8Array(voxelCount(DIMS));
				for (const v of inside) mask[v] = 1;
				return { name: `s${n}`, mask, colour: [0, 0, 0] };
			});
			const seg = read(writeDicomSeg(grid, masks, ABOUT));
			expect(seg.grid.dims).toEqual(DIMS);
			const back = seg.segments.map((segment) => reorderVoxels(segmentMask(seg, segment), seg.grid, grid));
			expect(back).toEqual(masks.map(({ mask }) => mask));
		}),
		{ numRuns: 300, seed: 20260109 },
	);
});

for (const [name, slice] of [
	['axial', (z: number) => (z + 70) / 5.5],
	['RAS, left-handed for DICOM', (z: number) => (70 - z) / 2],
] as const)
	test(`dcmjs reads the same frames, bits and names from a grid that is ${name}`, () => {
		const masks = masksFor(DIMS);
		const bytes = writeDicomSeg({ dims: DIMS, affine: AFFINES[name]! }, masks, ABOUT);
		const file = dcmjs.data.DicomMessage.readFile(bytes.buffer);
		const data = dcmjs.data.DicomMetaDictionary.naturalizeDataset(file.dict) as Record<string, unknown>;
		const list = (value: unknown) => [...(value as Iterable<Record<string, unknown>>)];
		expect(data.PatientID).toBe('P007');
		expect(data.SeriesDescription).toBe('T1C 分割');
		// Inside sequences dcmjs 0.52 forgets the character set.
		const labels = list(data.SegmentSequence).map(({ SegmentLabel }) => SegmentLabel);
		expect(labels.slice(1)).toEqual(['enhancing', 'none']);
		const packed = new Uint8Array((data.PixelData as ArrayBuffer[])[0]!);
		const size = DIMS[0] * DIMS[1];
		const found = masks.map(() => new Uint8Array(voxelCount(DIMS)));
		const order: [segment: number, place: number, z: number][] = [];
		for (const [n, frame] of list(data.PerFrameFunctionalGroupsSequence).entries()) {
			const one = (sequence: string) => list(frame[sequence])[0]!;
			const segment = one('SegmentIdentificationSequence').ReferencedSegmentNumber as number;
			const z = (one('PlanePositionSequence').ImagePositionPatient as number[])[2]!;
			const index = one('FrameContentSequence').DimensionIndexValues as number[];
			expect(index[0]).toBe(segment);
			order.push([segment, index[1]!, z]);
			const k = Math.round(slice(z));
			for (let p = 0; p < size; p++) {
				const bit = n * size + p;
				found[segment - 1]![k * size + p] = (packed[bit >> 3]! >> (bit & 7)) & 1;
			}
		}
		expect(found).toEqual(masks.map(({ mask }) => mask));
		// Within a segment both the index and the place along the normal (here z) rise.
		for (const [n, [segment, place, z]] of order.entries()) {
			const before = order[n - 1];
			if (before?.[0] === segment) expect([place > before[1], z > before[2]]).toEqual([true, true]);
		}
	});

test('a wrong call says what was got and what was expected', () => {
	const grid = { dims: DIMS, affine: AFFINES.axial! };
	expect(() => writeDicomSeg(grid, [], ABOUT)).toThrow('got 0 masks');
	expect(() => writeDicomSeg(grid, [{ ...masksFor(DIMS)[0]!, mask: new Uint8Array(3) }], ABOUT)).toThrow(
		'got a mask of 3',
	);
	const skewed = { dims: DIMS, affine: [1, 0.1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };
	expect(() => writeDicomSeg(skewed, masksFor(DIMS), ABOUT)).toThrow('right angles');
});

test('layers of all segments stay under the limit', () => {
	const bytes = writeDicomSeg({ dims: DIMS, affine: AFFINES.axial! }, masksFor(DIMS), ABOUT);
	expect(issueCodes(bytes, { maxBytes: 300 })).toEqual(['dicom.tooLarge']);
	expect(issueCodes(bytes, { maxVoxels: 100 })).toEqual(['dicom.tooLarge']);
	expect(issueCodes(bytes, { maxBytes: 420 })).toEqual([]);
});

/** A label map of two frames of 2 × 2 pixels. */
function labelMap(pixels: Uint8Array | readonly number[], more: readonly TestElement[] = []): TestElement[] {
	const segment = (number: number, label: string): TestElement[] => [
		[0x0062_0004, 'US', [number]],
		[0x0062_0005, 'LO', label],
	];
	const frame = (z: number): TestElement[] => [[0x0020_9113, 'SQ', [[[0x0020_0032, 'DS', `0\\0\\${z}`]]]]];
	const all = new Map<number, TestElement>(
		(
			[
				[0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.66.7'],
				[0x0028_0002, 'US', [1]],
				[0x0028_0008, 'IS', '2'],
				[0x0028_0010, 'US', [2]],
				[0x0028_0011, 'US', [2]],
				[0x0028_0100, 'US', [16]],
				[0x0028_0101, 'US', [16]],
				[0x0028_0102, 'US', [15]],
				[0x0062_0001, 'CS', 'LABELMAP'],
				[0x0062_0002, 'SQ', [segment(300, 'a'), segment(7, 'b')]],
				[
					0x5200_9229,
					'SQ',
					[
						[
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
						],
					],
				],
				// The upper frame first.
				[0x5200_9230, 'SQ', [frame(6), frame(0)]],
				[0x7fe0_0010, 'OW', pixels],
			] as TestElement[]
		).map((element) => [element[0], element]),
	);
	for (const element of more) all.set(element[0], element);
	return [...all.values()];
}

test('a label map of 16 bits keeps segments by number, frames by place, and what has no name', () => {
	const pixels = [300, 0, 7, 9, 0, 0, 300, 300];
	for (const undefinedLengths of [false, true])
		for (const syntax of [EXPLICIT, '1.2.840.10008.1.2', '1.2.840.10008.1.2.2']) {
			const seg = read(dicomBytes(labelMap(pixels), { syntax, undefinedLengths }));
			expect(seg.grid.dims).toEqual([2, 2, 3]);
			expect([...seg.layers[0]!]).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 2, 3]);
			expect(seg.segments.map(({ name, value }) => [name, value])).toEqual([
				['a', 1],
				['b', 2],
				['9', 3],
			]);
			expect(seg.warnings.map(({ code, params }) => [code, params.numbers])).toEqual([
				['dicom.undeclaredSegments', '9'],
			]);
		}
});

test('padding and 0 are outside in a label map, whatever is declared', () => {
	const seg = read(dicomBytes(labelMap([300, 0, 7, 9, 0, 0, 300, 300], [[0x0028_0120, 'US', [9]]])));
	expect([...seg.layers[0]!]).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 2, 0]);
	expect(seg.warnings).toEqual([]);
});

test('a label map packed as RLE gives the same', () => {
	// Each fragment: two segments at 64 and after it, the high bytes first; a literal run of four each.
	const fragment = (words: readonly number[]) => {
		const head = new DataView(new ArrayBuffer(64));
		[2, 64, 69].forEach((value, n) => {
			head.setUint32(4 * n, value, true);
		});
		const body = [3, ...words.map((w) => w >> 8), 3, ...words.map((w) => w & 255)];
		return [...new Uint8Array(head.buffer), ...body];
	};
	const item = (bytes: readonly number[]) => [0xfe, 0xff, 0, 0xe0, bytes.length, 0, 0, 0, ...bytes];
	const end = [0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0];
	const frames = [fragment([300, 0, 7, 9]), fragment([0, 0, 300, 300])];
	const pixels = Uint8Array.from([...item([]), ...frames.flatMap(item), ...end]);
	const file = (bytes: Uint8Array) => dicomBytes(labelMap([], [[0x7fe0_0010, 'OB', bytes]]), { syntax: RLE });
	expect([...read(file(pixels)).layers[0]!]).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 2, 3]);
	const cut = Uint8Array.from([...item([]), ...frames.map((f) => f.slice(0, 70)).flatMap(item), ...end]);
	expect(issueCodes(file(cut))).toEqual(['dicom.damaged']);
});

test('what cannot be read says so, all at once', () => {
	const pixels = [300, 0, 7, 9, 0, 0, 300, 300];
	const codes = (more: readonly TestElement[], syntax = EXPLICIT) =>
		issueCodes(dicomBytes(labelMap(pixels, more), { syntax }));
	expect(codes([], '1.2.840.10008.1.2.4.90')).toEqual(['dicom.compressed']);
	expect(codes([], '1.2.840.10008.1.2.1.99')).toEqual(['dicom.compressed']);
	expect(codes([[0x0062_0001, 'CS', 'OTHER']])).toEqual(['dicom.segmentationType']);
	expect(
		codes([
			[0x0062_0001, 'CS', 'OTHER'],
			[0x0028_0002, 'US', [3]],
			[0x0028_0100, 'US', [32]],
		]),
	).toEqual(['dicom.segmentationType', 'nifti.colour', 'dicom.bits']);
	expect(codes([[0x0028_0008, 'IS', '3']])).toEqual(['dicom.truncated']);
	expect(codes([[0x0062_0001, 'CS', 'BINARY']])).toEqual(['dicom.noSegmentNumber']);
	expect(issueCodes(new Uint8Array(200))).toEqual(['dicom.noMark']);
	expect(issueCodes(dicomBytes([[0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.88.11']]))).toEqual(['dicom.kind']);
});
