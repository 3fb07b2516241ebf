import type { SlicePoint } from './brush.ts';
import type { RegionMask } from './regionMask.ts';
import { readSlice } from './slicePlane.ts';

/**
 * Stored elements of the area that the drawing of an axial slice encloses around a point: the voxels that are not
 * set and that a walk over sides (not corners) reaches from the one under `at`. So a line of voxels that touch at
 * corners only is closed. What is drawn inside the area stays, and so does what that encloses in its turn.
 * Undefined where the outline is not closed: the walk reaches the border of the slice, or `at` is outside of it.
 * Empty where `at` lies on the drawing. The mask is not changed. Throws on a slice outside the mask.
 */
export function fillOutline(
	mask: RegionMask,
	{ slice, at }: { readonly slice: number; readonly at: SlicePoint },
): Uint32Array | undefined {
	const { view } = mask;
	if (slice < 0 || slice >= view.dims[2]) throw new Error(`got slice ${slice}, expected 0 to ${view.dims[2] - 1}`);
	const startX = Math.round(at.x);
	const startY = Math.round(at.y);
	const { width, height, data } = readSlice(mask.data, view, view, slice);
	if (startX < 0 || startX >= width || startY < 0 || startY >= height) return undefined;
	const start = startY * width + startX;
	if (data[start] !== 0) return new Uint32Array(0);
	data[start] = 1;
	const reached = [start];
	const enclosed: number[] = [];
	const steps = [1, -1, width, -width];
	for (let n = 0; n < reached.length; n++) {
		const place = reached[n]!;
		const x = place % width;
		const y = (place - x) / width;
		if (x === 0 || x === width - 1 || y === 0 || y === height - 1) return undefined;
		enclosed.push(mask.index(x, y, slice));
		for (let s = 0; s < 4; s++) {
			const next = place + steps[s]!;
			if (data[next] !== 0) continue;
			data[next] = 1;
			reached.push(next);
		}
	}
	return new Uint32Array(enclosed);
}
