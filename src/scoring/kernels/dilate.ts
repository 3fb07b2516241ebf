import type { Dims } from '../../grid/grid.ts';
import { boxSize } from './boxes.ts';
import type { Box } from './kernels.ts';

/**
 * Grows a mask by its 18 neighbours (those that share a face or an edge), `iterations` times. Gives the voxels of `box`
 * only, x fastest, 1 inside. The box must hold the mask with `iterations` + 1 voxels of room on every side; it may reach
 * beyond the grid. The mask is only read.
 * Source: BraTS-2023-Metrics at 43c9052, which uses SciPy's structuring element of rank 3 and connectivity 2.
 */
export function dilate18(mask: Uint8Array, dims: Dims, box: Box, iterations: number): Uint8Array<ArrayBuffer> {
	const [nx, ny, nz] = boxSize(box);
	const grown = new Uint8Array(nx * ny * nz);
	let edge: number[] = [];
	const room = iterations + 1;
	for (let z = room; z < nz - room; z++)
		for (let y = room; y < ny - room; y++) {
			const row = box.min[0] + dims[0] * (box.min[1] + y + dims[1] * (box.min[2] + z));
			const out = nx * (y + ny * z);
			for (let x = room; x < nx - room; x++) {
				if (mask[row + x] === 0) continue;
				grown[out + x] = 1;
				edge.push(out + x);
			}
		}
	const steps = Int32Array.from(EIGHTEEN, ([dx, dy, dz]) => dx + nx * (dy + ny * dz));
	for (let iteration = 0; iteration < iterations; iteration++) {
		// Only what was added last can add anything new.
		const added: number[] = [];
		for (const n of edge)
			for (let s = 0; s < steps.length; s++) {
				const other = n + steps[s]!;
				if (grown[other] !== 0) continue;
				grown[other] = 1;
				added.push(other);
			}
		edge = added;
	}
	return grown;
}

const EIGHTEEN: readonly Dims[] = [-1, 0, 1].flatMap((dz) =>
	[-1, 0, 1].flatMap((dy) =>
		[-1, 0, 1]
			.filter((dx) => dx !== 0 || dy !== 0 || dz !== 0)
			.filter((dx) => Math.abs(dx) + Math.abs(dy) + Math.abs(dz) < 3)
			.map((dx) => [dx, dy, dz] as const),
	),
);
