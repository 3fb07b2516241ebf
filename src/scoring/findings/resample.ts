import { type Grid, invertAffine, multiplyAffine, sameGrid, voxelCount } from '../../grid/grid.ts';

/**
 * A mask or labels on another grid, by the nearest voxel: the value in which the centre of the new voxel falls. The mask
 * itself where the grids are the same. Beyond the old grid is 0.
 */
export function resampleLabels(mask: Uint8Array, from: Grid, to: Grid): Uint8Array {
	if (sameGrid(from, to)) return mask;
	const map = multiplyAffine(invertAffine(from.affine), to.affine);
	const [nx, ny, nz] = from.dims;
	const out = new Uint8Array(voxelCount(to.dims));
	for (let k = 0, n = 0; k < to.dims[2]; k++)
		for (let j = 0; j < to.dims[1]; j++) {
			const x0 = map[1]! * j + map[2]! * k + map[3]! + 0.5;
			const y0 = map[5]! * j + map[6]! * k + map[7]! + 0.5;
			const z0 = map[9]! * j + map[10]! * k + map[11]! + 0.5;
			for (let i = 0; i < to.dims[0]; i++, n++) {
				const x = Math.floor(map[0]! * i + x0);
				const y = Math.floor(map[4]! * i + y0);
				const z = Math.floor(map[8]! * i + z0);
				if (x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz) continue;
				out[n] = mask[x + nx * (y + ny * z)]!;
			}
		}
	return out;
}
