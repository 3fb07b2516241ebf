import { maxBytesOf } from './checkShape.ts';
import { formatIssue } from './formatIssue.ts';
import type { Issue, Result } from './issue.ts';
import { MAX_DIM } from './niftiWrite.ts';
import { isNrrd, type NrrdHeader, readNrrdHeader } from './nrrdHeader.ts';
import { type NrrdShape, readNrrdShape } from './nrrdShape.ts';
import { readNrrdCoding, readNrrdVoxels } from './nrrdVoxels.ts';
import type { ReadVolumeOptions } from './readVolume.ts';
import type { VoxelData } from './volume.ts';

/** Everything an NRRD file holds, layers not yet taken apart. */
export interface NrrdArray extends Pick<NrrdShape, 'grid' | 'orientation' | 'layers'> {
	readonly header: NrrdHeader;
	/** All numbers in the file's order. */
	readonly data: VoxelData;
	/** Type in the file; `data` may be wider. */
	readonly datatype: string;
	readonly warnings: readonly Issue[];
}

const MB = 1024 * 1024;

/**
 * Reads an NRRD file of one volume or, where `layersAllowed`, of several over one grid. The header is checked before
 * anything is inflated or allocated; its faults are given all at once. Limits as of `readNifti`, for all layers together.
 */
export function readNrrdArray(
	file: Uint8Array,
	path: string,
	options: ReadVolumeOptions,
	layersAllowed: boolean,
): Result<NrrdArray> {
	if (!isNrrd(file)) return { ok: false, issues: [formatIssue('file.unknown', path, {})] };
	const read = readNrrdHeader(file, path);
	if (!read.ok) return read;
	const header = read.value;
	const shape = readNrrdShape(header, path, layersAllowed);
	const coding = readNrrdCoding(header, path);
	const issues = [...shape.issues, ...(coding.ok ? [] : coding.issues)];
	const maxBytes = maxBytesOf(options);
	const bytes = shape.count * (coding.ok ? coding.value.width : 1);
	const longest = Math.max(...shape.grid.dims, shape.layers.count);
	if (shape.count > (options.maxVoxels ?? 512 ** 3) || bytes > maxBytes || longest > MAX_DIM) {
		const dims = header.fields.get('sizes')!.split(/\s+/).join(' × ');
		issues.push(formatIssue('nifti.tooLarge', path, { dims, limitMb: Math.floor(maxBytes / MB) }));
	}
	const dataFile = dataFileOf(header);
	let stored: Uint8Array | undefined = file.subarray(header.end);
	if (dataFile) {
		const name = dataFile.name.slice(0, 60);
		stored = dataFile.plain ? options.companions?.get(dataFile.name) : undefined;
		if (!dataFile.plain) issues.push(formatIssue('file.companionElsewhere', path, { name }));
		else if (!stored) issues.push(formatIssue('file.companionMissing', path, { names: name }));
	}
	if (issues.length > 0 || !coding.ok || !stored) return { ok: false, issues };
	const voxels = readNrrdVoxels(stored, coding.value, shape.count, path, options);
	if (!voxels.ok) return voxels;
	const { grid, orientation, layers } = shape;
	const warnings = [...shape.warnings, ...voxels.value.warnings];
	const { datatype } = coding.value;
	return { ok: true, value: { header, grid, orientation, layers, data: voxels.value.data, datatype, warnings } };
}

/**
 * The file beside this one that a header names for its voxels; undefined where they follow the header. `plain`: it lies
 * in the same folder and is one file, not a list of names or a pattern such as `slice%03d.raw 1 20 1`.
 */
export function dataFileOf({ fields }: NrrdHeader): { readonly name: string; readonly plain: boolean } | undefined {
	const name = fields.get('datafile')?.replace(/^\.[\\/]/, '');
	if (name === undefined) return undefined;
	return { name, plain: name !== '' && name !== '..' && !/[\\/]|%\d*d|^LIST\b/i.test(name) };
}
