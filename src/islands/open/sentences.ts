import type { Issue } from '../../formats/issue.ts';
import { formatBytes } from '../../i18n/format.ts';
import type { SeriesRole } from '../../importers/guessSequence.ts';
import { type LeftOut, LIMITS } from './collect.ts';
import type { Review } from './review.ts';
import type { RoleNote } from './roles.ts';
import type { Words } from './words.ts';

/** The last part of a path. */
export function fileName(path: string): string {
	return path.split('/').at(-1) ?? path;
}

/** What a file is used as. */
export function roleName(role: SeriesRole | null, { t, terms }: Words): string {
	if (role === null) return t('role.none');
	return role === 'reference' ? t('role.reference') : terms(`sequence.${role}`);
}

/** `path`: of the file that the note is about. */
export function noteSentence(note: RoleNote, path: string, { t }: Words): string {
	if (note.kind !== 'taken') return t(`note.${note.kind}`);
	return t('note.taken', { file: apart(note.by, [path]) });
}

/** A file's name, with its folders where another of the files has the same. */
export function apart(path: string, others: readonly string[]): string {
	const twin = others.some((other) => other !== path && fileName(other) === fileName(path));
	return twin ? path : fileName(path);
}

/** Sequences in an issue go by their fixed terms, not by their codes. */
export function withTerms(issues: readonly Issue[], { terms }: Words): Issue[] {
	return issues.map((issue) => {
		const { sequence } = issue.params;
		if (sequence === undefined) return issue;
		const term = terms(`sequence.${sequence as Exclude<SeriesRole, 'reference'>}`);
		return { ...issue, params: { ...issue.params, sequence: term } };
	});
}

/** Why a file was not read, and what to do about it. */
export function leftOutSentence({ reason }: LeftOut, t: Words['terms']): string {
	switch (reason) {
		case 'tooBig':
			return t('why.tooBig', { limit: formatBytes(LIMITS.fileBytes) });
		case 'tooMany':
			return t('why.tooMany', { limit: LIMITS.files });
		case 'tooManyDicom':
			return t('why.tooManyDicom', { limit: LIMITS.dicomFiles });
		case 'tooMuch':
			return t('why.tooMuch', { limit: formatBytes(LIMITS.allBytes) });
		default:
			return t(`why.${reason}`);
	}
}

/** What the chosen files amount to, in one sentence. `left`: things to settle. */
export function summary({ draft, reference }: Review, files: number, left: number, { t }: Words): string {
	if (left > 0 || !draft) return t(left === 1 ? 'check.blockedOne' : 'check.blocked', { files, count: left });
	const count = draft.regions.filter(({ scorable }) => scorable).length;
	if (count > 0) return t(count === 1 ? 'check.scorableOne' : 'check.scorable', { files, count });
	const drawable = draft.regions.some((check) => check.scorable || check.reason !== 'sequenceMissing');
	if (!drawable) return t('check.noRegion', { files });
	return t(reference ? 'check.noneScorable' : 'check.noReference', { files });
}
