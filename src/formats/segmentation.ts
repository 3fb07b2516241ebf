import type { Grid } from '../grid/grid.ts';
import type { Issue } from './issue.ts';
import type { HeaderText } from './volume.ts';

/** One region of a segmentation: the voxels of a layer that have its value. */
export interface Segment {
	/** As its author called it. */
	readonly name: string;
	readonly layer: number;
	/** 1 to 255. */
	readonly value: number;
	/** Red, green and blue, each 0 to 1; absent where the file gives none. */
	readonly colour?: readonly [number, number, number];
}

/** Regions drawn in another tool. Regions that overlap lie on different layers. */
export interface Segmentation {
	readonly grid: Grid;
	/** One byte a voxel in the stored order of `grid`, x fastest; 0 is background. */
	readonly layers: readonly Uint8Array[];
	readonly segments: readonly Segment[];
	/** Never shown or stored unasked. */
	readonly texts: readonly HeaderText[];
	readonly warnings: readonly Issue[];
}

/** The voxels of one segment, 1 inside; on the segmentation's grid, in its order. */
export function segmentMask({ layers }: Segmentation, { layer, value }: Segment): Uint8Array<ArrayBuffer> {
	const labels = layers[layer]!;
	const mask = new Uint8Array(labels.length);
	for (let n = 0; n < labels.length; n++) if (labels[n] === value) mask[n] = 1;
	return mask;
}

/** Regions as they go into a file: one mask each, all on one grid. */
export interface NamedMask {
	readonly name: string;
	/** One byte a voxel, 1 inside. */
	readonly mask: Uint8Array;
	/** Red, green and blue, each 0 to 1. */
	readonly colour: readonly [number, number, number];
}

/**
 * Puts masks that may overlap on as few label maps as taking them one after another gives: each goes on the first layer
 * where it meets nothing. At most 255 masks a layer. Masks are of `voxels` bytes each; throws where one is not.
 */
export function packLayers(masks: readonly NamedMask[], voxels: number): Pick<Segmentation, 'layers' | 'segments'> {
	const layers: Uint8Array[] = [];
	const used: number[] = [];
	const segments = masks.map(({ name, mask, colour }): Segment => {
		if (mask.length !== voxels) throw new Error(`got a mask of ${mask.length} voxels, expected ${voxels}`);
		const meets = (labels: Uint8Array) => mask.some((inside, n) => inside !== 0 && labels[n] !== 0);
		let layer = layers.findIndex((labels, n) => used[n]! < 255 && !meets(labels));
		if (layer < 0) layer = layers.push(new Uint8Array(voxels)) - 1;
		const value = (used[layer] ?? 0) + 1;
		used[layer] = value;
		const labels = layers[layer]!;
		for (let n = 0; n < voxels; n++) if (mask[n] !== 0) labels[n] = value;
		return { name, layer, value, colour };
	});
	return { layers, segments };
}
