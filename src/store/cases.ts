import type { Issue } from '../formats/issue.ts';
import { manifestFiles } from '../schemas/caseManifest.ts';
import { type StoredCaseDocument, storedCaseSchema } from '../schemas/storedCase.ts';
import type { Database } from './database.ts';
import { allCases, caseDocId, isStatus, readOne, readRange, validated } from './documents.ts';
import type { Store, StoredCase } from './store.ts';
import { StoreError } from './storeError.ts';

type CaseMethods = Pick<Store, 'putCase' | 'getCase' | 'caseFile' | 'listCases' | 'removeCase'>;

/** PouchDB refuses names that begin with an underscore; files from a disk may. */
export const attachmentName = (file: string) => `file:${file}`;

export function casesIn(database: Database, now: () => Date): CaseMethods {
	return {
		async putCase(manifest, files) {
			const wanted = new Set(manifestFiles(manifest).map(({ file }) => file));
			const missing = [...wanted].filter((name) => !files.has(name));
			if (manifest.origin !== 'device') throw new TypeError(`got a case of origin ${manifest.origin}, expected device`);
			if (missing.length) throw new TypeError(`got no ${missing.join(', ')}, expected every file of the manifest`);
			const attachments: PouchDB.Core.Attachments = {};
			for (const name of wanted) {
				// A File is a promise of bytes: one that was moved must fail here, not leave an empty attachment.
				const bytes = await files.get(name)!.arrayBuffer();
				const type = 'application/octet-stream';
				attachments[attachmentName(name)] = { content_type: type, data: new Blob([bytes], { type }) };
			}
			const doc: StoredCaseDocument = { type: 'case', schemaVersion: 1, addedAt: now().toISOString(), manifest };
			await database.use(async (db) => {
				const _id = caseDocId(manifest.id);
				const old = await readOne(db, _id);
				await db.put({ ...doc, _id, ...(old && { _rev: old._rev }), _attachments: attachments });
				if (old) await db.compact();
			});
		},

		getCase(id) {
			return database.use(async (db) => {
				const doc = await readOne(db, caseDocId(id));
				if (!doc) return { ok: false, issues: [{ code: 'store.caseMissing', path: caseDocId(id), params: {} }] };
				const issues: Issue[] = [];
				const stored = validated(storedCaseSchema, doc, issues);
				return stored ? { ok: true, value: stored.manifest } : { ok: false, issues };
			});
		},

		caseFile(id, name) {
			return database.use(async (db) => {
				try {
					// A Blob: Buffers are what PouchDB gives on Node only.
					return (await db.getAttachment(caseDocId(id), attachmentName(name))) as Blob;
				} catch (error) {
					throw isStatus(error, 404) ? new StoreError('gone', error) : error;
				}
			});
		},

		listCases() {
			return database.use(async (db) => {
				const issues: Issue[] = [];
				const cases = (await readRange(db, allCases)).flatMap((doc): StoredCase[] => {
					const stored = validated(storedCaseSchema, doc, issues);
					if (!stored) return [];
					const bytes = manifestFiles(stored.manifest).reduce((sum, file) => sum + file.bytes, 0);
					return [{ manifest: stored.manifest, addedAt: stored.addedAt, bytes }];
				});
				return { cases: cases.sort((a, b) => (a.addedAt < b.addedAt ? 1 : -1)), issues };
			});
		},

		async removeCase(id) {
			await database.use(async (db) => {
				const doc = await readOne(db, caseDocId(id));
				if (!doc) return;
				await db.remove(doc);
				// Without it the files of the old revision stay on the disk.
				await db.compact();
			});
		},
	};
}
