import { describe, expect, it, vi } from 'vitest';
import type { CaseManifest } from '../../../src/schemas/caseManifest.ts';
import type { AttemptClaim } from '../../../src/store/attemptLock.ts';
import { writeBackup } from '../../../src/store/backup.ts';
import { readPreferences, savePreferences } from '../../../src/store/preferences.ts';
import { readBackup } from '../../../src/store/readBackup.ts';
import { type RestoreSummary, restoreBackup } from '../../../src/store/restoreBackup.ts';
import type { Store } from '../../../src/store/store.ts';
import { zipFiles } from '../../../src/store/zip.ts';
import { contentOf } from './backupContent.ts';
import { answer, freshName, memoryStore, openMemory, scoreReport, strokes } from './memoryStore.ts';

const free = async (): Promise<AttemptClaim> => ({ held: true, granted: Promise.resolve(), release: () => undefined });
const locked = async (): Promise<AttemptClaim> => ({ ...(await free()), held: false });

async function opened(blob: Blob) {
	const backup = await readBackup(blob, 'a.zip');
	if (!backup.ok) throw new Error(JSON.stringify(backup.issues));
	return backup.value;
}
const restore = async (store: Store, blob: Blob, claim: (attemptId: string) => Promise<AttemptClaim> = free) =>
	restoreBackup(store, await opened(blob), { claim });
const issuesOf = async (blob: Blob) => {
	const backup = await readBackup(blob, 'a.zip');
	return backup.ok ? [] : backup.issues;
};
const summary = (
	attempts: Partial<RestoreSummary['attempts']>,
	cases: Partial<RestoreSummary['cases']> = {},
	learner: Partial<RestoreSummary['learner']> = {},
) => ({
	attempts: { same: 0, added: 0, continued: 0, beside: 0, ...attempts },
	cases: { same: 0, added: 0, beside: 0, ...cases },
	learner: { same: 0, added: 0, ...learner },
	unreadable: 0,
});

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
		{ sequence: 'T2', file: '_t2 (1) 病例.nii', bytes: 2 },
	],
	layers: [{ kind: 'csf', file: 'csf.nii', bytes: 1 }],
};
const files = (last: number) =>
	new Map([
		['flair.nii.gz', new Blob([Uint8Array.of(0x1f, 0x8b, last)])],
		['_t2 (1) 病例.nii', new Blob([Uint8Array.of(0, 128)])],
		['csf.nii', new Blob([Uint8Array.of(7)])],
	]);
const moment = (second: number, eventSeq: number) => ({
	at: new Date(Date.UTC(2025, 0, 2) + 1000 * second).toISOString(),
	eventSeq,
	activeMs: 100,
});

/** A store with a case, an attempt at it with strokes and a report, and an attempt at a built-in case. */
async function worked(name = freshName()): Promise<{ store: Store; id: string }> {
	const store = memoryStore(name);
	await store.putCase(manifest, files(1));
	const { id } = await store.startAttempt('mine-1', 'v1');
	await store.appendEvents(id, strokes(1, 3), 1);
	await store.appendEvents(id, strokes(4, 4), 4);
	await store.saveReport(id, scoreReport, moment(1, 4));
	await store.startAttempt('ring-01', 'v1');
	return { store, id };
}

