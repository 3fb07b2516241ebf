import { type Dims, spacingMm } from '../grid/grid.ts';
import { formatIssue } from './formatIssue.ts';
import { type GunzipOptions, gunzip, gunzipStart, isGzip } from './inflate.ts';
import type { Issue, Result } from './issue.ts';
import { type OrientationSource, placeVolume } from './niftiAffine.ts';
import { type NiftiHeader, readNiftiHeader } from './niftiHeader.ts';
import { NIFTI_DATATYPES, type NiftiDatatype, type NiftiDatatypeCode, readVoxels } from './niftiVoxels.ts';
import { foreignFile, headerSize } from './sniff.ts';
import type { Volume } from './volume.ts';

/** A volume read from NIfTI, with what its header said. */
export interface NiftiVolume extends Volume {
	/** Voxel type in the file; `data` may be wider. */
	readonly datatype: NiftiDatatype;
	/** Distance in mm between voxel centres along i, j, k. */
	readonly spacingMm: Dims;
	/** Free text of the header; may name the patient, so it is never shown or stored unasked. */
	readonly description?: string;
	/** `none`: left and right are unknown and the grid is made up from the spacings. */
	readonly orientation: OrientationSource;
	/** What a reader should know though the volume could be read. */
	readonly warnings: readonly Issue[];
}

/** Limits of reading. Progress is that of inflating. */
export interface ReadNiftiOptions extends GunzipOptions {
	/** Most voxels; default 512³. */
	readonly maxVoxels?: number;
}

const MB = 1024 * 1024;
/** RGB24 and RGBA32. */
const COLOUR = [128, 2304];
const HEADER_BYTES = 544;
/** Bytes behind the voxels that are let pass with a warning. */
const SLACK = MB;

/**
 * Reads a NIfTI-1 or -2 file (.nii, .nii.gz; gzip is told by its bytes), either byte order.
 * Voxel (i, j, k) of the file is element `i + dims[0] * (j + dims[1] * k)`: no reorientation, no resampling;
 * scaling is baked in. The header is checked before the voxels are inflated or anything of their size is allocated;
 * memory stays under twice the voxels plus 34 MB. Every fault of the header is given at once.
 * `path` names the file in issues. Never throws on data. Source: nifti1.h, nifti2.h.
 */
export function readNifti(
	file: ArrayBuffer | Uint8Array,
	path: string,
	options: ReadNiftiOptions = {},
): Result<NiftiVolume> {
	const bytes = file instanceof Uint8Array ? file : new Uint8Array(file);
	const packed = isGzip(bytes);
	const head = packed ? gunzipStart(bytes, HEADER_BYTES) : bytes.subarray(0, HEADER_BYTES);
	if (packed && head.length < HEADER_BYTES) {
		// Too little came out: where the gzip itself is at fault, that is what to say.
		const whole = gunzip(bytes, path, { maxBytes: MB });
		if (!whole.ok) return whole;
	}
	const foreign = foreignFile(head, path);
	if (foreign) return { ok: false, issues: [foreign] };
	const header = readNiftiHeader(head);
	const { issues, dims, voxels: all } = checkHeader(header, path, options);
	const placement = placeVolume(header, dims, path);
	if (placement.error) issues.push(placement.error);
	const datatype = NIFTI_DATATYPES[header.datatypeCode as NiftiDatatypeCode];
	if (!datatype || all === 0) return { ok: false, issues };
	const offset = Math.max(headerSize(head) + 4, Math.floor(header.voxOffset));
	const whole = wholeFile(bytes, packed, offset + all * datatype.bytes, path, options);
	if (!whole.ok) return { ok: false, issues: [...issues, ...whole.issues] };
	if (issues.length > 0) return { ok: false, issues };

	const { littleEndian, slope, intercept } = header;
	const count = dims[0] * dims[1] * dims[2];
	const stored = { bytes: whole.value, offset, count, datatype: datatype.name, littleEndian, slope, intercept };
	const voxels = readVoxels(stored, path);
	if (!voxels.ok) return voxels;
	const warnings = [...placement.warnings, ...voxels.value.warnings];
	const extra = whole.value.length - (offset + count * datatype.bytes);
	if (dims[2] === 1) warnings.push(formatIssue('nifti.singleSlice', path, {}));
	if (extra > 0) warnings.push(formatIssue('nifti.trailingBytes', path, { bytes: extra }));
	if (!packed && /\.gz$/i.test(path)) warnings.push(formatIssue('file.notGzip', path, {}));
	return {
		ok: true,
		value: {
			grid: placement.grid,
			data: voxels.value.data,
			datatype: datatype.name,
			spacingMm: spacingMm(placement.grid),
			...(header.description && { description: header.description }),
			orientation: placement.source,
			warnings,
		},
	};
}

