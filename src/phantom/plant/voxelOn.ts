import { type AffineEntries, type Grid, invertAffine, multiplyAffine } from '../../grid/grid.ts';

/** The element of one grid in which the centre of another's voxel lies; -1 beyond it. */
export function voxelOn({ dims, affine }: Grid, from: Grid): (element: number) => number {
	const [a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3] = multiplyAffine(
		invertAffine(affine),
		from.affine,
	) as readonly number[] as AffineEntries;
	const [nx, ny] = from.dims;
	return (element) => {
		const k = Math.floor(element / (nx * ny));
		const j = Math.floor((element - k * nx * ny) / nx);
		const i = element - nx * (j + ny * k);
		const x = Math.floor(a0 * i + a1 * j + a2 * k + a3 + 0.5);
		const y = Math.floor(b0 * i + b1 * j + b2 * k + b3 + 0.5);
		const z = Math.floor(c0 * i + c1 * j + c2 * k + c3 + 0.5);
		if (x < 0 || y < 0 || z < 0 || x >= dims[0] || y >= dims[1] || z >= dims[2]) return -1;
		return x + dims[0] * (y + dims[1] * z);
	};
}
