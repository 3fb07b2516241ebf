import { voxelCount } from '../grid/grid.ts';
import { formatIssue } from './formatIssue.ts';
import type { Issue, Result } from './issue.ts';
import { type NrrdArray, readNrrdArray } from './nrrdArray.ts';
import { headerTexts, isNrrd, readNrrdHeader } from './nrrdHeader.ts';
import type { ReadVolumeOptions } from './readVolume.ts';
import type { Segment, Segmentation } from './segmentation.ts';

const MOST = 255;

/** Whether a file is a segmentation of 3D Slicer: an NRRD file that names a first segment. */
export function isSegNrrd(file: Uint8Array): boolean {
	if (!isNrrd(file)) return false;
	const header = readNrrdHeader(file, '');
	return header.ok && header.value.pairs.has('Segment0_ID');
}

/**
 * Reads a segmentation of 3D Slicer (.seg.nrrd): label maps with several segments each, one layer a segment in files
 * from before 4.11. The grid is that of the file, which Slicer often cuts to what is drawn. Voxels with a value that
 * no segment has are set to 0, with a warning. Limits as of `readNifti`, for all layers together. Never throws on data.
 * Source: vtkMRMLSegmentationStorageNode.cxx, github.com/Slicer/Slicer at 024b340.
 */
export function readSegNrrd(file: Uint8Array, path: string, options: ReadVolumeOptions): Result<Segmentation> {
	const read = readNrrdArray(file, path, options, true);
	if (!read.ok) return read;
	const { header, grid, layers, warnings } = read.value;
	const issues: Issue[] = [];
	const segments = readSegments(header.pairs, layers.count, path, issues);
	if (issues.length > 0) return { ok: false, issues };
	const split = splitLayers(read.value, segments);
	const texts = headerTexts(header).filter(({ field }) => !/^Segment\d+_Name$/.test(field));
	const left = split.ownerless > 0 ? [formatIssue('segments.noOwner', path, { count: split.ownerless })] : [];
	return { ok: true, value: { grid, layers: split.layers, segments, texts, warnings: [...warnings, ...left] } };
}

/** The segments in the order of their numbers; what is wrong with them goes to `issues`. */
function readSegments(
	pairs: ReadonlyMap<string, string>,
	layers: number,
	path: string,
	issues: Issue[],
): readonly Segment[] {
	const numbers = [...pairs.keys()].flatMap((key) => /^Segment(\d{1,6})_ID$/.exec(key)?.[1] ?? []);
	const shared = [...pairs.keys()].some((key) => /^Segment\d+_(?:Layer|LabelValue)$/.test(key));
	const taken = new Map<string, string>();
	const segments: Segment[] = [];
	for (const number of numbers.sort((a, b) => Number(a) - Number(b))) {
		const get = (key: string) => pairs.get(`Segment${number}_${key}`)?.trim();
		// Untrimmed, so that a name comes back as it was written.
		const name = get('Name') ? pairs.get(`Segment${number}_Name`)! : get('ID') || number;
		// Before 4.11 each segment had a layer to itself, drawn with 1.
		const layerText = get('Layer') ?? (shared && layers === 1 ? '0' : number);
		const valueText = get('LabelValue') ?? (shared ? '' : '1');
		const layer = /^\d{1,6}$/.test(layerText) ? Number(layerText) : -1;
		const value = /^\d{1,3}$/.test(valueText) ? Number(valueText) : 0;
		if (value < 1 || value > MOST) {
			issues.push(formatIssue('segments.value', path, { name: shortened(name), value: shortened(valueText) }));
			continue;
		}
		if (layer < 0 || layer >= layers) {
			const params = { name: shortened(name), layer: shortened(layerText), layers };
			issues.push(formatIssue('segments.layer', path, params));
			continue;
		}
		const first = taken.get(`${layer} ${value}`);
		if (first !== undefined)
			issues.push(formatIssue('segments.duplicate', path, { first: shortened(first), second: shortened(name), value }));
		taken.set(`${layer} ${value}`, name);
		const colour = readColour(get('Color') ?? get('DefaultColor') ?? '');
		segments.push({ name, layer, value, ...(colour && { colour }) });
	}
	return segments;
}

/** Takes the layers apart, one byte a voxel; counts the voxels that no segment owns. */
function splitLayers(
	{ data, grid, layers: { count, axis } }: NrrdArray,
	segments: readonly Segment[],
): { layers: Uint8Array[]; ownerless: number } {
	const voxels = voxelCount(grid.dims);
	let ownerless = 0;
	const ownedOn = Array.from({ length: count }, () => new Uint8Array(MOST + 1));
	for (const { layer, value } of segments) ownedOn[layer]![value] = 1;
	const layers = ownedOn.map((owned, layer) => {
		const labels = new Uint8Array(voxels);
		const step = axis === 'fastest' ? count : 1;
		const start = axis === 'fastest' ? layer : layer * voxels;
		for (let n = 0, at = start; n < voxels; n++, at += step) {
			const value = data[at]!;
			if (value === 0) continue;
			if (owned[value] === 1) labels[n] = value;
			else ownerless++;
		}
		return labels;
	});
	return { layers, ownerless };
}

function readColour(text: string): readonly [number, number, number] | undefined {
	const parts = text.split(/\s+/).map((part) => (part === '' ? Number.NaN : Number(part)));
	if (parts.length !== 3 || !parts.every((part) => part >= 0 && part <= 1)) return undefined;
	return parts as [number, number, number];
}

function shortened(text: string): string {
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