describe('a backup', () => {
	it('brings everything into an empty browser, and changes nothing where it comes from or when it is repeated', async () => {
		const { store } = await worked();
		const before = await contentOf(store);
		const blob = await writeBackup(store);
		expect(await restore(store, blob)).toEqual(summary({ same: 2 }, { same: 1 }));
		expect(await contentOf(store)).toEqual(before);
		const other = memoryStore();
		expect(await restore(other, blob)).toEqual(summary({ added: 2 }, { added: 1 }));
		expect(await contentOf(other)).toEqual(before);
		expect(await restore(other, blob)).toEqual(summary({ same: 2 }, { same: 1 }));
		expect(await contentOf(other)).toEqual(before);
		expect(await (await other.caseFile('mine-1', '_t2 (1) 病例.nii')).arrayBuffer()).toEqual(
			Uint8Array.of(0, 128).buffer,
		);
		expect(await (await other.caseFile('mine-1', 'csf.nii')).arrayBuffer()).toEqual(Uint8Array.of(7).buffer);
	});

	it('carries what was learned, adds what is not there, and changes nothing when it is repeated', async () => {
		const store = memoryStore();
		await store.appendLearner([answer(1), answer(2)]);
		const blob = await writeBackup(store);
		expect((await opened(blob)).index.counts.learner).toBe(2);
		const other = memoryStore();
		await other.appendLearner([answer(2), answer(3)]);
		expect(await restore(other, blob)).toEqual(summary({}, {}, { added: 1, same: 1 }));
		expect(await other.listLearner()).toEqual({ events: [answer(1), answer(2), answer(3)], issues: [] });
		expect(await restore(other, blob)).toEqual(summary({}, {}, { same: 2 }));
		expect(await restore(store, await writeBackup(other))).toEqual(summary({}, {}, { added: 1, same: 2 }));
		expect(await contentOf(store)).toEqual(await contentOf(other));
	});

	it('leaves what was learned out where only some attempts are wanted', async () => {
		const { store, id } = await worked();
		await store.appendLearner([answer(1)]);
		const { index } = await opened(await writeBackup(store, { only: { attempts: [id], cases: [] } }));
		expect([index.learner, index.counts.learner]).toEqual([undefined, 0]);
	});

	it('keeps what this version cannot read of what was learned, as it is', async () => {
		const name = freshName();
		const store = memoryStore(name);
		await store.appendLearner([answer(1)]);
		await openMemory(`${name}-work`).put({ _id: 'learner:later', type: 'learner', schemaVersion: 2 });
		const before = await contentOf(store);
		const other = memoryStore();
		expect(await restore(other, await writeBackup(store))).toEqual({
			...summary({}, {}, { added: 1 }),
			unreadable: 1,
		});
		expect(await contentOf(other)).toEqual(before);
		expect((await other.listLearner()).issues).toMatchObject([{ code: 'store.entryInvalid', path: 'learner:later' }]);
	});

	it('of nothing is a backup, and restores nothing', async () => {
		const blob = await writeBackup(memoryStore());
		expect(await restore(memoryStore(), blob)).toEqual(summary({}));
	});

	it('goes on with an attempt that is the start of its own, and leaves one that is further', async () => {
		const { store, id } = await worked();
		const early = await writeBackup(store);
		await store.appendEvents(id, strokes(5, 9), 5);
		await store.saveReport(id, scoreReport, moment(2, 9));
		const late = await writeBackup(store);
		const other = memoryStore();
		await restore(other, early);
		expect(await restore(other, late)).toEqual(summary({ continued: 1, same: 1 }, { same: 1 }));
		const journal = await other.loadJournal(id);
		expect(journal.events).toEqual(strokes(1, 9));
		expect(journal.reports).toHaveLength(2);
		expect(journal.issues).toEqual([]);
		expect(await restore(other, early)).toEqual(summary({ same: 2 }, { same: 1 }));
		expect(await contentOf(other)).toEqual(await contentOf(store));
	});

	it('keeps both where an attempt went on differently, once', async () => {
		const { store, id } = await worked();
		const other = memoryStore();
		await restore(other, await writeBackup(store));
		await store.appendEvents(id, strokes(5, 6), 5);
		await other.appendEvents(id, strokes(15, 17), 5);
		const theirs = await writeBackup(store);
		expect(await restore(other, theirs)).toMatchObject({ attempts: { beside: 1, same: 1 } });
		expect((await other.loadJournal(id)).events).toEqual([...strokes(1, 4), ...strokes(15, 17)]);
		const { attempts } = await other.listAttempts();
		const beside = attempts.find(({ attempt }) => attempt.id.startsWith(`${id}--`))?.attempt.id ?? '';
		const journal = await other.loadJournal(beside);
		expect(journal.events).toEqual(strokes(1, 6));
		expect(journal.reports).toHaveLength(1);
		expect(journal.issues).toEqual([]);
		const settled = await contentOf(other);
		expect(await restore(other, theirs)).toEqual(summary({ same: 2 }, { same: 1 }));
		// What went on there meanwhile goes on here too, and the way back finds all of it.
		await store.appendEvents(id, strokes(7, 7), 7);
		expect(await restore(other, await writeBackup(store))).toMatchObject({ attempts: { beside: 1, same: 1 } });
		expect((await other.loadJournal(beside)).events).toEqual(strokes(1, 7));
		expect(Object.keys(await contentOf(other)).length).toBe(Object.keys(settled).length + 1);
		expect(await restore(store, await writeBackup(other))).toMatchObject({ attempts: { beside: 1, same: 2 } });
		expect((await store.listAttempts()).attempts).toHaveLength(3);
	});

	it('is kept beside an attempt that another tab draws in, and is found there later', async () => {
		const { store, id } = await worked();
		const other = memoryStore();
		await restore(other, await writeBackup(store));
		await store.appendEvents(id, strokes(5, 6), 5);
		const blob = await writeBackup(store);
		const claim = (attemptId: string) => (attemptId === id ? locked() : free());
		expect(await restore(other, blob, claim)).toMatchObject({ attempts: { beside: 1 } });
		// The tab goes on as if nothing had happened.
		await other.appendEvents(id, strokes(25, 26), 5);
		expect((await other.loadJournal(id)).events).toEqual([...strokes(1, 4), ...strokes(25, 26)]);
		expect(await restore(other, blob)).toEqual(summary({ same: 2 }, { same: 1 }));
	});

	it('keeps a case of the same id and other images beside, with its attempts', async () => {
		const { store, id } = await worked();
		const other = memoryStore();
		await other.putCase(manifest, files(2));
		const blob = await writeBackup(store);
		expect(await restore(other, blob)).toEqual(summary({ added: 2 }, { beside: 1 }));
		const { cases } = await other.listCases();
		const beside = cases.find(({ manifest: { id: caseId } }) => caseId !== 'mine-1')?.manifest.id ?? '';
		expect((await other.loadJournal(id)).attempt?.caseId).toBe(beside);
		expect(new Uint8Array(await (await other.caseFile(beside, 'flair.nii.gz')).arrayBuffer())[2]).toBe(1);
		expect(new Uint8Array(await (await other.caseFile('mine-1', 'flair.nii.gz')).arrayBuffer())[2]).toBe(2);
		expect(await restore(other, blob)).toEqual(summary({ same: 2 }, { same: 1 }));
		// And on the way back it is the case that it came from.
		expect(await restore(store, await writeBackup(other))).toEqual(summary({ same: 2 }, { same: 1, beside: 1 }));
		expect((await store.loadJournal(id)).attempt?.caseId).toBe('mine-1');
	});

	it('keeps an attempt beside the one whose case was replaced meanwhile', async () => {
		const { store, id } = await worked();
		const blob = await writeBackup(store);
		await store.putCase(manifest, files(2));
		const before = await contentOf(store);
		expect(await restore(store, blob)).toEqual(summary({ beside: 1, same: 1 }, { beside: 1 }));
		expect(await contentOf(store)).toMatchObject(before);
		const { cases } = await store.listCases();
		const { attempts } = await store.listAttempts();
		const beside = attempts.find(({ attempt }) => attempt.id.startsWith(`${id}--`))?.attempt;
		expect(cases.map(({ manifest: { id: caseId } }) => caseId)).toContain(beside?.caseId);
		expect(beside?.caseId).not.toBe('mine-1');
		expect(await restore(store, blob)).toEqual(summary({ same: 2 }, { same: 1 }));
	});

	it('keeps two reports that say the same as two', async () => {
		const { store, id } = await worked();
		await store.saveReport(id, scoreReport, moment(1, 4));
		const other = memoryStore();
		await restore(other, await writeBackup(store));
		expect((await other.loadJournal(id)).reports).toHaveLength(2);
		await store.saveReport(id, scoreReport, moment(1, 4));
		await restore(other, await writeBackup(store));
		expect((await other.loadJournal(id)).reports).toHaveLength(3);
	});

	it('brings back what was deleted', async () => {
		const { store, id } = await worked();
		const before = await contentOf(store);
		const blob = await writeBackup(store);
		await store.deleteAttempt(id);
		await store.removeCase('mine-1');
		expect(await restore(store, blob)).toEqual(summary({ added: 1, same: 1 }, { added: 1 }));
		expect(await contentOf(store)).toEqual(before);
	});

	it('keeps what cannot be read as it is', async () => {
		const name = freshName();
		const { store, id } = await worked(name);
		const raw = openMemory(`${name}-work`);
		await raw.put({ _id: `event:${id}:00000005`, type: 'events', attemptId: id, events: [{ kind: 'later' }] });
		await raw.put({ _id: 'attempt:broken', type: 'attempt' });
		await raw.put({ _id: 'lesson:9', some: ['thing'] });
		const rawCases = openMemory(`${name}-cases`);
		await rawCases.allDocs({});
		await rawCases.put({
			_id: 'case:broken',
			type: 'case',
			_attachments: { 'file:a': { content_type: 'x', data: new Blob(['abc']) } },
		});
		const before = await contentOf(store);
		const blob = await writeBackup(store);
		expect((await opened(blob)).index.counts).toEqual({ attempts: 2, reports: 1, cases: 1, learner: 0, unreadable: 4 });
		const other = memoryStore();
		expect(await restore(other, blob)).toMatchObject({ unreadable: 3 });
		expect(await contentOf(other)).toEqual(before);
		expect(await restore(other, blob)).toMatchObject({ attempts: { added: 0, beside: 0 }, cases: { added: 0 } });
		expect(await contentOf(other)).toEqual(before);
	});

	it('that stops half-way goes on where it stopped', async () => {
		const { store } = await worked();
		const blob = await writeBackup(store);
		const before = await contentOf(store);
		for (let room = 0; room < 6; room++) {
			const name = freshName();
			let left = room;
			const filling = memoryStore(name, (databaseName) => {
				const db = openMemory(databaseName);
				const put = db.put as (doc: object) => Promise<PouchDB.Core.Response>;
				const full = { name: 'QuotaExceededError', message: 'full' };
				return Object.assign(db, { put: async (doc: object) => (left-- > 0 ? put(doc) : Promise.reject(full)) });
			});
			await expect(restore(filling, blob), `room for ${room}`).rejects.toMatchObject({ kind: 'full' });
			await restore(memoryStore(name), blob);
			expect(await contentOf(memoryStore(name))).toEqual(before);
		}
	});

	it('brings the preferences where there are none, and leaves those that are there', async () => {
		const kept = new Map<string, string>();
		vi.stubGlobal('localStorage', {
			getItem: (key: string) => kept.get(key) ?? null,
			setItem: (key: string, value: string) => void kept.set(key, value),
		});
		savePreferences({ brushDiameterMm: 9 });
		const blob = await writeBackup(memoryStore());
		kept.clear();
		await restore(memoryStore(), blob);
		expect(readPreferences().brushDiameterMm).toBe(9);
		savePreferences({ brushDiameterMm: 3 });
		await restore(memoryStore(), blob);
		expect(readPreferences().brushDiameterMm).toBe(3);
		vi.unstubAllGlobals();
	});

	it('can be called off, and is then none', async () => {
		const { store } = await worked();
		const stop = AbortSignal.abort(new DOMException('enough', 'AbortError'));
		await expect(writeBackup(store, { signal: stop })).rejects.toThrow('enough');
		const blob = await writeBackup(store);
		await expect(readBackup(blob, 'a.zip', { signal: stop })).rejects.toThrow('enough');
		await expect(restoreBackup(memoryStore(), await opened(blob), { signal: stop })).rejects.toThrow('enough');
	});

	it('tells how far it is', async () => {
		const { store } = await worked();
		const seen: [number, number][] = [];
		const onProgress = (done: number, total: number) => void seen.push([done, total]);
		const blob = await writeBackup(store, { onProgress });
		expect(seen.at(-1)).toEqual([3, 3]);
		const backup = await readBackup(blob, 'a.zip', { onProgress });
		if (!backup.ok) throw new Error('got no backup');
		await restoreBackup(memoryStore(), backup.value, { claim: free, onProgress });
		expect(seen.at(-1)).toEqual([3, 3]);
	});
});

