import type { RegionMask } from './regionMask.ts';
import { checkValues } from './within.ts';

/** Where a growth starts and how far it goes. */
export interface Growth {
	/** Scaled intensities in the stored order of the mask's grid, one a voxel. */
	readonly values: ArrayLike<number>;
	/** View position; the voxel nearest to it is the seed. */
	readonly seed: { readonly x: number; readonly y: number; readonly slice: number };
	/** Largest difference from the intensity at the seed, itself included. Same unit as `values`. */
	readonly tolerance: number;
	/** Largest distance from the seed's centre in mm, itself included. */
	readonly reachMm: number;
	/** Stays in the seed's axial slice. */
	readonly inSlice: boolean;
}

const PASSES = 1;
const REACHED = 2;

// Kept between calls, for a growth is previewed with every movement of the hand.
let states = new Uint8Array(0);
let stack = new Uint32Array(0);

/**
 * Grows a region from a seed: the voxels joined to it over faces (over sides in the slice) whose intensity differs
 * from the seed's by at most `tolerance` and whose centre is within `reachMm` of it. The seed's intensity is the mean
 * of the 3 × 3 voxels around it in its slice, so that one noisy voxel does not decide; for the same reason the seed
 * itself belongs to the region whatever its value. NaN is passed over, in the mean too; a seed that is NaN grows nothing.
 * The growth runs through voxels that the mask holds already. Gives the stored elements of the region that it
 * does not hold yet, sorted by view position; none for a seed outside the slice. The mask is not changed.
 * Throws on a slice outside the mask and on intensities that are not one a voxel.
 */
export function grow(mask: RegionMask, { values, seed, tolerance, reachMm, inSlice }: Growth): Uint32Array {
	const { dims, strides, spacingMm } = mask.view;
	const { slice } = seed;
	if (slice < 0 || slice >= dims[2]) throw new Error(`got slice ${slice}, expected 0 to ${dims[2] - 1}`);
	checkValues(values, mask.data.length);
	const x = Math.round(seed.x);
	const y = Math.round(seed.y);
	const inside = x >= 0 && x < dims[0] && y >= 0 && y < dims[1];
	if (!inside || Number.isNaN(values[mask.index(x, y, slice)])) return new Uint32Array(0);

	// The box around the ball, with one layer more on every side that never passes: it spares the flood all borders.
	const reach2 = reachMm * reachMm * (1 + 1e-9);
	const centre = [x, y, slice] as const;
	const span = (axis: 0 | 1 | 2) => {
		const steps = axis === 2 && inSlice ? 0 : Math.floor(Math.sqrt(reach2) / spacingMm[axis]);
		const first = Math.max(0, centre[axis] - steps);
		return { first, count: Math.min(dims[axis] - 1, centre[axis] + steps) - first + 1 };
	};
	const [xs, ys, zs] = [span(0), span(1), span(2)] as const;
	const row = xs.count + 2;
	const plane = row * (ys.count + 2);
	const size = plane * (zs.count + 2);
	if (states.length < size) {
		states = new Uint8Array(size);
		stack = new Uint32Array(size);
	} else states.fill(0, 0, size);

	const reference = meanAround(mask, values, x, y, slice);
	const low = reference - tolerance;
	const high = reference + tolerance;
	for (let k = 0; k < zs.count; k++)
		for (let j = 0; j < ys.count; j++) {
			const dz = (zs.first + k - slice) * spacingMm[2];
			const dy = (ys.first + j - y) * spacingMm[1];
			const rest = reach2 - dz * dz - dy * dy;
			if (rest < 0) continue;
			const half = Math.floor(Math.sqrt(rest) / spacingMm[0]);
			const from = Math.max(0, x - half - xs.first);
			const to = Math.min(xs.count - 1, x + half - xs.first);
			const place = (k + 1) * plane + (j + 1) * row + 1;
			let index = mask.index(xs.first + from, ys.first + j, zs.first + k);
			for (let i = from; i <= to; i++, index += strides[0]) {
				const value = values[index]!;
				if (value >= low && value <= high) states[place + i] = PASSES;
			}
		}
	flood((slice - zs.first + 1) * plane + (y - ys.first + 1) * row + x - xs.first + 1, row, plane);

	let found = 0;
	for (let k = 0; k < zs.count; k++)
		for (let j = 0; j < ys.count; j++) {
			const place = (k + 1) * plane + (j + 1) * row + 1;
			let index = mask.index(xs.first, ys.first + j, zs.first + k);
			for (let i = 0; i < xs.count; i++, index += strides[0])
				if (states[place + i] === REACHED && mask.data[index] === 0) stack[found++] = index;
		}
	return stack.slice(0, found);
}

/** Marks what passes and is joined to `start` as reached, and `start` itself. */
function flood(start: number, row: number, plane: number): void {
	const steps = [1, -1, row, -row, plane, -plane];
	states[start] = REACHED;
	stack[0] = start;
	let waiting = 1;
	while (waiting > 0) {
		const place = stack[--waiting]!;
		for (let n = 0; n < 6; n++) {
			const next = place + steps[n]!;
			if (states[next] !== PASSES) continue;
			states[next] = REACHED;
			stack[waiting++] = next;
		}
	}
}

/** Mean of the intensities of up to 3 × 3 voxels around one in its slice, without those that are NaN. */
function meanAround(mask: RegionMask, values: ArrayLike<number>, x: number, y: number, slice: number): number {
	const [width, height] = mask.view.dims;
	let sum = 0;
	let count = 0;
	for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
		for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
			const value = values[mask.index(u, v, slice)]!;
			if (Number.isNaN(value)) continue;
			sum += value;
			count++;
		}
	return sum / count;
}
