import { FlateErrorCode, Gunzip, Unzlib } from 'fflate';
import { adler32 } from './adler32.ts';
import { crc32 } from './crc32.ts';
import { formatIssue } from './formatIssue.ts';
import type { Issue, Result } from './issue.ts';

/** Compressed bytes handed over at a time. Deflate grows at most 1032-fold, so a step makes at most 34 MB. */
const STEP = 32 * 1024;
const MAX_GROWTH = 1032;
/** CRC-32 and length, little endian, behind every member. */
const TRAILER = 8;
/** Adler-32, big endian, behind a zlib stream. */
const ADLER = 4;
/** Blocked gzip (bgzip) has one member per 64 kB; 2 GB of them, more is an attack. */
const MAX_MEMBERS = 32_768;

const MB = 1024 * 1024;

/** How far to inflate, and who is told. */
export interface GunzipOptions {
	/** Most bytes that may come out; default 1 GiB. */
	readonly maxBytes?: number;
	/** Called after each step with the compressed bytes read so far, at last with all of them. */
	readonly onProgress?: (readBytes: number, totalBytes: number) => void;
}

/** Whether the bytes start as a gzip file does (the extension says nothing). */
export function isGzip(bytes: Uint8Array): boolean {
	return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Inflates a gzip file of one or more members; checks CRC-32 and length of each. Bytes behind the last member
 * count as damage. Memory stays under `maxBytes` plus one step (34 MB), whatever the file says of itself.
 * Gives an array of its own, or one issue naming `path`. Throws on a `maxBytes` that is not a positive number,
 * and lets through what `onProgress` throws. Source: RFC 1952.
 */
export function gunzip(bytes: Uint8Array, path: string, options: GunzipOptions = {}): Result<Uint8Array<ArrayBuffer>> {
	const maxBytes = options.maxBytes ?? 1024 * MB;
	if (!(maxBytes > 0)) throw new Error(`got maxBytes ${maxBytes}, expected a positive number`);
	const sink = new MemberSink(bytes, maxBytes);
	const stream = new Gunzip((chunk) => sink.take(chunk));
	stream.onmember = (offset) => sink.closeMember(offset);
	for (let start = 0; start < bytes.length || start === 0; start += STEP) {
		const end = Math.min(start + STEP, bytes.length);
		const stop = push(stream, bytes.subarray(start, end), end === bytes.length) ?? sink.stop;
		if (stop) return { ok: false, issues: [stopIssue(stop, path, maxBytes)] };
		options.onProgress?.(end, bytes.length);
	}
	sink.closeMember(bytes.length);
	if (sink.stop) return { ok: false, issues: [stopIssue(sink.stop, path, maxBytes)] };
	return { ok: true, value: sink.bytes() };
}

/**
 * Inflates a zlib stream and checks its Adler-32; bytes behind it count as damage. A stream does not say how long it is:
 * `expectedBytes` spares copies where somebody knows. Memory stays under twice what comes out plus one step (34 MB), with
 * `maxBytes` for the most that may. Gives an array of its own, or one issue naming `path`. Throws as `gunzip` does.
 * Source: RFC 1950.
 */
export function inflateZlib(
	bytes: Uint8Array,
	path: string,
	options: GunzipOptions & { readonly expectedBytes?: number } = {},
): Result<Uint8Array<ArrayBuffer>> {
	const maxBytes = options.maxBytes ?? 1024 * MB;
	if (!(maxBytes > 0)) throw new Error(`got maxBytes ${maxBytes}, expected a positive number`);
	const expected = Math.min(options.expectedBytes ?? bytes.length, bytes.length * MAX_GROWTH);
	const sink = new Sink(maxBytes, Math.min(expected, maxBytes));
	const stream = new Unzlib((chunk) => sink.take(chunk));
	for (let start = 0; start < bytes.length || start === 0; start += STEP) {
		const end = Math.min(start + STEP, bytes.length);
		const stop = push(stream, bytes.subarray(start, end), end === bytes.length) ?? sink.stop;
		if (stop) return { ok: false, issues: [stopIssue(stop, path, maxBytes)] };
		options.onProgress?.(end, bytes.length);
	}
	const value = sink.bytes();
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < ADLER || view.getUint32(bytes.length - ADLER) !== adler32(value))
		return { ok: false, issues: [stopIssue('corrupt', path, maxBytes)] };
	return { ok: true, value };
}