/** The file inflated, as long as its header says (`end` bytes) or a little longer. */
function wholeFile(
	bytes: Uint8Array,
	packed: boolean,
	end: number,
	path: string,
	options: ReadNiftiOptions,
): Result<Uint8Array> {
	const maxBytes = Math.min(options.maxBytes ?? 1024 * MB, end + SLACK);
	const whole = packed ? gunzip(bytes, path, { ...options, maxBytes }) : { ok: true as const, value: bytes };
	if (!whole.ok || whole.value.length >= end) return whole;
	const params = { expectedBytes: end, bytes: whole.value.length };
	return { ok: false, issues: [formatIssue('nifti.truncated', path, params)] };
}

/**
 * Faults of the header itself. `dims` are the three lengths, 1 × 1 × 1 where they make no sense; `voxels` counts those
 * of all time points, 0 where the header's sizes are not to be believed or go beyond the limits.
 */
function checkHeader(
	header: NiftiHeader,
	path: string,
	options: ReadNiftiOptions,
): { issues: Issue[]; dims: Dims; voxels: number } {
	const issues: Issue[] = [];
	const maxBytes = options.maxBytes ?? 1024 * MB;
	const datatype = NIFTI_DATATYPES[header.datatypeCode as NiftiDatatypeCode];
	if (COLOUR.includes(header.datatypeCode)) issues.push(formatIssue('nifti.colour', path, {}));
	else if (!datatype) issues.push(formatIssue('nifti.datatype', path, { datatype: header.datatypeCode }));
	const { voxOffset } = header;
	const reachable = voxOffset >= 0 && voxOffset <= maxBytes;
	if (!reachable) issues.push(formatIssue('nifti.offset', path, { offset: String(voxOffset) }));

	const axes = header.dims[0]!;
	const known = axes >= 1 && axes <= 7;
	const lengths = header.dims.slice(1, known ? axes + 1 : 4);
	const shown = lengths.join(' × ');
	if (!known || lengths.some((n) => !(n >= 1))) {
		issues.push(formatIssue('nifti.dims', path, { dims: shown }));
		return { issues, dims: [1, 1, 1], voxels: 0 };
	}
	const [i = 1, j = 1, k = 1, ...rest] = lengths;
	const count = rest.reduce((product, n) => product * n, 1);
	if (axes < 3) issues.push(formatIssue('nifti.twoDimensional', path, { dims: shown }));
	if (count > 1) issues.push(formatIssue('nifti.timePoints', path, { count }));
	const fits = (voxels: number) =>
		voxels <= (options.maxVoxels ?? 512 ** 3) && voxels * (datatype?.bytes ?? 1) <= maxBytes;
	if (!fits(i * j * k)) {
		issues.push(formatIssue('nifti.tooLarge', path, { dims: shown, limitMb: Math.floor(maxBytes / MB) }));
		return { issues, dims: [1, 1, 1], voxels: 0 };
	}
	return { issues, dims: [i, j, k], voxels: reachable && fits(i * j * k * count) ? i * j * k * count : 0 };
}
