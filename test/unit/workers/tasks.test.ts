import { describe, expect, it } from 'vitest';
import { valueAt } from '../../../src/formats/intensityQuantiles.ts';
import { readNifti } from '../../../src/formats/nifti.ts';
import { writeNifti } from '../../../src/formats/niftiWrite.ts';
import type { VoxelData } from '../../../src/formats/volume.ts';
import { type Grid, voxelCount } from '../../../src/grid/grid.ts';
import type { Region, Sequence } from '../../../src/protocol/protocol.ts';
import { type CaseManifest, caseManifestSchema } from '../../../src/schemas/caseManifest.ts';
import type { CaseSource } from '../../../src/workers/caseSource.ts';
import { cleanCopy } from '../../../src/workers/inspect.ts';
import { keepReference, loadSeries, score } from '../../../src/workers/tasks.ts';

/** LPS, and no two axes alike. */
const GRID: Grid = { dims: [6, 5, 4], affine: [-1, 0, 0, 3, 0, -2, 0, 4, 0, 0, 5, -6, 0, 0, 0, 1] };
const MOVED: Grid = { ...GRID, affine: GRID.affine.map((v, n) => (n === 3 ? v + 1 : v)) };
const { signal } = new AbortController();
const never = signal;

const empty = () => new Uint8Array(voxelCount(GRID.dims));
const withVoxels = (...set: readonly (readonly [index: number, value: number])[]) => {
	const mask = empty();
	for (const [index, value] of set) mask[index] = value;
	return mask;
};

function made(
	files: Readonly<Record<string, { grid?: Grid; data: VoxelData } | Blob>>,
	rest: Partial<CaseManifest>,
): CaseSource {
	const blobs = new Map(
		Object.entries(files).map(([name, file]) => [
			name,
			file instanceof Blob ? file : new Blob([writeNifti({ grid: file.grid ?? GRID, data: file.data })]),
		]),
	);
	const manifest = caseManifestSchema.parse({
		schemaVersion: 1,
		id: 'made',
		origin: 'device',
		title: { zh: '', en: '' },
		subtitle: { zh: '', en: '' },
		family: 'glioma',
		synthetic: true,
		series: [{ file: 'flair.nii', bytes: 1, sequence: 'FLAIR' }],
		...rest,
	});
	return { kind: 'device', manifest, files: blobs };
}

const grids = (...sequences: readonly Sequence[]) => new Map(sequences.map((each) => [each, GRID] as const));
const perRegion = (...regions: readonly Region[]): Partial<CaseManifest> => ({
	reference: {
		kind: 'perRegion',
		masks: regions.map((region) => ({ region, file: `${region}.nii`, bytes: 1 })),
	},
});

async function reportOf(...args: Parameters<typeof score>) {
	const scored = await score(...args);
	if (!scored.ok) throw new Error(JSON.stringify(scored.issues));
	return scored.value;
}

/** Everything was drawn here, and no tool was kept. */
const DRAWN = { log: [], files: [] };

