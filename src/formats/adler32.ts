const BASE = 65_521;
/** The sums stay below 2³² for so many bytes. */
const RUN = 5552;

/** Adler-32 of bytes, unsigned; 1 for none. Source: RFC 1950, as zlib takes the remainder. */
export function adler32(bytes: Uint8Array): number {
	let a = 1;
	let b = 0;
	for (let start = 0; start < bytes.length; start += RUN) {
		const end = Math.min(start + RUN, bytes.length);
		for (let n = start; n < end; n++) {
			a += bytes[n]!;
			b += a;
		}
		a %= BASE;
		b %= BASE;
	}
	return ((b << 16) | a) >>> 0;
}
