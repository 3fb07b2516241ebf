/** An element to be: tag, value representation and value; a list of lists of elements for a sequence. */
export type TestElement = readonly [tag: number, vr: string, value: TestValue];
type TestValue = string | readonly number[] | Uint8Array | readonly (readonly TestElement[])[];

/** How a file is laid out. */
export interface DicomLayout {
	syntax?: string;
	/** Sequences and items end with delimiters instead of having lengths. */
	undefinedLengths?: boolean;
}

export const IMPLICIT = '1.2.840.10008.1.2';
export const EXPLICIT = '1.2.840.10008.1.2.1';
export const BIG_ENDIAN = '1.2.840.10008.1.2.2';
export const RLE = '1.2.840.10008.1.2.5';
const MR_IMAGE = '1.2.840.10008.5.1.4.1.1.4';
const LONG = ['OB', 'OW', 'SQ', 'UN', 'UT'];
const NONE = 0xffff_ffff;

/** Writes a DICOM file element by element, by PS3.5 and PS3.10 and by no code of the project. */
export function dicomBytes(elements: readonly TestElement[], layout: DicomLayout = {}): Uint8Array<ArrayBuffer> {
	const syntax = layout.syntax ?? EXPLICIT;
	const shape = {
		explicit: syntax !== IMPLICIT,
		little: syntax !== BIG_ENDIAN,
		open: layout.undefinedLengths ?? false,
	};
	const meta = dataSet([[0x0002_0010, 'UI', syntax]], { explicit: true, little: true, open: false });
	const mark = [...new Array(128).fill(0), ...[...'DICM'].map((c) => c.charCodeAt(0))];
	return Uint8Array.from([...mark, ...meta, ...dataSet(elements, shape)]);
}

interface Shape {
	readonly explicit: boolean;
	readonly little: boolean;
	readonly open: boolean;
}

function dataSet(elements: readonly TestElement[], shape: Shape): number[] {
	const out: number[] = [];
	for (const [tag, vr, value] of [...elements].sort((a, b) => a[0] - b[0])) {
		const bytes = vr === 'SQ' ? sequence(value as readonly (readonly TestElement[])[], shape) : plain(vr, value, shape);
		const open = (vr === 'SQ' && shape.open) || (vr === 'OB' && bytes[0] === 0xfe && bytes[1] === 0xff);
		out.push(...number(tag >>> 16, 2, shape.little), ...number(tag & 0xffff, 2, shape.little));
		const length = open ? NONE : bytes.length;
		if (!shape.explicit) out.push(...number(length, 4, shape.little));
		else if (LONG.includes(vr)) out.push(...letters(vr), 0, 0, ...number(length, 4, shape.little));
		else out.push(...letters(vr), ...number(length, 2, shape.little));
		for (const byte of bytes) out.push(byte);
	}
	return out;
}

function sequence(items: readonly (readonly TestElement[])[], shape: Shape): number[] {
	const mark = (element: number, length: number) => [
		...number(0xfffe, 2, shape.little),
		...number(element, 2, shape.little),
		...number(length, 4, shape.little),
	];
	const out = items.flatMap((item) => {
		const bytes = dataSet(item, shape);
		return shape.open
			? [...mark(0xe000, NONE), ...bytes, ...mark(0xe00d, 0)]
			: [...mark(0xe000, bytes.length), ...bytes];
	});
	return shape.open ? [...out, ...mark(0xe0dd, 0)] : out;
}

function plain(vr: string, value: TestValue, { little }: Shape): number[] {
	if (value instanceof Uint8Array) return [...value];
	if (typeof value === 'string') {
		const bytes = letters(value);
		return bytes.length % 2 === 0 ? bytes : [...bytes, vr === 'UI' ? 0 : 32];
	}
	if (vr === 'FD')
		return (value as readonly number[]).flatMap((x) => {
			const view = new DataView(new ArrayBuffer(8));
			view.setFloat64(0, x, little);
			return [...new Uint8Array(view.buffer)];
		});
	return (value as readonly number[]).flatMap((x) => number(x, vr === 'UL' ? 4 : 2, little));
}

function letters(text: string): number[] {
	return [...text].map((c) => c.charCodeAt(0));
}

function number(value: number, width: number, little: boolean): number[] {
	const bytes = Array.from({ length: width }, (_, n) => (value >>> (8 * n)) & 255);
	return little ? bytes : bytes.reverse();
}

/** A slice of a made-up MR series of 3 columns and 2 rows; `more` replaces or adds elements by tag. */
export function mrSlice(z: number, pixels: readonly number[], more: readonly TestElement[] = []): TestElement[] {
	const own = new Map<number, TestElement>(
		[
			[0x0008_0008, 'CS', 'ORIGINAL\\PRIMARY\\M'],
			[0x0008_0016, 'UI', MR_IMAGE],
			[0x0008_0060, 'CS', 'MR'],
			[0x0008_103e, 'LO', 'T1 axial'],
			[0x0010_0010, 'PN', 'Made^Up'],
			[0x0018_0023, 'CS', '2D'],
			[0x0018_0050, 'DS', '4'],
			[0x0020_000e, 'UI', '1.2.3'],
			[0x0020_0013, 'IS', String(Math.round(z) + 100)],
			[0x0020_0032, 'DS', `-10\\-20\\${z}`],
			[0x0020_0037, 'DS', '1\\0\\0\\0\\1\\0'],
			[0x0028_0002, 'US', [1]],
			[0x0028_0010, 'US', [2]],
			[0x0028_0011, 'US', [3]],
			[0x0028_0030, 'DS', '0.5\\0.75'],
			[0x0028_0100, 'US', [16]],
			[0x0028_0101, 'US', [12]],
			[0x0028_0102, 'US', [11]],
			[0x0028_0103, 'US', [0]],
			[0x7fe0_0010, 'OW', pixels],
		].map((element) => [element[0] as number, element as unknown as TestElement]),
	);
	for (const element of more) own.set(element[0], element);
	return [...own.values()];
}
