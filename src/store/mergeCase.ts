import { besideId, canonicalJson, originalId } from './besideId.ts';
import { caseDocId } from './documents.ts';
import type { RawCase, RawDocument } from './raw.ts';
import type { Store } from './store.ts';

/** What became of a case of a backup, and the id it has here. */
export interface MergedCase {
	readonly outcome: 'same' | 'added' | 'beside';
	readonly id: string;
}

/** A case of a backup: its document, and its files, read when they are asked for. */
export interface OfferedCase {
	readonly id: string;
	readonly document: RawDocument;
	readonly files: readonly string[];
	readonly read: (name: string) => Promise<Blob>;
}

/** Longest id a case may have. */
const ID_LENGTH = 64;
const PIECE = 4 * 1024 * 1024;

const idOf = ({ document }: RawCase) => document._id.slice(caseDocId('').length);

/** What makes two cases the same: all but their ids and the time they came here. */
function content({ _id, addedAt, ...rest }: RawDocument): string {
	const { manifest } = rest;
	return canonicalJson({ ...rest, manifest: isFields(manifest) ? { ...manifest, id: '' } : manifest });
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Brings a case of a backup together with those here: a case of its id and content stays, one of its id and other
 * content stays too and the backup's is kept beside it. Its files are read only where they have to be compared or kept.
 */
export async function mergeCase(store: Store, offered: OfferedCase): Promise<MergedCase> {
	const { id, document } = offered;
	const here = await store.raw.cases();
	const family = here.filter((each) => originalId(idOf(each)) === originalId(id));
	family.sort((a, b) => Number(idOf(b) === id) - Number(idOf(a) === id));
	for (const each of family) if (await isSame(store, each, offered)) return { outcome: 'same', id: idOf(each) };

	const taken = new Set(here.map(idOf));
	const target = taken.has(id) ? besideId(id, content(document), taken, ID_LENGTH) : id;
	const files = new Map<string, Blob>();
	for (const name of offered.files) files.set(name, await offered.read(name));
	const { manifest } = document;
	const kept = isFields(manifest) ? { manifest: { ...manifest, id: target } } : {};
	const added = await store.raw.addCase({ ...document, ...kept, _id: caseDocId(target) }, files);
	// Another tab took the id in this moment: what it kept is compared like the others.
	if (!added) return mergeCase(store, offered);
	return { outcome: target === id ? 'added' : 'beside', id: target };
}

async function isSame(store: Store, here: RawCase, offered: OfferedCase): Promise<boolean> {
	if (content(here.document) !== content(offered.document)) return false;
	if (canonicalJson([...here.files].sort()) !== canonicalJson([...offered.files].sort())) return false;
	for (const name of here.files)
		if (!(await sameBytes(await store.caseFile(idOf(here), name), await offered.read(name)))) return false;
	return true;
}

async function sameBytes(a: Blob, b: Blob): Promise<boolean> {
	if (a.size !== b.size) return false;
	for (let at = 0; at < a.size; at += PIECE) {
		const [x, y] = await Promise.all([a, b].map((blob) => blob.slice(at, at + PIECE).arrayBuffer()));
		const [left, right] = [new Uint8Array(x!), new Uint8Array(y!)];
		if (left.some((byte, n) => byte !== right[n])) return false;
	}
	return true;
}
