import { crc32 } from '../formats/crc32.ts';
import type { Issue, Result } from '../formats/issue.ts';
import { type BackupIndex, backupSchema, rawDocumentSchema, rawDocumentsSchema } from '../schemas/backup.ts';
import { type CaseManifest, manifestFiles } from '../schemas/caseManifest.ts';
import { preferencesSchema } from '../schemas/preferences.ts';
import type { Schema } from '../schemas/schema.ts';
import { storedCaseSchema } from '../schemas/storedCase.ts';
import { backupIssue, hex, INDEX } from './backup.ts';
import { attemptOfDocId, caseDocId, isLearnerDocId } from './documents.ts';
import { type OpenedZip, openZip, type ZipLimits } from './zip.ts';

/** More than any browser keeps of this site; what claims more is not a backup. */
const LIMITS: ZipLimits = { entries: 50_000, entryBytes: 2_000_000_000, totalBytes: 8_000_000_000 };
/** Of a file of documents, which is read in one piece: an attempt of a hundred thousand strokes. */
const JSON_BYTES = 256_000_000;

/** What of a damaged backup is not restored. */
export type LeftOut =
	/** With all that the backup has of it. */
	| { readonly kind: 'attempt'; readonly id: string }
	/** `title` where its document could be read. */
	| { readonly kind: 'case'; readonly id: string; readonly title: CaseManifest['title'] | undefined }
	/** Documents that could not be read when the backup was made, what was learned, or the preferences. */
	| { readonly kind: 'other'; readonly file: string };

/** A backup that was read from end to end, and what of it was found whole: all of it, or all but what is left out. */
export interface Backup {
	/** Without what is left out. */
	readonly index: BackupIndex;
	readonly zip: OpenedZip;
	/** Empty for a whole backup. */
	readonly leftOut: readonly LeftOut[];
}

/** `rest`: what is whole of a backup that is not; absent where nothing is. */
export type ReadBackup =
	| { readonly ok: true; readonly value: Backup }
	| { readonly ok: false; readonly issues: readonly Issue[]; readonly rest?: Backup };

export interface ReadBackupOptions {
	readonly signal?: AbortSignal;
	/** Called with the bytes that were checked so far. */
	readonly onProgress?: (done: number, total: number) => void;
	readonly limits?: ZipLimits;
}

/**
 * Reads a backup from end to end before anything is restored: that it is one, that every file of its table of contents
 * is there with the bytes it should have, and that every document is where it belongs. A document that this version cannot
 * read is no issue: it is given back as it is. All issues at once: those of `openZip`, `zip.missing` and `zip.damaged`
 * for a file, `backup.none`, `backup.newer` {version}, `backup.index` {field}, `backup.changed`, `backup.document`
 * {field}, `backup.fileMissing` {file}. Rejects with the signal's reason.
 */
export async function readBackup(
	blob: Blob,
	path: string,
	{ signal, onProgress, limits = LIMITS }: ReadBackupOptions = {},
): Promise<ReadBackup> {
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
	const whole = { index: index.value, zip: zip.value, leftOut: [] };
	const titles = new Map<string, CaseManifest['title']>();
	issues.push(...(await documentIssues(whole, new Set(issues.map(({ path: file }) => file)), titles, signal)));
	if (issues.length === 0) return { ok: true, value: whole };
	const rest = wholeOf(whole, new Set(issues.map(({ path: file }) => file)), titles);
	return { ok: false, issues, ...(rest && { rest }) };
}

/** The backup without what the damaged files belong to; undefined where no attempt, no case and nothing learned is left. */
function wholeOf(
	{ index, zip }: Backup,
	damaged: ReadonlySet<string>,
	titles: ReadonlyMap<string, CaseManifest['title']>,
): Backup | undefined {
	// What could not be read of an attempt is kept apart from it, under its name: half a journal is not restored.
	const halves = new Set([...damaged].map((file) => file.replace(/^unreadable\//, 'attempts/')));
	const isWhole = ({ file }: { readonly file: string }) => !halves.has(file);
	const hasAll = ({ document, files }: BackupIndex['cases'][number]) =>
		!damaged.has(document) && files.every(({ file }) => !damaged.has(file));
	const { preferences, learner, ...listed } = index;
	const others = [...index.unreadable, ...(learner ? [learner] : []), ...(preferences ? [preferences] : [])];
	const rest: BackupIndex = {
		...listed,
		attempts: index.attempts.filter(isWhole),
		unreadable: index.unreadable.filter((file) => !damaged.has(file)),
		cases: index.cases.filter(hasAll),
		...(learner && !damaged.has(learner) && { learner }),
		...(preferences && !damaged.has(preferences) && { preferences }),
	};
	if (rest.attempts.length + rest.unreadable.length + rest.cases.length === 0 && !rest.learner) return undefined;
	const leftOut: LeftOut[] = [
		...index.attempts.filter((each) => !isWhole(each)).map(({ id }) => ({ kind: 'attempt' as const, id })),
		...index.cases
			.filter((each) => !hasAll(each))
			.map(({ id }) => ({ kind: 'case' as const, id, title: titles.get(id) })),
		...others.filter((file) => damaged.has(file)).map((file) => ({ kind: 'other' as const, file })),
	];
	return { index: rest, zip, leftOut };
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
	const { attempts, unreadable, cases, learner, preferences, files } = parsed.data;
	const known = new Set(files.map(({ file }) => file));
	const named = [
		...attempts.map(({ file }) => file),
		...unreadable,
		...cases.flatMap((each) => [each.document, ...each.files.map(({ file }) => file)]),
		...(learner ? [learner] : []),
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

/** What is wrong with the documents in files that are not damaged; gathers the titles of the cases. */
async function documentIssues(
	{ index, zip }: Backup,
	damaged: ReadonlySet<string>,
	titles: Map<string, CaseManifest['title']>,
	signal?: AbortSignal,
): Promise<Issue[]> {
	const issues: Issue[] = [];
	async function checked<T>(file: string, schema: Schema<T>): Promise<T | undefined> {
		signal?.throwIfAborted();
		if (damaged.has(file)) return undefined;
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
	if (index.learner)
		for (const document of (await checked(index.learner, rawDocumentsSchema)) ?? [])
			if (!isLearnerDocId(document._id)) issues.push(backupIssue('document', index.learner, { field: document._id }));
	for (const { id, document: file, files } of index.cases) {
		const document = await checked(file, rawDocumentSchema);
		if (!document) continue;
		if (document._id !== caseDocId(id)) issues.push(backupIssue('document', file, { field: '_id' }));
		const stored = storedCaseSchema.safeParse(document);
		// One that cannot be read, there or in this version, is given back as it is.
		if (!stored.success) continue;
		const { manifest } = stored.data;
		titles.set(id, manifest.title);
		if (manifest.id !== id || manifest.origin !== 'device')
			issues.push(backupIssue('document', file, { field: 'manifest' }));
		const there = new Set(files.map(({ name }) => name));
		for (const name of manifestFiles(manifest).map((each) => each.file))
			if (!there.has(name)) issues.push(backupIssue('fileMissing', file, { file: name }));
	}
	if (index.preferences) await checked(index.preferences, preferencesSchema);
	return issues;
}
