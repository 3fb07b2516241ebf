import { crc32 } from '../formats/crc32.ts';
import type { Issue } from '../formats/issue.ts';
import { attemptReportSchema, attemptSchema, journalEntrySchema } from '../schemas/attempt.ts';
import type { BackupIndex } from '../schemas/backup.ts';
import { learnerEventSchema } from '../schemas/learnerEvent.ts';
import type { Schema } from '../schemas/schema.ts';
import { storedCaseSchema } from '../schemas/storedCase.ts';
import { attemptOfDocId, caseDocId, isLearnerDocId, seqOfDocId } from './documents.ts';
import { keptPreferences } from './preferences.ts';
import type { RawDocument } from './raw.ts';
import type { Store } from './store.ts';
import { type FileToZip, zipFiles } from './zip.ts';

/** Name of the table of contents in the archive. */
export const INDEX = 'backup.json';

export interface WriteBackupOptions {
	readonly signal?: AbortSignal;
	/** Called with what is packed so far, attempts and cases. */
	readonly onProgress?: (done: number, total: number) => void;
	readonly now?: () => Date;
	/** What the browser remembers of the reading room; undefined for nothing. */
	readonly preferences?: object | undefined;
	/** Attempts and cases, by their ids, that are to be in it, and nothing else. */
	readonly only?: { readonly attempts: readonly string[]; readonly cases: readonly string[] };
}

/**
 * Everything that this browser keeps, as one file: all attempts with their reports, all own cases with their files, what was
 * learned, the preferences. What cannot be read is kept as it is. Takes no note of what changes meanwhile, except that an attempt
 * or a case is whole. Rejects with a `StoreError` (`unavailable`; `gone` where a case was removed meanwhile) and with
 * the signal's reason.
 */
export async function writeBackup(store: Store, options: WriteBackupOptions = {}): Promise<Blob> {
	return zipFiles(filesOf(store, options), { signal: options.signal });
}

async function* filesOf(
	store: Store,
	{ signal, onProgress, now = () => new Date(), preferences = keptPreferences(), only }: WriteBackupOptions,
): AsyncGenerator<FileToZip> {
	const index: BackupIndex = {
		format: 'concord-backup',
		schemaVersion: 1,
		createdAt: now().toISOString(),
		counts: { attempts: 0, reports: 0, cases: 0, learner: 0, unreadable: 0 },
		attempts: [],
		unreadable: [],
		cases: [],
		files: [],
	};
	const names = new Set<string>([INDEX]);
	const pack = async (name: string, data: Blob): Promise<FileToZip> => {
		index.files.push({ file: name, bytes: data.size, crc32: await checksum(data) });
		return { name, data };
	};
	const json = (value: unknown) => new Blob([JSON.stringify(value)], { type: 'application/json' });

	const ids = await store.raw.workIds();
	const attempts = new Set(
		ids.flatMap((id) => attemptOfDocId(id) ?? []).filter((id) => !only || only.attempts.includes(id)),
	);
	const cases = (await store.raw.cases()).filter(
		({ document: { _id } }) => !only || only.cases.some((id) => caseDocId(id) === _id),
	);
	const total = attempts.size + cases.length;
	let done = 0;
	const step = () => {
		signal?.throwIfAborted();
		onProgress?.(done++, total);
	};

	for (const id of attempts) {
		step();
		const history = await store.raw.history(id);
		const readable = history.filter((document) => isReadable(id, document));
		const others = history.filter((document) => !readable.includes(document));
		if (readable.length > 0) {
			const file = freeName(names, `attempts/${id}`, '.json');
			index.attempts.push({ id, file });
			yield await pack(file, json(readable));
		}
		if (others.length > 0) {
			const file = freeName(names, `unreadable/${id}`, '.json');
			index.unreadable.push(file);
			yield await pack(file, json(others));
		}
		index.counts.attempts += readable.some(({ _id }) => _id.startsWith('attempt:')) ? 1 : 0;
		index.counts.reports += readable.filter(({ _id }) => _id.startsWith('report:')).length;
		index.counts.unreadable += others.length;
	}
	const learned: RawDocument[] = [];
	const strays: RawDocument[] = [];
	for (const id of ids) {
		const stray = !only && attemptOfDocId(id) === undefined && (await store.raw.workDocument(id));
		if (stray) (isLearned(stray) ? learned : strays).push(stray);
	}
	if (learned.length > 0) {
		index.learner = freeName(names, 'learner', '.json');
		index.counts.learner = learned.length;
		yield await pack(index.learner, json(learned));
	}
	if (strays.length > 0) {
		const file = freeName(names, 'unreadable/documents', '.json');
		index.unreadable.push(file);
		index.counts.unreadable += strays.length;
		yield await pack(file, json(strays));
	}

	for (const { document, files } of cases) {
		step();
		const id = document._id.slice(caseDocId('').length);
		const readable = storedCaseSchema.safeParse(document).success;
		index.counts[readable ? 'cases' : 'unreadable']++;
		const folder = `${readable ? 'cases' : 'unreadable/cases'}/${id}`;
		const name = freeName(names, `${folder}/case`, '.json');
		const packed: BackupIndex['cases'][number] = { id, document: name, files: [] };
		index.cases.push(packed);
		yield await pack(name, json(document));
		for (const own of files) {
			const file = freeName(names, `${folder}/${own}`, '');
			packed.files.push({ name: own, file });
			yield await pack(file, await store.caseFile(id, own));
		}
	}
	if (preferences && !only) {
		index.preferences = 'preferences.json';
		yield await pack(index.preferences, json(preferences));
	}
	onProgress?.(total, total);
	yield { name: INDEX, data: json(index) };
}

/** Whether a document is a learner's event that can be read. */
const isLearned = (document: RawDocument) =>
	isLearnerDocId(document._id) && learnerEventSchema.safeParse(document).success;

/** Whether a document of an attempt is what its id says. */
export function isReadable(attemptId: string, document: RawDocument): boolean {
	const [kind] = document._id.split(':');
	const schema: Schema<object> | undefined =
		kind === 'attempt' ? attemptSchema : kind === 'event' ? journalEntrySchema : attemptReportSchema;
	const own = kind === 'attempt' ? document.id : document.attemptId;
	const inOrder = kind !== 'event' || document.seq === seqOfDocId(document._id);
	return own === attemptId && inOrder && schema.safeParse(document).success;
}

const PIECE = 4 * 1024 * 1024;

async function checksum(data: Blob): Promise<string> {
	let crc = 0;
	for (let at = 0; at < data.size; at += PIECE)
		crc = crc32(new Uint8Array(await data.slice(at, at + PIECE).arrayBuffer()), crc);
	return hex(crc);
}

/** A CRC-32 as the table of contents has it. */
export const hex = (crc: number) => crc.toString(16).padStart(8, '0');

/** A name that every system can unpack, and that nothing in the archive has yet. */
function freeName(names: Set<string>, wanted: string, ending: string): string {
	const parts = wanted.split('/').map((part) => part.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '_'));
	const stem = parts.map((part) => part.slice(0, 100) || '_').join('/');
	let name = stem + ending;
	for (let n = 2; names.has(name.toLowerCase()); n++) name = `${stem}-${n}${ending}`;
	names.add(name.toLowerCase());
	return name;
}

/** One issue of a backup; `path` is the file in the archive. */
export const backupIssue = (code: string, path: string, params: Issue['params'] = {}): Issue => ({
	code: `backup.${code}`,
	path,
	params,
});
