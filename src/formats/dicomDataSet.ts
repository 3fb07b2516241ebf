import { DICOM_TAGS, type DicomKeyword } from './dicomTags.ts';
import { decodeDicomText } from './dicomText.ts';

/** How elements are laid out in a file. */
export interface Encoding {
	readonly explicit: boolean;
	readonly littleEndian: boolean;
}

/** Where the value of an element lies in the file; reaches beyond the file's end where that is cut off. */
export interface Element {
	/** Two letters, or empty in implicit VR. */
	readonly vr: string;
	readonly start: number;
	/** Bytes of the value; of one without a length, up to its delimiter. */
	readonly length: number;
	/** Said to be as long as its items: a sequence, or pixels in compressed fragments. */
	readonly undefinedLength: boolean;
}

/** Deeper nesting than any standard object has is an attack on the stack. */
const MAX_DEPTH = 24;
/** Elements side by side; a real object has some hundreds. */
const MAX_ELEMENTS = 16_384;
/** Items of a sequence: one a frame. */
const MAX_ITEMS = 131_072;

const UNDEFINED = 0xffff_ffff;
const ITEM = 0xfffe_e000;
const ITEM_END = 0xfffe_e00d;
const SEQUENCE_END = 0xfffe_e0dd;
const PIXELS = DICOM_TAGS.PixelData[0];
/** Value representations with two spare bytes and a length of four. */
const LONG = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const BINARY: Readonly<Record<string, readonly [bytes: number, method: keyof DataView]>> = {
	US: [2, 'getUint16'],
	SS: [2, 'getInt16'],
	UL: [4, 'getUint32'],
	SL: [4, 'getInt32'],
	FL: [4, 'getFloat32'],
	FD: [8, 'getFloat64'],
};

/**
 * A data set of a DICOM file: elements by tag, values read when asked for, sequences too. Holds places in the file, not
 * copies. Elements past damage are absent and `whole` is false; nothing throws, whatever the bytes. Source: DICOM PS3.5.
 */
export class DataSet {
	/** Whether the bytes were elements to their end. */
	readonly whole: boolean;
	/** Behind the last byte that belongs to it. */
	readonly end: number;
	private readonly view: DataView;
	private readonly encoding: Encoding;
	private readonly elements: ReadonlyMap<number, Element>;
	private readonly charset: string;
	private readonly depth: number;

	/** Elements from `start` to `end` of the file, of one group only where `group` is given. */
	constructor(view: DataView, start: number, end: number, encoding: Encoding, parent?: DataSet, group?: number) {
		this.view = view;
		this.encoding = encoding;
		this.depth = parent ? parent.depth + 1 : 0;
		const scanned = scan(view, start, end, encoding, this.depth, group);
		this.elements = scanned.elements;
		this.whole = scanned.whole;
		this.end = scanned.end;
		// Its own name is plain; one that is not must still be read by something.
		this.charset = '';
		this.charset = this.texts('SpecificCharacterSet').join('\\') || (parent?.charset ?? '');
	}

	/** Where the value of an element lies, or undefined. */
	element(keyword: DicomKeyword): Element | undefined {
		return this.elements.get(DICOM_TAGS[keyword][0]);
	}

	/** The value as text without padding, of several values all with their backslashes; undefined where absent or empty. */
	text(keyword: DicomKeyword): string | undefined {
		const element = this.element(keyword);
		return element && (this.textOf(element) || undefined);
	}

	/** The values of a text that may have several. */
	texts(keyword: DicomKeyword): string[] {
		return (
			this.text(keyword)
				?.split('\\')
				.map((part) => part.trim()) ?? []
		);
	}

	/** The values as numbers, text or binary; none where absent. What is no number is NaN. */
	numbers(keyword: DicomKeyword): number[] {
		const element = this.element(keyword);
		if (!element) return [];
		const vr = element.vr === '' || element.vr === 'UN' ? DICOM_TAGS[keyword][1] : element.vr;
		return this.numbersOf(element, vr);
	}

	/** The first value as a number; undefined where absent or no number. */
	number(keyword: DicomKeyword): number | undefined {
		const value = this.numbers(keyword)[0];
		return value !== undefined && Number.isFinite(value) ? value : undefined;
	}

	/** The values of an element that a maker added: found by the block that its name reserves in the group. */
	privateNumbers(group: number, creator: string, element: number, vr: 'IS' | 'FL'): number[] {
		for (let block = 0x10; block < 0x100; block++) {
			const owner = this.elements.get(group * 0x1_0000 + block);
			if (!owner || this.textOf(owner) !== creator) continue;
			const found = this.elements.get(group * 0x1_0000 + block * 0x100 + element);
			return found ? this.numbersOf(found, found.vr === '' || found.vr === 'UN' ? vr : found.vr) : [];
		}
		return [];
	}

	/** The items of a sequence, each a data set; none where absent, or nested deeper than any real object. */
	items(keyword: DicomKeyword): DataSet[] {
		const element = this.element(keyword);
		if (!element || this.depth >= MAX_DEPTH) return [];
		// Elements of unknown representation and no length are a sequence in implicit VR, whatever the file's own encoding.
		const encoding = element.vr === 'UN' ? { explicit: false, littleEndian: true } : this.encoding;
		const { items } = scanItems(this.view, element, encoding, this.depth + 1);
		return items.map(([start, end]) => new DataSet(this.view, start, end, encoding, this));
	}

