import { guessSequence, type RoleGuess, type SeriesRole } from '../../importers/guessSequence.ts';
import type { LabelCounts } from '../../importers/labelScheme.ts';

/** Why a role was given or withheld, where that is worth saying. */
export type RoleNote =
	/** The name is not plain: have a look. */
	| { readonly kind: 'unsure' }
	/** Nothing in the name says what it is. */
	| { readonly kind: 'noHint' }
	/** A mask by its values, with a name that does not say so. */
	| { readonly kind: 'looksLikeMask' }
	/** A mask by its name, an image by its values. */
	| { readonly kind: 'notMask' }
	/** Another file has the role already. */
	| { readonly kind: 'taken'; readonly by: string };

export interface Assigned {
	readonly role: SeriesRole | null;
	readonly note: RoleNote | undefined;
}

/** A file that was read, as far as its role depends on it. */
export interface Sorted {
	readonly path: string;
	readonly labels: LabelCounts | undefined;
	/** What more than the name tells; absent where there is only the name. */
	readonly guess?: RoleGuess;
}

/** More values than this are rarely a mask of a tumour. */
const MASK_LABELS = 8;

/**
 * Gives files their roles by name and values. Where several want the same one, the file nearest to the top folder gets
 * it, before it the one that has it already (`held`); where that is a tie, all get it and the reader decides.
 */
export function assignRoles(
	files: readonly Sorted[],
	held: ReadonlyMap<SeriesRole, string> = new Map(),
): Map<string, Assigned> {
	const wishes = new Map(files.map((file) => [file.path, wishOf(file)]));
	const assigned = new Map<string, Assigned>();
	for (const [path, wish] of wishes) {
		const { role } = wish;
		const holder = role === null ? undefined : held.get(role);
		const rival = [...wishes].find(([other, { role: theirs }]) => theirs === role && depth(other) < depth(path))?.[0];
		const by = holder ?? rival;
		assigned.set(path, role !== null && by !== undefined ? { role: null, note: { kind: 'taken', by } } : wish);
	}
	return assigned;
}

function wishOf({ path, labels, guess }: Sorted): Assigned {
	const { role, confident } = guess ?? guessSequence(path);
	const mask = labels !== undefined && labels.length > 0 && labels.length <= MASK_LABELS && wholeLabels(labels);
	if (role === 'reference') {
		if (labels === undefined) return { role: null, note: { kind: 'notMask' } };
		return { role, note: confident ? undefined : { kind: 'unsure' } };
	}
	if (role === null) {
		// A name that plainly says something else, such as a brain mask, is taken at its word.
		return { role: null, note: confident ? undefined : { kind: mask ? 'looksLikeMask' : 'noHint' } };
	}
	if (mask) return { role, note: { kind: 'looksLikeMask' } };
	return { role, note: confident ? undefined : { kind: 'unsure' } };
}

function wholeLabels(labels: LabelCounts): boolean {
	return labels.every(({ value }) => Number.isInteger(value) && value > 0);
}

function depth(path: string): number {
	return path.split('/').length;
}
