const POLYNOMIAL = 0xedb88320;

/** Four tables, so that four bytes are taken at a time. */
const TABLES = makeTables();

/**
 * CRC-32 as gzip counts it (ISO 3309, reflected polynomial 0xEDB88320) of `bytes`, going on from `before`,
 * the CRC of what came earlier (0 at the start). An unsigned 32-bit integer; of nothing it is `before`.
 * Source: RFC 1952 §8; four bytes at a time after Kounavis & Berry, doi:10.1109/TC.2008.85.
 */
export function crc32(bytes: Uint8Array, before = 0): number {
	const [t0, t1, t2, t3] = TABLES;
	let crc = ~before;
	let at = 0;
	for (const whole = bytes.length - (bytes.length % 4); at < whole; at += 4) {
		crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
		crc = t3[crc & 255]! ^ t2[(crc >>> 8) & 255]! ^ t1[(crc >>> 16) & 255]! ^ t0[crc >>> 24]!;
	}
	for (; at < bytes.length; at++) crc = t0[(crc ^ bytes[at]!) & 255]! ^ (crc >>> 8);
	return ~crc >>> 0;
}

function makeTables(): readonly [Int32Array, Int32Array, Int32Array, Int32Array] {
	const tables = [new Int32Array(256), new Int32Array(256), new Int32Array(256), new Int32Array(256)] as const;
	for (let n = 0; n < 256; n++) {
		let c = n;
		for (let bit = 0; bit < 8; bit++) c = c & 1 ? POLYNOMIAL ^ (c >>> 1) : c >>> 1;
		tables[0][n] = c;
	}
	for (let n = 0; n < 256; n++)
		for (let t = 1; t < 4; t++) {
			const previous = tables[(t - 1) as 0 | 1 | 2]![n]!;
			tables[t as 1 | 2 | 3][n] = tables[0][previous & 255]! ^ (previous >>> 8);
		}
	return tables;
}
