import type { Volume, VoxelData } from '../formats/volume.ts';
import { type Grid, type Ijk, ijkToXyz, invertAffine, spacingMm, voxelVolumeMl, type XyzMm } from '../grid/grid.ts';
import { distanceTo } from '../mask/distance.ts';
import { REGION_SEQUENCE, type Region, type Sequence } from '../protocol/protocol.ts';
import type { CaseMeasures } from '../schemas/caseMeasures.ts';
import { type CaseRecipe, stackOf } from '../schemas/caseRecipe.ts';
import type { MadeLayer } from './acquire.ts';
import type { MadeVolume } from './makeCase.ts';
import { cubeRoot } from './math.ts';

/** Any change of what is measured bumps it, so that cases kept on disk are made again. */
export const MEASURES_VERSION = '1';

/** Brain around a region is looked at from here to there: beyond the fading margin, within sight. */
const AROUND_MM = [3, 12] as const;
/** Brain has water that moves less than this, 10⁻⁶ mm²/s; fluid more. */
const FLUID_ADC = 1800;

/** The volumes of a made case by what they are. */
export interface MadeParts {
	readonly series: ReadonlyMap<Sequence, Volume>;
	readonly masks: ReadonlyMap<Region, Volume>;
	readonly layers: ReadonlyMap<MadeLayer, Volume>;
}

/** An empty place for the volumes of a case, as `makeCase` gives them. */
export function gatherParts(): MadeParts & { add(made: MadeVolume): void } {
	const [series, masks, layers] = [
		new Map<Sequence, Volume>(),
		new Map<Region, Volume>(),
		new Map<MadeLayer, Volume>(),
	];
	return {
		series,
		masks,
		layers,
		add(made) {
			if (made.kind === 'series') series.set(made.sequence, made.volume);
			else if (made.kind === 'reference') masks.set(made.region, made.volume);
			else layers.set(made.layer, made.volume);
		},
	};
}

/**
 * Measures what makes a case hard, on its images and reference alone; slices as the recipe has them. Undefined without a
 * reference. Figures are rounded to two digits after the point.
 */
export function measureCase({ series, masks, layers }: MadeParts, recipe: CaseRecipe): CaseMeasures | undefined {
	if (masks.size === 0) return undefined;
	const outer = masks.get('WT') ?? masks.get('ED');
	const body = masks.get('TB') ?? masks.get('EN') ?? masks.get('WT');
	const margin = layers.get('uncertainWT') ?? layers.get('uncertainED');
	const lesions = lesionsMl(body, layers.get('lesions'));
	const adc = series.get('ADC');
	const flair = contrast(series.get('FLAIR'), outer, adc);
	const t1c = contrast(series.get('T1C'), masks.get('EN') ?? masks.get('ET'), adc);
	const ventricle = ventricleDistance(body, layers.get('csf'));
	const confounders = layers.get('confounders');
	const stacks = [...masks.keys()].map((region) => stackOf(recipe, REGION_SEQUENCE[region]));
	return {
		volumeMl: round(mlOf(outer) + (masks.has('ED') ? mlOf(body) : 0)),
		lesions: lesions.length,
		smallestMm: round(Math.min(...lesions.map((ml) => (ml > 0 ? cubeRoot((6000 * ml) / Math.PI) : 0)))),
		...(flair !== undefined && { flairContrast: round(flair) }),
		...(t1c !== undefined && { t1cContrast: round(t1c) }),
		uncertainShare: margin && outer ? round(mlOf(margin) / mlOf(union(outer, margin))) : 0,
		confounders: confounders ? new Set(confounders.data).size - 1 : 0,
		confoundersMl: round(mlOf(confounders)),
		...(ventricle !== undefined && { ventricleMm: round(ventricle) }),
		sliceMm: Math.max(...stacks.map((stack) => stack.sliceMm)),
		gapMm: Math.max(...stacks.map((stack) => stack.gapMm)),
	};
}

/** Volumes in ml of the lesions, by their layer where there is one; else the body is one. At least one. */
function lesionsMl(body: Volume | undefined, numbered: Volume | undefined): number[] {
	const voxels = new Map<number, number>();
	for (const value of numbered?.data ?? []) if (value !== 0) voxels.set(value, (voxels.get(value) ?? 0) + 1);
	if (!numbered || voxels.size === 0) return [mlOf(body)];
	return [...voxels.values()].map((count) => count * voxelVolumeMl(numbered.grid));
}

/** How a region stands out from the brain around it; undefined where there is none of the one or the other. */
function contrast(images: Volume | undefined, region: Volume | undefined, adc: Volume | undefined): number | undefined {
	if (!images || !region) return undefined;
	const within: number[] = [];
	const around: number[] = [];
	const water = adc && nearest(adc);
	visitAround(region, AROUND_MM[1], (n, distance, ijk) => {
		if (distance === 0) within.push(images.data[n]!);
		else if (distance >= AROUND_MM[0] && isBrain(water?.(ijkToXyz(images.grid, ijk)))) around.push(images.data[n]!);
	});
	if (within.length === 0 || around.length === 0) return undefined;
	const [inside, outside] = [sorted(within), sorted(around)];
	// Of a normal distribution the quartiles lie 1.349 standard deviations apart.
	const spread = (quantile(outside, 0.75) - quantile(outside, 0.25)) / 1.349;
	return spread > 0 ? (quantile(inside, 0.75) - quantile(outside, 0.5)) / spread : undefined;
}

