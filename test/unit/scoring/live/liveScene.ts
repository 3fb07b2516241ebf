import { readFileSync } from 'node:fs';
import type { Grid } from '../../../../src/grid/grid.ts';
import { cutFluid, cutRegion, viewGrid } from '../../../../src/mask/liveCut.ts';
import { RegionMask } from '../../../../src/mask/regionMask.ts';
import type { Family, Region, Sequence } from '../../../../src/protocol/protocol.ts';
import { findingsPolicySchema } from '../../../../src/schemas/findingsPolicy.ts';
import { checkLive } from '../../../../src/scoring/live/checkLive.ts';
import type { LiveCheck, LiveInput } from '../../../../src/scoring/live/live.ts';

const { limits } = findingsPolicySchema.parse(JSON.parse(readFileSync('content/policy/findings.json', 'utf8')));

/** 2 × 2 × 3 mm, stored to the right, to the front, to the head. */
export const GRID: Grid = { dims: [48, 40, 12], affine: [2, 0, 0, -47, 0, 2, 0, -39, 0, 0, 3, 0, 0, 0, 0, 1] };
/** Twice as many slices of half the distance, stored from the left to the back. */
const FINE: Grid = { dims: [48, 40, 24], affine: [-2, 0, 0, 47, 0, -2, 0, 39, 0, 0, 1.5, -0.75, 0, 0, 0, 1] };

/** A box of voxels of the view: x, y, slice, size along each. */
export type Box = readonly [x: number, y: number, slice: number, nx: number, ny: number, slices: number];

/** The ventricle of every scene. */
const VENTRICLE: Box = [34, 14, 3, 8, 12, 6];

/** A mask of some boxes without others. */
export function maskOf(boxes: readonly Box[], without: readonly Box[] = [], grid = GRID): RegionMask {
	const mask = new RegionMask(grid);
	for (const [value, all] of [
		[1, boxes],
		[0, without],
	] as const)
		for (const [x, y, slice, nx, ny, slices] of all)
			for (let k = slice; k < slice + slices; k++)
				for (let j = y; j < y + ny; j++) for (let i = x; i < x + nx; i++) mask.set(mask.index(i, j, k), k, value);
	return mask;
}

const WHOLE: Box = [8, 8, 2, 22, 22, 8];
const BODY: Box = [13, 13, 3, 12, 12, 6];
const CORE: Box = [16, 16, 4, 6, 6, 4];

/** A drawing without a fault, by family. */
export function faultless(family: Family): Map<Region, RegionMask> {
	if (family === 'metastasis')
		return new Map([
			['WT', maskOf([WHOLE, [28, 2, 8, 10, 10, 4]])],
			['EN', maskOf([BODY, [30, 4, 9, 6, 6, 2]])],
		]);
	const rest: [Region, RegionMask][] = [
		['ET', maskOf([BODY], [CORE])],
		['TB', maskOf([BODY])],
		['NE', maskOf([CORE])],
	];
	return new Map(family === 'glioma' ? [['WT', maskOf([WHOLE])], ...rest] : [['ED', maskOf([WHOLE], [BODY])], ...rest]);
}

/** FLAIR or T2 with a ventricle, a tumour, and necrosis that looks like fluid. */
function image(fluid: number, tumour: number) {
	const data = new Float32Array(48 * 40 * 12).fill(100);
	for (const [value, box] of [
		[tumour, WHOLE],
		[fluid, CORE],
		[fluid, VENTRICLE],
	] as const) {
		const mask = maskOf([box]).data;
		for (let n = 0; n < mask.length; n++) if (mask[n] !== 0) data[n] = value;
	}
	return { grid: GRID, data, tissue: 100 };
}

/** Everything looked at, told and gone over, as far as it is not changed. */
export function liveInput(
	family: Family,
	masks: ReadonlyMap<Region, RegionMask>,
	change: Partial<LiveInput> = {},
): LiveInput {
	const regions = [...masks].flatMap(([region, mask]) => cutRegion(region, mask) ?? []);
	const outer = regions.find(({ region }) => region === 'WT' || region === 'ED');
	const grids = new Map<Sequence, Grid>();
	for (const sequence of ['FLAIR', 'T1', 'T1C', 'T2'] as const)
		grids.set(sequence, viewGrid(sequence === 'T1' ? FINE : GRID));
	return {
		family,
		regions,
		grids,
		looked: lookedAt(grids),
		windowed: new Set(['FLAIR']),
		margin: 'blurred',
		lesions: family === 'metastasis' ? 2 : 1,
		importedFrom: new Map(),
		proposals: new Set(),
		noneSeen: new Set(),
		fluid: outer ? cutFluid(outer, image(20, 150), image(200, 130)) : null,
		...change,
	};
}

/** All slices but some. */
export function lookedAt(
	grids: ReadonlyMap<Sequence, Grid>,
	but: Partial<Record<Sequence, readonly number[]>> = {},
): Map<Sequence, Set<number>> {
	return new Map(
		[...grids].map(([sequence, { dims }]) => {
			const slices = Array.from({ length: dims[2] }, (_, n) => n);
			return [sequence, new Set(slices.filter((slice) => !but[sequence]?.includes(slice)))];
		}),
	);
}

export function check(input: LiveInput): readonly LiveCheck[] {
	return checkLive(input, limits);
}

/** What needs attention. */
export function open(input: LiveInput): readonly LiveCheck[] {
	return check(input).filter(({ status }) => status === 'attention');
}
