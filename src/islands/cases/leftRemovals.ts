/** How long a removal can be taken back. */
export const UNDO_MS = 8000;

const KEPT = 'concord.removals';

/** What a removal takes away. */
export interface Removed {
	readonly kind: 'attempt' | 'case';
	readonly id: string;
}

type Remembered = Removed & { readonly at: number };

function remembered(): Remembered[] {
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
	} catch {
		// Blocked: a removal that the page did not live to finish is asked for again.
	}
}

/** Notes a removal until it is done: the page may be left, and a database does not finish on the way out. */
export function rememberRemoval({ kind, id }: Removed): void {
	write([...remembered(), { kind, id, at: Date.now() }]);
}

export function forgetRemoval({ kind, id }: Removed): void {
	write(remembered().filter((other) => other.kind !== kind || other.id !== id));
}

/** Removals that an earlier page began and did not finish; those of a page still open are younger. */
export function leftRemovals(): readonly Removed[] {
	return remembered().filter(({ at }) => Date.now() - at > UNDO_MS);
}

/** The page is left: what is noted can no longer be taken back. */
export function endRemovals(): void {
	write(remembered().map((removal) => ({ ...removal, at: 0 })));
}
