import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { writeDicomSeg } from '../../../src/formats/dicomSegWrite.ts';
import { readDicomSeries } from '../../../src/formats/dicomSeries.ts';
import type { Issue, Result } from '../../../src/formats/issue.ts';
import { companionNames, readVolume } from '../../../src/formats/readVolume.ts';
import { writeSegNrrd } from '../../../src/formats/segNrrdWrite.ts';
import { type Grid, ijkToXyz } from '../../../src/grid/grid.ts';
import { readSegments } from '../../../src/importers/readSegments.ts';
import { zlibGzip } from './bytes.ts';
import { dicomBytes, mrSlice } from './dicomBytes.ts';
import { metaImageHeader } from './metaImageBytes.ts';
import { mghBytes } from './mghBytes.ts';
import { niftiBytes } from './niftiBytes.ts';

/** A file that is read without an issue: what fuzzing starts from. */
export interface ValidFile {
	readonly name: string;
	readonly bytes: Uint8Array;
	readonly companions?: ReadonlyMap<string, Uint8Array>;
	/** Who reads it; `volume` unless said otherwise. */
	readonly reader?: ReaderName;
}

type ReaderName = keyof typeof READERS;

const FIXTURES = join(import.meta.dirname, '../../fixtures/formats');
const fixture = (name: string) => new Uint8Array(readFileSync(join(FIXTURES, name)));
const text = (lines: string) => Uint8Array.from(lines, (sign) => sign.charCodeAt(0));
const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

const voxels = new Uint8Array(Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8).buffer);
const zlib = new Uint8Array(deflateSync(voxels));
const packed = { CompressedData: 'True', CompressedDataSize: String(zlib.length) };
const footer = text('\0\0\0\x03\0\0\0\0\0\0\0\x20mri_convert 001.mgz orig.mgz\0');
const extended = joined(
	niftiBytes({ voxOffset: 384, values: [] }).subarray(0, 348),
	Uint8Array.of(1, 0, 0, 0, 32, 0, 0, 0, 6, 0, 0, 0),
	text('a comment of 24 letters.'),
	voxels,
);

const grid: Grid = { dims: [4, 3, 3], affine: [-1, 0, 0, 3, 0, -2, 0, 4, 0, 0, 5, -6, 0, 0, 0, 1] };
const inside = (...voxels: number[]) => Uint8Array.from({ length: 36 }, (_, n) => (voxels.includes(n) ? 1 : 0));
const masks = [
	{ name: 'WT', mask: inside(0, 1, 13, 14, 30), colour: [1, 0.8, 0] },
	{ name: 'ET', mask: inside(13, 14), colour: [0.7, 0.4, 0.8] },
	{ name: 'NE', mask: inside(30, 31), colour: [0, 0.5, 1] },
] as const;
const about = { patient: 'P1', seriesDescription: 'WT ET', uid: (part: string) => `2.25.${part.length}` };
const nrrdLines = [
	'NRRD0005',
	'type: short',
	'dimension: 3',
	'sizes: 2 2 2',
	'space: left-posterior-superior',
	'space directions: (1,0,0) (0,2,0) (0,0,3)',
	'space origin: (-1.5,2,3)',
	'endian: little',
];
const nrrd = (...lines: string[]) => text([...nrrdLines, ...lines, '', ''].join('\n'));

