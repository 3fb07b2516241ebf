import type { Grid } from '../../grid/grid.ts';
import { rasView } from '../../grid/rasView.ts';
import type { ReferenceLayer } from '../../scoring/findings/finding.ts';
import { voxelOn } from './voxelOn.ts';

/**
 * Whether a voxel of a grid lies in the brain, as far as the layer of fluid tells, which surrounds it: between the fluid to
 * its left and right and that before and behind it, in its axial slice. Lines without fluid take it from those beside them.
 */
export function brainWithin({ labels, grid }: ReferenceLayer): (on: Grid) => (element: number) => boolean {
	const { dims, affine } = rasView(grid);
	const [nx, ny, nz] = dims;
	const [left, right] = [new Int16Array(ny * nz).fill(nx), new Int16Array(ny * nz).fill(-1)];
	const [back, front] = [new Int16Array(nx * nz).fill(ny), new Int16Array(nx * nz).fill(-1)];
	const toAxial = voxelOn({ dims, affine }, grid);
	for (let n = 0; n < labels.length; n++) {
		if (labels[n] === 0) continue;
		const at = toAxial(n);
		const line = Math.floor(at / nx);
		const [x, y] = [at - line * nx, line % ny];
		const column = x + nx * Math.floor(line / ny);
		if (x < left[line]!) left[line] = x;
		if (x > right[line]!) right[line] = x;
		if (y < back[column]!) back[column] = y;
		if (y > front[column]!) front[column] = y;
	}
	const [most, least] = [(a: number, b: number) => (a > b ? a : b), (a: number, b: number) => (a < b ? a : b)];
	const lines = [widest(left, ny, least), widest(right, ny, most)] as const;
	const columns = [widest(back, nx, least), widest(front, nx, most)] as const;
	return (on) => {
		const to = voxelOn({ dims, affine }, on);
		return (element) => {
			const at = to(element);
			if (at < 0) return false;
			const line = Math.floor(at / nx);
			const [x, y] = [at - line * nx, line % ny];
			const column = x + nx * Math.floor(line / ny);
			return lines[0][line]! < x && x < lines[1][line]! && columns[0][column]! < y && y < columns[1][column]!;
		};
	};
}

/** How many lines to either side help one that has no fluid. */
const BESIDE = 8;

/** The farthest of each line of a slice and those beside it. */
function widest(ends: Int16Array, length: number, farther: (a: number, b: number) => number): Int16Array {
	return ends.map((own, n) => {
		const start = n - (n % length);
		let end = own;
		for (let at = Math.max(start, n - BESIDE); at <= Math.min(start + length - 1, n + BESIDE); at++)
			end = farther(end, ends[at]!);
		return end;
	});
}
