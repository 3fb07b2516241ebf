import type { DicomSeries } from '../formats/dicomSeries.ts';
import { type BValuePolicy, isAllowed } from './acceptanceSignal.ts';
import { guessSequence, type RoleGuess } from './guessSequence.ts';

/** DICOM files of one folder that say they are of one series: what is read together. */
export interface DicomGroup {
	/** Tells it from every other group. */
	readonly id: string;
	/** Empty for the top folder. */
	readonly folder: string;
	readonly paths: readonly string[];
}

/** A volume as it is called in a case, and what that makes it. */
export interface NamedSeries {
	/** Its folder and its description, `/` between, made plain where volumes would share it. */
	readonly path: string;
	readonly guess: RoleGuess;
}

/** Longest description that is shown. */
const NAME_LENGTH = 80;

/**
 * Groups DICOM files by folder and series, in the order of their first file. A copy of a series in another folder is a group
 * of its own, so that its slices are not doubled.
 *
 * @param uids by path, `/` between folders: `seriesUidOf` of each file; files without are no DICOM and in no group
 */
export function groupDicom(uids: Iterable<readonly [path: string, uid: string | undefined]>): DicomGroup[] {
	const groups = new Map<string, { id: string; folder: string; paths: string[] }>();
	for (const [path, uid] of uids) {
		// The index of a disc says nothing that the files do not.
		if (uid === undefined || /(?:^|\/)DICOMDIR$/i.test(path)) continue;
		const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
		const id = `${uid}|${folder}`;
		const group = groups.get(id);
		if (group) group.paths.push(path);
		else groups.set(id, { id, folder, paths: [path] });
	}
	return [...groups.values()];
}

/**
 * Names the volumes of a group and guesses which sequence each is, in their order: by the kind of image, by the description,
 * by the folders; a T1 with a contrast agent is a T1C (R2.2-5). Of a diffusion series the volume of the highest b-value
 * allowed, else of the highest, is the DWI and the others are nothing. Nothing is a reference: segmentations are no images.
 */
export function nameSeries(
	series: readonly DicomSeries[],
	{ folder }: Pick<DicomGroup, 'folder'>,
	policy: BValuePolicy,
): NamedSeries[] {
	const bValues = new Map<string, number>();
	for (const { uid, acquisition } of series) {
		const best = bValues.get(uid) ?? 0;
		bValues.set(uid, better(best, acquisition.bValue ?? 0, policy));
	}
	const taken = new Set<string>();
	return series.map((each) => {
		const twins = series.filter(({ description }) => description === each.description);
		const differ = (of: (one: DicomSeries) => unknown) => new Set(twins.map(of)).size > 1;
		const { bValue } = each.acquisition;
		const words = [
			described(each),
			bValue !== undefined && differ(({ acquisition }) => acquisition.bValue) ? `b${bValue}` : '',
			each.echoTimeMs !== undefined && differ(({ echoTimeMs }) => echoTimeMs) ? `TE ${each.echoTimeMs}` : '',
		];
		const name = words.filter(Boolean).join(' ');
		const path = uniqueName(folder === '' ? name : `${folder}/${name}`, taken);
		taken.add(path);
		return { path, guess: guessRole(each, bValues.get(each.uid) ?? 0, folder) };
	});
}

/** The name, with a number behind where it is taken. */
export function uniqueName(name: string, taken: { has(name: string): boolean }): string {
	let unique = name;
	for (let n = 2; taken.has(unique); n++) unique = `${name} (${n})`;
	return unique;
}

/** The description in one line that is no path; without one, the name of the first file. */
function described({ description, files }: DicomSeries): string {
	const line = description
		.replace(/[\\/\s\p{Cc}]+/gu, ' ')
		.trim()
		.slice(0, NAME_LENGTH);
	return line || (files[0] ?? '').split('/').at(-1)!;
}

/** Which of two b-values is the DWI's. */
function better(a: number, b: number, policy: BValuePolicy): number {
	const [first, second] = [isAllowed(a, policy), isAllowed(b, policy)];
	return first === second ? Math.max(a, b) : first ? a : b;
}

/** @param best the b-value of the DWI among the volumes of its series; 0 where there is none */
function guessRole(each: DicomSeries, best: number, folder: string): RoleGuess {
	const kinds = each.imageType.map((kind) => kind.toUpperCase());
	if (kinds.includes('LOCALIZER')) return { role: null, confident: true };
	if (kinds.some((kind) => kind === 'ADC' || kind.startsWith('ADC_'))) return { role: 'ADC', confident: true };
	const guess = guessSequence(`${folder}/${described(each)}`);
	if (guess.role === 'reference') return { role: null, confident: true };
	// The name does not speak of contrast, or says there is none: somebody should look.
	if (guess.role === 'T1' && each.contrastAgent) return { role: 'T1C', confident: false };
	if (guess.role !== null && guess.role !== 'DWI') return guess;
	const { bValue } = each.acquisition;
	if (bValue !== undefined && (bValue !== best || (bValue === 0 && guess.role === 'DWI')))
		return { role: null, confident: true };
	return best > 0 && bValue === best && guess.role === null && !guess.confident
		? { role: 'DWI', confident: false }
		: guess;
}