/** One of each kind; other formats are added here and to `READERS`. */
export const VALID_FILES: readonly ValidFile[] = [
	{ name: 'a.nii', bytes: niftiBytes() },
	{ name: 'a.nii', bytes: niftiBytes({ version: 2, littleEndian: false, datatype: 64 }) },
	{ name: 'a.nii', bytes: niftiBytes({ datatype: 1024, qformCode: 1, sformCode: 0 }) },
	{ name: 'a.nii', bytes: extended },
	{ name: 'a.nii.gz', bytes: zlibGzip(niftiBytes()) },
	{ name: 'a.nii.gz', bytes: zlibGzip(niftiBytes({ version: 2 }), { level: 0 }) },
	{ name: 'a.nii.gz', bytes: fixture('seg_shifted_affine_3mm.nii.gz') },
	{
		name: 'a.hdr',
		bytes: niftiBytes({ voxOffset: 0, magic: 'ni1\0', values: [] }),
		companions: new Map([['a.img', voxels]]),
	},
	{
		name: 'a.hdr',
		bytes: niftiBytes({ version: 2, voxOffset: 0, magic: 'ni2\0\r\n\x1a\n', values: [] }),
		companions: new Map([['a.img.gz', zlibGzip(voxels)]]),
	},
	{ name: 'a.mgh', bytes: mghBytes({ footer }) },
	{ name: 'a.mgz', bytes: zlibGzip(mghBytes({ type: 3, footer })) },
	{ name: 'a.mha', bytes: joined(metaImageHeader(), voxels) },
	{ name: 'a.mha', bytes: joined(metaImageHeader({ ...packed, Comment: 'a text' }), zlib) },
	{ name: 'a.mhd', bytes: metaImageHeader({ ElementDataFile: 'a.raw' }), companions: new Map([['a.raw', voxels]]) },
	{
		name: 'a.mhd',
		bytes: metaImageHeader({ ...packed, ElementDataFile: 'a.zraw' }),
		companions: new Map([['a.zraw', zlib]]),
	},
	{ name: 'a.nrrd', bytes: joined(nrrd('encoding: raw'), voxels) },
	{ name: 'a.nrrd', bytes: joined(nrrd('encoding: gzip', 'remark:=a text'), zlibGzip(voxels)) },
	{ name: 'a.nrrd', bytes: joined(nrrd('encoding: ascii'), text('1 2 3 4\n5 6 7 8\n')) },
	{
		name: 'a.nhdr',
		bytes: nrrd('encoding: raw', 'data file: a.raw'),
		companions: new Map([['a.raw', voxels]]),
	},
	{ name: 'a.seg.nrrd', bytes: writeSegNrrd(grid, masks), reader: 'segments' },
	{ name: 'a.seg.nrrd', bytes: writeSegNrrd(grid, masks.slice(1)), reader: 'segments' },
	{ name: 'a.dcm', bytes: writeDicomSeg(grid, masks, about), reader: 'segments' },
	{ name: 'a.nii.gz', bytes: fixture('seg_shifted_affine_3mm.nii.gz'), reader: 'segments' },
	{
		name: '1.dcm',
		bytes: dicomBytes(mrSlice(0, [1, 2, 3, 4, 5, 6])),
		companions: new Map([5, 10].map((z) => [`${z}.dcm`, dicomBytes(mrSlice(z, [1, 2, 3, 4, 5, 6]))])),
		reader: 'series',
	},
];

/** What a reader gave, as far as every reader can be held to it. */
export interface Outcome {
	readonly issues: readonly Issue[];
	/** Bytes of all arrays that came out. */
	readonly bytes: number;
	/** What no change to a file may bring about. */
	readonly faults: readonly string[];
}

/** How many bytes a file may come to in these tests. */
export const MAX_BYTES = 1024 * 1024;

/** Reads a file and says what came out. */
export const READERS = {
	volume(bytes: Uint8Array, name: string, companions: ReadonlyMap<string, Uint8Array>): Outcome {
		const asked = companionNames(bytes, name);
		const result = readVolume(bytes, name, { companions, maxBytes: MAX_BYTES });
		const faults = asked.filter((other) => /[\\/]|^\.\.?$/.test(other)).map((other) => `asks for ${other}`);
		return outcome(result, faults, ({ grid, data }) => {
			if (data.length !== grid.dims[0] * grid.dims[1] * grid.dims[2]) faults.push('the voxels do not fill the grid');
			if (!data.every(Number.isFinite)) faults.push('a voxel is no number');
			if (!ijkToXyz(grid, [1, 1, 1]).every(Number.isFinite)) faults.push('the grid is nowhere');
			return data.byteLength;
		});
	},
	segments(bytes: Uint8Array, name: string, companions: ReadonlyMap<string, Uint8Array>): Outcome {
		const faults: string[] = [];
		return outcome(
			readSegments(bytes, name, { companions, maxBytes: MAX_BYTES }),
			faults,
			({ grid, layers, segments }) => {
				const voxels = grid.dims[0] * grid.dims[1] * grid.dims[2];
				if (layers.some((layer) => layer.length !== voxels)) faults.push('a layer does not fill the grid');
				if (segments.some(({ layer, value }) => !layers[layer] || !(value >= 1 && value <= 255)))
					faults.push('a segment lies nowhere');
				if (!ijkToXyz(grid, [1, 1, 1]).every(Number.isFinite)) faults.push('the grid is nowhere');
				return layers.reduce((sum, layer) => sum + layer.length, 0);
			},
		);
	},
	series(bytes: Uint8Array, name: string, companions: ReadonlyMap<string, Uint8Array>): Outcome {
		const faults: string[] = [];
		const files = new Map([[name, bytes], ...companions]);
		return outcome(readDicomSeries(files, { maxBytes: MAX_BYTES }), faults, (series) => {
			for (const { volume } of series)
				if (volume.data.length !== volume.grid.dims.reduce((product, n) => product * n))
					faults.push('the voxels do not fill the grid');
			return series.reduce((sum, { volume }) => sum + volume.data.byteLength, 0);
		});
	},
} as const;

function outcome<T>(result: Result<T>, faults: string[], check: (value: T) => number): Outcome {
	if (result.ok) return { issues: [], bytes: check(result.value), faults };
	if (result.issues.length === 0) faults.push('refused without a reason');
	return { issues: result.issues, bytes: 0, faults };
}
