import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readNifti } from '../../../src/formats/nifti.ts';
import { type Grid, voxelCount } from '../../../src/grid/grid.ts';
import type { Target } from '../../../src/protocol/target.ts';
import { buildReference, type DrawnTarget, hashMasks } from '../../../src/workers/reference.ts';

/** Stored from head to feet and left to right: numbers of parts must not follow the storage. */
const GRID: Grid = { dims: [6, 5, 4], affine: [-1, 0, 0, 3, 0, 1, 0, -2, 0, 0, -2, 4, 0, 0, 0, 1] };

function drawn(region: Target, ...elements: readonly number[]): DrawnTarget {
	const data = new Uint8Array(voxelCount(GRID.dims));
	for (const n of elements) data[n] = 1;
	return { region, grid: GRID, data };
}

const confirmed = (targets: readonly DrawnTarget[]) =>
	new Map(targets.map(({ region, data }) => [region, hashMasks([data])[0]!]));

function built(...targets: readonly DrawnTarget[]) {
	const reference = buildReference(targets, confirmed(targets), 'P1');
	if (!reference.ok) throw new Error(`got ${JSON.stringify(reference.issues)}, expected a reference`);
	const files = new Map(reference.value.files.map(({ name, bytes }) => [name, bytes]));
	const values = (file: string) => {
		const read = readNifti(files.get(file)!, file);
		if (!read.ok) throw new Error(`got ${JSON.stringify(read.issues)}, expected a readable ${file}`);
		expect(read.value.grid.dims).toEqual(GRID.dims);
		return Object.fromEntries([...read.value.data.entries()].filter(([, value]) => value !== 0));
	};
	return { ...reference.value, files, values };
}

describe('the files of a reference', () => {
	it('hash as the bytes of the voxels do elsewhere', () => {
		const { data } = drawn('WT', 3, 4);
		expect(hashMasks([data])).toEqual([createHash('sha256').update(data).digest('hex')]);
	});

	it('are a mask a region, named by the rule, also of a region that is empty', () => {
		const { reference, layers, files, values } = built(drawn('WT', 1, 2), drawn('ET'));
		expect(reference.masks.map(({ region, file }) => [region, file])).toEqual([
			['WT', 'P1_FLAIR_WT.nii.gz'],
			['ET', 'P1_T1C_ET.nii.gz'],
		]);
		expect(layers).toEqual([]);
		expect(values('P1_FLAIR_WT.nii.gz')).toEqual({ 1: 1, 2: 1 });
		expect(values('P1_T1C_ET.nii.gz')).toEqual({});
		for (const { file, sha256, bytes } of reference.masks) {
			expect(createHash('sha256').update(files.get(file)!).digest('hex')).toBe(sha256);
			expect(files.get(file)!.length).toBe(bytes);
		}
	});

	it('are a label map a layer: what shares one has its own value, and none is made of nothing', () => {
		const { layers, values } = built(
			drawn('ventricles', 1, 2),
			drawn('sulci', 2, 3),
			drawn('brightBefore', 10),
			drawn('vessels', 11),
			drawn('uncertainTB', 20),
			drawn('uncertainWT'),
			drawn('dura', 30),
		);
		expect(layers.map(({ file, sha256, bytes, ...about }) => [file, about])).toEqual([
			['P1_layer_csf.nii.gz', { kind: 'csf' }],
			['P1_layer_notEnhancing.nii.gz', { kind: 'notEnhancing' }],
			['P1_layer_uncertainTB.nii.gz', { kind: 'uncertain', region: 'TB' }],
			['P1_layer_dura.nii.gz', { kind: 'dura' }],
		]);
		expect(values('P1_layer_csf.nii.gz')).toEqual({ 1: 1, 2: 1, 3: 2 });
		expect(values('P1_layer_notEnhancing.nii.gz')).toEqual({ 10: 1, 11: 2 });
		expect(values('P1_layer_uncertainTB.nii.gz')).toEqual({ 20: 1 });
	});

	it('number what is not tumour by its parts, from feet to head', () => {
		// The last stored slice lies at the feet. Two voxels that share a corner are one part.
		const { values } = built(drawn('WT', 0), drawn('confounders', 0, 90, 97));
		expect(values('P1_layer_confounders.nii.gz')).toEqual({ 0: 2, 90: 1, 97: 1 });
	});

	it('are refused where a mask is not the one that was confirmed, or one is gone', () => {
		const [wt, et] = [drawn('WT', 1), drawn('ET', 2)];
		const hashes = confirmed([wt, et]);
		const changed = (region: string) => ({ code: 'reference.changed', path: region, params: { region } });
		expect(buildReference([drawn('WT', 1, 5), et], hashes, 'P1')).toEqual({ ok: false, issues: [changed('WT')] });
		expect(buildReference([wt], hashes, 'P1')).toEqual({ ok: false, issues: [changed('ET')] });
		expect(buildReference([wt, et], hashes, 'P1').ok).toBe(true);
	});

	it('are refused where more is not tumour than a label map may number', () => {
		const grid: Grid = { dims: [64, 64, 1], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };
		const data = new Uint8Array(64 * 64);
		const specks = (count: number) => {
			data.fill(0);
			for (let n = 0; n < count; n++) data[2 * (n % 32) + 128 * Math.floor(n / 32)] = 1;
			const targets = [{ region: 'confounders' as const, grid, data }];
			return buildReference(targets, confirmed(targets), 'P1');
		};
		expect(specks(64).ok).toBe(true);
		expect(specks(65)).toEqual({
			ok: false,
			issues: [{ code: 'reference.parts', path: 'confounders', params: { limit: 64 } }],
		});
	});
});
