import { type Dims, type Grid, ijkToXyz, sameGrid, spacingMm, type XyzMm } from './grid.ts';
import { samePlaces } from './reorder.ts';

/** Ways of the body, in the order of world axes: negative, positive. */
const WAYS = ['left', 'right', 'back', 'front', 'feet', 'head'] as const;
type Way = (typeof WAYS)[number];

/** How a mask's grid stands to that of the images it should belong to. */
export type GridDiagnosis =
	| { readonly kind: 'same' }
	/** The same voxels at the same places, stored in another order: can be rewritten without loss. */
	| { readonly kind: 'reordered' }
	/** The same grid seen in a mirror: an axis of the world has the wrong sign, as between LPS and RAS. */
	| { readonly kind: 'mirrored'; readonly axes: readonly ('leftRight' | 'frontBack' | 'headFeet')[] }
	/** The same grid, moved, in whatever order it is stored: by `mm`, most of it `towards`. */
	| { readonly kind: 'shifted'; readonly mm: number; readonly towards: Way }
	/** The matrix has the same lengths in another order, and lies elsewhere. */
	| { readonly kind: 'axisOrder'; readonly dims: Dims; readonly expected: Dims }
	/** The same matrix with other distances between voxels. */
	| { readonly kind: 'spacing'; readonly spacingMm: Dims; readonly expected: Dims }
	/** Another matrix over the same part of the body: cut or resampled. */
	| { readonly kind: 'matrix'; readonly dims: Dims; readonly expected: Dims }
	/** Another matrix, elsewhere: another series, or another patient. */
	| { readonly kind: 'unrelated'; readonly dims: Dims; readonly expected: Dims };

type Shifted = Extract<GridDiagnosis, { kind: 'shifted' }>;

/** Axes that are mirrored together when a tool mixes conventions up, most likely first. */
const MIRRORS = [[0, 1], [0], [1], [2], [0, 2], [1, 2], [0, 1, 2]] as const;
const AXES = ['leftRight', 'frontBack', 'headFeet'] as const;

/**
 * Says how the grid of a mask differs from that of its images. Only grids are compared, not what the mask holds.
 * Grids whose corners lie within 0.01 mm are the same.
 */
export function diagnoseGrid(mask: Grid, images: Grid): GridDiagnosis {
	if (sameGrid(mask, images)) return { kind: 'same' };
	if (samePlaces(mask, images)) return { kind: 'reordered' };
	for (const axes of MIRRORS) {
		const mirrored = mirror(mask, axes);
		if (samePlaces(mirrored, images)) return { kind: 'mirrored', axes: axes.map((axis) => AXES[axis]) };
	}
	const dims = mask.dims;
	const expected = images.dims;
	const shift = middleOf(mask).map((v, axis) => v - middleOf(images)[axis]!) as unknown as XyzMm;
	const back = mask.affine.map((v, at) => (at % 4 === 3 && at < 12 ? v - shift[(at - 3) / 4]! : v));
	if (samePlaces({ dims, affine: back }, images)) return shifted(shift);
	const alike = dims.every((n, axis) => n === expected[axis]);
	if (!alike) {
		const permuted = sorted(dims).every((n, axis) => n === sorted(expected)[axis]);
		if (permuted) return { kind: 'axisOrder', dims, expected };
		return { kind: overlap(mask, images) ? 'matrix' : 'unrelated', dims, expected };
	}
	const [own, theirs] = [spacingMm(mask), spacingMm(images)];
	if (own.some((s, axis) => Math.abs(s - theirs[axis]!) > 1e-3))
		return { kind: 'spacing', spacingMm: own, expected: theirs };
	return { kind: 'unrelated', dims, expected };
}

/** How a drawing lies that is off by some voxels of a grid. */
export function diagnoseMove({ affine: a }: Grid, [i, j, k]: Dims): Shifted {
	const along = (row: number) => a[row]! * i + a[row + 1]! * j + a[row + 2]! * k;
	return shifted([along(0), along(4), along(8)]);
}

function shifted(shift: XyzMm): Shifted {
	const sizes = shift.map(Math.abs);
	const axis = sizes.indexOf(Math.max(...sizes));
	const mm = Math.sqrt(shift[0] * shift[0] + shift[1] * shift[1] + shift[2] * shift[2]);
	return { kind: 'shifted', mm, towards: WAYS[axis * 2 + (shift[axis]! > 0 ? 1 : 0)]! };
}

/** Where the middle of a grid lies. */
function middleOf(grid: Grid): XyzMm {
	const [i, j, k] = grid.dims.map((n) => (n - 1) / 2) as unknown as Dims;
	return ijkToXyz(grid, [i, j, k]);
}

/** The grid with world axes turned round. */
function mirror({ dims, affine }: Grid, axes: readonly number[]): Grid {
	return { dims, affine: affine.map((v, at) => (axes.includes(Math.floor(at / 4)) && v !== 0 ? -v : v)) };
}

/** Whether the boxes around both grids share at least half of the smaller one. */
function overlap(a: Grid, b: Grid): boolean {
	const [p, q] = [extent(a), extent(b)];
	const size = (low: readonly number[], high: readonly number[]) =>
		low.reduce((product, v, axis) => product * Math.max(0, high[axis]! - v), 1);
	const low = p.low.map((v, axis) => Math.max(v, q.low[axis]!));
	const high = p.high.map((v, axis) => Math.min(v, q.high[axis]!));
	return size(low, high) >= Math.min(size(p.low, p.high), size(q.low, q.high)) / 2;
}

function extent(grid: Grid): { readonly low: number[]; readonly high: number[] } {
	const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
	const high = low.map((v) => -v);
	for (const i of [-0.5, grid.dims[0] - 0.5])
		for (const j of [-0.5, grid.dims[1] - 0.5])
			for (const k of [-0.5, grid.dims[2] - 0.5])
				for (const [axis, v] of ijkToXyz(grid, [i, j, k]).entries()) {
					low[axis] = Math.min(low[axis]!, v);
					high[axis] = Math.max(high[axis]!, v);
				}
	return { low, high };
}

function sorted(dims: Dims): number[] {
	return [...dims].sort((a, b) => a - b);
}
