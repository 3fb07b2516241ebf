import { besidePath, nameOf } from './beside.ts';
import { checkShape, maxBytesOf } from './checkShape.ts';
import { formatIssue } from './formatIssue.ts';
import { gunzip, isGzip } from './inflate.ts';
import type { Issue, Result } from './issue.ts';
import { placeVolume } from './niftiAffine.ts';
import { extensionTexts, type NiftiHeader, readNiftiHeader } from './niftiHeader.ts';
import { NIFTI_DATATYPES, type NiftiDatatypeCode, readVoxels } from './niftiVoxels.ts';
import type { ReadVolumeOptions } from './readVolume.ts';
import { headerSize, sniffFile } from './sniff.ts';
import type { ReadVolume } from './volume.ts';
import { wholeFile } from './wholeFile.ts';

const MB = 1024 * 1024;
/** RGB24 and RGBA32. */
const COLOUR = [128, 2304];

/**
 * Reads a NIfTI-1 or -2 file (.nii, .nii.gz; gzip is told by its bytes) or the header of a pair, whose voxels are among
 * the `companions`; either byte order. Voxel (i, j, k) of the file is element `i + dims[0] * (j + dims[1] * k)`: no
 * reorientation, no resampling; scaling is baked in. The header is checked before the voxels are inflated or anything of
 * their size is allocated; memory stays under twice the voxels plus 34 MB. Every fault of the header is given at once.
 * `path` names the file in issues. Never throws on data. Source: nifti1.h, nifti2.h.
 */
export function readNifti(
	file: ArrayBuffer | Uint8Array,
	path: string,
	options: ReadVolumeOptions = {},
): Result<ReadVolume> {
	const bytes = file instanceof Uint8Array ? file : new Uint8Array(file);
	const sniffed = sniffFile(bytes, path);
	if (!sniffed.ok) return sniffed;
	const { format, head } = sniffed.value;
	if (format !== 'nifti' && format !== 'niftiPair')
		return { ok: false, issues: [formatIssue('nifti.magic', path, {})] };
	const header = readNiftiHeader(head);
	const { issues, dims, voxels: all } = checkHeader(header, path, options);
	const placement = placeVolume(header, dims, path);
	if (placement.error) issues.push(placement.error);
	const datatype = NIFTI_DATATYPES[header.datatypeCode as NiftiDatatypeCode];
	const paired = format === 'niftiPair';
	const body = paired ? companionOf(path, options) : { bytes, packed: isGzip(bytes), path };
	if (!body) issues.push(formatIssue('file.companionMissing', path, { names: pairNames(path).join(', ') }));
	if (!datatype || all === 0 || !body) return { ok: false, issues };
	const offset = Math.max(paired ? 0 : headerSize(head) + 4, Math.floor(header.voxOffset));
	const whole = wholeFile(body.bytes, body.packed, offset + all * datatype.bytes, body.path, options);
	if (!whole.ok) return { ok: false, issues: [...issues, ...whole.issues] };
	const beside = paired && isGzip(bytes) ? gunzip(bytes, path, { maxBytes: MB }) : { ok: true as const, value: bytes };
	if (!beside.ok) issues.push(...beside.issues);
	if (issues.length > 0 || !beside.ok) return { ok: false, issues };

	const { littleEndian, slope, intercept } = header;
	const count = dims[0] * dims[1] * dims[2];
	const stored = { bytes: whole.value, offset, count, datatype: datatype.name, littleEndian, slope, intercept };
	const voxels = readVoxels(stored, path);
	if (!voxels.ok) return voxels;
	const extensions = paired
		? extensionTexts(beside.value, beside.value.length, littleEndian)
		: extensionTexts(whole.value, offset, littleEndian);
	const warnings = [...placement.warnings, ...voxels.value.warnings];
	const extra = whole.value.length - (offset + count * datatype.bytes);
	if (dims[2] === 1) warnings.push(formatIssue('nifti.singleSlice', path, {}));
	if (extra > 0) warnings.push(formatIssue('nifti.trailingBytes', path, { bytes: extra }));
	if (!isGzip(bytes) && /\.gz$/i.test(path)) warnings.push(formatIssue('file.notGzip', path, {}));
	return {
		ok: true,
		value: {
			grid: placement.grid,
			data: voxels.value.data,
			datatype: datatype.name,
			orientation: placement.source === 'none' ? 'none' : 'known',
			texts: [...header.texts, ...extensions],
			warnings,
		},
	};
}

/** Names of the file that holds the voxels of a pair's header: `stem.img`, `stem.img.gz`. */
export function pairNames(path: string): string[] {
	const name = nameOf(path);
	const stem = name.replace(/\.hdr(?:\.gz)?$/i, '');
	const image = /\.HDR/.test(name) ? 'IMG' : 'img';
	return [`${stem}.${image}`, `${stem}.${image}.gz`];
}

function companionOf(
	path: string,
	{ companions }: ReadVolumeOptions,
): { bytes: Uint8Array; packed: boolean; path: string } | undefined {
	for (const name of pairNames(path)) {
		const bytes = companions?.get(name);
		// By its name: plain voxels may begin with the two bytes of gzip.
		if (bytes) return { bytes, packed: name.endsWith('.gz'), path: besidePath(path, name) };
	}
	return undefined;
}

/** Faults of the header itself, and its lengths as `checkShape` gives them. */
function checkHeader(header: NiftiHeader, path: string, options: ReadVolumeOptions): ReturnType<typeof checkShape> {
	const issues: Issue[] = [];
	const datatype = NIFTI_DATATYPES[header.datatypeCode as NiftiDatatypeCode];
	if (COLOUR.includes(header.datatypeCode)) issues.push(formatIssue('nifti.colour', path, {}));
	else if (!datatype) issues.push(formatIssue('nifti.datatype', path, { datatype: header.datatypeCode }));
	const { voxOffset } = header;
	const reachable = voxOffset >= 0 && voxOffset <= maxBytesOf(options);
	if (!reachable) issues.push(formatIssue('nifti.offset', path, { offset: String(voxOffset) }));
	const axes = header.dims[0]!;
	if (!(axes >= 1 && axes <= 7)) {
		issues.push(formatIssue('nifti.dims', path, { dims: header.dims.slice(1, 4).join(' × ') }));
		return { issues, dims: [1, 1, 1], voxels: 0 };
	}
	const shape = checkShape(header.dims.slice(1, axes + 1), datatype?.bytes ?? 1, path, options);
	return { ...shape, issues: [...issues, ...shape.issues], voxels: reachable ? shape.voxels : 0 };
}