/** Whether a value of the ADC map is that of brain, no fluid; where there is no map all is taken for brain. */
function isBrain(adc: number | undefined): boolean {
	return adc === undefined || (adc > 0 && adc < FLUID_ADC);
}

/** Least distance in mm of a body from the ventricles of a layer; undefined where it is more than AROUND_MM. */
function ventricleDistance(body: Volume | undefined, csf: Volume | undefined): number | undefined {
	if (!body || !csf) return undefined;
	const fluid = nearest(csf);
	let least: number | undefined;
	visitAround(body, AROUND_MM[1], (_, distance, ijk) => {
		if (distance < (least ?? Number.POSITIVE_INFINITY) && fluid(ijkToXyz(body.grid, ijk)) === 1) least = distance;
	});
	return least;
}

/** The value of the nearest voxel at a place; 0 outside. */
function nearest({ grid, data }: Volume): (xyz: XyzMm) => number {
	const inverse = { dims: grid.dims, affine: invertAffine(grid.affine) };
	const [nx, ny, nz] = grid.dims;
	return (xyz) => {
		const [i, j, k] = ijkToXyz(inverse, xyz);
		const [x, y, z] = [Math.round(i), Math.round(j), Math.round(k)];
		return x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz ? 0 : data[x + nx * (y + ny * z)]!;
	};
}

/** Visits every voxel up to some mm from a mask with its distance, 0 within it; none where the mask is empty. */
function visitAround(
	{ grid, data }: Volume,
	mostMm: number,
	visit: (n: number, distanceMm: number, ijk: Ijk) => void,
): void {
	const box = boxOf(data, grid);
	if (!box) return;
	const spacing = spacingMm(grid);
	const [nx, ny] = grid.dims;
	const low = box.map(([from], axis) => Math.max(0, from - Math.ceil(mostMm / spacing[axis]!)));
	const size = box.map(([, to], axis) => {
		const last = Math.min(grid.dims[axis]! - 1, to + Math.ceil(mostMm / spacing[axis]!));
		return last - low[axis]! + 1;
	}) as unknown as Grid['dims'];
	const [li, lj, lk] = low as unknown as Grid['dims'];
	const part = new Uint8Array(size[0] * size[1] * size[2]);
	eachIn(size, (n, i, j, k) => {
		part[n] = data[i + li + nx * (j + lj + ny * (k + lk))]! === 0 ? 0 : 1;
	});
	const distance = distanceTo(1, part, size, spacing);
	eachIn(size, (n, i, j, k) => {
		if (distance[n]! > mostMm) return;
		const at: Ijk = [i + li, j + lj, k + lk];
		visit(at[0] + nx * (at[1] + ny * at[2]), distance[n]!, at);
	});
}

/** First and last voxel that is not 0 along each axis; undefined without any. */
function boxOf(data: VoxelData, { dims: [nx, ny] }: Grid): (readonly [from: number, to: number])[] | undefined {
	const [low, high] = [
		[Infinity, Infinity, Infinity],
		[-1, -1, -1],
	];
	for (let n = 0; n < data.length; n++) {
		if (data[n] === 0) continue;
		const row = Math.floor(n / nx);
		for (const [axis, at] of [n - row * nx, row % ny, Math.floor(row / ny)].entries()) {
			low[axis] = Math.min(low[axis]!, at);
			high[axis] = Math.max(high[axis]!, at);
		}
	}
	return high[0] === -1 ? undefined : low.map((from, axis) => [from, high[axis]!] as const);
}

function eachIn([nx, ny, nz]: Grid['dims'], visit: (n: number, i: number, j: number, k: number) => void): void {
	for (let n = 0, k = 0; k < nz; k++) for (let j = 0; j < ny; j++) for (let i = 0; i < nx; i++, n++) visit(n, i, j, k);
}

function mlOf(mask: Volume | undefined): number {
	if (!mask) return 0;
	let voxels = 0;
	for (const value of mask.data) if (value !== 0) voxels++;
	return voxels * voxelVolumeMl(mask.grid);
}

/** What is in either of two masks on one grid. */
function union({ grid, data }: Volume, other: Volume): Volume {
	return { grid, data: Uint8Array.from(data, (value, n) => (value !== 0 || other.data[n] !== 0 ? 1 : 0)) };
}

function sorted(values: readonly number[]): Float64Array {
	return Float64Array.from(values).sort();
}

function quantile(values: Float64Array, share: number): number {
	return values[Math.round(share * (values.length - 1))]!;
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
