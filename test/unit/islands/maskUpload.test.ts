import { expect, test } from 'vitest';
import type { Result } from '../../../src/formats/issue.ts';
import type { Grid } from '../../../src/grid/grid.ts';
import { MaskUpload, type UploadTools } from '../../../src/islands/practice/maskUpload.ts';
import type { Region, Sequence } from '../../../src/protocol/protocol.ts';
import type { InspectedMasks, MaskBlob } from '../../../src/workers/masks.ts';

const grid: Grid = { dims: [2, 2, 2], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };
const t2: Grid = { ...grid, affine: grid.affine.map((v, n) => (n === 3 ? 9 : v)) };

/** A worker that knows its files by name. */
function setup(files: Readonly<Record<string, Partial<InspectedMasks> | 'broken' | 'gone'>>, patient?: string) {
	const taken: [Region, number[], string | null, Sequence][] = [];
	const tools: UploadTools = {
		manifest: { id: 'ring-01', family: 'glioma', patient },
		region: 'NE',
		grids: new Map<Sequence, Grid>([
			['FLAIR', grid],
			['T1C', grid],
			['T2', t2],
		]),
		take: (region, mask, { file, sequence }) => taken.push([region, [...mask], file, sequence]),
		bridge: {
			async inspectMasks(_, { name }: MaskBlob): Promise<Result<InspectedMasks>> {
				const file = files[name]!;
				if (file === 'gone') throw new DOMException('moved', 'NotFoundError');
				if (file === 'broken') return { ok: false, issues: [{ code: 'file.empty', path: name, params: {} }] };
				const labels = [{ value: 1, voxels: 1 }];
				return { ok: true, value: { name, grid, segments: [{ name: '1', voxels: 1 }], labels, warnings: [], ...file } };
			},
			async takeMasks(_, { name }, __, grids) {
				const mask = () => Uint8Array.from({ length: 8 }, (_, n) => (n === name.length % 8 ? 1 : 0));
				return { ok: true, value: new Map([...grids.keys()].map((region) => [region, mask()])) };
			},
		},
	};
	const upload = new MaskUpload(tools);
	const add = (...names: string[]) =>
		upload.add(names.map((path) => ({ path, bytes: 1, file: new File(['x'], path) })));
	return { upload, add, taken, tools };
}

test('files named by the rule are taken over at once, each on its own region', async () => {
	const { upload, add, taken } = setup({ 'P1_FLAIR_WT.nii': {}, 'P1_T1C_ET.nii.gz': {} });
	await add('P1_FLAIR_WT.nii', 'P1_T1C_ET.nii.gz');
	expect(upload.review().usable.map(({ region }) => region)).toEqual(['WT', 'ET']);
	expect(await upload.takeOver()).toEqual(['WT', 'ET']);
	expect(taken.map(([region, , file, sequence]) => [region, file, sequence])).toEqual([
		['WT', 'ring-01_FLAIR_WT.nii', 'FLAIR'],
		['ET', 'ring-01_T1C_ET.nii.gz', 'T1C'],
	]);
});

test('of the name of a file only what follows the rule is handed on, and never whom somebody else named', async () => {
	const handedOn = async (name: string, patient?: string) => {
		const { upload, add, taken } = setup({ [name]: {} }, patient);
		await add(name);
		upload.setMeaning(name, { kind: 'region', region: 'WT' });
		await upload.takeOver();
		return taken.map(([, , file]) => file);
	};
	expect(await handedOn('Zhang San WT.nii')).toEqual([null]);
	expect(await handedOn('ZhangSan_FLAIR_WT.nii')).toEqual(['ring-01_FLAIR_WT.nii']);
	expect(await handedOn('ZhangSan_FLAIR_WT.nii', 'P7')).toEqual([null]);
	expect(await handedOn('P7_T2_WT.nii.gz', 'P7')).toEqual(['P7_T2_WT.nii.gz']);
});

test('lesions of one region are joined', async () => {
	const { upload, add, taken } = setup({ 'P1_T1C_ET_L01.nii': {}, 'P1_T1C_ET_L02.nii.gz': {} });
	await add('P1_T1C_ET_L01.nii', 'P1_T1C_ET_L02.nii.gz');
	expect(await upload.takeOver()).toEqual(['ET']);
	expect(taken.at(-1)?.[1]).toEqual([0, 1, 0, 0, 1, 0, 0, 0]);
});

