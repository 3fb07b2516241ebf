import { join } from 'node:path';
import { NVImage } from '@niivue/niivue';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { readNrrd } from '../../../src/formats/nrrd.ts';
import { type NamedMask, type Segmentation, segmentMask } from '../../../src/formats/segmentation.ts';
import { isSegNrrd, readSegNrrd } from '../../../src/formats/segNrrd.ts';
import { writeSegNrrd } from '../../../src/formats/segNrrdWrite.ts';
import { type Grid, voxelCount } from '../../../src/grid/grid.ts';
import { sharedFolder } from '../../sharedData.ts';
import { anyGrid } from './anyGrid.ts';
import { fileBytes } from './bytes.ts';
import { type NrrdParts, nrrdBytes } from './nrrdBytes.ts';

const slicerio = sharedFolder('testdata/formats/slicerio');

function read(file: Uint8Array): Segmentation {
	const result = readSegNrrd(file, 'a.seg.nrrd', {});
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return result.value;
}

const sum = (mask: Uint8Array) => mask.reduce((total, inside) => total + inside, 0);

/** Voxels of each segment as a reader in Python (numpy, zlib) counts them. */
const CHEST: [string, number, readonly number[]][] = [
	['ribs', 8487, [0.992157, 0.909804, 0.619608]],
	['cervical vertebral column', 1216, [1, 1, 0.811765]],
	['thoracic vertebral column', 2712, [0.886275, 0.792157, 0.52549]],
	['lumbar vertebral column', 3259, [0.831373, 0.737255, 0.4]],
	['right lung', 34_450, [0.0862745, 0.772549, 0.278431]],
	['left lung', 33_700, [0.772549, 0.0980392, 0.388235]],
	['tissue', 154_589, [0.501961, 0.682353, 0.501961]],
];
const SPHERE: (typeof CHEST)[number] = ['overlapping sphere', 19_139, [0.862745, 0.960784, 0.0784314]];

test.skipIf(!slicerio)('a segmentation from Slicer has its segments, one that overlaps on a layer of its own', () => {
	for (const [name, segments, layers] of [
		['Segmentation', CHEST, 1],
		['SegmentationOverlapping', [...CHEST, SPHERE], 2],
	] as const) {
		const file = fileBytes(join(slicerio!, `${name}.seg.nrrd`));
		expect(isSegNrrd(file)).toBe(true);
		const segmentation = read(file);
		expect(segmentation.layers).toHaveLength(layers);
		expect(segmentation.segments.map((s) => [s.name, sum(segmentMask(segmentation, s)), s.colour])).toEqual(segments);
		expect(segmentation.grid.dims).toEqual([128, 128, 34]);
		expect(segmentation.grid.affine[3]).toBeCloseTo(-193.09599304, 8);
		expect([segmentation.texts, segmentation.warnings]).toEqual([[], []]);
	}
	expect(isSegNrrd(fileBytes(join(slicerio!, 'CTChest4.nrrd')))).toBe(false);
});

/** A file of 3 × 2 × 2 voxels, or of `count` layers of them. */
function layered(count: number, lines: string[], data: number[], axis: 'first' | 'last' = 'first'): NrrdParts {
	const put = (layer: string, space: string) => (axis === 'first' ? `${layer} ${space}` : `${space} ${layer}`);
	const fields = {
		dimension: '4',
		sizes: put(String(count), '3 2 2'),
		'space directions': put('none', '(1,0,0) (0,1,0) (0,0,1)'),
		kinds: put('list', 'domain domain domain'),
	};
	return { ...(count > 1 && { fields }), lines, data: Uint8Array.from(data) };
}

const twelve = (...values: number[]) => [...values, ...Array(12 - values.length).fill(0)] as number[];

