import { type Components, components } from '../scoring/kernels/components.ts';
import type { RegionMask } from './regionMask.ts';
import { drawnBox, readBlock, type ViewBlock, widened } from './viewBlock.ts';

/** The connected parts of a mask, numbered from feet to head. */
export interface Parts extends Pick<Components, 'labels' | 'voxels' | 'boxes'> {
	/**
	 * Around all that is drawn, with one voxel of room. `labels` has its order, and `boxes` its positions: add `min` for
	 * those of the view.
	 */
	readonly block: ViewBlock;
}

/**
 * The parts of a mask, voxels that share a face, an edge or a corner in 3-D. Part 1 is the one whose first voxel is met
 * first, slices from feet to head, each back to front and left to right. An empty mask has none.
 */
export function partsOf(mask: RegionMask): Parts {
	const block = readBlock(mask, widened(drawnBox(mask), [1, 1, 1]));
	const [nx, ny, nz] = block.dims;
	const drawn = { min: [1, 1, 1], max: [nx - 2, ny - 2, nz - 2] } as const;
	return { block, ...components(block.data, block.dims, drawn, 26) };
}