describe('loadSeries', () => {
	const data = Int16Array.from({ length: voxelCount(GRID.dims) }, (_, n) => n * 3 - 40);

	it('gives the voxels as stored, as a view into a file that says the same', async () => {
		const loaded = await loadSeries(made({ 'flair.nii': { data } }, {}), 'FLAIR', never);
		if (!loaded.ok) throw new Error('not loaded');
		const { value } = loaded;
		expect(value.sequence).toBe('FLAIR');
		expect(value.data).toEqual(data);
		expect(value.data.buffer).toBe(value.nifti);
		expect(value.grid.dims).toEqual(GRID.dims);
		expect(value.content).toEqual({ x: [0, 5], y: [0, 4] });
		const again = readNifti(value.nifti, 'again');
		expect(again.ok && again.value.data).toEqual(data);
		expect(again.ok && again.value.grid.affine).toEqual(value.grid.affine);
		const header = new DataView(value.nifti);
		expect(header.getFloat32(124, true)).toBeCloseTo(valueAt(value.quantiles, 100), 0);
		expect(header.getFloat32(128, true)).toBeCloseTo(valueAt(value.quantiles, 0), 0);
	});

	it.each([Uint8Array, Int16Array, Uint16Array, Int32Array, Float32Array])(
		'gives %o as it was kept from a file, and says again that nobody knows how it lies',
		async (Voxels) => {
			const voxels = Voxels.from([...data].map(Math.abs));
			const affine = [1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1];
			const grid: Grid = { dims: GRID.dims, affine };
			const file = writeNifti({ grid, data: voxels }, { orientation: 'none', description: 'smith' });
			const copy = await cleanCopy('smith.nii', new Blob([file]), new Map());
			if (!copy.ok) throw new Error('not kept');
			const loaded = await loadSeries(made({ 'flair.nii': copy.value }, {}), 'FLAIR', never);
			if (!loaded.ok) throw new Error('not loaded');
			expect(loaded.value.data).toEqual(voxels);
			expect(loaded.value.grid).toEqual(grid);
			expect(loaded.value.warnings.map(({ code }) => code)).toEqual(['nifti.noOrientation']);
		},
	);

	it('tells what is wrong with a file that cannot be read', async () => {
		const loaded = await loadSeries(made({ 'flair.nii': new Blob(['not a volume']) }, {}), 'FLAIR', never);
		expect(loaded.ok ? [] : loaded.issues.map(({ path }) => path)).toContain('flair.nii');
	});

	it('rejects with a TypeError where the file is not there, as a fetch without a network does', async () => {
		await expect(loadSeries(made({}, {}), 'FLAIR', never)).rejects.toThrow(TypeError);
	});

	it('throws on a sequence the case does not have', async () => {
		await expect(loadSeries(made({ 'flair.nii': { data } }, {}), 'T2', never)).rejects.toThrow(/got the sequence T2/);
	});
});