test('two files for one region wait until one of them is left out', async () => {
	const { upload, add, taken } = setup({ 'a.nii': {}, 'b.nii': {} });
	await add('a.nii', 'b.nii');
	expect(upload.review().issues).toMatchObject([{ code: 'mask.regionTwice', params: { region: 'NE' } }]);
	expect(await upload.takeOver()).toBeUndefined();
	expect(taken).toEqual([]);
	upload.setMeaning('b.nii', { kind: 'nothing' });
	expect(await upload.takeOver()).toEqual(['NE']);
});

test('a mask drawn on another sequence says on which; one on no grid of the case is not taken', async () => {
	const away = { ...grid, affine: grid.affine.map((v, n) => (n === 7 ? 4 : v)) };
	const { upload, add, taken } = setup({ 'P1_FLAIR_WT.nii': { grid: t2 }, 'P1_T1C_ET.nii': { grid: away } });
	await add('P1_FLAIR_WT.nii', 'P1_T1C_ET.nii');
	expect(upload.review().placed.map(({ fit }) => fit.kind)).toEqual(['otherSequence', 'misfit']);
	expect(await upload.takeOver()).toEqual(['WT']);
	expect(taken.map(([region, , , sequence]) => [region, sequence])).toEqual([['WT', 'T2']]);
});

test('a file that cannot be read says why, and the others are read all the same', async () => {
	const { upload, add } = setup({ 'a.nii': 'broken', 'b.nii': 'gone', 'c.nii': {} });
	await add('a.nii', 'b.nii', 'c.nii', 'notes.txt');
	expect(upload.state.broken.map(({ path, issues }) => [path, issues.map(({ code }) => code)])).toEqual([
		['a.nii', ['file.empty']],
		['b.nii', []],
	]);
	expect(upload.state.files.map(({ name }) => name)).toEqual(['c.nii']);
	expect(upload.state.leftOut).toEqual([{ path: 'notes.txt', reason: 'notImage' }]);
	expect(upload.state.reading).toBeUndefined();
});

test('a mended file takes the place of the one of its name', async () => {
	const files: Record<string, 'broken' | object> = { 'a.nii': 'broken' };
	const { upload, add } = setup(files);
	await add('a.nii');
	files['a.nii'] = {};
	await add('a.nii');
	expect(upload.state.broken).toEqual([]);
	expect(upload.state.files).toHaveLength(1);
});

test('files that come while others are read are read after them; two of one name in different folders stay two', async () => {
	const { upload, add } = setup({ 'a.nii': {}, 'b.nii': {} });
	const first = add('one/a.nii', 'two/a.nii');
	expect(upload.state.reading).toEqual({ done: 0, total: 2 });
	await add('b.nii');
	await first;
	expect(upload.state.files.map(({ path, name }) => [path, name])).toEqual([
		['one/a.nii', 'a.nii'],
		['two/a.nii', 'a.nii'],
		['b.nii', 'b.nii'],
	]);
	expect(upload.state.leftOut).toEqual([]);
});

test('a file that was moved before it is taken over is named, and nothing of the others is taken', async () => {
	const { upload, add, taken, tools } = setup({ 'P1_FLAIR_WT.nii': {}, 'P1_T1C_ET.nii': {} });
	await add('P1_FLAIR_WT.nii', 'P1_T1C_ET.nii');
	const { takeMasks } = tools.bridge;
	tools.bridge.takeMasks = async (call, blob, ...rest) => {
		if (blob.name === 'P1_T1C_ET.nii') throw new DOMException('moved', 'NotFoundError');
		return takeMasks(call, blob, ...rest);
	};
	expect(await upload.takeOver()).toBeUndefined();
	expect(upload.state.problem).toEqual({ path: 'P1_T1C_ET.nii', issues: [] });
	expect(taken).toEqual([]);
	expect(upload.state.taking).toBe(false);
});

test('of joined lesions the one that was drawn on another sequence is the one the score hears of', async () => {
	const { upload, add, taken } = setup({ 'P1_T1C_ET_L01.nii': { grid: t2 }, 'P1_T1C_ET_L02.nii': {} });
	await add('P1_T1C_ET_L01.nii', 'P1_T1C_ET_L02.nii');
	expect(await upload.takeOver()).toEqual(['ET']);
	expect(taken.map(([, , file, sequence]) => [file, sequence])).toEqual([['ring-01_T1C_ET_L01.nii', 'T2']]);
});
