import { maxBytesOf } from './checkShape.ts';
import { formatIssue } from './formatIssue.ts';
import { gunzip } from './inflate.ts';
import type { Issue, Result } from './issue.ts';
import { NIFTI_DATATYPES, type NiftiDatatype, readVoxels } from './niftiVoxels.ts';
import type { NrrdHeader } from './nrrdHeader.ts';
import { fieldIssue } from './nrrdShape.ts';
import { type NumberText, readHex, readNumbers } from './nrrdText.ts';
import type { ReadVolumeOptions } from './readVolume.ts';
import type { VoxelData } from './volume.ts';

/** How the numbers are written down. */
export interface NrrdCoding {
	readonly datatype: NiftiDatatype;
	/** Bytes of a number. */
	readonly width: number;
	readonly encoding: 'raw' | 'gzip' | 'text' | 'hex';
	readonly littleEndian: boolean;
	/** Lines to skip before the numbers. */
	readonly lineSkip: number;
	/** Bytes to skip behind those lines (of a gzip file once inflated); −1: the numbers are the last bytes. */
	readonly byteSkip: number;
}

/** The format's names for its types, without spaces. */
const TYPES: Readonly<Record<string, NiftiDatatype>> = {
	...named('int8', 'signedchar int8 int8_t'),
	...named('uint8', 'uchar unsignedchar uint8 uint8_t'),
	...named('int16', 'short shortint signedshort signedshortint int16 int16_t'),
	...named('uint16', 'ushort unsignedshort unsignedshortint uint16 uint16_t'),
	...named('int32', 'int signedint int32 int32_t'),
	...named('uint32', 'uint unsignedint uint32 uint32_t'),
	...named('int64', 'longlong longlongint signedlonglong signedlonglongint int64 int64_t'),
	...named('uint64', 'ulonglong unsignedlonglong unsignedlonglongint uint64 uint64_t'),
	...named('float32', 'float float32'),
	...named('float64', 'double float64'),
};
const ENCODINGS: Readonly<Record<string, NrrdCoding['encoding']>> = {
	raw: 'raw',
	gz: 'gzip',
	gzip: 'gzip',
	txt: 'text',
	text: 'text',
	ascii: 'text',
	hex: 'hex',
};

const MB = 1024 * 1024;
/** Bytes behind the voxels that are let pass with a warning. */
const SLACK = MB;

/** Reads type, encoding, byte order and skips; all faults at once. Source: as of `readNrrdHeader`, section 5. */
export function readNrrdCoding({ fields }: NrrdHeader, path: string): Result<NrrdCoding> {
	const issues: Issue[] = [];
	const value = (field: string) => {
		const text = fields.get(field)?.toLowerCase();
		if (text === undefined) issues.push(formatIssue('nrrd.missing', path, { field }));
		return text;
	};
	const skip = (field: string, name: string, least: number) => {
		const text = fields.get(name) ?? '0';
		const count = /^[+-]?\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
		if (!(count >= least)) issues.push(fieldIssue(field, text, path));
		return count;
	};
	const type = value('type');
	const datatype = own(TYPES, type?.replaceAll(' ', ''));
	if (type !== undefined && !datatype)
		issues.push(formatIssue('nifti.datatype', path, { datatype: type.slice(0, 60) }));
	const encodingName = value('encoding');
	const encoding = own(ENCODINGS, encodingName);
	if (encodingName !== undefined && !encoding)
		issues.push(formatIssue('nrrd.encoding', path, { encoding: encodingName.slice(0, 60) }));
	const width = Object.values(NIFTI_DATATYPES).find(({ name }) => name === datatype)?.bytes ?? 1;
	const endian = width > 1 && encoding !== undefined && encoding !== 'text' ? value('endian') : 'little';
	if (endian !== undefined && endian !== 'little' && endian !== 'big') issues.push(fieldIssue('endian', endian, path));
	const lineSkip = skip('line skip', 'lineskip', 0);
	const byteSkip = skip('byte skip', 'byteskip', encoding === 'raw' || encoding === 'gzip' ? -1 : 0);
	if (issues.length > 0 || !datatype || !encoding) return { ok: false, issues };
	return { ok: true, value: { datatype, width, encoding, littleEndian: endian === 'little', lineSkip, byteSkip } };
}

/**
 * Reads `count` numbers from `bytes`, which start behind the header or are a file of their own. Types and values come
 * out as of `readVoxels`. Nothing beyond the numbers and 1 MB is inflated.
 */
export function readNrrdVoxels(
	bytes: Uint8Array,
	coding: NrrdCoding,
	count: number,
	path: string,
	options: ReadVolumeOptions,
): Result<{ data: VoxelData; warnings: Issue[] }> {
	const { encoding, width, datatype } = coding;
	let stored = bytes.subarray(coding.byteSkip < 0 && encoding === 'raw' ? 0 : behindLines(bytes, coding.lineSkip));
	if (encoding === 'gzip') {
		const end = Math.max(0, coding.byteSkip) + count * width + SLACK;
		const most = maxBytesOf(options);
		const whole = gunzip(stored, path, { ...options, maxBytes: coding.byteSkip < 0 ? most : Math.min(most, end) });
		if (!whole.ok) return whole;
		stored = whole.value;
	}
	const start = coding.byteSkip < 0 ? stored.length - count * width : coding.byteSkip;
	stored = stored.subarray(Math.max(0, start));
	const warnings: Issue[] = [];
	let { littleEndian } = coding;
	let left: number;
	if (encoding === 'text' || encoding === 'hex') {
		const read: NumberText =
			encoding === 'text' ? readNumbers(stored, datatype, count) : readHex(stored, count * width);
		if (read.fault) return { ok: false, issues: [textIssue(read.fault, datatype, path)] };
		left = read.left;
		stored = read.bytes;
		littleEndian ||= encoding === 'text';
	} else left = stored.length - count * width;
	if (stored.length < count * width) {
		const params = { expectedBytes: count * width, bytes: stored.length };
		return { ok: false, issues: [formatIssue('nifti.truncated', path, params)] };
	}
	if (left > 0) warnings.push(formatIssue('nifti.trailingBytes', path, { bytes: left }));
	const voxels = readVoxels({ bytes: stored, offset: 0, count, datatype, littleEndian, slope: 1, intercept: 0 }, path);
	if (!voxels.ok) return voxels;
	return { ok: true, value: { data: voxels.value.data, warnings: [...voxels.value.warnings, ...warnings] } };
}

function textIssue(fault: NonNullable<NumberText['fault']>, datatype: string, path: string): Issue {
	if (fault === 'range') return formatIssue('nifti.valueRange', path, { datatype });
	return formatIssue('nrrd.text', path, { text: fault.text });
}

function behindLines(bytes: Uint8Array, count: number): number {
	let at = 0;
	for (let n = 0; n < count; n++) {
		const end = bytes.indexOf(0x0a, at);
		if (end < 0) return bytes.length;
		at = end + 1;
	}
	return at;
}

function named(datatype: NiftiDatatype, names: string): Record<string, NiftiDatatype> {
	return Object.fromEntries(names.split(' ').map((name) => [name, datatype]));
}

function own<T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined {
	return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
