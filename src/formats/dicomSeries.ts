import { voxelCount } from '../grid/grid.ts';
import type { Acquisition } from '../protocol/acquisition.ts';
import { maxBytesOf, type ReadLimits } from './checkShape.ts';
import { dicomHeaderTexts } from './dicomHeaderTexts.ts';
import { type DicomSlice, slicesOfFile } from './dicomSlices.ts';
import { alike, type Stack, stackPlanes } from './dicomStack.ts';
import { fillVolume, voxelBytes } from './dicomVolume.ts';
import { formatIssue } from './formatIssue.ts';
import type { Issue, Result } from './issue.ts';
import type { ReadVolume } from './volume.ts';

/** Where a slice of a series lies. */
export interface SlicePlace {
	/** Its slice k of the grid, from 0; two slices at one place share it. */
	readonly slice: number;
	/** Its centre along row × column (LPS), mm. */
	readonly mm: number;
	/** Its number in the series (InstanceNumber); absent where its file gives none. Frames of one file have the same. */
	readonly instance?: number;
}

/** One volume of a DICOM series: slices of the same orientation, echo, b-value and kind of image. */
export interface DicomSeries {
	/** SeriesInstanceUID; several volumes may share it. */
	readonly uid: string;
	/** SeriesDescription, empty where there is none. */
	readonly description: string;
	/** Such as `MR`; empty where the file does not say. */
	readonly modality: string;
	readonly imageType: readonly string[];
	readonly bodyPart?: string;
	readonly echoTimeMs?: number;
	readonly repetitionTimeMs?: number;
	/** Each file once, in the order of its first slice. */
	readonly files: readonly string[];
	/** i along rows, j along columns, k along row × column; slices that are missing are 0. */
	readonly volume: ReadVolume;
	readonly acquisition: Acquisition;
	/** Whether its first file names a contrast agent. */
	readonly contrastAgent: boolean;
	/** Places of the slices, from slice to slice of the grid; one for every slice that was read, so that doubled ones show. */
	readonly places: readonly SlicePlace[];
}

/** A fault, and every file that has it, in the order given. */
export interface SetAside extends Issue {
	readonly files: readonly string[];
}

/** The volumes of a folder; and, whether or not there are any, which files were set aside and why. */
export type ReadDicomSeries = Result<readonly DicomSeries[]> & { readonly setAside: readonly SetAside[] };

const MB = 1024 * 1024;
/** What is written where no agent was given. */
const NO_AGENT = /^\s*(?:no|non|none|nil|n\/?a|without|0|-|无|未用)?\s*$/i;
/** Gaps that a warning names one by one. */
const NAMED_GAPS = 3;

/**
 * Reads the image series among DICOM files, single-frame or multi-frame: groups them into volumes, sorts slices by their
 * places, and bakes in the scaling. A place that has several slices keeps the first by InstanceNumber, with the warning
 * `dicom.doubledSlices`; where slices are missing the grid stays even, with the warning `dicom.missingSlices`. Files that
 * are no images or cannot be read, or whose volume cannot stand on a grid, are set aside: one issue for all files with the
 * same fault, named after the first with the number of the others behind. Series come in the order of their first file; none for no files. Fails where files are
 * there but no volume. Memory: the voxels, up to `maxBytes` for all series, and one
 * frame. Never throws on data. Source: DICOM PS3.3 C.7.6.2, A.36.
 */
export function readDicomSeries(files: ReadonlyMap<string, Uint8Array>, options: ReadLimits = {}): ReadDicomSeries {
	const slices: DicomSlice[] = [];
	const faults: SetAside[] = [];
	for (const [path, bytes] of files) {
		const read = slicesOfFile(bytes, path);
		if (!read.ok) faults.push(...read.issues.map((issue) => ({ ...issue, files: [path] })));
		// A file may have more frames than a call takes arguments.
		else for (const slice of read.value) slices.push(slice);
	}
	const series: DicomSeries[] = [];
	let left = maxBytesOf(options);
	for (const group of volumesOf(slices)) {
		const read = seriesOf(group, left, options);
		if (!read.ok) {
			const paths = [...new Set(group.map(({ file }) => file.path))];
			faults.push(...read.issues.map((issue) => ({ ...issue, files: paths })));
		} else {
			series.push(read.value);
			left -= read.value.volume.data.byteLength;
		}
	}
	const setAside = together(faults);
	if (series.length === 0 && files.size > 0) return { ok: false, issues: setAside, setAside };
	return { ok: true, value: series, setAside };
}

/** Slices that belong to one volume, volumes in the order of their first slice. */
function volumesOf(slices: readonly DicomSlice[]): DicomSlice[][] {
	const weighted = new Set(slices.filter(({ bValue }) => (bValue ?? 0) > 0).map(({ seriesUid }) => seriesUid));
	const groups = new Map<string, DicomSlice[][]>();
	const inOrder: DicomSlice[][] = [];
	for (const slice of slices) {
		// A private 0 in a series without diffusion weighting says nothing.
		const silent = slice.bValueIsPrivate && !weighted.has(slice.seriesUid);
		const { bValue, ...rest } = slice;
		const own: DicomSlice = silent ? rest : slice;
		const { rows, columns } = slice.pixels;
		const echo = own.echoTimeMs?.toFixed(2) ?? '';
		const key = [own.seriesUid, own.imageType, echo, own.bValue ?? '', rows, columns].join('|');
		const candidates = groups.get(key) ?? [];
		groups.set(key, candidates);
		const group = candidates.find((other) => alike(other[0]!.plane, own.plane));
		if (group) group.push(own);
		else {
			const made = [own];
			candidates.push(made);
			inOrder.push(made);
		}
	}
	return inOrder;
}

