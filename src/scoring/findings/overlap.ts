/** Voxels of two masks on one grid; any value but 0 is inside. */
export interface Overlap {
	readonly both: number;
	readonly first: number;
	readonly second: number;
}

/** Counts the voxels of two masks and those they share. */
export function overlapOf(a: Uint8Array, b: Uint8Array): Overlap {
	let [both, first, second] = [0, 0, 0];
	for (let n = 0; n < a.length; n++) {
		if (a[n] !== 0) {
			first++;
			if (b[n] !== 0) both++;
		}
		if (b[n] !== 0) second++;
	}
	return { both, first, second };
}

/** Dice of two masks, 0 where both are empty: they agree on nothing. */
export function diceOf(a: Uint8Array, b: Uint8Array): number {
	const { both, first, second } = overlapOf(a, b);
	return first + second === 0 ? 0 : (2 * both) / (first + second);
}

/** Elements for which the test holds. */
export function elementsWhere(length: number, test: (element: number) => boolean): number[] {
	const found: number[] = [];
	for (let n = 0; n < length; n++) if (test(n)) found.push(n);
	return found;
}
