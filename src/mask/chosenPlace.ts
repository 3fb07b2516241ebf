import { ijkToXyz, type XyzMm } from '../grid/grid.ts';
import type { SliceChoice } from '../protocol/sliceChoice.ts';
import type { RegionMask } from './regionMask.ts';

/**
 * The place in the head that shows the slice a region tells: the middle of what is drawn there, world mm. Of several slices
 * with as much, the one nearest to the feet. Undefined where the mask is empty.
 */
export function chosenPlace(mask: RegionMask, which: Exclude<SliceChoice, number>['which']): XyzMm | undefined {
	const slice = chosenSlice(mask.sliceCounts, which);
	const box = mask.sliceBox(slice);
	if (!box) return undefined;
	let [count, sumX, sumY] = [0, 0, 0];
	for (let y = box.y[0]; y <= box.y[1]; y++)
		for (let x = box.x[0]; x <= box.x[1]; x++)
			if (mask.data[mask.index(x, y, slice)] !== 0) {
				count++;
				sumX += x;
				sumY += y;
			}
	const { dims, affine } = mask.view;
	return ijkToXyz({ dims, affine }, [sumX / count, sumY / count, slice]);
}

function chosenSlice(counts: Uint32Array, which: Exclude<SliceChoice, number>['which']): number {
	if (which === 'first') return counts.findIndex((count) => count > 0);
	if (which === 'last') return counts.findLastIndex((count) => count > 0);
	let widest = 0;
	for (let slice = 1; slice < counts.length; slice++) if (counts[slice]! > counts[widest]!) widest = slice;
	return widest;
}
