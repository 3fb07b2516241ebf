import { NVImage } from '@niivue/niivue';
import dcmjs from 'dcmjs';
import { expect, test, vi } from 'vitest';
import { segmentMask } from '../../../src/formats/segmentation.ts';
import { type Grid, ijkToXyz, invertAffine, voxelCount } from '../../../src/grid/grid.ts';
import { reorderVoxels } from '../../../src/grid/reorder.ts';
import { readSegments } from '../../../src/importers/readSegments.ts';
import type { Region } from '../../../src/protocol/protocol.ts';
import { type ExportFormat, type ExportMask, exportMasks } from '../../../src/workers/exportMasks.ts';

const c = Math.cos(0.3);
const s = Math.sin(0.3);
/** Turned about the axis from head to feet; its axes make a right hand. */
const OBLIQUE: Grid = {
	dims: [7, 6, 5],
	affine: [-0.9 * c, -1.1 * s, 0, 90, -0.9 * s, 1.1 * c, 0, -12, 0, 0, -5.5, -70, 0, 0, 0, 1],
};
/** Sagittal, and its axes make a left hand. */
const LEFT_HANDED: Grid = { dims: [6, 5, 4], affine: [0, 0, -4, 60, -1, 0, 0, 100, 0, -1.5, 0, 110, 0, 0, 0, 1] };

const determinant = ({ affine: a }: Grid) =>
	a[0]! * (a[5]! * a[10]! - a[6]! * a[9]!) -
	a[1]! * (a[4]! * a[10]! - a[6]! * a[8]!) +
	a[2]! * (a[4]! * a[9]! - a[5]! * a[8]!);

const drawn = (region: Region, grid: Grid, inside: (i: number, j: number, k: number) => boolean): ExportMask => {
	const [nx, ny] = grid.dims;
	return {
		region,
		grid,
		colour: [1, 0.4, 0.2],
		data: Uint8Array.from(
			{ length: voxelCount(grid.dims) },
			(_, n) => +inside(n % nx, Math.floor(n / nx) % ny, Math.floor(n / nx / ny)),
		),
	};
};

/** None is symmetric about any axis; the body lies within the whole tumour. */
const MASKS: readonly ExportMask[] = [
	drawn('WT', OBLIQUE, (i, j, k) => i > 0 && i + j < 8 && k < 4),
	drawn('TB', OBLIQUE, (i, j, k) => i > 1 && i + j < 6 && k > 0 && k < 3),
	drawn('ET', LEFT_HANDED, (i, j, k) => i + 2 * j < 6 && k < 3),
	drawn('NE', LEFT_HANDED, (i, j, k) => i + 2 * j > 7 && k > 0),
];
const maskOf = (name: string) => MASKS.find(({ region }) => region === name)!;

const exported = (format: ExportFormat) =>
	exportMasks(MASKS, format, { patient: 'P7', random: '12345', at: '2026-01-02T03:04:05Z' });

/** What Niivue makes of a file: numbers as stored, and the place it gives them. */
async function niivue(bytes: Uint8Array, name: string): Promise<{ dims: number[]; affine: number[]; data: number[] }> {
	// It warns of every key of a segment.
	vi.spyOn(console, 'warn').mockReturnValue(undefined);
	const image = await NVImage.loadFromUrl({ url: bytes as never, name });
	const { dims, affine } = image.hdr!;
	return { dims: dims.slice(1, dims[0]! + 1), affine: affine.flat(), data: [...(image.img as Uint8Array)] };
}

function expectPlace(affine: readonly number[], grid: Grid): void {
	for (const [n, value] of grid.affine.entries()) expect(affine[n]).toBeCloseTo(value, 4);
}

test('the regions overlap, and lie on an oblique and on a left-handed grid', () => {
	const both = maskOf('WT').data.filter((inside, n) => inside && maskOf('TB').data[n]);
	expect(both.length).toBeGreaterThan(5);
	expect(determinant(OBLIQUE)).toBeGreaterThan(0);
	expect(determinant(LEFT_HANDED)).toBeLessThan(0);
});

for (const format of ['nifti', 'segNrrd', 'dicomSeg'] as const)
	test(`${format}: every region comes back voxel by voxel, at its place`, () => {
		const found: string[] = [];
		for (const { name, bytes } of exported(format)) {
			const read = readSegments(bytes, name);
			if (!read.ok) throw new Error(JSON.stringify(read.issues));
			expect(read.value.warnings).toEqual([]);
			for (const segment of read.value.segments) {
				const region = format === 'nifti' ? /_([A-Z]{2})\.nii\.gz$/.exec(name)![1]! : segment.name;
				const { grid, data } = maskOf(region);
				expect(reorderVoxels(segmentMask(read.value, segment), read.value.grid, grid), region).toEqual(data);
				if (format !== 'dicomSeg') expectPlace(read.value.grid.affine, grid);
				found.push(region);
			}
		}
		expect(found).toEqual(['WT', 'TB', 'ET', 'NE']);
	});

