import type { AttemptClaim } from './attemptLock.ts';
import { besideId, canonicalJson, originalId } from './besideId.ts';
import { attemptDocId, attemptOfDocId, entryDocId, reportDocId, seqOfDocId } from './documents.ts';
import type { RawDocument, RawStore } from './raw.ts';

/** `same`: everything was here. `beside`: it went on differently here, so that both are kept. */
export type MergedAttempt = 'same' | 'added' | 'continued' | 'beside';

/** What the attempts of this browser are merged into, and how one of them is claimed. */
export interface MergeTarget {
	readonly raw: RawStore;
	readonly claim: (attemptId: string) => Promise<AttemptClaim>;
	/** Attempts that are here, by the id they were made from; kept up to date while merging. */
	readonly families: Map<string, Set<string>>;
}

/** An attempt's documents, told apart. */
interface History {
	readonly id: string;
	/** The opening, where there is one, and then the entries. */
	readonly journal: readonly RawDocument[];
	/** The same, without the name of the attempt: equal where the content is. The first is the opening, or empty. */
	readonly chain: readonly string[];
	readonly reports: readonly RawDocument[];
}

const isOpening = ({ _id }: RawDocument) => _id.startsWith('attempt:');
const isReport = ({ _id }: RawDocument) => _id.startsWith('report:');

/** Content of a document without the names that change when its attempt gets another id. */
function content(document: RawDocument): string {
	const { _id, id, attemptId, ...rest } = document;
	return canonicalJson(isOpening(document) ? rest : isReport(document) ? rest : { ...rest, seq: seqOfDocId(_id) });
}

function historyOf(id: string, documents: readonly RawDocument[]): History {
	const opening = documents.find(isOpening);
	const entries = documents.filter((document) => !isOpening(document) && !isReport(document));
	return {
		id,
		journal: [...(opening ? [opening] : []), ...entries],
		chain: [opening ? content(opening) : '', ...entries.map(content)],
		reports: documents.filter(isReport),
	};
}

/** Count of links that two journals share from the start. A missing opening fits any. */
function shared(a: History, b: History): number {
	const differs = (link: string, n: number) => link !== b.chain[n] && !(n === 0 && (link === '' || b.chain[n] === ''));
	const at = a.chain.findIndex(differs);
	return at < 0 ? a.chain.length : at;
}

/** The document under another attempt's name. */
function renamed(document: RawDocument, attemptId: string): RawDocument {
	const seq = seqOfDocId(document._id);
	if (isOpening(document)) {
		const own = typeof document.id === 'string' ? { id: attemptId } : {};
		return { ...document, ...own, _id: attemptDocId(attemptId) };
	}
	const own = typeof document.attemptId === 'string' ? { attemptId } : {};
	return { ...document, ...own, _id: (isReport(document) ? reportDocId : entryDocId)(attemptId, seq) };
}

/**
 * Brings an attempt of a backup together with what is here. A journal that is here already, as a whole or as the start
 * of a longer one, stays; one that goes on further here than there is continued; one that went on differently, or that
 * another tab is drawing in, is kept beside under an id of its own. Nothing that is here is changed or taken away.
 * Done again, it finds everything as it left it; stopped half-way, it goes on.
 */
export async function mergeAttempt(
	{ raw, claim, families }: MergeTarget,
	id: string,
	documents: readonly RawDocument[],
): Promise<MergedAttempt> {
	const wanted = historyOf(id, documents);
	const family = families.get(originalId(id)) ?? new Set();
	families.set(originalId(id), family);
	for (const member of [id, ...[...family].filter((other) => other !== id)]) {
		if (!family.has(member)) continue;
		const here = historyOf(member, await raw.history(member));
		if (shared(wanted, here) < wanted.chain.length) continue;
		await addOpening(raw, member, wanted);
		return (await addReports(raw, member, here.reports, wanted.reports)) ? 'continued' : 'same';
	}
	const tried = new Set<string>();
	for (let target = id; ; ) {
		tried.add(target);
		const held = await claim(target);
		try {
			const here = historyOf(target, await raw.history(target));
			const isNew = here.journal.length === 0 && here.reports.length === 0;
			const common = isNew ? 0 : shared(here, wanted);
			if (isNew || (held.held && common === here.chain.length)) {
				family.add(target);
				await addOpening(raw, target, wanted);
				if (await addEntries(raw, target, wanted, Math.max(0, common - 1))) {
					await addReports(raw, target, here.reports, wanted.reports);
					return target !== id ? 'beside' : isNew ? 'added' : 'continued';
				}
			}
			target = besideId(id, wanted.chain[common] ?? wanted.chain.join(), tried, Number.POSITIVE_INFINITY);
		} finally {
			held.release();
		}
	}
}

/** Adds the opening where there is none. */
async function addOpening(raw: RawStore, target: string, { journal }: History): Promise<void> {
	const opening = journal.find(isOpening);
	if (opening) await raw.addWork(renamed(opening, target));
}

/** Adds the entries after the first `from`; false where somebody else took a number meanwhile. */
async function addEntries(raw: RawStore, target: string, { journal }: History, from: number): Promise<boolean> {
	const entries = journal.filter((document) => !isOpening(document));
	for (const entry of entries.slice(from)) if (!(await raw.addWork(renamed(entry, target)))) return false;
	return true;
}

/** Adds the reports that are not among those here, each under its own number or the next free one; tells whether any was. */
async function addReports(
	raw: RawStore,
	target: string,
	here: readonly RawDocument[],
	wanted: readonly RawDocument[],
): Promise<boolean> {
	const known = here.map(content);
	let any = false;
	for (const report of wanted) {
		// Two scores may be equal to the last digit: each takes one of those here.
		const at = known.indexOf(content(report));
		if (at >= 0) {
			known.splice(at, 1);
			continue;
		}
		const own = renamed(report, target);
		for (let seq = seqOfDocId(report._id); !(await raw.addWork({ ...own, _id: reportDocId(target, seq) })); ) seq++;
		any = true;
	}
	return any;
}

/** The attempts here, grouped by the id they were made from. */
export function familiesOf(docIds: readonly string[]): Map<string, Set<string>> {
	const families = new Map<string, Set<string>>();
	for (const docId of docIds) {
		const id = attemptOfDocId(docId);
		if (id === undefined) continue;
		const family = families.get(originalId(id)) ?? new Set();
		families.set(originalId(id), family.add(id));
	}
	return families;
}
