import { rawDocumentSchema, rawDocumentsSchema } from '../schemas/backup.ts';
import { preferencesSchema } from '../schemas/preferences.ts';
import type { Schema } from '../schemas/schema.ts';
import { type AttemptClaim, claimAttempt } from './attemptLock.ts';
import { isReadable } from './backup.ts';
import { attemptOfDocId } from './documents.ts';
import { familiesOf, type MergeTarget, mergeAttempt } from './mergeAttempt.ts';
import { mergeCase } from './mergeCase.ts';
import { keptPreferences, savePreferences } from './preferences.ts';
import type { RawDocument } from './raw.ts';
import { type Backup, readJson } from './readBackup.ts';
import type { Store } from './store.ts';

/** What a restore did. */
export interface RestoreSummary {
	/** `continued`: what was done elsewhere was added behind what is here. `beside`: both are kept. */
	readonly attempts: Readonly<Record<'same' | 'added' | 'continued' | 'beside', number>>;
	readonly cases: Readonly<Record<'same' | 'added' | 'beside', number>>;
	/** What was learned outside the drawing room, event by event. */
	readonly learner: Readonly<Record<'same' | 'added', number>>;
	/** Documents that this version cannot read; they were given back as they are. */
	readonly unreadable: number;
}

export interface RestoreOptions {
	readonly signal?: AbortSignal;
	/** Called with what is merged so far, cases and attempts. */
	readonly onProgress?: (done: number, total: number) => void;
	readonly claim?: (attemptId: string) => Promise<AttemptClaim>;
}

/**
 * Merges a backup with what this browser keeps. Nothing that is here is changed or removed. Stopped half-way, by its
 * signal (then it rejects with the reason) or by a `StoreError` (`full`, `unavailable`), what was merged stays and the
 * same backup goes on from there; done again, it changes nothing. Preferences are taken where there are none. Of a
 * damaged backup only what is whole is read and restored.
 */
export async function restoreBackup(
	store: Store,
	backup: Backup,
	{ signal, onProgress, claim = claimAttempt }: RestoreOptions = {},
): Promise<RestoreSummary> {
	const { index, zip } = backup;
	const attempts = { same: 0, added: 0, continued: 0, beside: 0 };
	const cases = { same: 0, added: 0, beside: 0 };
	const learner = { same: 0, added: 0 };
	let unreadable = 0;
	const documents = await documentsByAttempt(backup, signal);
	const total = index.cases.length + documents.files.size;
	let done = 0;
	const step = () => {
		signal?.throwIfAborted();
		onProgress?.(done++, total);
	};

	const newIds = new Map<string, string>();
	for (const { id, document: file, files } of index.cases) {
		step();
		const named = new Map(files.map((each) => [each.name, each.file]));
		const { outcome, id: here } = await mergeCase(store, {
			id,
			document: await validRead(backup, file, rawDocumentSchema, signal),
			files: [...named.keys()],
			async read(name) {
				const read = await zip.read(named.get(name) ?? '', signal);
				if (!read.ok) throw new Error(`got ${JSON.stringify(read.issues)} for a file that was checked`);
				return read.value;
			},
		});
		cases[outcome]++;
		if (here !== id) newIds.set(id, here);
	}

	const target: MergeTarget = { raw: store.raw, claim, families: familiesOf(await store.raw.workIds()) };
	for (const [id, files] of documents.files) {
		step();
		const history: RawDocument[] = [];
		for (const file of files)
			for (const document of await validRead(backup, file, rawDocumentsSchema, signal))
				if (attemptOfDocId(document._id) === id) history.push(following(document, newIds));
		history.sort((a, b) => (a._id < b._id ? -1 : 1));
		unreadable += history.filter((document) => !isReadable(id, document)).length;
		attempts[await mergeAttempt(target, id, history)]++;
	}
	for (const document of index.learner ? await validRead(backup, index.learner, rawDocumentsSchema, signal) : [])
		learner[(await store.raw.addWork(document)) ? 'added' : 'same']++;
	for (const document of documents.strays) {
		await store.raw.addWork(document);
		unreadable++;
	}
	if (index.preferences && !keptPreferences()) {
		const { schemaVersion, ...preferences } = await validRead(backup, index.preferences, preferencesSchema, signal);
		savePreferences(preferences);
	}
	onProgress?.(total, total);
	return { attempts, cases, learner, unreadable };
}

/** The attempt's document with the id that its case has here. */
function following(document: RawDocument, newIds: ReadonlyMap<string, string>): RawDocument {
	const { caseId } = document;
	const here = typeof caseId === 'string' && document._id.startsWith('attempt:') ? newIds.get(caseId) : undefined;
	return here === undefined ? document : { ...document, caseId: here };
}

/** In which files the documents of each attempt are, and the documents that belong to none. */
async function documentsByAttempt(
	backup: Backup,
	signal: AbortSignal | undefined,
): Promise<{ files: Map<string, Set<string>>; strays: RawDocument[] }> {
	const files = new Map(backup.index.attempts.map(({ id, file }) => [id, new Set([file])]));
	const leftOut = new Set(backup.leftOut.flatMap((each) => (each.kind === 'attempt' ? [each.id] : [])));
	const strays: RawDocument[] = [];
	for (const file of backup.index.unreadable)
		for (const document of await validRead(backup, file, rawDocumentsSchema, signal)) {
			const id = attemptOfDocId(document._id);
			if (id === undefined) strays.push(document);
			// The other half of it is damaged.
			else if (leftOut.has(id)) continue;
			else files.set(id, (files.get(id) ?? new Set()).add(file));
		}
	return { files, strays };
}

/** Reads again what `readBackup` found to be right; only a file that changed under us can be otherwise. */
async function validRead<T>(backup: Backup, file: string, schema: Schema<T>, signal?: AbortSignal): Promise<T> {
	const read = await readJson(backup.zip, file, signal);
	const parsed = read.ok ? schema.safeParse(read.value) : undefined;
	if (!parsed?.success) throw new Error(`got another ${file}, expected the one that was checked`);
	return parsed.data;
}
