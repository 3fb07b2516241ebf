import { type Grid, voxelCount, voxelVolumeMl } from '../grid/grid.ts';
import { components } from '../scoring/kernels/components.ts';

/** A part of less is too small to be told apart. */
const LEAST_PART_ML = 0.05;

/** Numbers the connected parts of masks one mask after the other, from 1; small parts have no number. */
export function numberParts(masks: readonly Uint8Array[], grid: Grid): Uint8Array {
	const { dims } = grid;
	const whole = { min: [0, 0, 0], max: [dims[0] - 1, dims[1] - 1, dims[2] - 1] } as const;
	const numbers = new Uint8Array(voxelCount(dims));
	const least = LEAST_PART_ML / voxelVolumeMl(grid);
	let last = 0;
	for (const mask of masks) {
		const { labels, voxels } = components(mask, dims, whole, 26);
		const [rx, ry] = [dims[0] + 2, dims[1] + 2];
		const own = [0, ...voxels.map((count) => (count < least || last === 255 ? 0 : ++last))];
		for (let n = 0, k = 0; k < dims[2]; k++)
			for (let j = 0; j < dims[1]; j++)
				for (let i = 0; i < dims[0]; i++, n++) numbers[n]! += own[labels[i + 1 + rx * (j + 1 + ry * (k + 1))]!]!;
	}
	return numbers;
}