	/** The first item of a sequence. */
	item(keyword: DicomKeyword): DataSet | undefined {
		return this.items(keyword)[0];
	}

	/** Start and end of each fragment of compressed pixels, the offset table first; undefined where they are not compressed. */
	fragments(): readonly (readonly [start: number, end: number])[] | undefined {
		const element = this.element('PixelData');
		if (!element?.undefinedLength) return undefined;
		return scanItems(this.view, element, this.encoding, this.depth + 1).items;
	}

	private textOf({ start, length }: Element): string {
		const end = Math.min(start + Math.min(length, MAX_TEXT), this.view.byteLength);
		const bytes = new Uint8Array(this.view.buffer, this.view.byteOffset + start, Math.max(0, end - start));
		return decodeDicomText(bytes, this.charset);
	}

	private numbersOf(element: Element, vr: string): number[] {
		const binary = BINARY[vr];
		if (!binary) {
			const text = this.textOf(element);
			return text === '' ? [] : text.split('\\').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
		}
		const [width, method] = binary;
		const read = this.view[method] as (at: number, littleEndian: boolean) => number;
		const end = Math.min(element.start + Math.min(element.length, MAX_TEXT), this.view.byteLength);
		const out: number[] = [];
		for (let at = element.start; at + width <= end; at += width)
			out.push(read.call(this.view, at, this.encoding.littleEndian));
		return out;
	}
}

/** Longest text or list of numbers that is looked at. */
const MAX_TEXT = 16_384;

interface Scanned {
	readonly elements: Map<number, Element>;
	/** Behind the last byte that was read. */
	readonly end: number;
	readonly whole: boolean;
}

/** Reads the headers of elements up to `end`, an item's delimiter, or damage. */
function scan(view: DataView, start: number, end: number, encoding: Encoding, depth: number, group?: number): Scanned {
	const elements = new Map<number, Element>();
	let at = start;
	while (at + 8 <= end) {
		const tag = tagAt(view, at, encoding.littleEndian);
		if (group !== undefined && tag >>> 16 !== group) return { elements, end: at, whole: true };
		if (tag === ITEM_END) return { elements, end: at + 8, whole: true };
		const element = elementAt(view, at, end, encoding);
		if (!element || elements.size >= MAX_ELEMENTS) return { elements, end, whole: false };
		if (!element.undefinedLength) {
			elements.set(tag, element);
			at = element.start + element.length;
			continue;
		}
		const inner = element.vr === 'UN' ? { explicit: false, littleEndian: true } : encoding;
		const items = scanItems(view, { ...element, length: end - element.start }, inner, depth + 1);
		elements.set(tag, { ...element, length: items.end - element.start });
		if (!items.whole) return { elements, end, whole: false };
		at = items.end;
	}
	return { elements, end: at, whole: at === end };
}

function elementAt(view: DataView, at: number, end: number, { explicit, littleEndian }: Encoding): Element | undefined {
	let vr = '';
	let start = at + 8;
	let length: number;
	if (explicit) {
		vr = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5));
		if (!/^[A-Z]{2}$/.test(vr)) return undefined;
		if (LONG.has(vr)) {
			if (at + 12 > end) return undefined;
			start = at + 12;
			length = view.getUint32(at + 8, littleEndian);
		} else length = view.getUint16(at + 6, littleEndian);
	} else length = view.getUint32(at + 4, littleEndian);
	const undefinedLength = length === UNDEFINED;
	// Pixels that reach beyond the file's end are kept, so that it can be said how many are missing.
	const cutOff = tagAt(view, at, littleEndian) === PIXELS;
	if (!undefinedLength && start + length > end && !cutOff) return undefined;
	return { vr, start, length: undefinedLength ? 0 : length, undefinedLength };
}

interface ScannedItems {
	readonly items: (readonly [start: number, end: number])[];
	readonly end: number;
	readonly whole: boolean;
}

/** Places of a sequence's items, or of compressed fragments. */
function scanItems(view: DataView, element: Element, encoding: Encoding, depth: number): ScannedItems {
	const items: (readonly [number, number])[] = [];
	const end = Math.min(element.start + element.length, view.byteLength);
	let at = element.start;
	while (at + 8 <= end) {
		const tag = tagAt(view, at, encoding.littleEndian);
		const length = view.getUint32(at + 4, encoding.littleEndian);
		at += 8;
		if (tag === SEQUENCE_END) return { items, end: at, whole: true };
		if (tag !== ITEM || depth > MAX_DEPTH || items.length >= MAX_ITEMS) return { items, end, whole: false };
		if (length === UNDEFINED) {
			const inner = scan(view, at, end, encoding, depth);
			items.push([at, inner.end]);
			if (!inner.whole) return { items, end, whole: false };
			at = inner.end;
		} else {
			if (at + length > end) return { items, end, whole: false };
			items.push([at, at + length]);
			at += length;
		}
	}
	return { items, end, whole: !element.undefinedLength };
}

function tagAt(view: DataView, at: number, littleEndian: boolean): number {
	return view.getUint16(at, littleEndian) * 0x1_0000 + view.getUint16(at + 2, littleEndian);
}