test('a file from before label values has one layer a segment', () => {
	const lines = ['Segment0_ID:=a', 'Segment0_Name:=first', 'Segment1_ID:=b', 'Segment1_DefaultColor:=1 0 0.5'];
	const first = [0, 1, 1, 0, ...Array(20).fill(0)] as number[];
	const { layers, segments } = read(nrrdBytes(layered(2, lines, first)));
	expect(segments).toEqual([
		{ name: 'first', layer: 0, value: 1 },
		{ name: 'b', layer: 1, value: 1, colour: [1, 0, 0.5] },
	]);
	expect(layers.map((layer) => [...layer])).toEqual([twelve(0, 1), twelve(1)]);
	const last = [...twelve(0, 1), ...twelve(1)];
	expect(read(nrrdBytes(layered(2, lines, last, 'last'))).layers).toEqual(layers);
});

test('where all share one layer, it need not be named', () => {
	const lines = ['Segment0_ID:=a', 'Segment0_LabelValue:=1', 'Segment3_ID:=b', 'Segment3_LabelValue:=7'];
	const { segments, layers } = read(nrrdBytes(layered(1, lines, twelve(1, 7, 7))));
	expect(segments.map(({ name, layer, value }) => [name, layer, value])).toEqual([
		['a', 0, 1],
		['b', 0, 7],
	]);
	expect([...layers[0]!]).toEqual(twelve(1, 7, 7));
});

test('voxels of no segment are left out and counted', () => {
	const shorts = new Uint8Array(Int16Array.from(twelve(1, 2, -1, 300, 1)).buffer);
	const parts = { fields: { type: 'short', endian: 'little' }, lines: ['Segment0_ID:=a'], data: shorts };
	const { layers, warnings } = read(nrrdBytes(parts));
	expect([...layers[0]!]).toEqual(twelve(1, 0, 0, 0, 1));
	expect(warnings).toEqual([{ code: 'segments.noOwner', path: 'a.seg.nrrd', params: { count: 3 } }]);
});

test('segments that cannot be are issues, all at once', () => {
	const segment = (n: number, value: string, layer: string) => [
		`Segment${n}_ID:=s${n}`,
		`Segment${n}_LabelValue:=${value}`,
		`Segment${n}_Layer:=${layer}`,
	];
	const lines = [
		...segment(0, '1', '0'),
		...segment(1, '1', '0'),
		...segment(2, '1', '2'),
		...segment(3, '0', '0'),
		...segment(4, '256', '0'),
		'Segment5_ID:=s5',
		'Segment5_Layer:=0',
	];
	const result = readSegNrrd(nrrdBytes(layered(2, lines, Array(24).fill(0))), 'a', {});
	expect(!result.ok && result.issues.map(({ code, params }) => [code, ...Object.values(params)])).toEqual([
		['segments.duplicate', 's0', 's1', 1],
		['segments.layer', 's2', '2', 2],
		['segments.value', 's3', '0'],
		['segments.value', 's4', '256'],
		['segments.value', 's5', ''],
	]);
	const colour = layered(2, ['Segment0_ID:=a'], Array(24).fill(0));
	const rgb = { ...colour, fields: { ...colour.fields, kinds: 'RGB-color domain domain domain' } };
	const refused = readSegNrrd(nrrdBytes(rgb), 'a', {});
	expect(!refused.ok && refused.issues.map(({ code }) => code)).toEqual(['nifti.colour']);
});

const colour = fc.tuple(
	...[0, 1, 2].map(() => fc.integer({ min: 0, max: 255 }).map((n) => Number((n / 255).toPrecision(6)))),
);
const name = fc.oneof(
	fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((s) => s.trim() !== '' && !s.includes('\r')),
	fc.constantFrom('全肿瘤', 'a\\nb', 'a\nb', 'key:=value', '# no comment', ' spaced '),
);
const masks = (voxels: number): fc.Arbitrary<NamedMask[]> =>
	fc.array(
		fc.record({
			name,
			colour: colour as fc.Arbitrary<[number, number, number]>,
			mask: fc.uint8Array({ minLength: voxels, maxLength: voxels, max: 1 }),
		}),
		{ minLength: 1, maxLength: 5 },
	);
const drawing = anyGrid.chain((grid) => masks(voxelCount(grid.dims)).map((drawn) => ({ grid, drawn })));

