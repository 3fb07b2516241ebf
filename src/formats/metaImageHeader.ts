import { formatIssue } from './formatIssue.ts';
import { readableText } from './headerText.ts';
import type { Issue } from './issue.ts';
import type { NiftiDatatype } from './niftiVoxels.ts';
import type { HeaderText } from './volume.ts';

/** Fields of a MetaImage header that matter here. */
export interface MetaImageHeader {
	/** All lengths, i fastest; empty where there are none that can be read. */
	readonly lengths: readonly number[];
	readonly components: number;
	/** As written, such as `MET_SHORT`; undefined `datatype`: not read. */
	readonly elementType: string;
	readonly datatype: NiftiDatatype | undefined;
	readonly littleEndian: boolean;
	readonly compressed: boolean;
	/** Bytes of the compressed voxels; undefined: all there are. */
	readonly compressedBytes: number | undefined;
	/** Bytes before the voxels in a file of their own; -1: the voxels are its last bytes. */
	readonly skip: number;
	/** Where the voxels are: `LOCAL` or a file's name. */
	readonly dataFile: string;
	/** First byte behind the header. */
	readonly end: number;
	/** Row-major 4×4 from ijk to RAS mm; undefined: the header does not say how the volume lies. */
	readonly affine: readonly number[] | undefined;
	readonly spacings: readonly number[];
	readonly texts: readonly HeaderText[];
}

/** MetaIO's voxel types and their size; its LONG is of four bytes. */
const DATATYPES: Readonly<Record<string, NiftiDatatype>> = {
	MET_UCHAR: 'uint8',
	MET_CHAR: 'int8',
	MET_USHORT: 'uint16',
	MET_SHORT: 'int16',
	MET_UINT: 'uint32',
	MET_INT: 'int32',
	MET_ULONG: 'uint32',
	MET_LONG: 'int32',
	MET_ULONG_LONG: 'uint64',
	MET_LONG_LONG: 'int64',
	MET_FLOAT: 'float32',
	MET_DOUBLE: 'float64',
};

/** Keys whose values are numbers and fixed words; all others hold free text. */
const PLAIN = new Set(
	`ObjectType ObjectSubType NDims DimSize BinaryData BinaryDataByteOrderMSB ElementByteOrderMSB CompressedData
	CompressedDataSize CompressionLevel TransformMatrix Rotation Orientation Offset Position Origin CenterOfRotation
	AnatomicalOrientation ElementSpacing ElementSize ElementType ElementNumberOfChannels ElementMin ElementMax
	ElementNBits ElementToIntensityFunctionSlope ElementToIntensityFunctionOffset HeaderSize HeaderSizePerSlice Modality
	Color DistanceUnits ElementDataFile`.split(/\s+/),
);

const MOST_BYTES = 64 * 1024;
const MOST_KEYS = 500;

/** Reads the lines `Key = Value` up to `ElementDataFile`, with all that cannot be read in them. Source: MetaIO, metaImage.cxx. */
export function readMetaImageHeader(
	file: Uint8Array,
	path: string,
): { readonly header: MetaImageHeader; readonly issues: Issue[] } {
	const { fields, end } = fieldsOf(file);
	const issues: Issue[] = [];
	const refuse = (field: string) =>
		issues.push(formatIssue('header.field', path, { field, value: (fields.get(field) ?? '').slice(0, 40) }));
	const first = (...keys: string[]) => keys.find((key) => fields.has(key));
	const numbers = (key: string, count: number) => {
		const values = (fields.get(key) ?? '').split(/\s+/).filter(Boolean).map(Number);
		if (values.length >= count && values.every(Number.isFinite)) return values;
		refuse(key);
		return undefined;
	};
	const flag = (...keys: string[]) => /^(?:true|1|yes)$/i.test(fields.get(first(...keys) ?? '') ?? '');
	const whole = (key: string, least: number, absent: number) => {
		const [value = absent] = fields.has(key) ? (numbers(key, 1) ?? []) : [];
		if (!Number.isInteger(value) || value < least) refuse(key);
		return value;
	};

	const axes = numbers('NDims', 1)?.[0] ?? 0;
	if (fields.has('NDims') && !(axes >= 1 && axes <= 7 && Number.isInteger(axes)) && issues.length === 0)
		refuse('NDims');
	const lengths = issues.length === 0 ? (numbers('DimSize', axes)?.slice(0, axes) ?? []) : [];
	const size = Math.max(3, axes);
	const spacingKey = first('ElementSpacing', 'ElementSize');
	const spacings = axes >= 3 && spacingKey ? (numbers(spacingKey, 3) ?? [1, 1, 1]) : [1, 1, 1];
	const turnKey = first('TransformMatrix', 'Rotation', 'Orientation');
	const offsetKey = first('Offset', 'Position', 'Origin');
	const turn = axes >= 3 && turnKey ? numbers(turnKey, size * size) : undefined;
	const offset = axes >= 3 && offsetKey ? numbers(offsetKey, 3) : [0, 0, 0];
	const elementType = fields.get('ElementType') ?? '';
	if (fields.get('BinaryData') !== undefined && !flag('BinaryData')) refuse('BinaryData');
	if (!fields.get('ElementDataFile')) refuse('ElementDataFile');
	if (elementType === '') refuse('ElementType');
	const compressedBytes = whole('CompressedDataSize', 0, 0);
	return {
		issues,
		header: {
			lengths,
			components: whole('ElementNumberOfChannels', 1, 1),
			elementType,
			datatype: Object.hasOwn(DATATYPES, elementType) ? DATATYPES[elementType] : undefined,
			littleEndian: !flag('BinaryDataByteOrderMSB', 'ElementByteOrderMSB'),
			compressed: flag('CompressedData'),
			compressedBytes: compressedBytes > 0 ? compressedBytes : undefined,
			skip: whole('HeaderSize', -1, 0),
			dataFile: fields.get('ElementDataFile') ?? '',
			end,
			affine: turn && offset ? affineOf(turn, size, spacings, offset) : undefined,
			spacings,
			texts: [...fields].flatMap(([field, value]) =>
				PLAIN.has(field) || value === '' ? [] : [{ field: field.slice(0, 64), text: value }],
			),
		},
	};
}

function fieldsOf(file: Uint8Array): { fields: Map<string, string>; end: number } {
	const fields = new Map<string, string>();
	const last = Math.min(file.length, MOST_BYTES);
	for (let at = 0; at < last && fields.size < MOST_KEYS; ) {
		const newline = file.subarray(0, last).indexOf(10, at);
		const end = newline < 0 ? last : newline;
		const [, key = '', value = ''] = /^\s*([^=]*?)\s*=\s*(.*)$/s.exec(readableText(file.subarray(at, end))) ?? [];
		at = end + 1;
		if (key !== '') fields.set(key, value.trim());
		if (key === 'ElementDataFile') return { fields, end: Math.min(at, file.length) };
	}
	return { fields, end: last };
}

/** Row n of the matrix is the direction of axis n; directions and offset are in LPS. */
function affineOf(
	turn: readonly number[],
	size: number,
	spacings: readonly number[],
	offset: readonly number[],
): number[] {
	const rows = [0, 1, 2].map((row) => {
		const sign = row < 2 ? -1 : 1;
		const steps = [0, 1, 2].map((axis) => sign * turn[axis * size + row]! * spacings[axis]!);
		return [...steps, sign * offset[row]!];
	});
	return [...rows.flat(), 0, 0, 0, 1];
}
