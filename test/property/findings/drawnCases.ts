import { type Grid, ijkToXyz, voxelCount } from '../../../src/grid/grid.ts';
import { rasView } from '../../../src/grid/rasView.ts';
import { FAMILY_REGIONS, type Family, REGION_SEQUENCE, type Region } from '../../../src/protocol/protocol.ts';
import type { DrawnRegion } from '../../../src/scoring/findings/finding.ts';
import { ijkOf, sliceOf } from '../../../src/scoring/findings/place.ts';

/** Numbers from 0 to 1, the same for a seed. */
export function randomOf(seed: number): () => number {
	let state = (seed * 2654435761 + 12345) >>> 0;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

type Mm = readonly [number, number, number];
/** An ellipsoid in world mm. */
export interface Ball {
	readonly centre: Mm;
	readonly half: Mm;
}

/** A tumour: for each region a test of a place in world mm, and its lesions. */
export interface Tumour {
	readonly family: Family;
	readonly inside: Readonly<Partial<Record<Region, (xyz: Mm) => boolean>>>;
	/** Balls of the region on which lesions are counted. */
	readonly lesions: readonly Ball[];
}

export function isIn({ centre, half }: Ball, xyz: Mm, swell = 0): boolean {
	const u = (xyz[0] - centre[0]) / (half[0] + swell);
	const v = (xyz[1] - centre[1]) / (half[1] + swell);
	const w = (xyz[2] - centre[2]) / (half[2] + swell);
	return u * u + v * v + w * w <= 1;
}

/** A head of 104 × 112 × 80 mm: isotropic, thick axial slices, thin sagittal storage from the left. */
const GRIDS: readonly Grid[] = [
	grid([0, 1, 2], [1.3, 1.3, 1.3]),
	grid([0, 1, 2], [0.9, 0.9, 5]),
	grid([1, 2, 0], [1.2, 1.2, 1.4]),
	grid([0, 1, 2], [1, 1, 3]),
];

/** Stored axes run along these world axes. */
function grid(axes: readonly number[], spacing: Mm): Grid {
	const size = axes.map((axis, n) => Math.round([104, 112, 80][axis]! / spacing[n]!)) as unknown as Grid['dims'];
	const rows = [0, 1, 2].flatMap((row) => [
		...axes.map((axis, n) => (axis === row ? spacing[n]! : 0)),
		[-52, -56, -40][row]!,
	]);
	return { dims: size, affine: [...rows, 0, 0, 0, 1] };
}

export const FAMILIES = ['glioma', 'metastasis', 'meningioma', 'pcnsl'] as const;

/** A tumour of a family, its size and place by the seed, always to one side. */
export function tumourOf(family: (typeof FAMILIES)[number], random: () => number): Tumour {
	const side = random() < 0.5 ? -1 : 1;
	const at: Mm = [side * (22 + 4 * random()), -8 + 16 * random(), -3 + 6 * random()];
	const r = 11 + 4 * random();
	const ball = (half: number, centre: Mm = at): Ball => ({ centre, half: [half, half * 1.1, half] });
	const shells = { whole: ball(r + 7), body: ball(r), core: ball(r * 0.62) };
	if (family === 'glioma' || family === 'meningioma') {
		const ring = (xyz: Mm) => isIn(shells.body, xyz) && !isIn(shells.core, xyz);
		const common = { ET: ring, TB: (xyz: Mm) => isIn(shells.body, xyz), NE: (xyz: Mm) => isIn(shells.core, xyz) };
		const outer = (xyz: Mm) => isIn(shells.whole, xyz);
		return family === 'glioma'
			? { family, inside: { WT: outer, ...common }, lesions: [shells.body] }
			: { family, inside: { ED: (xyz) => outer(xyz) && !isIn(shells.body, xyz), ...common }, lesions: [shells.body] };
	}
	const places: readonly Mm[] = [
		at,
		[at[0] - side * 4, at[1] + 34 * Math.sign(-at[1] || 1), at[2] + 12],
		[-side * 24, 6, -12],
	];
	const lesions = places.map((centre, n) => ball([r, 6 + 3 * random(), 5.5 + 2 * random()][n]!, centre));
	const en = (xyz: Mm) => lesions.some((lesion) => isIn(lesion, xyz));
	return { family, inside: { EN: en, WT: (xyz) => lesions.some((lesion) => isIn(lesion, xyz, 4)) }, lesions };
}

/** The masks of a tumour, each region on the grid of its sequence; reference and drawing are the same. */
export function drawn(tumour: Tumour, variant: number): DrawnRegion[] {
	const grids = new Map<string, Grid>();
	for (const [n, sequence] of ['FLAIR', 'T1C', 'T2'].entries())
		grids.set(sequence, GRIDS[(variant + n) % GRIDS.length]!);
	return FAMILY_REGIONS[tumour.family].map((region) => {
		const on = grids.get(REGION_SEQUENCE[region])!;
		const reference = paint(on, tumour.inside[region]!);
		return { region, grid: on, reference, prediction: reference.slice() };
	});
}

export function paint(on: Grid, inside: (xyz: Mm) => boolean): Uint8Array {
	const mask = new Uint8Array(voxelCount(on.dims));
	for (let n = 0; n < mask.length; n++) if (inside(ijkToXyz(on, ijkOf(n, on)))) mask[n] = 1;
	return mask;
}

/** Draws every region with a wavering hand: in each axial slice the outline swings in and out by up to a voxel. */
export function waver(regions: readonly DrawnRegion[], random: () => number): DrawnRegion[] {
	return regions.map((region) => {
		const view = rasView(region.grid);
		const [sx, sy] = view.strides;
		const prediction = region.reference.slice();
		const phase = Array.from({ length: view.dims[2] }, () => [random() * 6.28, 2 + Math.floor(random() * 4)] as const);
		for (let n = 0; n < prediction.length; n++) {
			const around = [sx, -sx, sy, -sy].map((step) => region.reference[n + step] ?? 0);
			const edge = around.some((value) => value !== region.reference[n]);
			if (!edge) continue;
			const [x, y] = ijkToXyz(region.grid, ijkOf(n, region.grid));
			const [shift, waves] = phase[sliceOf(n, view)]!;
			const swing = Math.sin(Math.atan2(y, x - (x > 0 ? 24 : -24)) * waves + shift);
			if (swing > 0.5 && region.reference[n] === 0) prediction[n] = 1;
			if (swing < -0.5 && region.reference[n] !== 0) prediction[n] = 0;
		}
		return { ...region, prediction };
	});
}
