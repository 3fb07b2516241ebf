import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { gzip } from '../../../src/formats/deflate.ts';
import { gunzip, gunzipStart, inflateZlib, isGzip } from '../../../src/formats/inflate.ts';
import { zlibGzip } from './bytes.ts';

const MB = 1024 * 1024;
const text = Uint8Array.from('the quick brown fox jumps over the lazy dog, the quick brown fox again', (c) =>
	c.charCodeAt(0),
);

afterEach(() => {
	vi.unstubAllGlobals();
});

function codes(result: ReturnType<typeof gunzip>): string[] {
	return result.ok ? [] : result.issues.map((issue) => issue.code);
}

function joined(...parts: Uint8Array[]): Uint8Array {
	return new Uint8Array(Buffer.concat(parts));
}

/** Noise and runs, several steps long when packed. */
function mixed(length: number): Uint8Array {
	const bytes = new Uint8Array(length);
	let state = 1;
	for (let n = 0; n < length; n++) {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		bytes[n] = (n >> 14) % 2 ? state >>> 24 : n >> 10;
	}
	return bytes;
}

test('what zlib packs at any level comes out unchanged', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 5000 }), fc.integer({ min: 0, max: 9 }), (bytes, level) => {
			const result = gunzip(zlibGzip(bytes, { level }), 'a.gz');
			expect(result).toEqual({ ok: true, value: bytes });
		}),
	);
});

test('several megabytes, and members cut anywhere, come out unchanged', () => {
	const bytes = mixed(3 * MB);
	for (const cut of [0, 1, 65_537, 2 * MB]) {
		const packed = joined(zlibGzip(bytes.subarray(0, cut)), zlibGzip(bytes.subarray(cut)));
		const result = gunzip(packed, 'a.gz');
		expect(result.ok && Buffer.compare(result.value, bytes)).toBe(0);
	}
});

test('many small members come out joined', () => {
	fc.assert(
		fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 40 }), (parts) => {
			const result = gunzip(joined(...parts.map((part) => zlibGzip(part))), 'a.gz');
			expect(result).toEqual({ ok: true, value: joined(...parts) });
		}),
	);
});

test('a file cut anywhere gives an issue that names it, never a value', () => {
	const packed = zlibGzip(text);
	for (let length = 2; length < packed.length; length++) {
		const result = gunzip(packed.subarray(0, length), 'cut.nii.gz');
		expect(result.ok).toBe(false);
		if (!result.ok) expect(result.issues[0]).toMatchObject({ path: 'cut.nii.gz' });
		expect(codes(result)[0]).toMatch(/^gzip\.(truncated|corrupt)$/);
	}
	const large = zlibGzip(mixed(MB));
	expect(codes(gunzip(large.subarray(0, large.length / 2), 'a.gz'))).toEqual(['gzip.truncated']);
});

test('a flipped bit gives an issue or, in the header, the same bytes', () => {
	const packed = zlibGzip(text);
	let refused = 0;
	for (let bit = 16; bit < packed.length * 8; bit++) {
		const broken = packed.slice();
		broken[bit >> 3]! ^= 1 << (bit & 7);
		const result = gunzip(broken, 'a.gz');
		if (result.ok) expect(result.value).toEqual(text);
		else refused++;
	}
	expect(refused).toBeGreaterThan((packed.length - 10) * 8 - 8);
});

test('bytes behind the last member are damage', () => {
	const packed = zlibGzip(text);
	for (const tail of [[0], [1, 2, 3], new Array(40).fill(7)])
		expect(codes(gunzip(joined(packed, Uint8Array.from(tail)), 'a.gz'))).toEqual(['gzip.corrupt']);
});

test('a bomb stops at the limit, and allocates no more than it whatever length it claims', () => {
	const bomb = zlibGzip(new Uint8Array(64 * MB));
	new DataView(bomb.buffer, bomb.byteOffset).setUint32(bomb.length - 4, 0xffffffff, true);
	const sizes: number[] = [];
	class Counted extends Uint8Array<ArrayBuffer> {
		constructor(...from: [number] | [ArrayBuffer, number, number]) {
			super(...(from as [ArrayBuffer, number, number]));
			if (typeof from[0] === 'number') sizes.push(from[0]);
		}
	}
	vi.stubGlobal('Uint8Array', Counted);
	const result = gunzip(bomb, 'bomb.gz', { maxBytes: MB });
	vi.unstubAllGlobals();
	expect(result).toEqual({
		ok: false,
		issues: [{ code: 'gzip.tooLarge', path: 'bomb.gz', params: { limitMb: 1 } }],
	});
	expect(sizes.length).toBeGreaterThan(0);
	expect(Math.max(...sizes)).toBeLessThanOrEqual(MB);
});

