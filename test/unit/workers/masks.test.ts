import { describe, expect, it } from 'vitest';
import { writeNifti } from '../../../src/formats/niftiWrite.ts';
import { type Grid, voxelCount } from '../../../src/grid/grid.ts';
import type { MaskMeaning } from '../../../src/importers/placeMasks.ts';
import type { Region } from '../../../src/protocol/protocol.ts';
import { inspectMasks, takeMasks } from '../../../src/workers/masks.ts';

const GRID: Grid = { dims: [6, 5, 4], affine: [-1, 0, 0, 3, 0, -2, 0, 4, 0, 0, 5, -6, 0, 0, 0, 1] };
/** The same places with i running the other way. */
const TURNED: Grid = { dims: [6, 5, 4], affine: [1, 0, 0, -2, 0, -2, 0, 4, 0, 0, 5, -6, 0, 0, 0, 1] };
/** Half the voxels along i, over the same places. */
const COARSE: Grid = { dims: [3, 5, 4], affine: [-2, 0, 0, 2.5, 0, -2, 0, 4, 0, 0, 5, -6, 0, 0, 0, 1] };

const LABELS = new Uint8Array(voxelCount(GRID.dims));
for (const [index, value] of [
	[0, 1],
	[1, 2],
	[8, 4],
	[9, 4],
] as const)
	LABELS[index] = value;

const blob = (data = LABELS, grid = GRID) => ({
	name: 'a.nii',
	file: new Blob([writeNifti({ grid, data })]),
	others: new Map(),
});

async function taken(meaning: MaskMeaning, grids: ReadonlyMap<Region, Grid>, file = blob()) {
	const result = await takeMasks(file, meaning, grids);
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return new Map([...result.value].map(([region, mask]) => [region, elements(mask)]));
}

function elements(mask: Uint8Array): number[] {
	return [...mask.keys()].filter((n) => mask[n] !== 0);
}

describe('inspectMasks', () => {
	it('counts what is in the file', async () => {
		const found = await inspectMasks(blob());
		expect(found).toMatchObject({
			ok: true,
			value: {
				name: 'a.nii',
				grid: GRID,
				segments: [
					{ name: '1', voxels: 1 },
					{ name: '2', voxels: 1 },
					{ name: '4', voxels: 2 },
				],
			},
		});
	});

	it('gives the issues of a file that is no mask', async () => {
		const found = await inspectMasks({ name: 'a.nii', file: new Blob([]), others: new Map() });
		expect(found).toMatchObject({ ok: false, issues: [{ code: 'file.empty', path: 'a.nii' }] });
	});
});

describe('takeMasks', () => {
	it('takes every voxel for one region, labels for those they make up, segments for theirs', async () => {
		const grids = new Map<Region, Grid>([
			['WT', GRID],
			['ET', GRID],
		]);
		expect(await taken({ kind: 'region', region: 'WT' }, new Map([['WT', GRID]]))).toEqual(
			new Map([['WT', [0, 1, 8, 9]]]),
		);
		expect(await taken({ kind: 'labels', scheme: 'brats2018' }, grids)).toEqual(
			new Map([
				['WT', [0, 1, 8, 9]],
				['ET', [8, 9]],
			]),
		);
		expect(await taken({ kind: 'segments', regions: ['WT', 'ET', 'WT'] }, grids)).toEqual(
			new Map([
				['WT', [0, 8, 9]],
				['ET', [1]],
			]),
		);
	});

	it('puts another order right and carries over from another grid by the nearest voxel', async () => {
		const whole: MaskMeaning = { kind: 'region', region: 'WT' };
		expect(await taken(whole, new Map([['WT', TURNED]]))).toEqual(new Map([['WT', [4, 5, 8, 9]]]));
		const coarse = new Uint8Array(voxelCount(COARSE.dims));
		coarse[1] = 1;
		expect(await taken(whole, new Map([['WT', GRID]]), blob(coarse, COARSE))).toEqual(new Map([['WT', [2, 3]]]));
	});

	it('refuses labels that the edition does not know', async () => {
		const result = await takeMasks(blob(), { kind: 'labels', scheme: 'brats2023' }, new Map([['WT', GRID]]));
		expect(result).toMatchObject({ ok: false, issues: [{ code: 'labels.unknown' }] });
	});
});
