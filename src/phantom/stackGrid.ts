import type { Grid, XyzMm } from '../grid/grid.ts';
import type { Stack } from '../schemas/caseRecipe.ts';
import { cosDeg, sinDeg } from './math.ts';

/** Body axes that i, j and k run along: 0 right–left, 1 front–back, 2 feet–head. */
const AXES = { axial: [0, 1, 2], sagittal: [1, 2, 0], coronal: [0, 2, 1] } as const;

/** The grid of a stack of slices: its affine in RAS mm, voxels stored as the recipe says. */
export function stackGrid(stack: Stack): Grid {
	const { plane = 'axial', matrix, slices, pixelMm, sliceMm, gapMm, tiltDeg, centreMm, stored } = stack;
	const sine = sinDeg(tiltDeg);
	const cosine = cosDeg(tiltDeg);
	const columns = AXES[plane].map((axis, n) => {
		const stepMm = (n === 2 ? sliceMm + gapMm : pixelMm) * (stored[axis] === 'RAS'[axis] ? 1 : -1);
		if (axis === 0) return [stepMm, 0, 0] as const;
		return axis === 1
			? ([0, stepMm * cosine, stepMm * sine] as const)
			: ([0, -stepMm * sine, stepMm * cosine] as const);
	}) as [XyzMm, XyzMm, XyzMm];
	const middle = [(matrix[0] - 1) / 2, (matrix[1] - 1) / 2, (slices - 1) / 2] as const;
	const row = (r: 0 | 1 | 2) => {
		const [a, b, c] = [columns[0][r], columns[1][r], columns[2][r]];
		return [a, b, c, centreMm[r] - a * middle[0] - b * middle[1] - c * middle[2]];
	};
	return { dims: [matrix[0], matrix[1], slices], affine: [...row(0), ...row(1), ...row(2), 0, 0, 0, 1] };
}
