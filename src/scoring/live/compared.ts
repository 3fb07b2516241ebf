import { ijkToXyz, invertAffine } from '../../grid/grid.ts';
import type { Region, Sequence } from '../../protocol/protocol.ts';
import type { Place } from '../findings/finding.ts';
import type { LiveCheck, LiveRegion } from './live.ts';
import { attention, fine, type LiveContext, waiting } from './liveContext.ts';

/**
 * Enhancing is compared with plain T1 (§4-③). The body is compared with the other sequences where it is hard to tell
 * (§4-②): where the margin was said to be blurred.
 */
export function checkCompared(context: LiveContext): LiveCheck[] {
	const { input, region } = context;
	const plain: readonly Sequence[] = ['T1'];
	const enhancing: Region = region('EN') || input.family === 'metastasis' || input.family === 'pcnsl' ? 'EN' : 'ET';
	const checks = [compared(enhancing, plain, 'R4-3b', context)];
	if (input.margin === 'blurred') checks.push(compared('TB', ['FLAIR', 'T1', 'T1C'], 'R4-2d', context));
	return checks.flat();
}

function compared(name: Region, sequences: readonly Sequence[], rule: string, context: LiveContext): LiveCheck[] {
	const { input } = context;
	const here = sequences.filter((sequence) => input.grids.has(sequence));
	const [first] = here;
	if (!first) return [];
	const region = context.region(name);
	const waits = { region: name, params: { sequence: first } };
	if (!region) return name === 'TB' ? [] : [waiting('compare', [rule], waits)];
	for (const sequence of here) {
		const unseen = unseenBeside(region, sequence, context);
		const [where] = unseen;
		if (!where) continue;
		const params = { sequence, slice: where.slice, count: unseen.length };
		return [attention('compare', [rule], { region: name, where, params })];
	}
	return [fine('compare', [rule], waits)];
}

/** Slices of a sequence where the region lies that were not looked at, nor one beside them: series may be tilted. */
function unseenBeside(region: LiveRegion, sequence: Sequence, { input }: LiveContext): Place[] {
	const grid = input.grids.get(sequence)!;
	const back = invertAffine(grid.affine);
	const looked = input.looked.get(sequence);
	const slices = new Map<number, Place>();
	for (const ijk of middles(region)) {
		const xyzMm = ijkToXyz(region.whole.grid, ijk);
		const slice = Math.round(ijkToXyz({ dims: grid.dims, affine: back }, xyzMm)[2]);
		if (slice < 0 || slice >= grid.dims[2]) continue;
		if (![slice - 1, slice, slice + 1].some((each) => looked?.has(each))) slices.set(slice, { sequence, slice, xyzMm });
	}
	return [...slices.values()].sort((a, b) => a.slice - b.slice);
}

/** The middle of what is drawn in each slice, view positions. */
function middles({ drawn, grid, corner }: LiveRegion): (readonly [number, number, number])[] {
	const [nx, ny, nz] = grid.dims;
	const found: (readonly [number, number, number])[] = [];
	for (let z = 0, n = 0; z < nz; z++) {
		let [count, sumX, sumY] = [0, 0, 0];
		for (let y = 0; y < ny; y++)
			for (let x = 0; x < nx; x++, n++)
				if (drawn[n] !== 0) {
					count++;
					sumX += x;
					sumY += y;
				}
		if (count > 0) found.push([corner[0] + sumX / count, corner[1] + sumY / count, corner[2] + z]);
	}
	return found;
}
