import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeBackup } from '../../../../src/store/backup.ts';
import { readBackup } from '../../../../src/store/readBackup.ts';
import { restoreBackup } from '../../../../src/store/restoreBackup.ts';
import type { Store } from '../../../../src/store/store.ts';
import { contentOf } from '../../store/backupContent.ts';
import { memoryStore, openMemory, strokes } from '../../store/memoryStore.ts';

/** The databases that all pages of a test share. */
let name = '';
let count = 0;
vi.mock('../../../../src/store/store.ts', async (original) => {
	const { openStore } = await original<typeof import('../../../../src/store/store.ts')>();
	return { openStore: (options = { name, openDatabase: openMemory }) => openStore(options) };
});

/** What a page knows of removals: modules of its own, as every tab has them. */
async function page() {
	vi.resetModules();
	const removals = await import('../../../../src/islands/cases/leftRemovals.ts');
	const shelf = await import('../../../../src/islands/cases/shelf.ts');
	return { ...removals, ...shelf };
}

const kept = new Map<string, string>();
let refusesToWrite = false;
beforeEach(() => {
	name = `removals-${++count}`;
	kept.clear();
	refusesToWrite = false;
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem(key: string, value: string) {
			if (refusesToWrite) throw new DOMException('no', 'QuotaExceededError');
			kept.set(key, value);
		},
	});
});
afterEach(() => {
	vi.unstubAllGlobals();
});

async function restored(store: Store, blob: Blob) {
	const backup = await readBackup(blob, 'a.zip');
	if (!backup.ok) throw new Error(JSON.stringify(backup.issues));
	const claim = async () => ({ held: true, granted: Promise.resolve(), release: () => undefined });
	return restoreBackup(store, backup.value, { claim });
}

/** A store with an attempt and an own case, and a backup of both. */
async function worked() {
	const store = memoryStore(name);
	await store.putCase(
		{
			schemaVersion: 1,
			id: 'mine',
			origin: 'device',
			title: { zh: '', en: '' },
			subtitle: { zh: '', en: '' },
			family: 'glioma',
			synthetic: false,
			series: [{ sequence: 'FLAIR', file: 'a.nii', bytes: 1 }],
		},
		new Map([['a.nii', new Blob(['a'])]]),
	);
	const { id } = await store.startAttempt('mine', 'v1');
	await store.appendEvents(id, strokes(1, 3), 1);
	const removed = [
		{ kind: 'attempt', id },
		{ kind: 'case', id: 'mine' },
	] as const;
	return { store, removed, blob: await writeBackup(store), before: await contentOf(store) };
}

describe('a restore while something waits to be deleted', () => {
	for (const other of [false, true])
		it(`brings it back, and it stays when the time of ${other ? 'another' : 'this'} page runs out`, async () => {
			const { store, removed, blob, before } = await worked();
			const here = await page();
			const waits = other ? await page() : here;
			for (const each of removed) waits.rememberRemoval(each);
			await here.finishRemovals();
			expect(await contentOf(store)).toEqual({});
			expect(await restored(store, blob)).toMatchObject({ attempts: { added: 1 }, cases: { added: 1 } });
			for (const each of removed) expect(waits.isRemembered(each)).toBe(false);
			for (const each of removed) await waits.removeFromShelf(each);
			await waits.loadShelf();
			expect(await contentOf(store)).toEqual(before);
		});

	it('leaves what was taken back', async () => {
		const { store, removed, before } = await worked();
		const here = await page();
		for (const each of removed) here.rememberRemoval(each);
		for (const each of removed) here.forgetRemoval(each);
		await here.finishRemovals();
		expect(await contentOf(store)).toEqual(before);
	});
});

it('deletes also where the browser keeps no note of it', async () => {
	const { store, removed } = await worked();
	const here = await page();
	refusesToWrite = true;
	for (const each of removed) here.rememberRemoval(each);
	for (const each of removed) await here.removeFromShelf(each);
	expect(await contentOf(store)).toEqual({});
});
