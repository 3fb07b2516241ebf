import { type Grid, invertAffine, multiplyAffine, sameGrid, voxelCount } from './grid.ts';

/**
 * Writes voxels in the storage order of another grid, where both grids have the same voxels at the same places and only
 * axis order or direction differ. Nothing is interpolated. Null where the grids differ in more than that.
 */
export function reorderVoxels(data: Uint8Array, from: Grid, to: Grid): Uint8Array | null {
	if (sameGrid(from, to)) return data;
	const axes = axesOf(from, to);
	if (!axes) return null;
	const strides = [1, from.dims[0], from.dims[0] * from.dims[1]];
	const step = [0, 0, 0];
	let start = 0;
	for (const [own, { axis, sign }] of axes.entries()) {
		step[axis] = strides[own]! * sign;
		if (sign < 0) start += strides[own]! * (from.dims[own]! - 1);
	}
	const out = new Uint8Array(voxelCount(to.dims));
	const [nx, ny, nz] = to.dims;
	for (let k = 0, n = 0; k < nz; k++)
		for (let j = 0; j < ny; j++) {
			let at = start + step[1]! * j + step[2]! * k;
			for (let i = 0; i < nx; i++, n++, at += step[0]!) out[n] = data[at]!;
		}
	return out;
}

/** Whether two grids have the same voxels at the same places, in whatever order they are stored. */
export function samePlaces(a: Grid, b: Grid): boolean {
	return sameGrid(a, b) || axesOf(a, b) !== null;
}

/** For each axis of `from`, the axis of `to` that runs along it, and whether the same way; null where none does. */
function axesOf(from: Grid, to: Grid): { readonly axis: number; readonly sign: number }[] | null {
	const map = multiplyAffine(invertAffine(from.affine), to.affine);
	const axes = [0, 1, 2].map((row) => {
		const cells = [0, 1, 2].map((column) => Math.round(map[row * 4 + column]!));
		const axis = cells.findIndex((cell) => Math.abs(cell) === 1);
		return { axis, sign: Math.sign(cells[axis] ?? 0) };
	});
	if (new Set(axes.map(({ axis }) => axis)).size < 3) return null;
	if (axes.some(({ axis }, own) => from.dims[own] !== to.dims[axis])) return null;
	const toFrom = axes.flatMap(({ axis, sign }, own) => [
		...[0, 1, 2].map((column) => (column === axis ? sign : 0)),
		sign < 0 ? from.dims[own]! - 1 : 0,
	]);
	const affine = multiplyAffine(from.affine, [...toFrom, 0, 0, 0, 1]);
	// Rounding proposed the axes; only if every corner then falls into place are the grids the same.
	return sameGrid({ dims: to.dims, affine }, to) ? axes : null;
}