test('masks come back as they were written, overlaps, names, colours and place', () => {
	let overlapping = 0;
	fc.assert(
		fc.property(drawing, ({ grid, drawn }) => {
			const file = writeSegNrrd(grid, drawn);
			expect(isSegNrrd(file)).toBe(true);
			const back = read(file);
			if (back.layers.length > 1) overlapping++;
			expect(back.segments.map((s) => ({ name: s.name, colour: s.colour, mask: segmentMask(back, s) }))).toEqual(drawn);
			expect(back.grid).toEqual({ dims: grid.dims, affine: grid.affine.map((value) => value + 0) });
			expect([back.texts, back.warnings.filter(({ code }) => code !== 'nifti.spacing')]).toEqual([[], []]);
			expect(writeSegNrrd(grid, drawn)).toEqual(file);
		}),
		{ numRuns: 300, seed: 20210818 },
	);
	expect(overlapping).toBeGreaterThan(100);
});

/** What Niivue makes of a file, which knows nothing of layers: numbers as stored, and the place of three-axis files. */
async function niivue(file: Uint8Array): Promise<{ dims: number[]; affine: number[]; data: number[] }> {
	const image = await NVImage.loadFromUrl({ url: file as never, name: 'a.seg.nrrd' });
	const { dims, affine } = image.hdr!;
	return { dims: dims.slice(1, dims[0]! + 1), affine: affine.flat(), data: [...(image.img as Uint8Array)] };
}

const turned: Grid = { dims: [4, 3, 2], affine: [0.6, 0, -2.4, 12, 0, -0.9, 0, -7, 0.8, 0, 1.8, 33, 0, 0, 0, 1] };
const drawn = (n: number, inside: (at: number) => boolean): NamedMask => ({
	name: `region ${n}`,
	colour: [1, n / 5, 0],
	mask: Uint8Array.from({ length: 24 }, (_, at) => (inside(at) ? 1 : 0)),
});

test('Niivue reads a written file with the same voxels in the same place', async () => {
	// It warns of every key it does not know.
	vi.spyOn(console, 'warn').mockReturnValue(undefined);
	const apart = [drawn(1, (at) => at < 5), drawn(2, (at) => at > 20)];
	const seen = await niivue(writeSegNrrd(turned, apart));
	expect(seen.dims).toEqual([4, 3, 2]);
	expect(seen.data).toEqual(Array.from({ length: 24 }, (_, at) => (at < 5 ? 1 : at > 20 ? 2 : 0)));
	for (const [n, value] of turned.affine.entries()) expect(seen.affine[n]).toBeCloseTo(value, 5);

	// Of layers it gives the numbers side by side, and no place: it reads directions of three axes only (0.69.0).
	const across = [...apart, drawn(3, (at) => at % 3 === 0)];
	const layers = await niivue(writeSegNrrd(turned, across));
	expect(layers.dims).toEqual([2, 4, 3, 2]);
	expect(layers.data.filter((_, n) => n % 2 === 0)).toEqual(seen.data);
	expect(layers.data.filter((_, n) => n % 2 === 1)).toEqual([...across[2]!.mask]);
});

test('without masks there is an empty label map, and a mask that does not fill the grid throws', () => {
	const empty = writeSegNrrd(turned, []);
	expect(isSegNrrd(empty)).toBe(false);
	const volume = readNrrd(empty, 'a.seg.nrrd', {});
	expect(volume.ok && [...volume.value.data]).toEqual(Array(24).fill(0));
	expect(() => writeSegNrrd({ ...turned, dims: [4, 3, 3] }, [drawn(1, () => true)])).toThrow('got a mask of 24 voxels');
});

test('a written file has every key that Slicer writes of a segment', () => {
	const text = new TextDecoder('latin1').decode(writeSegNrrd(turned, [drawn(1, () => true)]));
	for (const key of 'Color ColorAutoGenerated Extent ID LabelValue Layer Name NameAutoGenerated Tags'.split(' '))
		expect(text).toContain(`\nSegment0_${key}:=`);
	expect(text).toContain('\nSegment0_Extent:=0 3 0 2 0 1\n');
	expect(text).toContain('\nSegmentation_MasterRepresentation:=Binary labelmap\n');
	expect(text).toContain('\nspace directions: (-0.6,0,0.8) (0,0.9,0) (2.4,0,1.8)\n');
});
