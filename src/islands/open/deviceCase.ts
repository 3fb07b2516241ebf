import type { CaseDraft } from '../../importers/draftCase.ts';
import type { SeriesRole } from '../../importers/guessSequence.ts';
import type { Acquisition } from '../../protocol/acquisition.ts';
import type { CaseManifest } from '../../schemas/caseManifest.ts';

/** What a case of this device is made of. */
export interface DeviceCase {
	readonly id: string;
	/** Not empty. */
	readonly name: string;
	readonly subtitle: CaseManifest['subtitle'];
	readonly draft: CaseDraft;
	/** What is known of how the images were acquired, by path. */
	readonly acquisitions: ReadonlyMap<string, Acquisition>;
	/** Clean copies in gzip, by path; every path of the draft is there. */
	readonly files: ReadonlyMap<string, Blob>;
}

/**
 * The manifest of a case from this device, and its files by the names that the manifest gives them: what each is for, as
 * its own name may be the patient's.
 */
export function deviceCase({ id, name, subtitle, draft, acquisitions, files }: DeviceCase): {
	readonly manifest: CaseManifest;
	readonly files: ReadonlyMap<string, Blob>;
} {
	const kept = new Map<string, Blob>();
	const keep = (path: string, role: SeriesRole) => {
		const blob = files.get(path);
		if (!blob) throw new Error(`got no file for "${path}", expected one`);
		const file = `${role}.nii.gz`;
		if (kept.has(file)) throw new Error(`got two files for ${role}, expected one`);
		kept.set(file, blob);
		return { file, bytes: blob.size };
	};
	const series = draft.series.map(({ sequence, path }) => {
		const acquisition = acquisitions.get(path);
		return { ...keep(path, sequence), sequence, ...(acquisition && { acquisition }) };
	});
	const { reference } = draft;
	return {
		manifest: {
			schemaVersion: 1,
			id,
			origin: 'device',
			title: { zh: name, en: name },
			subtitle,
			family: draft.family,
			synthetic: false,
			series,
			...(reference && {
				reference: { kind: 'multiClass' as const, labels: reference.scheme, mask: keep(reference.path, 'reference') },
			}),
		},
		files: kept,
	};
}

/** An id that no other case has: the time in UTC and random bytes, `local-20261123T143205-9f03ab12`. */
export function newCaseId(now: Date, random: Uint8Array): string {
	const time = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
	return `local-${time}-${[...random].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
