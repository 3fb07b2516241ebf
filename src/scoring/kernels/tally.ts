import type { Dims } from '../../grid/grid.ts';
import type { Box, LabelPair, RegionTally } from './kernels.ts';

/**
 * Counts every region's voxels by agreement and finds the box around them, in one pass. Stretches of sixteen voxels that are
 * empty in both maps are skipped; elsewhere pairs of labels are counted, and regions added up from the pairs.
 */
export function tally(pair: LabelPair): readonly RegionTally[] {
	const { reference, prediction, dims, membership } = pair;
	mustFit(pair);
	const voxels = reference.length;
	const pairs = new Uint32Array(65536);
	// Regions met in each column, row and slice.
	const profiles = [new Uint8Array(dims[0]), new Uint8Array(dims[1]), new Uint8Array(dims[2])] as const;
	const [nx, ny] = dims;
	const [atX, atY, atZ] = profiles;
	const visit = (from: number, to: number): void => {
		let row = Math.floor(from / nx);
		let x = from - row * nx;
		for (let n = from; n < to; n++) {
			const r = reference[n]!;
			const p = prediction[n]!;
			if ((r | p) !== 0) {
				pairs[(r << 8) | p]!++;
				const regions = membership[r]! | membership[p]!;
				if (regions !== 0) {
					const z = Math.floor(row / ny);
					atX[x]! |= regions;
					atY[row - z * ny]! |= regions;
					atZ[z]! |= regions;
				}
			}
			if (++x === nx) {
				x = 0;
				row++;
			}
		}
	};
	const words = reference.byteOffset % 4 === 0 && prediction.byteOffset % 4 === 0 ? voxels >> 2 : 0;
	if (words > 0) {
		const r = new Int32Array(reference.buffer, reference.byteOffset, words);
		const p = new Int32Array(prediction.buffer, prediction.byteOffset, words);
		const fours = words - (words % 4);
		for (let w = 0; w < fours; w += 4) {
			if ((r[w]! | p[w]! | r[w + 1]! | p[w + 1]! | r[w + 2]! | p[w + 2]! | r[w + 3]! | p[w + 3]!) !== 0)
				visit(w * 4, w * 4 + 16);
		}
		visit(fours * 4, words * 4);
	}
	visit(words * 4, voxels);
	return sumRegions(pairs, membership, profiles);
}

/**
 * Adds the pairs of labels up to regions.
 *
 * @param pairs 65536 counts, of reference label × 256 + prediction label
 * @param profiles bits of the regions met in each column, row and slice
 */
export function sumRegions(pairs: Uint32Array, membership: Uint8Array, profiles: readonly Uint8Array[]): RegionTally[] {
	const used = membership.reduce((all, bits) => all | bits, 0);
	const regions = 32 - Math.clz32(used);
	const counts = Array.from({ length: regions }, () => ({ tp: 0, fp: 0, fn: 0 }));
	for (let r = 0; r < 256; r++)
		for (let p = 0; p < 256; p++) {
			const n = pairs[(r << 8) | p]!;
			if (n === 0) continue;
			for (const [region, count] of counts.entries()) {
				const inReference = (membership[r]! >> region) & 1;
				const inPrediction = (membership[p]! >> region) & 1;
				if (inReference & inPrediction) count.tp += n;
				else if (inReference) count.fn += n;
				else if (inPrediction) count.fp += n;
			}
		}
	return counts.map((count, region) => ({ ...count, box: boxOf(region, profiles) }));
}

function boxOf(region: number, profiles: readonly Uint8Array[]): Box {
	const has = (bits: number): boolean => ((bits >> region) & 1) === 1;
	const ends = profiles.map((profile) => [profile.findIndex(has), profile.findLastIndex(has)] as const);
	if (ends[0]![0] < 0) return { min: [0, 0, 0], max: [-1, -1, -1] };
	const pick = (end: 0 | 1) => ends.map((both) => both[end]) as unknown as Dims;
	return { min: pick(0), max: pick(1) };
}

/** Throws where the maps have not the grid's number of voxels, or the table another shape. */
export function mustFit({ reference, prediction, dims, membership }: LabelPair): void {
	const voxels = dims[0] * dims[1] * dims[2];
	for (const [name, mask] of Object.entries({ reference, prediction }))
		if (mask.length !== voxels) throw new Error(`got a ${name} of ${mask.length} voxels, expected ${voxels}`);
	if (membership.length !== 256 || membership[0] !== 0)
		throw new Error('got a membership table of another shape, expected 256 entries, the first 0');
}
