import { crc32 } from '../formats/crc32.ts';
import type { Issue, Result } from '../formats/issue.ts';
import { type BackupIndex, backupSchema, rawDocumentSchema, rawDocumentsSchema } from '../schemas/backup.ts';
import { manifestFiles } from '../schemas/caseManifest.ts';
import { preferencesSchema } from '../schemas/preferences.ts';
import type { Schema } from '../schemas/schema.ts';
import { storedCaseSchema } from '../schemas/storedCase.ts';
import { backupIssue, hex, INDEX } from './backup.ts';
import { attemptOfDocId, caseDocId } from './documents.ts';
import { type OpenedZip, openZip, type ZipLimits } from './zip.ts';

/** More than any browser keeps of this site; what claims more is not a backup. */
const LIMITS: ZipLimits = { entries: 50_000, entryBytes: 2_000_000_000, totalBytes: 8_000_000_000 };
/** Of a file of documents, which is read in one piece: an attempt of a hundred thousand strokes. */
const JSON_BYTES = 256_000_000;

/** A backup that was read from end to end and found whole. */
export interface Backup {
	readonly index: BackupIndex;
	readonly zip: OpenedZip;
}

export interface ReadBackupOptions {
	readonly signal?: AbortSignal;
	/** Called with the bytes that were checked so far. */
	readonly onProgress?: (done: number, total: number) => void;
	readonly limits?: ZipLimits;
}

/**
 * Reads a backup from end to end before anything is restored: that it is one, that every file of its table of contents
 * is there with the bytes it should have, and that every document is where it belongs. A document that this version cannot
 * read is no issue: it is given back as it is. All issues at once: those of `openZip`, `zip.missing` and `zip.damaged` for a file, `backup.none`, `backup.newer` {version}, `backup.index` {field},
 * `backup.changed`, `backup.document` {field}, `backup.fileMissing` {file}. Rejects with the signal's reason.
 */
export async function readBackup(
	blob: Blob,
	path: string,
	{ signal, onProgress, limits = LIMITS }: ReadBackupOptions = {},
): Promise<Result<Backup>> {
	const zip = await openZip(blob, path, limits);
	if (!zip.ok) return zip;
	const index = await readIndex(zip.value, path, signal);
	if (!index.ok) return index;
	const issues: Issue[] = [];
	const total = [...zip.value.sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
	let done = 0;
	for (const { file, bytes, crc32: expected } of index.value.files) {
		let crc = 0;
		const issue = await zip.value.stream(
			file,
			(piece) => {
				crc = crc32(piece, crc);
				done += piece.length;
				onProgress?.(done, total);
			},
			signal,
		);
		if (issue) issues.push(issue);
		else if (zip.value.sizes.get(file) !== bytes || hex(crc) !== expected) issues.push(backupIssue('changed', file));
	}
	if (issues.length === 0) issues.push(...(await documentIssues({ index: index.value, zip: zip.value }, signal)));
	return issues.length > 0 ? { ok: false, issues } : { ok: true, value: { index: index.value, zip: zip.value } };
}

async function readIndex(zip: OpenedZip, path: string, signal?: AbortSignal): Promise<Result<BackupIndex>> {
	const fail = (code: string, params = {}): Result<BackupIndex> => ({
		ok: false,
		issues: [backupIssue(code, path, params)],
	});
	if (!zip.sizes.has(INDEX)) return fail('none');
	const read = await readJson(zip, INDEX, signal);
	if (!read.ok) return read;
	const found = read.value as { format?: unknown; schemaVersion?: unknown } | null;
	if (found?.format !== 'concord-backup') return fail('none');
	if (typeof found.schemaVersion === 'number' && found.schemaVersion > 1)
		return fail('newer', { version: found.schemaVersion });
	const parsed = backupSchema.safeParse(found);
	if (!parsed.success) return fail('index', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
	// What the index points at has to be among the files it vouches for.
	const { attempts, unreadable, cases, preferences, files } = parsed.data;
	const known = new Set(files.map(({ file }) => file));
	const named = [
		...attempts.map(({ file }) => file),
		...unreadable,
		...cases.flatMap((each) => [each.document, ...each.files.map(({ file }) => file)]),
		...(preferences ? [preferences] : []),
	];
	const issues = named.filter((file) => !known.has(file)).map((file) => backupIssue('index', path, { field: file }));
	return issues.length > 0 ? { ok: false, issues } : { ok: true, value: parsed.data };
}

/** Reads a JSON file of a backup; `backup.document` where it is none, or too long to be one. */
export async function readJson(zip: OpenedZip, file: string, signal?: AbortSignal): Promise<Result<unknown>> {
	const bad: Result<unknown> = { ok: false, issues: [backupIssue('document', file, { field: 'JSON' })] };
	if ((zip.sizes.get(file) ?? 0) > JSON_BYTES) return bad;
	const read = await zip.read(file, signal);
	if (!read.ok) return read;
	try {
		return { ok: true, value: JSON.parse(await read.value.text()) };
	} catch {
		return bad;
	}
}

async function documentIssues({ index, zip }: Backup, signal?: AbortSignal): Promise<Issue[]> {
	const issues: Issue[] = [];
	async function checked<T>(file: string, schema: Schema<T>): Promise<T | undefined> {
		signal?.throwIfAborted();
		const read = await readJson(zip, file, signal);
		if (!read.ok) {
			issues.push(...read.issues);
			return undefined;
		}
		const parsed = schema.safeParse(read.value);
		if (parsed.success) return parsed.data;
		issues.push(backupIssue('document', file, { field: parsed.error.issues[0]?.path.join('.') ?? '' }));
		return undefined;
	}
	for (const { id, file } of index.attempts)
		for (const document of (await checked(file, rawDocumentsSchema)) ?? [])
			if (attemptOfDocId(document._id) !== id) issues.push(backupIssue('document', file, { field: document._id }));
	for (const file of index.unreadable) await checked(file, rawDocumentsSchema);
	for (const { id, document: file, files } of index.cases) {
		const document = await checked(file, rawDocumentSchema);
		if (!document) continue;
		if (document._id !== caseDocId(id)) issues.push(backupIssue('document', file, { field: '_id' }));
		const stored = storedCaseSchema.safeParse(document);
		// One that cannot be read, there or in this version, is given back as it is.
		if (!stored.success) continue;
		const { manifest } = stored.data;
		if (manifest.id !== id || manifest.origin !== 'device')
			issues.push(backupIssue('document', file, { field: 'manifest' }));
		const there = new Set(files.map(({ name }) => name));
		for (const name of manifestFiles(manifest).map((each) => each.file))
			if (!there.has(name)) issues.push(backupIssue('fileMissing', file, { file: name }));
	}
	if (index.preferences) await checked(index.preferences, preferencesSchema);
	return issues;
}
