import type { Dims } from '../../grid/grid.ts';
import { boxSize, grownBox } from './boxes.ts';
import type { Box } from './kernels.ts';

/** Which voxels count as neighbours: sharing a face (6), also an edge (18), also a corner (26). */
export type Connectivity = 6 | 18 | 26;

/** The connected parts of a mask. */
export interface Components {
	/** Number of the part from 1 at each voxel of `box`, 0 outside; x fastest. Numbered as they are met in storage order. */
	readonly labels: Int32Array;
	/** The box asked for with one voxel of room on every side, which may lie outside the grid. */
	readonly box: Box;
	/** Voxels of each part; entry 0 is part 1. */
	readonly voxels: readonly number[];
	/** Box around each part, in voxels of the whole mask. */
	readonly boxes: readonly Box[];
}

/**
 * Labels the connected parts of a mask within a box that holds all of it; any value but 0 is inside. The mask is only
 * read. An empty mask or box gives no part.
 */
export function components(mask: Uint8Array, dims: Dims, box: Box, connectivity: Connectivity): Components {
	const room = grownBox(box, 1);
	const [nx, ny, nz] = boxSize(room);
	const labels = new Int32Array(nx * ny * nz);
	const parents = [0];
	const steps = neighboursBefore(connectivity);
	const offsets = (wanted: readonly Dims[]) => Int32Array.from(wanted, ([dx, dy, dz]) => dx + nx * (dy + ny * dz));
	const all = offsets(steps);
	// The others are neighbours of the voxel to the left too: where that is inside, they are one with it already.
	const fresh = offsets([[-1, 0, 0], ...steps.filter((step) => !isShared(step, steps))]);
	for (let z = 1; z < nz - 1; z++)
		for (let y = 1; y < ny - 1; y++) {
			const row = room.min[0] + dims[0] * (room.min[1] + y + dims[1] * (room.min[2] + z));
			const out = nx * (y + ny * z);
			for (let x = 1; x < nx - 1; x++)
				if (mask[row + x] !== 0)
					labels[out + x] = join(labels, out + x, labels[out + x - 1] === 0 ? all : fresh, parents);
		}
	return number(
		labels,
		[nx, ny, nz],
		room,
		parents.map((_, label) => rootOf(label, parents)),
	);
}

function rootOf(label: number, parents: readonly number[]): number {
	let at = label;
	while (parents[at]! !== at) at = parents[at]!;
	return at;
}

/** The number for a voxel: the lowest among its neighbours, which become one, or a new one. */
function join(labels: Int32Array, at: number, before: Int32Array, parents: number[]): number {
	let label = 0;
	for (let n = 0; n < before.length; n++) {
		const other = labels[at + before[n]!]!;
		if (other === 0 || other === label) continue;
		const found = rootOf(other, parents);
		if (label === 0 || found === label) label = found;
		else {
			// The lower number stays, so that parts keep the order in which they were met.
			const [low, high] = found < label ? [found, label] : [label, found];
			parents[high] = low;
			label = low;
		}
	}
	if (label !== 0) return label;
	parents.push(parents.length);
	return parents.length - 1;
}

/** Gives the parts the numbers 1, 2, … and measures them. */
function number(labels: Int32Array, size: Dims, box: Box, roots: readonly number[]): Components {
	const numbers = new Int32Array(roots.length);
	let count = 0;
	for (const [label, root] of roots.entries()) if (label > 0 && label === root) numbers[label] = ++count;
	const voxels = new Array<number>(count).fill(0);
	const low = Array.from({ length: count }, () => [...size] as [number, number, number]);
	const high = Array.from({ length: count }, () => [-1, -1, -1] as [number, number, number]);
	for (let z = 0, n = 0; z < size[2]; z++)
		for (let y = 0; y < size[1]; y++)
			for (let x = 0; x < size[0]; x++, n++) {
				const label = labels[n]!;
				if (label === 0) continue;
				const part = numbers[roots[label]!]! - 1;
				labels[n] = part + 1;
				voxels[part]!++;
				const [min, max] = [low[part]!, high[part]!];
				if (x < min[0]) min[0] = x;
				if (x > max[0]) max[0] = x;
				if (y < min[1]) min[1] = y;
				if (y > max[1]) max[1] = y;
				if (z < min[2]) min[2] = z;
				if (z > max[2]) max[2] = z;
			}
	const placed = (at: readonly number[]) => at.map((v, axis) => v + box.min[axis]!) as unknown as Dims;
	return { labels, box, voxels, boxes: low.map((min, part) => ({ min: placed(min), max: placed(high[part]!) })) };
}

/** Whether the neighbour a step away is the voxel to the left, or an earlier neighbour of that. */
function isShared([dx, dy, dz]: Dims, steps: readonly Dims[]): boolean {
	return (dx === -1 && dy === 0 && dz === 0) || steps.some(([sx, sy, sz]) => sx === dx + 1 && sy === dy && sz === dz);
}

/** The neighbours that come earlier in storage order. */
function neighboursBefore(connectivity: Connectivity): Dims[] {
	const most = connectivity === 6 ? 1 : connectivity === 18 ? 2 : 3;
	const steps: Dims[] = [];
	for (let dz = -1; dz <= 0; dz++)
		for (let dy = -1; dy <= 1; dy++)
			for (let dx = -1; dx <= 1; dx++) {
				const earlier = dz < 0 || dy < 0 || (dy === 0 && dx < 0);
				if (earlier && !(dz === 0 && dy > 0) && Math.abs(dx) + Math.abs(dy) + Math.abs(dz) <= most)
					steps.push([dx, dy, dz]);
			}
	return steps;
}
