/** How long a removal can be taken back. */
export const UNDO_MS = 8000;

const KEPT = 'concord.removals';

/** What a removal takes away. */
export interface Removed {
	readonly kind: 'attempt' | 'case';
	readonly id: string;
}

type Remembered = Removed & { readonly at: number };

/** What could not be written: this page still has to know it. */
let unwritten: readonly Remembered[] | undefined;

function remembered(): readonly Remembered[] {
	if (unwritten) return unwritten;
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
		return Array.isArray(kept)
			? kept.filter((item) => typeof item?.id === 'string' && typeof item.at === 'number')
			: [];
	} catch {
		// Blocked or damaged: then no removal was left over.
		return [];
	}
}

function write(removals: readonly Remembered[]): void {
	try {
		localStorage.setItem(KEPT, JSON.stringify(removals));
		unwritten = undefined;
	} catch {
		// Blocked: a removal that the page did not live to finish is asked for again.
		unwritten = removals;
	}
}

/** Notes a removal until it is done: the page may be left, and a database does not finish on the way out. */
export function rememberRemoval({ kind, id }: Removed): void {
	write([...remembered(), { kind, id, at: Date.now() }]);
}

const same = (a: Removed) => (b: Removed) => a.kind === b.kind && a.id === b.id;

export function forgetRemoval(removal: Removed): void {
	const isThis = same(removal);
	write(remembered().filter((other) => !isThis(other)));
}

/** Whether a removal is still to be done: neither done nor taken back, by whatever page. */
export function isRemembered(removal: Removed): boolean {
	return remembered().some(same(removal));
}

/** Removals that are still to be done, those of pages that are open among them. */
export function allRemovals(): readonly Removed[] {
	return remembered();
}

/** Removals that an earlier page began and did not finish; those of a page still open are younger. */
export function leftRemovals(): readonly Removed[] {
	return remembered().filter(({ at }) => Date.now() - at > UNDO_MS);
}

/** The page is left: what is noted can no longer be taken back. */
export function endRemovals(): void {
	write(remembered().map((removal) => ({ ...removal, at: 0 })));
}
