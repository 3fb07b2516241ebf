import { type Grid, ijkToXyz, voxelCount } from '../../../src/grid/grid.ts';
import { maskName } from '../../../src/protocol/maskName.ts';
import { FAMILY_REGIONS, type Family, REGION_SEQUENCE, type Region } from '../../../src/protocol/protocol.ts';
import type { DrawnRegion, FindingsInput, ReferenceLayer } from '../../../src/scoring/findings/finding.ts';
import { ijkOf } from '../../../src/scoring/findings/place.ts';

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
interface Ball {
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

function isIn({ centre, half }: Ball, xyz: Mm, swell = 0): boolean {
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

function paint(on: Grid, inside: (xyz: Mm) => boolean): Uint8Array {
	return fill(on, (xyz) => (inside(xyz) ? 1 : 0));
}

/** A value for every voxel; the place is the same array each time, for speed. */
function fill({ dims, affine: a }: Grid, value: (xyz: Mm) => number): Uint8Array {
	const mask = new Uint8Array(voxelCount(dims));
	const xyz: [number, number, number] = [0, 0, 0];
	for (let k = 0, n = 0; k < dims[2]; k++)
		for (let j = 0; j < dims[1]; j++)
			for (let i = 0; i < dims[0]; i++, n++) {
				for (let axis = 0; axis < 3; axis++)
					xyz[axis] = a[4 * axis]! * i + a[4 * axis + 1]! * j + a[4 * axis + 2]! * k + a[4 * axis + 3]!;
				mask[n] = value(xyz);
			}
	return mask;
}

const TISSUES = ['csf', 'confounders', 'notEnhancing'] as const;

/** What lies around a tumour, close enough that a wavering hand touches it. */
function around(kind: (typeof TISSUES)[number], { lesions }: Tumour): (xyz: Mm) => number {
	const { centre, half } = lesions[0]!;
	const beside: Ball =
		kind === 'csf'
			? { centre: [centre[0], centre[1] + half[1] + 20, centre[2]], half: [9, 12, 12] }
			: kind === 'confounders'
				? { centre: [centre[0] * 0.4, centre[1] - half[1] - 14, centre[2]], half: [5, 5, 6] }
				: { centre: [centre[0], centre[1], centre[2] + half[2] + 5], half: [4, 6, 5] };
	return (xyz) => (isIn(beside, xyz) && !isIn(lesions[0]!, xyz) ? 1 : 0);
}

/** Every layer that a case of the family may have; an uncertain band in every other variant. */
function layersOf(tumour: Tumour, regions: readonly DrawnRegion[], variant: number): ReferenceLayer[] {
	const on = (sequence: string) => regions.find(({ region }) => REGION_SEQUENCE[region] === sequence)!.grid;
	const outer = regions[0]!;
	const layers: ReferenceLayer[] = TISSUES.map((kind) => {
		const grid = on(kind === 'notEnhancing' ? 'T1C' : 'FLAIR');
		const value = around(kind, tumour);
		const reference = outer.grid === grid ? outer.reference : null;
		const labels = new Uint8Array(voxelCount(grid.dims));
		for (let n = 0; n < labels.length; n++) if (reference?.[n] !== 1) labels[n] = value(ijkToXyz(grid, ijkOf(n, grid)));
		return { kind, region: null, grid, labels };
	});
	if (tumour.family === 'meningioma') {
		const { centre } = tumour.lesions[0]!;
		const lateral = (xyz: Mm) => Math.abs(xyz[0]) > Math.abs(centre[0]) + 5 && tumour.inside.ET!(xyz);
		layers.push({ kind: 'dura', region: null, grid: on('T1C'), labels: paint(on('T1C'), lateral) });
	}
	if (variant % 2 === 1) {
		const { grid, reference, region } = outer;
		const shell = paint(grid, (xyz) => isIn(tumour.lesions[0]!, xyz, 10)).map((value, n) =>
			reference[n] === 0 ? value : 0,
		);
		const body = paint(grid, (xyz) => isIn(tumour.lesions[0]!, xyz));
		layers.push({
			kind: 'uncertain',
			region,
			grid,
			labels: shell.map((value, n) => (body[n] === 0 ? value : 0)),
		});
	}
	return layers;
}

/** A drawing with everything that can be known of it. */
export function inputOf(tumour: Tumour, regions: readonly DrawnRegion[], variant: number): FindingsInput {
	const log = regions.map(({ region }) => ({ region, tool: 'brush' as const }));
	const series = new Map(regions.map(({ region, grid }) => [REGION_SEQUENCE[region], grid] as const));
	const masks = regions.map(({ region, grid }) => ({ region, grid, name: maskName('P0012', region) }));
	const files = { masks, series, patient: 'P0012' };
	return { family: tumour.family, regions, layers: layersOf(tumour, regions, variant), log, files };
}
