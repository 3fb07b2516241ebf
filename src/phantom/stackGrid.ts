import type { Grid } from '../grid/grid.ts';
import type { Stack } from '../schemas/caseRecipe.ts';
import { cosDeg, sinDeg } from './math.ts';

/** The grid of a stack of slices: its affine in RAS mm, voxels stored as the recipe says. */
export function stackGrid({ matrix, slices, pixelMm, sliceMm, gapMm, tiltDeg, centreMm, stored }: Stack): Grid {
	const sine = sinDeg(tiltDeg);
	const cosine = cosDeg(tiltDeg);
	const right = stored === 'RAS' ? pixelMm : -pixelMm;
	const front = stored === 'LPS' ? -pixelMm : pixelMm;
	const stepMm = sliceMm + gapMm;
	const columns = [
		[right, 0, 0],
		[0, front * cosine, front * sine],
		[0, -stepMm * sine, stepMm * cosine],
	] as const;
	const middle = [(matrix[0] - 1) / 2, (matrix[1] - 1) / 2, (slices - 1) / 2] as const;
	const row = (r: 0 | 1 | 2) => {
		const [a, b, c] = [columns[0][r], columns[1][r], columns[2][r]];
		return [a, b, c, centreMm[r] - a * middle[0] - b * middle[1] - c * middle[2]];
	};
	return { dims: [matrix[0], matrix[1], slices], affine: [...row(0), ...row(1), ...row(2), 0, 0, 0, 1] };
}