/**
 * The first `count` bytes a gzip file inflates to, or fewer where it is shorter or damaged: enough to read a header
 * and refuse a file before its voxels are inflated. Nothing is checked. Empty for a file that is not gzip.
 */
export function gunzipStart(bytes: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
	const out = new Uint8Array(count);
	let length = 0;
	const stream = new Gunzip((chunk) => {
		const part = chunk.subarray(0, count - length);
		out.set(part, length);
		length += part.length;
	});
	const step = 1024;
	for (let start = 0; start < bytes.length && length < count; start += step)
		if (push(stream, bytes.subarray(start, start + step), start + step >= bytes.length)) break;
	return out.slice(0, length);
}

type Stop = 'truncated' | 'corrupt' | 'tooLarge';

/** Hands a step to the library; its own errors, and a stack too deep with members, become a reason. */
function push(stream: Gunzip | Unzlib, chunk: Uint8Array, last: boolean): Stop | undefined {
	try {
		stream.push(chunk, last);
		return undefined;
	} catch (error) {
		const code = (error as { code?: number }).code;
		return code === FlateErrorCode.UnexpectedEOF ? 'truncated' : 'corrupt';
	}
}

function stopIssue(stop: Stop, path: string, maxBytes: number): Issue {
	if (stop === 'tooLarge') return formatIssue('gzip.tooLarge', path, { limitMb: Math.ceil(maxBytes / MB) });
	return formatIssue(`gzip.${stop}`, path, {});
}

/** Gathers what comes out, up to a limit. After a stop it takes nothing more. */
class Sink {
	stop: Stop | undefined;
	protected length = 0;
	private readonly maxBytes: number;
	private out: Uint8Array<ArrayBuffer>;

	constructor(maxBytes: number, likely: number) {
		this.maxBytes = maxBytes;
		this.out = new Uint8Array(likely);
	}

	take(chunk: Uint8Array): void {
		if (this.stop) return;
		const length = this.length + chunk.length;
		if (length > this.maxBytes) {
			this.stop = 'tooLarge';
			return;
		}
		if (length > this.out.length) {
			const grown = new Uint8Array(Math.min(this.maxBytes, Math.max(length, this.out.length * 2)));
			grown.set(this.out.subarray(0, this.length));
			this.out = grown;
		}
		this.out.set(chunk, this.length);
		this.length = length;
	}

	bytes(): Uint8Array<ArrayBuffer> {
		return this.length === this.out.length ? this.out : this.out.slice(0, this.length);
	}
}

/** Checks what comes out member by member. */
class MemberSink extends Sink {
	private readonly source: Uint8Array;
	private memberStart = 0;
	private crc = 0;
	private members = 0;

	constructor(source: Uint8Array, maxBytes: number) {
		// The length at the end is the file's own word: believed only as far as deflate could reach.
		const announced = source.length >= TRAILER ? uint32(source, source.length - 4) : 0;
		super(maxBytes, Math.min(announced, maxBytes, source.length * MAX_GROWTH));
		this.source = source;
	}

	override take(chunk: Uint8Array): void {
		super.take(chunk);
		if (!this.stop) this.crc = crc32(chunk, this.crc);
	}

	/** Ends the member whose trailer ends at `end` of the source. */
	closeMember(end: number): void {
		if (this.stop) return;
		this.members++;
		const whole =
			end >= TRAILER &&
			this.members <= MAX_MEMBERS &&
			uint32(this.source, end - 8) === this.crc &&
			uint32(this.source, end - 4) === (this.length - this.memberStart) % 2 ** 32;
		if (!whole) this.stop = 'corrupt';
		this.memberStart = this.length;
		this.crc = 0;
	}
}

function uint32(bytes: Uint8Array, at: number): number {
	return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}
