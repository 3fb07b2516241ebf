import { besidePath } from './beside.ts';
import { checkShape, maxBytesOf } from './checkShape.ts';
import { formatIssue } from './formatIssue.ts';
import { gridWarnings, madeUpGrid, usableGrid } from './gridChecks.ts';
import { inflateZlib } from './inflate.ts';
import type { Result } from './issue.ts';
import { type MetaImageHeader, readMetaImageHeader } from './metaImageHeader.ts';
import { NIFTI_DATATYPES, readVoxels } from './niftiVoxels.ts';
import type { ReadVolumeOptions } from './readVolume.ts';
import type { ReadVolume } from './volume.ts';

const MB = 1024 * 1024;

/**
 * Reads MetaImage: `.mha`, and `.mhd` whose voxels are among the `companions`; either byte order, plain or zlib.
 * LPS becomes RAS. As with ITK, `ElementToIntensityFunction…` is not applied. Without a TransformMatrix the grid is made
 * up, with a warning. Keys that hold free text, `Comment` and unknown ones, are given as texts.
 * Order and limits as `readVolume` says. Never throws on data. Source: https://itk.org/Wiki/ITK/MetaIO/Documentation.
 */
export function readMetaImage(file: Uint8Array, path: string, options: ReadVolumeOptions): Result<ReadVolume> {
	const { header, issues } = readMetaImageHeader(file, path);
	const { datatype, elementType, components, lengths, dataFile } = header;
	const width = Object.values(NIFTI_DATATYPES).find(({ name }) => name === datatype)?.bytes ?? 1;
	if (!datatype && elementType !== '')
		issues.push(formatIssue('nifti.datatype', path, { datatype: elementType.slice(0, 40) }));
	if (lengths.length === 0) return { ok: false, issues };
	const shape = checkShape(components > 1 ? [...lengths, components] : lengths, width, path, options);
	issues.push(...shape.issues);
	const { dims, voxels: all } = shape;
	const placed = header.affine && usableGrid({ dims, affine: header.affine });
	if (header.affine && !placed) issues.push(formatIssue('nifti.singularAffine', path, {}));
	const local = isLocal(dataFile);
	const [name] = dataNames(header);
	const beside = name === undefined ? undefined : options.companions?.get(name);
	if (!local && dataFile !== '' && name === undefined)
		issues.push(formatIssue('file.companionElsewhere', path, { name: dataFile.slice(0, 100) }));
	if (name !== undefined && !beside) issues.push(formatIssue('file.companionMissing', path, { names: name }));
	const body = local ? file.subarray(header.end) : beside;
	if (!datatype || all === 0 || !body) return { ok: false, issues };
	const bodyPath = name === undefined ? path : besidePath(path, name);
	const voxels = voxelBytes(body, local ? 0 : header.skip, all * width, header, bodyPath, options);
	if (!voxels.ok) issues.push(...voxels.issues);
	if (!voxels.ok || issues.length > 0) return { ok: false, issues };

	const count = dims[0] * dims[1] * dims[2];
	const { littleEndian } = header;
	const { bytes, offset } = voxels.value;
	const read = readVoxels({ bytes, offset, count, datatype, littleEndian, slope: 1, intercept: 0 }, path);
	if (!read.ok) return read;
	const grid = placed ?? madeUpGrid(dims, header.spacings);
	const warnings = [...gridWarnings(grid, path), ...read.value.warnings];
	const extra = bytes.length - offset - count * width;
	if (!placed) warnings.unshift(formatIssue('nifti.noOrientation', path, {}));
	if (dims[2] === 1) warnings.push(formatIssue('nifti.singleSlice', path, {}));
	if (extra > 0) warnings.push(formatIssue('nifti.trailingBytes', path, { bytes: extra }));
	return {
		ok: true,
		value: {
			grid,
			data: read.value.data,
			datatype,
			orientation: placed ? 'known' : 'none',
			texts: header.texts,
			warnings,
		},
	};
}

/** Name of the file that holds the voxels of a MetaImage header, in the same folder; none for `.mha`. */
export function metaImageDataFiles(file: Uint8Array, path: string): string[] {
	return dataNames(readMetaImageHeader(file, path).header);
}

function isLocal(dataFile: string): boolean {
	return /^local$/i.test(dataFile);
}

/** A list or a pattern of files is none, and nothing outside the folder is asked for. */
function dataNames({ dataFile }: MetaImageHeader): string[] {
	if (dataFile === '' || isLocal(dataFile)) return [];
	return /[\\/%]|^\.{1,2}$|^LIST\b/.test(dataFile) ? [] : [dataFile];
}

/** The bytes that hold the voxels and where these start; inflated, they may be a megabyte longer than `need`. */
function voxelBytes(
	body: Uint8Array,
	skip: number,
	need: number,
	{ compressed, compressedBytes }: MetaImageHeader,
	path: string,
	options: ReadVolumeOptions,
): Result<{ bytes: Uint8Array; offset: number }> {
	const truncated = (bytes: number): Result<never> => ({
		ok: false,
		issues: [formatIssue('nifti.truncated', path, { expectedBytes: need, bytes })],
	});
	if (!compressed) {
		const offset = skip < 0 ? body.length - need : skip;
		if (offset < 0 || offset + need > body.length) return truncated(Math.max(0, body.length - Math.max(0, skip)));
		return { ok: true, value: { bytes: body, offset } };
	}
	const start = Math.max(0, skip);
	const packed = body.subarray(start, compressedBytes === undefined ? undefined : start + compressedBytes);
	const maxBytes = Math.min(maxBytesOf(options), need + MB);
	const whole = inflateZlib(packed, path, { ...options, maxBytes, expectedBytes: need });
	if (!whole.ok) return whole;
	if (whole.value.length < need) return truncated(whole.value.length);
	return { ok: true, value: { bytes: whole.value, offset: 0 } };
}
