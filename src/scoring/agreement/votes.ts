/** How often each combination of raters marked a voxel: all that most agreement statistics need. */
export interface Votes {
	readonly raters: number;
	readonly voxels: number;
	/** Bit `r` of a pattern is set where rater `r` marked the voxel. Patterns ascending, with their number of voxels. */
	readonly patterns: readonly { readonly pattern: number; readonly count: number }[];
}

/** Most raters whose votes fit a pattern. */
export const MOST_RATERS = 16;

/**
 * Counts the votes of masks on one grid; any value but 0 is a mark. The masks are only read.
 * Throws where there are no masks, more than 16, or masks of different lengths.
 */
export function countVotes(masks: readonly Uint8Array[]): Votes {
	const voxels = masks[0]?.length ?? 0;
	if (masks.length < 1 || masks.length > MOST_RATERS)
		throw new Error(`got ${masks.length} masks, expected 1 to ${MOST_RATERS}`);
	const other = masks.find(({ length }) => length !== voxels);
	if (other) throw new Error(`got a mask of ${other.length} voxels, expected ${voxels}`);
	const counts = new Float64Array(2 ** masks.length);
	const patterns = new Uint16Array(voxels);
	for (const [rater, mask] of masks.entries())
		for (let n = 0; n < voxels; n++) if (mask[n] !== 0) patterns[n]! |= 1 << rater;
	for (let n = 0; n < voxels; n++) counts[patterns[n]!]!++;
	const found = Array.from(counts, (count, pattern) => ({ pattern, count })).filter(({ count }) => count > 0);
	return { raters: masks.length, voxels, patterns: found };
}

/** Voxels that at least one rater marked. */
export function unionOf(votes: Votes): Votes {
	const patterns = votes.patterns.filter(({ pattern }) => pattern !== 0);
	return { ...votes, patterns, voxels: patterns.reduce((sum, { count }) => sum + count, 0) };
}

/** Number of raters in a pattern. */
export function votesIn(pattern: number): number {
	let count = 0;
	for (let rest = pattern; rest !== 0; rest &= rest - 1) count++;
	return count;
}

/** Voxels of two raters by agreement: neither, only the first, only the second, both. */
export function pairTable(votes: Votes, a: number, b: number): readonly [number, number, number, number] {
	const table: [number, number, number, number] = [0, 0, 0, 0];
	for (const { pattern, count } of votes.patterns) {
		const cell = ((pattern >> a) & 1) + 2 * ((pattern >> b) & 1);
		table[cell]! += count;
	}
	return table;
}

/** Every pair of raters, from 0. */
export function pairsOf({ raters }: Votes): (readonly [number, number])[] {
	return Array.from({ length: raters }, (_, a) =>
		Array.from({ length: raters - a - 1 }, (_, n) => [a, a + 1 + n] as const),
	).flat();
}
