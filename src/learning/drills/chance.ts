/** Numbers from 0 to below 1, the same for a seed everywhere. Source: mulberry32, Tommy Ettinger, public domain. */
export function chance(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
	};
}

/** The values in an order by the seed; the list given is left as it is. */
export function shuffled<Value>(values: readonly Value[], seed: number): Value[] {
	const next = chance(seed);
	const left = [...values];
	return values.map(() => left.splice(Math.floor(next() * left.length), 1)[0]!);
}
