import acceptanceFile from '../../../content/policy/acceptance.json' with { type: 'json' };
import type { Issue } from '../../formats/issue.ts';
import { type AcceptanceReport, acceptCase } from '../../importers/acceptance.ts';
import { type CaseDraft, draftCase } from '../../importers/draftCase.ts';
import { guessScheme, likeliestScheme, type SchemeGuess } from '../../importers/labelScheme.ts';
import { stemOf } from '../../importers/sidecar.ts';
import type { Acquisition } from '../../protocol/acquisition.ts';
import { acceptancePolicySchema } from '../../schemas/acceptancePolicy.ts';
import type { LabelScheme } from '../../schemas/caseManifest.ts';
import type { BrokenEntry, Entry, OpenState, ReadEntry } from './state.ts';

const acceptancePolicy = acceptancePolicySchema.parse(acceptanceFile);

/** What the chosen files amount to: shown in full, and opened where `draft` is there. */
export interface Review {
	readonly images: readonly ReadEntry[];
	readonly references: readonly ReadEntry[];
	readonly unused: readonly ReadEntry[];
	readonly broken: readonly BrokenGroup[];
	/** Undefined while something has to be settled. */
	readonly draft: CaseDraft | undefined;
	/** What keeps the case from being opened. */
	readonly issues: readonly Issue[];
	/** What should be looked at; none keeps the case from being opened. */
	readonly warnings: readonly Issue[];
	/** What sidecars or DICOM say of the images, by path. */
	readonly acquisitions: ReadonlyMap<string, Acquisition>;
	/** Whether the images are acquired as the consensus asks; keeps nothing from being opened. */
	readonly acceptance: AcceptanceReport;
	/** The one reference, where there is exactly one. */
	readonly reference: ReadEntry | undefined;
	readonly scheme: LabelScheme | undefined;
	readonly schemeGuess: SchemeGuess | undefined;
	/** Whether nobody chose the scheme yet, so that the labels did. */
	readonly schemeGuessed: boolean;
}

/** Files that cannot be read for the same reason; a folder of DICOM would fill the list otherwise. */
export interface BrokenGroup {
	readonly first: BrokenEntry;
	readonly entries: readonly BrokenEntry[];
}

/** Draws up the case the files make as things stand. */
export function review({ entries, acquisitions: told, family, chosenScheme }: OpenState): Review {
	const read = entries.filter((entry) => entry.kind === 'read');
	const references = read.filter(({ role }) => role === 'reference');
	const reference = references.length === 1 ? references[0] : undefined;
	const schemeGuess = reference?.labels && guessScheme(reference.labels, reference.path);
	const chosen = reference && chosenScheme?.path === reference.path ? chosenScheme.scheme : undefined;
	const scheme = chosen ?? (schemeGuess && likeliestScheme(schemeGuess));
	const result = draftCase({
		family,
		files: read.map(({ path, role, grid, labels }) => ({ path, role, grid, ...(labels && { labels }) })),
		...(scheme && { scheme }),
	});
	// With several references there is no scheme to choose yet: first the one, then its labels.
	const issues = result.ok
		? []
		: result.issues.filter(({ code }) => !(code === 'case.schemeMissing' && references.length > 1));
	const used = read.filter(({ role }) => role !== null);
	const images = used.filter(({ role }) => role !== 'reference');
	const acquisitions = new Map(
		images.flatMap(({ path, dicom }) => {
			const acquisition = dicom?.acquisition ?? told.get(stemOf(path));
			return acquisition ? [[path, acquisition] as const] : [];
		}),
	);
	return {
		images,
		references,
		unused: read.filter(({ role }) => role === null),
		broken: grouped(entries),
		draft: result.ok ? result.value : undefined,
		issues,
		warnings: [
			...used.flatMap(({ warnings }) => warnings),
			...(chosen || !schemeGuess ? [] : schemeGuess.warnings.filter(({ code }) => code !== 'labels.undecided')),
			...(result.ok ? result.value.warnings.filter(({ code }) => code !== 'case.unassigned') : []),
		],
		acquisitions,
		acceptance: acceptCase(
			images.map(({ path, role, grid, orientation, voxels, dicom }) => ({
				name: path,
				sequence: role === 'reference' ? null : role,
				grid,
				orientation,
				voxels,
				acquisition: acquisitions.get(path) ?? {},
				...(dicom && { places: dicom.places }),
			})),
			acceptancePolicy,
		),
		reference,
		scheme,
		schemeGuess,
		schemeGuessed: chosen === undefined,
	};
}

function grouped(entries: readonly Entry[]): BrokenGroup[] {
	const groups = new Map<string, BrokenEntry[]>();
	for (const entry of entries) {
		if (entry.kind !== 'broken') continue;
		const key = JSON.stringify([entry.failure, entry.issues.map(({ code, params }) => [code, params])]);
		const group = groups.get(key);
		if (group) group.push(entry);
		else groups.set(key, [entry]);
	}
	return [...groups.values()].map((group) => ({ first: group[0]!, entries: group }));
}

/** What concerns one file, of a review's issues or warnings. */
export function concerning(issues: readonly Issue[], path: string): Issue[] {
	return issues.filter((issue) => issue.path === path);
}

/** Files that want the same role as this one: itself and its rivals, or none. */
export function rivals(entries: readonly Entry[], { role }: ReadEntry): ReadEntry[] {
	const same = entries.filter((entry) => entry.kind === 'read').filter((entry) => role !== null && entry.role === role);
	return same.length > 1 ? same : [];
}
