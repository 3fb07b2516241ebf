/** Seeds are 32-bit numbers without sign. */
const MOST = 0xffffffff;

/** The seed of the round that the address asks for; one by chance, which the address then has, where it asks for none. */
export function readSeed(): number {
	const text = new URLSearchParams(location.search).get('seed') ?? '';
	if (/^\d{1,10}$/.test(text) && Number(text) <= MOST) return Number(text);
	const seed = newSeed();
	history.replaceState(history.state, '', withSeed(seed));
	return seed;
}

/** A seed by chance, short enough to be told to somebody. */
export function newSeed(): number {
	return crypto.getRandomValues(new Uint32Array(1))[0]! % 1_000_000;
}

/** This page's address with another seed. */
export function withSeed(seed: number): string {
	const url = new URL(location.href);
	url.searchParams.set('seed', String(seed));
	return `${url.pathname}${url.search}`;
}