describe('a file that is not a whole backup', () => {
	it('says what it is', async () => {
		const { store } = await worked();
		const blob = await writeBackup(store);
		expect(await issuesOf(new Blob(['hello']))).toMatchObject([{ code: 'zip.notZip', path: 'a.zip' }]);
		expect(await issuesOf(blob.slice(0, blob.size - 100))).toMatchObject([{ code: 'zip.truncated' }]);
		const text = (value: unknown) => new Blob([JSON.stringify(value)]);
		const made = (index: unknown) => zipFiles([{ name: 'backup.json', data: text(index) }]);
		expect(await issuesOf(await zipFiles([{ name: 'a', data: text(1) }]))).toMatchObject([{ code: 'backup.none' }]);
		expect(await issuesOf(await made({ format: 'other' }))).toMatchObject([{ code: 'backup.none' }]);
		expect(await issuesOf(await made({ format: 'concord-backup', schemaVersion: 2 }))).toMatchObject([
			{ code: 'backup.newer', params: { version: 2 } },
		]);
		expect(await issuesOf(await made({ format: 'concord-backup', schemaVersion: 1 }))).toMatchObject([
			{ code: 'backup.index', params: { field: 'createdAt' } },
		]);
	});

	it('is told with everything that is wrong at once', async () => {
		const { store } = await worked();
		const blob = await writeBackup(store);
		const { index } = await opened(blob);
		const attempt = index.attempts[0]?.file ?? '';
		const image = index.cases[0]?.files[0]?.file ?? '';
		expect(await issuesOf(await damaged(blob, { [attempt]: 'changed', [image]: 'missing' }))).toEqual([
			{ code: 'backup.changed', path: attempt, params: {} },
			{ code: 'zip.missing', path: image, params: {} },
		]);
	});
});

