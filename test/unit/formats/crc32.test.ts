import { crc32 as nodeCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from '../../../src/formats/crc32.ts';

test('the check value of the standard comes out', () => {
	expect(crc32(Uint8Array.from('123456789', (c) => c.charCodeAt(0)))).toBe(0xcbf43926);
	expect(crc32(new Uint8Array())).toBe(0);
});

test('any bytes, counted in two parts, give what zlib gives', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
			const parts = crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)));
			expect(parts).toBe(nodeCrc32(bytes));
		}),
	);
});
