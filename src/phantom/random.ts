/**
 * A seeded stream of whole numbers 0 to 2³² − 1: xoshiro128**, its state filled by the 32-bit finaliser
 * below so that neighbouring seeds give unrelated streams.
 * Source: Blackman & Vigna 2021, DOI 10.1145/3460772.
 */
export function randomStream(seed: number): () => number {
	let a = mix32(seed + 0x9e3779b9);
	let b = mix32(a + 0x9e3779b9);
	let c = mix32(b + 0x9e3779b9);
	let d = mix32(c + 0x9e3779b9) | 1;
	return () => {
		const x = Math.imul(b, 5);
		const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
		const t = b << 9;
		c ^= a;
		d ^= b;
		b ^= c;
		a ^= d;
		c ^= t;
		d = (d << 11) | (d >>> 21);
		return result;
	};
}

/**
 * A stream of nearly normal numbers (mean 0, variance 1, within ±3.47): the sum of four uniform ones, which
 * needs neither logarithm nor sine and is close enough for the noise of a picture.
 */
export function normalStream(seed: number): () => number {
	const next = randomStream(seed);
	const scale = Math.sqrt(3) / 65536;
	return () => {
		const u = next();
		const v = next();
		return ((u & 0xffff) + (u >>> 16) + (v & 0xffff) + (v >>> 16) - 131070) * scale;
	};
}

/** Mixes 32 bits so that each depends on all: MurmurHash3's finaliser (Appleby, public domain). */
export function mix32(value: number): number {
	let h = value | 0;
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return h ^ (h >>> 16);
}