describe('score', () => {
	it('counts every region against its own mask, whatever value the mask has', async () => {
		const source = made(
			{ 'WT.nii': { data: withVoxels([1, 1], [2, 7], [40, 1]) }, 'ET.nii': { data: withVoxels([5, 1]) } },
			perRegion('WT', 'ET'),
		);
		const predictions = [{ region: 'WT' as const, data: withVoxels([2, 1], [3, 1]) }];
		const { report, references } = await reportOf(source, ['WT', 'ET'], grids('FLAIR', 'T1C'), predictions, DRAWN, {
			signal: never,
		});
		expect(report.unscored).toEqual([]);
		expect(report.regions.map(({ region, counts }) => [region, counts.tp, counts.fp, counts.fn])).toEqual([
			['WT', 1, 1, 2],
			['ET', 0, 0, 1],
		]);
		// The axial slice is the one of the stored third axis here: 30 voxels of 2 mm² each.
		expect(report.regions[0]?.slices).toEqual([
			{ slice: 0, missedMm2: 2, extraMm2: 2 },
			{ slice: 1, missedMm2: 2, extraMm2: 0 },
		]);
		expect(report.regions[0]?.referenceMl).toBeCloseTo(0.03, 12);
		expect([...references.keys()]).toEqual(['WT', 'ET']);
		expect(references.get('WT')).toEqual(withVoxels([1, 1], [2, 1], [40, 1]));
	});

	it('says which regions have no reference, another grid or no loaded sequence', async () => {
		const source = made(
			{
				'WT.nii': { data: empty() },
				'ET.nii': { grid: MOVED, data: empty() },
				'TB.nii': { data: empty() },
			},
			perRegion('WT', 'ET', 'TB'),
		);
		const { report, references } = await reportOf(source, ['WT', 'ET', 'TB', 'NE'], grids('FLAIR', 'T1C'), [], DRAWN, {
			signal: never,
		});
		expect(report.regions.map(({ region }) => region)).toEqual(['WT']);
		expect(report.unscored).toEqual([
			{ region: 'ET', reason: 'gridDiffers' },
			{ region: 'TB', reason: 'sequenceMissing' },
			{ region: 'NE', reason: 'noReference' },
		]);
		expect([...references.keys()]).toEqual(['WT']);
	});

	it('has no figures, only the reason, where neither drew anything', async () => {
		const source = made({ 'WT.nii': { data: empty() } }, perRegion('WT'));
		const { report } = await reportOf(source, ['WT'], grids('FLAIR'), [{ region: 'WT', data: empty() }], DRAWN, {
			signal: never,
		});
		const [score] = report.regions;
		for (const measure of [score?.dice, score?.sensitivity, score?.precision])
			expect(measure).toEqual({ kind: 'undefined', reason: 'bothEmpty' });
	});

	it('takes a multi-class mask apart as its scheme says', async () => {
		const data = withVoxels([0, 1], [1, 2], [2, 4], [3, 4]);
		const mask = { file: 'seg.nii', bytes: 1 };
		const source = made({ 'seg.nii': { data } }, { reference: { kind: 'multiClass', labels: 'brats2018', mask } });
		const regions = ['WT', 'TB', 'ET', 'NE'] as const;
		const { references } = await reportOf(source, regions, grids('FLAIR', 'T2', 'T1C'), [], DRAWN, { signal: never });
		const sizes = regions.map((region) => references.get(region)?.reduce((sum, v) => sum + v, 0));
		expect(sizes).toEqual([4, 3, 2, 1]);
	});

	it('refuses a mask whose labels the scheme does not know', async () => {
		const mask = { file: 'seg.nii', bytes: 1 };
		const source = made(
			{ 'seg.nii': { data: withVoxels([0, 9]) } },
			{ reference: { kind: 'multiClass', labels: 'brats2023', mask } },
		);
		const scored = await score(source, ['WT'], grids('FLAIR'), [], DRAWN, { signal: never });
		expect(scored.ok ? [] : scored.issues.map(({ path }) => path)).toEqual(['seg.nii']);
	});

	it('tells of every reference file that cannot be read at once', async () => {
		const broken = new Blob(['not a volume']);
		const source = made({ 'WT.nii': broken, 'ET.nii': broken }, perRegion('WT', 'ET'));
		const scored = await score(source, ['WT', 'ET'], grids('FLAIR', 'T1C'), [], DRAWN, { signal: never });
		expect(scored.ok ? [] : scored.issues.map(({ path }) => path)).toEqual(['WT.nii', 'ET.nii']);
	});

	it('looks at the layers a case has, and names those it has not', async () => {
		const source = made(
			{ 'WT.nii': { data: withVoxels([1, 1], [2, 1]) }, 'csf.nii': { data: withVoxels([3, 1], [4, 1], [9, 1]) } },
			{ ...perRegion('WT'), layers: [{ kind: 'csf', file: 'csf.nii', bytes: 1 }] },
		);
		const predictions = [{ region: 'WT' as const, data: withVoxels([1, 1], [2, 1], [3, 1], [4, 1], [9, 1]) }];
		const shares: number[] = [];
		const call = { signal: never, onProgress: (done: number) => shares.push(done) };
		const { report } = await reportOf(source, ['WT'], grids('FLAIR'), predictions, DRAWN, call);
		expect(report.findings?.unchecked).toEqual(['uncertain', 'confounders', 'notEnhancing']);
		expect(shares).toEqual([1 / 4, 1]);
	});

	it('tells of a layer that cannot be read', async () => {
		const source = made(
			{ 'WT.nii': { data: empty() }, 'csf.nii': new Blob(['not a volume']) },
			{ ...perRegion('WT'), layers: [{ kind: 'csf', file: 'csf.nii', bytes: 1 }] },
		);
		const scored = await score(source, ['WT'], grids('FLAIR'), [], DRAWN, { signal: never });
		expect(scored.ok ? [] : scored.issues.map(({ path }) => path)).toEqual(['csf.nii']);
	});

	it('scores nothing where the case has no reference', async () => {
		const { report, references } = await reportOf(made({}, {}), ['WT'], grids('FLAIR'), [], DRAWN, { signal: never });
		expect(report.regions).toEqual([]);
		expect(report.unscored).toEqual([{ region: 'WT', reason: 'noReference' }]);
		expect(references.size).toBe(0);
	});
});

describe('keepReference', () => {
	it('rejects where a file of the reference cannot be had', async () => {
		await expect(keepReference(made({}, perRegion('WT')), never)).rejects.toThrow(TypeError);
		await expect(keepReference(made({}, {}), never)).resolves.toBeUndefined();
	});
});
