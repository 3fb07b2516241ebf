import { type Dims, type Grid, spacingMm } from '../grid/grid.ts';
import { formatIssue } from './formatIssue.ts';
import type { Issue } from './issue.ts';

/** A determinant below this share of the product of the column lengths is flat. */
const FLAT = 1e-4;
/** Axes further from a right angle than this are worth a word; rounding to float32 stays far below. */
const SHEAR_DEG = 0.5;
/** Spacings outside are another unit or nonsense; MR of a head is inside by an order of magnitude. */
const PLAUSIBLE_MM = [0.05, 50] as const;

/** The grid itself, or undefined where its affine is flat or has numbers that are none: nothing lies anywhere then. */
export function usableGrid(grid: Grid): Grid | undefined {
	const { affine: a } = grid;
	if (!a.every(Number.isFinite)) return undefined;
	const [x, y, z] = spacingMm(grid);
	const determinant =
		a[0]! * (a[5]! * a[10]! - a[6]! * a[9]!) -
		a[1]! * (a[4]! * a[10]! - a[6]! * a[8]!) +
		a[2]! * (a[4]! * a[9]! - a[5]! * a[8]!);
	return Math.abs(determinant) > FLAT * x * y * z && Number.isFinite(determinant) ? grid : undefined;
}

/**
 * A grid for a volume whose header does not say how it lies: i to the right, j to the front, k to the head, the first
 * voxel at the origin. Spacings in mm; one that is beyond 10⁻⁶ to 10⁶ or no number counts as 1, its sign is left out.
 */
export function madeUpGrid(dims: Dims, spacings: readonly number[]): Grid {
	const [x = 1, y = 1, z = 1] = spacings.map((mm) => (Math.abs(mm) >= 1e-6 && Math.abs(mm) <= 1e6 ? Math.abs(mm) : 1));
	return { dims, affine: [x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0, 0, 0, 0, 1] };
}

/** What a reader should know of where a volume lies: sheared axes, spacings that no head was scanned with. */
export function gridWarnings(grid: Grid, path: string): Issue[] {
	const warnings: Issue[] = [];
	const degrees = shearDeg(grid);
	if (degrees > SHEAR_DEG) warnings.push(formatIssue('nifti.sheared', path, { degrees: rounded(degrees, 1) }));
	const spacing = spacingMm(grid);
	if (spacing.some((mm) => mm < PLAUSIBLE_MM[0] || mm > PLAUSIBLE_MM[1]))
		warnings.push(formatIssue('nifti.spacing', path, { spacing: spacing.map((mm) => rounded(mm, 3)).join(' × ') }));
	return warnings;
}

/** Largest departure from a right angle between two axes, in degrees. */
function shearDeg({ affine: a }: Grid): number {
	const axis = (c: number) => [a[c]!, a[c + 4]!, a[c + 8]!] as const;
	const angle = (p: number, q: number) => {
		const [u, v] = [axis(p), axis(q)];
		const cosine = (u[0] * v[0] + u[1] * v[1] + u[2] * v[2]) / (Math.hypot(...u) * Math.hypot(...v));
		return Math.abs((Math.asin(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI);
	};
	return Math.max(angle(0, 1), angle(0, 2), angle(1, 2));
}

function rounded(value: number, digits: number): number {
	return Math.round(value * 10 ** digits) / 10 ** digits;
}
