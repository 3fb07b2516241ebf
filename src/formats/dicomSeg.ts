import { type Dims, voxelCount } from '../grid/grid.ts';
import { maxBytesOf, type ReadLimits } from './checkShape.ts';
import { labToRgb } from './dicomColour.ts';
import type { DataSet } from './dicomDataSet.ts';
import { type DicomFile, kindOf, openDicom } from './dicomFile.ts';
import { DicomFrames } from './dicomFrames.ts';
import { dicomHeaderTexts } from './dicomHeaderTexts.ts';
import { openPixels, type Pixels } from './dicomPixels.ts';
import { layersOfFrames, layersOfLabels, type SegmentPlaces } from './dicomSegLayers.ts';
import { type Plane, planeOf, type Stack, stackPlanes } from './dicomStack.ts';
import { formatIssue } from './formatIssue.ts';
import type { Issue, Result } from './issue.ts';
import type { Segment, Segmentation } from './segmentation.ts';

const MB = 1024 * 1024;
/** The code that says a segment is what is left over. Source: DICOM PS3.16, DCM 125040. */
const BACKGROUND = '125040';

interface Declared {
	readonly number: number;
	readonly name: string;
	readonly colour?: readonly [number, number, number];
	readonly background: boolean;
}

/**
 * Reads a DICOM Segmentation or Label Map Segmentation object: binary, label map, or fractional where every value is none
 * or all. Frames are sorted along their normal; a slice without a frame is empty, so the grid reaches from the first frame
 * to the last and may be smaller than the images'. i runs along rows, j along columns, k along row × column. Segments come
 * in the order of the file's own list, a background left out; one without voxels stays. Those that
 * overlap go on different layers. Memory stays under `maxBytes` of layers and two frames beyond the file. Never throws on data.
 * Source: DICOM PS3.3 A.51, C.8.20.
 */
export function readDicomSeg(file: Uint8Array, path: string, options: ReadLimits = {}): Result<Segmentation> {
	const opened = openDicom(file, path);
	if (!opened.ok) return opened;
	const kind = kindOf(opened.value);
	if (!kind.ok) return kind;
	if (kind.value === 'image') return { ok: false, issues: [formatIssue('dicom.notSegmentation', path, {})] };
	return readOpened(opened.value, options);
}

function readOpened(file: DicomFile, options: ReadLimits): Result<Segmentation> {
	const { data, path } = file;
	const pixels = openPixels(file);
	const type = data.text('SegmentationType') ?? '';
	const issues: Issue[] = [];
	if (!['BINARY', 'LABELMAP', 'FRACTIONAL'].includes(type))
		issues.push(formatIssue('dicom.segmentationType', path, { type: type || '?' }));
	if (!pixels.ok) return { ok: false, issues: [...issues, ...pixels.issues] };
	const frames = new DicomFrames(data);
	const stack = place(frames, pixels.value, path, options);
	if (!stack.ok) issues.push(...stack.issues);
	if (!stack.ok || issues.length > 0) return { ok: false, issues };

	const { grid, slices } = stack.value;
	const limits = { maxBytes: maxBytesOf(options), voxels: voxelCount(grid.dims) };
	const declared = declaredSegments(data);
	const numbers = declared.filter(({ background }) => !background).map(({ number }) => number);
	const padding = data.number('PixelPaddingValue') ?? 0;
	const background = [...declared.filter((segment) => segment.background).map(({ number }) => number), padding, 0];
	const aboutOf = new Map(declared.map((segment) => [segment.number, segment]));
	const maximum = type === 'FRACTIONAL' ? (data.number('MaximumFractionalValue') ?? 255) : 1;
	const owner = (frame: number) =>
		frames.number(frame, 'SegmentIdentificationSequence', 'ReferencedSegmentNumber') ?? Number.NaN;
	const placed =
		type === 'LABELMAP'
			? layersOfLabels(pixels.value, slices, numbers, background, limits)
			: layersOfFrames(pixels.value, slices, numbers, owner, maximum, limits);
	if ('fault' in placed) return { ok: false, issues: [faultIssue(placed.fault, path, grid.dims, limits.maxBytes)] };
	const warnings = [...stack.value.warnings];
	if (placed.undeclared.length > 0)
		warnings.push(formatIssue('dicom.undeclaredSegments', path, { numbers: placed.undeclared.join(', ') }));
	const segments = [...numbers, ...placed.undeclared].map((number, n): Segment => {
		const { layer, value } = placed.places[n]!;
		const about = aboutOf.get(number);
		return { name: about?.name ?? String(number), layer, value, ...(about?.colour && { colour: about.colour }) };
	});
	return { ok: true, value: { grid, layers: placed.layers, segments, texts: dicomHeaderTexts(data), warnings } };
}

/** Puts the frames on a grid within the limits. */
function place(frames: DicomFrames, pixels: Pixels, path: string, options: ReadLimits): Result<Stack> {
	const planes: Plane[] = [];
	for (let n = 0; n < pixels.frames; n++) {
		const plane = planeOf(frames, n);
		if (!plane) return { ok: false, issues: [formatIssue('dicom.noPosition', path, {})] };
		planes.push(plane);
	}
	const stack = stackPlanes(planes, [pixels.columns, pixels.rows], 'announced', path);
	if (!stack.ok) return stack;
	const maxBytes = maxBytesOf(options);
	const voxels = voxelCount(stack.value.grid.dims);
	if (voxels <= Math.min(options.maxVoxels ?? 512 ** 3, maxBytes)) return stack;
	return { ok: false, issues: [faultIssue('tooLarge', path, stack.value.grid.dims, maxBytes)] };
}

function faultIssue(
	fault: NonNullable<Extract<SegmentPlaces, { fault: unknown }>['fault']>,
	path: string,
	dims: Dims,
	maxBytes: number,
): Issue {
	if (fault === 'tooLarge')
		return formatIssue('dicom.tooLarge', path, { dims: dims.join(' × '), limitMb: Math.floor(maxBytes / MB) });
	return formatIssue(`dicom.${fault}`, path, {});
}

/** The segments that the file lists, each number once. */
function declaredSegments(data: DataSet): Declared[] {
	const seen = new Set<number>();
	return data.items('SegmentSequence').flatMap((item): Declared[] => {
		const number = item.number('SegmentNumber');
		if (number === undefined || seen.has(number)) return [];
		seen.add(number);
		const lab = item.numbers('RecommendedDisplayCIELabValue');
		const colour = lab.length === 3 ? labToRgb(lab as unknown as readonly [number, number, number]) : undefined;
		const background = item.item('SegmentedPropertyTypeCodeSequence')?.text('CodeValue') === BACKGROUND || number === 0;
		const name = item.text('SegmentLabel') ?? item.text('SegmentDescription') ?? String(number);
		return [{ number, name, background, ...(colour && { colour }) }];
	});
}
