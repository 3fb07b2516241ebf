import { describe, expect, it } from 'vitest';
import type { CaseManifest } from '../../../src/schemas/caseManifest.ts';
import { freshName, memoryStore, openMemory } from './memoryStore.ts';

const manifest: CaseManifest = {
	schemaVersion: 1,
	id: 'mine-1',
	origin: 'device',
	title: { zh: '我的', en: 'Mine' },
	subtitle: { zh: '', en: '' },
	family: 'glioma',
	synthetic: false,
	series: [
		{ sequence: 'FLAIR', file: 'flair.nii.gz', bytes: 3 },
		{ sequence: 'T2', file: '_t2 (1).nii', bytes: 2 },
	],
	reference: { kind: 'multiClass', labels: 'brats2013', mask: { file: 'seg.nii', bytes: 1 } },
	layers: [{ kind: 'csf', file: 'csf.nii', bytes: 2 }],
};

const files = new Map([
	['flair.nii.gz', new Blob([new Uint8Array([1, 2, 255])])],
	['_t2 (1).nii', new Blob([new Uint8Array([0, 128])])],
	['seg.nii', new Blob([new Uint8Array([4])])],
	['csf.nii', new Blob([new Uint8Array([7, 8])])],
	['not of the case', new Blob(['x'])],
]);

const bytesOf = async (blob: Blob) => [...new Uint8Array(await blob.arrayBuffer())];

describe('a case of this device', () => {
	it('comes back with its files, byte for byte, whatever their names', async () => {
		const name = freshName();
		await memoryStore(name).putCase(manifest, files);
		const store = memoryStore(name);
		expect(await store.getCase('mine-1')).toEqual({ ok: true, value: manifest });
		expect(await bytesOf(await store.caseFile('mine-1', 'flair.nii.gz'))).toEqual([1, 2, 255]);
		expect(await bytesOf(await store.caseFile('mine-1', '_t2 (1).nii'))).toEqual([0, 128]);
		expect(await bytesOf(await store.caseFile('mine-1', 'seg.nii'))).toEqual([4]);
		expect(await bytesOf(await store.caseFile('mine-1', 'csf.nii'))).toEqual([7, 8]);
		await expect(store.caseFile('mine-1', 'not of the case')).rejects.toMatchObject({ kind: 'gone' });
		await expect(store.caseFile('nobody', 'seg.nii')).rejects.toMatchObject({ kind: 'gone' });
	});

	it('is listed with its size, the newest first', async () => {
		const store = memoryStore();
		await store.putCase(manifest, files);
		await store.putCase({ ...manifest, id: 'mine-0' }, files);
		const { cases, issues } = await store.listCases();
		expect(cases).toMatchObject([
			{ manifest: { id: 'mine-0' }, bytes: 8, addedAt: '2025-01-01T00:00:01.000Z' },
			{ manifest: { id: 'mine-1' }, bytes: 8, addedAt: '2025-01-01T00:00:00.000Z' },
		]);
		expect(issues).toEqual([]);
	});

	it('is replaced by a later one of its id', async () => {
		const store = memoryStore();
		await store.putCase(manifest, files);
		await store.putCase(manifest, new Map([...files, ['seg.nii', new Blob([new Uint8Array([9])])]]));
		expect(await bytesOf(await store.caseFile('mine-1', 'seg.nii'))).toEqual([9]);
		expect(await bytesOf(await store.caseFile('mine-1', 'flair.nii.gz'))).toEqual([1, 2, 255]);
	});

	it('leaves its attempts behind when it is removed, and a case with the same files alone', async () => {
		const store = memoryStore();
		await store.putCase(manifest, files);
		await store.putCase({ ...manifest, id: 'twin' }, files);
		const attempt = await store.startAttempt('mine-1', 'v1');
		await store.removeCase('mine-1');
		await store.removeCase('mine-1');
		expect(await store.getCase('mine-1')).toMatchObject({ ok: false, issues: [{ code: 'store.caseMissing' }] });
		await expect(store.caseFile('mine-1', 'seg.nii')).rejects.toMatchObject({ kind: 'gone' });
		expect(await bytesOf(await store.caseFile('twin', 'flair.nii.gz'))).toEqual([1, 2, 255]);
		expect(await store.latestAttempt('mine-1', 'v1')).toEqual(attempt);
		await store.putCase(manifest, files);
		expect(await bytesOf(await store.caseFile('mine-1', 'seg.nii'))).toEqual([4]);
	});

	it('needs every file of its manifest, and is never one of the catalogue', async () => {
		const store = memoryStore();
		await expect(store.putCase(manifest, new Map())).rejects.toThrow(
			'got no flair.nii.gz, _t2 (1).nii, seg.nii, csf.nii',
		);
		await expect(store.putCase({ ...manifest, origin: 'catalogue' }, files)).rejects.toThrow('origin catalogue');
	});

	it('that can not be read is reported, not shown', async () => {
		const name = freshName();
		const store = memoryStore(name);
		await openMemory(`${name}-cases`).put({ _id: 'case:broken', type: 'case', schemaVersion: 1 });
		const issue = { code: 'store.entryInvalid', path: 'case:broken', params: { field: 'addedAt' } };
		expect(await store.listCases()).toEqual({ cases: [], issues: [issue] });
		expect(await store.getCase('broken')).toEqual({ ok: false, issues: [issue] });
	});
});