function seriesOf(group: DicomSlice[], maxBytes: number, options: ReadLimits): Result<DicomSeries> {
	const path = group[0]!.file.path;
	group.sort((a, b) => compare(a.instance, b.instance) || a.frame - b.frame);
	const first = group[0]!;
	const { rows, columns, bitsStored } = first.pixels;
	const stack = stackPlanes(
		group.map(({ plane }) => plane),
		[columns, rows],
		'usual',
		path,
	);
	if (!stack.ok) return stack;
	const { grid, slices, positionsMm } = stack.value;
	const voxels = voxelCount(grid.dims);
	if (voxels > (options.maxVoxels ?? 512 ** 3) || voxels * voxelBytes(group) > maxBytes) {
		const params = { dims: grid.dims.join(' × '), limitMb: Math.floor(maxBytesOf(options) / MB) };
		return { ok: false, issues: [formatIssue('dicom.tooLarge', path, params)] };
	}
	const filled = fillVolume(group, slices, grid.dims, path);
	if (!filled.ok) return filled;
	const { data } = first.file;
	const files = [...new Set(group.map(({ file }) => file))];
	const imageType = data.texts('ImageType');
	const dimension = data.text('MRAcquisitionType');
	const bodyPart = data.text('BodyPartExamined');
	const order = group.map((_, n) => n).sort((a, b) => slices[a]! - slices[b]! || a - b);
	return {
		ok: true,
		value: {
			uid: first.seriesUid,
			description: data.text('SeriesDescription') ?? '',
			modality: data.text('Modality') ?? '',
			imageType,
			...(bodyPart !== undefined && { bodyPart }),
			...(first.echoTimeMs !== undefined && { echoTimeMs: first.echoTimeMs }),
			...(first.repetitionTimeMs !== undefined && { repetitionTimeMs: first.repetitionTimeMs }),
			files: [...new Set(order.map((n) => group[n]!.file.path))],
			volume: {
				grid,
				...filled.value,
				orientation: 'known',
				texts: dicomHeaderTexts(data),
				warnings: [...stack.value.warnings, ...sliceWarnings(stack.value, path)],
			},
			acquisition: {
				...((dimension === '2D' || dimension === '3D') && { dimension }),
				...(first.plane.thickness !== undefined && { thicknessMm: first.plane.thickness }),
				...(first.bValue !== undefined && { bValue: first.bValue }),
				bitsStored,
				...((imageType[0] === 'ORIGINAL' || imageType[0] === 'DERIVED') && { derived: imageType[0] === 'DERIVED' }),
				// Packings that lose something are not read; what went through one before has to say so.
				lossy: files.some((file) => file.data.text('LossyImageCompression') === '01'),
			},
			contrastAgent: !NO_AGENT.test(data.text('ContrastBolusAgent') ?? ''),
			places: order.map((n) => {
				const { instance } = group[n]!;
				return { slice: slices[n]!, mm: positionsMm[n]!, ...(Number.isFinite(instance) && { instance }) };
			}),
		},
	};
}

/** Where slices are missing or doubled, or there is only one. */
function sliceWarnings({ grid, slices, positionsMm }: Stack, path: string): Issue[] {
	const count = grid.dims[2];
	if (count === 1 && slices.length === 1) return [formatIssue('nifti.singleSlice', path, {})];
	const placeOf = new Map(slices.map((k, n) => [k, positionsMm[n]!]));
	const present = [...placeOf.keys()].sort((a, b) => a - b);
	const warnings: Issue[] = [];
	const gaps = present.flatMap((k, n) => {
		const next = present[n + 1];
		return next !== undefined && next > k + 1 ? [`${rounded(placeOf.get(k)!)} … ${rounded(placeOf.get(next)!)}`] : [];
	});
	if (gaps.length > 0) {
		const at = [...gaps.slice(0, NAMED_GAPS), ...(gaps.length > NAMED_GAPS ? ['…'] : [])].join('; ');
		warnings.push(formatIssue('dicom.missingSlices', path, { count: count - present.length, at }));
	}
	const doubled = slices.length - present.length;
	if (doubled > 0) warnings.push(formatIssue('dicom.doubledSlices', path, { count: doubled }));
	return warnings;
}

/** One issue for all files with the same fault. */
function together(faults: readonly SetAside[]): SetAside[] {
	const groups = new Map<string, SetAside[]>();
	for (const fault of faults) {
		const key = JSON.stringify([fault.code, fault.params]);
		const group = groups.get(key);
		if (group) group.push(fault);
		else groups.set(key, [fault]);
	}
	return [...groups.values()].map((group) => {
		const [first] = group;
		const files = [...new Set(group.flatMap(({ files }) => files))];
		return { ...first!, path: files.length === 1 ? first!.path : `${first!.path} (+${files.length - 1})`, files };
	});
}

function compare(a: number, b: number): number {
	return a === b ? 0 : a - b;
}

function rounded(mm: number): number {
	return Math.round(mm * 10) / 10;
}