/** The backup with some of its files changed, or without them. */
async function damaged(blob: Blob, files: Readonly<Record<string, 'changed' | 'missing'>>): Promise<Blob> {
	const { zip } = await opened(blob);
	const kept: { name: string; data: Blob }[] = [];
	for (const name of zip.sizes.keys()) {
		const read = await zip.read(name);
		if (!read.ok) throw new Error(`got no ${name}`);
		if (files[name] === 'missing') continue;
		kept.push({ name, data: files[name] ? new Blob(['x'.repeat(read.value.size)]) : read.value });
	}
	return zipFiles(kept);
}

describe('a damaged backup', () => {
	const restOf = async (blob: Blob) => {
		const backup = await readBackup(blob, 'a.zip');
		if (backup.ok) throw new Error('got a whole backup');
		return backup.rest;
	};

	it('with one image damaged gives back all but that case, and its title is known', async () => {
		const { store, id } = await worked();
		await store.putCase({ ...manifest, id: 'mine-2' }, files(2));
		const before = await contentOf(store);
		const blob = await writeBackup(store);
		const { index } = await opened(blob);
		const image = index.cases.find((each) => each.id === 'mine-2')?.files[1]?.file ?? '';
		for (const how of ['changed', 'missing'] as const) {
			const rest = await restOf(await damaged(blob, { [image]: how }));
			expect(rest?.leftOut).toEqual([{ kind: 'case', id: 'mine-2', title: manifest.title }]);
			const other = memoryStore();
			expect(await restoreBackup(other, rest!, { claim: free })).toEqual(summary({ added: 2 }, { added: 1 }));
			const { 'case:mine-2': _, ...others } = before;
			expect(await contentOf(other)).toEqual(others);
			expect((await other.loadJournal(id)).events).toEqual(strokes(1, 4));
			// A whole copy that turns up later brings the rest.
			await restore(other, blob);
			expect(await contentOf(other)).toEqual(before);
		}
	});

	it('with an attempt damaged gives back the others and the cases', async () => {
		const { store, id } = await worked();
		const before = await contentOf(store);
		const blob = await writeBackup(store);
		const { index } = await opened(blob);
		const file = index.attempts.find((each) => each.id === id)?.file ?? '';
		const rest = await restOf(await damaged(blob, { [file]: 'changed' }));
		expect(rest?.leftOut).toEqual([{ kind: 'attempt', id }]);
		const other = memoryStore();
		expect(await restoreBackup(other, rest!, { claim: free })).toEqual(summary({ added: 1 }, { added: 1 }));
		const others = Object.entries(before).filter(([docId]) => !docId.includes(id));
		expect(await contentOf(other)).toEqual(Object.fromEntries(others));
	});

	it('with what was learned damaged gives back all else, and the other way round', async () => {
		const { store, id } = await worked();
		await store.appendLearner([answer(1)]);
		const blob = await writeBackup(store);
		const { index } = await opened(blob);
		const learner = index.learner ?? '';
		const rest = await restOf(await damaged(blob, { [learner]: 'changed' }));
		expect(rest?.leftOut).toEqual([{ kind: 'other', file: learner }]);
		expect(await restoreBackup(memoryStore(), rest!, { claim: free })).toEqual(summary({ added: 2 }, { added: 1 }));
		const attempt = index.attempts.find((each) => each.id === id)?.file ?? '';
		const others = await restOf(await damaged(blob, { [attempt]: 'missing' }));
		const other = memoryStore();
		expect((await restoreBackup(other, others!, { claim: free })).learner).toEqual({ same: 0, added: 1 });
		expect((await other.listLearner()).events).toEqual([answer(1)]);
	});

	it('gives back no half of an attempt, whichever half is damaged', async () => {
		const name = freshName();
		const { store, id } = await worked(name);
		const work = openMemory(`${name}-work`);
		await work.put({ _id: `event:${id}:00000005`, type: 'events', attemptId: id, events: [{ kind: 'later' }] });
		const blob = await writeBackup(store);
		const { index } = await opened(blob);
		const [readable, unreadable] = [
			index.attempts.find((each) => each.id === id)?.file ?? '',
			index.unreadable[0] ?? '',
		];
		for (const file of [readable, unreadable]) {
			const rest = await restOf(await damaged(blob, { [file]: 'changed' }));
			expect(rest?.leftOut).toContainEqual({ kind: 'attempt', id });
			const other = memoryStore();
			expect(await restoreBackup(other, rest!, { claim: free })).toMatchObject({
				attempts: { added: 1 },
				unreadable: 0,
			});
			expect((await other.raw.workIds()).filter((docId) => docId.includes(id))).toEqual([]);
		}
	});

	it('of which nothing is whole offers nothing', async () => {
		const { store } = await worked();
		const blob = await writeBackup(store);
		const { index } = await opened(blob);
		const all = [...index.attempts.map(({ file }) => file), ...index.cases.map(({ document }) => document)];
		expect(await restOf(await damaged(blob, Object.fromEntries(all.map((file) => [file, 'changed']))))).toBeUndefined();
		expect(await restOf(blob.slice(0, blob.size - 100))).toBeUndefined();
	});
});