test('Niivue reads each NIfTI with the same voxels at the same place', async () => {
	for (const [n, { name, bytes }] of exported('nifti').entries()) {
		const { grid, data } = MASKS[n]!;
		const seen = await niivue(bytes, name);
		expect(seen.dims.slice(0, 3)).toEqual(grid.dims);
		expect(seen.data).toEqual([...data]);
		expectPlace(seen.affine, grid);
	}
});

test('Niivue reads each .seg.nrrd with the same numbers; without overlap, at the same place', async () => {
	for (const { name, bytes } of exported('segNrrd')) {
		const read = readSegments(bytes, name);
		if (!read.ok) throw new Error(JSON.stringify(read.issues));
		const { layers, segments } = read.value;
		const seen = await niivue(bytes, name);
		const { grid } = maskOf(segments[0]!.name);
		// It knows nothing of layers and gives their numbers side by side, without a place (0.69.0).
		expect(seen.dims).toEqual(layers.length > 1 ? [layers.length, ...grid.dims] : grid.dims);
		for (const segment of segments) {
			const own = seen.data.filter((_, n) => n % layers.length === segment.layer);
			expect(own.map((value) => +(value === segment.value))).toEqual([...maskOf(segment.name).data]);
		}
		if (layers.length === 1) expectPlace(seen.affine, grid);
	}
});

type Item = Readonly<Record<string, unknown>>;

test('dcmjs reads each DICOM SEG with every voxel of every region at its place in mm', () => {
	const files = exported('dicomSeg');
	const seen = new Map<string, Uint8Array>();
	const studies = new Set<unknown>();
	for (const { bytes } of files) {
		const { dict } = dcmjs.data.DicomMessage.readFile(bytes.buffer);
		const data = dcmjs.data.DicomMetaDictionary.naturalizeDataset(dict) as Item;
		studies.add(`${data.StudyInstanceUID} ${data.FrameOfReferenceUID}`);
		const list = (value: unknown) => [...(value as Iterable<Item>)];
		const one = (item: Item, sequence: string) => list(item[sequence])[0]!;
		const labels = list(data.SegmentSequence).map(({ SegmentLabel }) => SegmentLabel as string);
		for (const label of labels) seen.set(label, new Uint8Array(maskOf(label).data.length));
		const shared = list(data.SharedFunctionalGroupsSequence)[0]!;
		const cosines = one(shared, 'PlaneOrientationSequence').ImageOrientationPatient as number[];
		const [rowMm, columnMm] = one(shared, 'PixelMeasuresSequence').PixelSpacing as [number, number];
		const packed = new Uint8Array((data.PixelData as ArrayBuffer[])[0]!);
		const [rows, columns] = [data.Rows as number, data.Columns as number];
		for (const [n, frame] of list(data.PerFrameFunctionalGroupsSequence).entries()) {
			const corner = one(frame, 'PlanePositionSequence').ImagePositionPatient as number[];
			const number = one(frame, 'SegmentIdentificationSequence').ReferencedSegmentNumber as number;
			const label = labels[number - 1]!;
			const { grid } = maskOf(label);
			const toVoxel = { dims: grid.dims, affine: invertAffine(grid.affine) };
			for (let p = 0; p < rows * columns; p++) {
				const bit = n * rows * columns + p;
				if (((packed[bit >> 3]! >> (bit & 7)) & 1) === 0) continue;
				const [column, row] = [p % columns, Math.floor(p / columns)];
				const [x, y, z] = [0, 1, 2].map(
					(axis) => corner[axis]! + column * columnMm * cosines[axis]! + row * rowMm * cosines[axis + 3]!,
				) as [number, number, number];
				// DICOM counts to the left and to the back.
				const ijk = ijkToXyz(toVoxel, [-x, -y, z]);
				const [i, j, k] = ijk.map(Math.round) as [number, number, number];
				for (const [axis, at] of [i, j, k].entries()) expect(ijk[axis]).toBeCloseTo(at, 3);
				seen.get(label)![i + grid.dims[0] * (j + grid.dims[1] * k)] = 1;
			}
		}
	}
	expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(MASKS.map(({ region, data }) => [region, data])));
	expect([files.length, studies.size]).toEqual([2, 1]);
});
