import { type Dims, type Grid, spacingMm, type XyzMm } from './grid.ts';

/** Planes of the body, in the order of the world axes that they are at right angles to. */
export const PLANES = ['sagittal', 'coronal', 'axial'] as const;
type Plane = (typeof PLANES)[number];

/** A volume as a stack of acquired slices. */
export interface SliceStack {
	/** Stored axis along which the slices are stacked. */
	readonly axis: 0 | 1 | 2;
	/** Plane of the body that the slices are nearest to; null where they are more than 45° off each. */
	readonly plane: Plane | null;
	/** Degrees between the slices and the plane of the body that they are nearest to. */
	readonly tiltDeg: number;
	/** From the middle of one slice to that of the next, at right angles to them. */
	readonly distanceMm: number;
	/** Number of slices. */
	readonly slices: number;
}

/** An axis whose voxels lie this many times farther apart than along both others is that of the slices. */
const CLEARLY_FARTHER = 1.2;

/**
 * Reads a grid as a stack of slices. The slices are stacked along the axis with clearly the largest spacing, else along
 * the last stored one, as converters from DICOM write it; a volume that was reoriented after a 3-D acquisition with equal
 * spacings no longer tells its plane.
 */
export function sliceStack(grid: Grid): SliceStack {
	const spacing = spacingMm(grid);
	const widest = spacing.indexOf(Math.max(...spacing)) as 0 | 1 | 2;
	const clear = spacing.every((mm, axis) => axis === widest || spacing[widest] >= CLEARLY_FARTHER * mm);
	const axis = clear ? widest : 2;
	const [u, v] = [column(grid, ((axis + 1) % 3) as 0 | 1 | 2), column(grid, ((axis + 2) % 3) as 0 | 1 | 2)];
	const cross: XyzMm = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
	const length = Math.sqrt(dot(cross, cross));
	const normal = cross.map((value) => value / length) as unknown as Dims;
	const cosines = normal.map(Math.abs);
	const cosine = Math.min(1, Math.max(...cosines));
	return {
		axis,
		plane: cosine > Math.SQRT1_2 ? PLANES[cosines.indexOf(Math.max(...cosines)) as 0 | 1 | 2] : null,
		tiltDeg: (Math.acos(cosine) * 180) / Math.PI,
		distanceMm: Math.abs(dot(column(grid, axis), normal)),
		slices: grid.dims[axis],
	};
}

function column({ affine: a }: Grid, axis: 0 | 1 | 2): XyzMm {
	return [a[axis]!, a[axis + 4]!, a[axis + 8]!];
}

function dot(a: XyzMm, b: XyzMm): number {
	return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