test('a file that fills the limit exactly passes, one byte less does not', () => {
	const packed = zlibGzip(text);
	expect(gunzip(packed, 'a.gz', { maxBytes: text.length }).ok).toBe(true);
	expect(codes(gunzip(packed, 'a.gz', { maxBytes: text.length - 1 }))).toEqual(['gzip.tooLarge']);
	expect(() => gunzip(packed, 'a.gz', { maxBytes: 0 })).toThrow('expected a positive number');
});

test('a hundred thousand empty members are refused, not followed', () => {
	const empty = zlibGzip(new Uint8Array());
	const many = new Uint8Array(empty.length * 100_000);
	for (let at = 0; at < many.length; at += empty.length) many.set(empty, at);
	expect(codes(gunzip(many, 'a.gz'))).toEqual(['gzip.corrupt']);
});

test('progress rises to the whole file', () => {
	const packed = zlibGzip(mixed(MB));
	const seen: number[] = [];
	gunzip(packed, 'a.gz', { onProgress: (read, total) => seen.push(read / total) });
	expect(seen.length).toBeGreaterThan(5);
	expect(seen).toEqual([...seen].sort((a, b) => a - b));
	expect(seen.at(-1)).toBe(1);
});

test('the start of a file comes out without the rest, and of no gzip nothing', () => {
	const packed = zlibGzip(mixed(MB));
	expect(gunzipStart(packed, 544)).toEqual(mixed(544));
	expect(gunzipStart(packed.subarray(0, packed.length / 4), 544)).toEqual(mixed(544));
	expect(gunzipStart(zlibGzip(text), 544)).toEqual(text);
	expect(gunzipStart(text, 544)).toHaveLength(0);
});

test('gzip is told by its first bytes', () => {
	expect(isGzip(zlibGzip(text))).toBe(true);
	expect(isGzip(text)).toBe(false);
	expect(isGzip(new Uint8Array())).toBe(false);
});

test('what is packed here has no clock in it and comes out unchanged', () => {
	const bytes = mixed(100_000);
	const packed = gzip(bytes);
	expect([...packed.subarray(4, 8)]).toEqual([0, 0, 0, 0]);
	expect(gunzip(packed, 'a.gz')).toEqual({ ok: true, value: bytes });
	expect(gunzip(gzip(bytes, 1), 'a.gz')).toEqual({ ok: true, value: bytes });
});

test('a zlib stream of any level and length comes out unchanged', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 5000 }), fc.integer({ min: 0, max: 9 }), (bytes, level) => {
			const result = inflateZlib(new Uint8Array(deflateSync(bytes, { level })), 'a');
			expect(result).toEqual({ ok: true, value: bytes });
		}),
	);
	const large = mixed(3 * MB);
	const result = inflateZlib(new Uint8Array(deflateSync(large)), 'a');
	expect(result.ok && Buffer.compare(result.value, large)).toBe(0);
});

test('a zlib stream that is cut or flipped anywhere gives an issue, and a bomb stops at the limit', () => {
	const packed = new Uint8Array(deflateSync(text));
	for (let length = 0; length < packed.length; length++)
		expect(codes(inflateZlib(packed.subarray(0, length), 'a'))[0]).toMatch(/^gzip\.(truncated|corrupt)$/);
	for (let bit = 16; bit < packed.length * 8; bit++) {
		const broken = packed.slice();
		broken[bit >> 3]! ^= 1 << (bit & 7);
		const result = inflateZlib(broken, 'a');
		if (result.ok) expect(result.value).toEqual(text);
	}
	const bomb = new Uint8Array(deflateSync(new Uint8Array(64 * MB)));
	expect(codes(inflateZlib(bomb, 'a', { maxBytes: MB }))).toEqual(['gzip.tooLarge']);
	expect(inflateZlib(packed, 'a', { maxBytes: text.length }).ok).toBe(true);
	expect(codes(inflateZlib(packed, 'a', { maxBytes: text.length - 1 }))).toEqual(['gzip.tooLarge']);
	expect(() => inflateZlib(packed, 'a', { maxBytes: 0 })).toThrow('expected a positive number');
});
