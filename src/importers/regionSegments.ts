import type { Result } from '../formats/issue.ts';
import type { Segment, Segmentation } from '../formats/segmentation.ts';
import { voxelCount } from '../grid/grid.ts';
import type { Family, Region } from '../protocol/protocol.ts';
import { guessRegion } from './guessRegion.ts';
import { importIssue } from './importIssue.ts';
import { isWithin } from './labelScheme.ts';

const MOST = 255;

/**
 * The mask of one region (0 or 1, on the grid of the file, in its order) out of a file with named segments: those called
 * by the region; without any, all of them together, as parts of it. Where a segment beside others is called by what the
 * region does not hold, that is an issue. All 0 without segments.
 */
export function segmentsOfRegion(
	segmentation: Segmentation,
	region: Region,
	family: Family,
	path: string,
): Result<Uint8Array<ArrayBuffer>> {
	const { segments } = segmentation;
	const guesses = segments.map(({ name }) => guessRegion(name, family).region);
	if (guesses.includes(region))
		return { ok: true, value: uniteSegments(segmentation, (_, n) => guesses[n] === region) };
	if (segments.length > 1 && guesses.some((guess) => guess !== null && !isWithin(guess, region))) {
		const names = segments.map(({ name }) => name).join(', ');
		return { ok: false, issues: [importIssue('import.segmentMissing', path, { region, names })] };
	}
	return { ok: true, value: uniteSegments(segmentation, () => true) };
}

/** The voxels of some segments together, 1 inside; on the segmentation's grid, in its order. */
export function uniteSegments(
	{ grid, layers, segments }: Segmentation,
	wanted: (segment: Segment, n: number) => boolean,
): Uint8Array<ArrayBuffer> {
	const mask = new Uint8Array(voxelCount(grid.dims));
	for (const [n, labels] of layers.entries()) {
		const inside = new Uint8Array(MOST + 1);
		for (const [place, segment] of segments.entries())
			if (segment.layer === n && wanted(segment, place)) inside[segment.value] = 1;
		for (let voxel = 0; voxel < mask.length; voxel++) mask[voxel]! |= inside[labels[voxel]!]!;
	}
	return mask;
}

/**
 * One label map of a file with named segments: the voxels of the first are 1, of the second 2, on the grid of the file, in
 * its order. Segments that overlap, and more than 255, are issues.
 */
export function numberSegments(
	{ grid, layers, segments }: Segmentation,
	path: string,
): Result<Uint8Array<ArrayBuffer>> {
	if (segments.length > MOST)
		return { ok: false, issues: [importIssue('labels.range', path, { values: segments.length, most: MOST })] };
	const numbers = new Uint8Array(voxelCount(grid.dims));
	for (const [n, labels] of layers.entries()) {
		const number = new Uint8Array(MOST + 1);
		for (const [place, { layer, value }] of segments.entries()) if (layer === n) number[value] = place + 1;
		for (let voxel = 0; voxel < numbers.length; voxel++) {
			const own = number[labels[voxel]!]!;
			if (own === 0) continue;
			const other = numbers[voxel]!;
			if (other !== 0) {
				const [first, second] = [segments[other - 1]!.name, segments[own - 1]!.name];
				return { ok: false, issues: [importIssue('import.segmentsOverlap', path, { first, second })] };
			}
			numbers[voxel] = own;
		}
	}
	return { ok: true, value: numbers };
}
