import { isSidecar, stemOf } from '../../importers/sidecar.ts';
import { isPart } from './parts.ts';

/** A file on the way in. `path` is its folders and name, `/` between them, without a leading slash. */
export interface Candidate {
	readonly path: string;
	readonly bytes: number;
}

/** Why a file is not read. */
type LeftOutReason = 'notImage' | 'tooBig' | 'tooMany' | 'tooManyDicom' | 'tooMuch' | 'twice';

export interface LeftOut {
	readonly path: string;
	readonly reason: LeftOutReason;
}

/** What one case may be made of: everything is read whole, one file or series of DICOM after another. */
export const LIMITS = { files: 64, dicomFiles: 6_000, fileBytes: 700e6, allBytes: 2e9, sidecarBytes: 10e6 } as const;

/** Kinds that come along with images and never are one; anything else is opened, as DICOM needs no name of its own. */
const NO_IMAGE =
	/\.(?:txt|md|json|ya?ml|csv|tsv|xml|html?|pdf|docx?|xlsx?|pptx?|log|ini|toml|py|m|r|sh|bat|mat|xfm|lta|bvals?|bvecs?|db|lnk|tmp|part|crdownload)$/i;

/** Hidden from the reader by the system as well, or the index of a disc: nobody chose them. */
const HIDDEN = /(?:^|\/)(?:\.|__MACOSX\/)|(?:^|\/)(?:Thumbs\.db|desktop\.ini|DICOMDIR)$/i;

/** Whether a name leaves open what a file is. */
export function mayBeImage(path: string): boolean {
	return !NO_IMAGE.test(path) && !HIDDEN.test(path);
}

/**
 * Sorts out which files are read, NIfTI first, then by folder and name. Hidden files go without a word; the others that
 * are not read are listed with the reason. `parts` hold the voxels of a header that is there, and are read with it;
 * `sidecars` lie beside an image of the same name and may say how it was acquired.
 * `present`: what was read before, which counts towards the limits.
 */
export function collect<C extends Candidate>(
	candidates: readonly C[],
	present: readonly Candidate[] = [],
): {
	readonly take: readonly C[];
	readonly parts: readonly C[];
	readonly sidecars: readonly C[];
	readonly leftOut: readonly LeftOut[];
} {
	const take: C[] = [];
	const parts: C[] = [];
	const sidecars: C[] = [];
	const leftOut: LeftOut[] = [];
	const seen = new Map(present.map((file) => [file.path, file.bytes]));
	const paths = [...candidates, ...present].map(({ path }) => path);
	const stems = new Set(paths.filter((path) => !NO_IMAGE.test(path)).map(stemOf));
	let bytes = present.reduce((sum, file) => sum + file.bytes, 0);
	for (const file of [...candidates].sort(inOrder)) {
		const reason = (): LeftOutReason | undefined => {
			if (seen.has(file.path)) return 'twice';
			if (NO_IMAGE.test(file.path)) return 'notImage';
			if (file.bytes > LIMITS.fileBytes) return 'tooBig';
			if (present.length + take.length + parts.length >= LIMITS.files) return 'tooMany';
			return bytes + file.bytes > LIMITS.allBytes ? 'tooMuch' : undefined;
		};
		if (HIDDEN.test(file.path)) continue;
		if (isSidecar(file.path) && stems.has(stemOf(file.path)) && file.bytes <= LIMITS.sidecarBytes) {
			sidecars.push(file);
			continue;
		}
		const why = reason();
		if (why) {
			leftOut.push({ path: file.path, reason: why });
			continue;
		}
		(isPart(file.path, paths) ? parts : take).push(file);
		seen.set(file.path, file.bytes);
		bytes += file.bytes;
	}
	return { take, parts, sidecars, leftOut };
}

function inOrder(a: Candidate, b: Candidate): number {
	return rank(a.path) - rank(b.path) || a.path.localeCompare(b.path, 'en', { numeric: true });
}

function rank(path: string): number {
	if (/\.nii(?:\.gz)?$/i.test(path)) return depth(path);
	return 100 + depth(path);
}

function depth(path: string): number {
	return Math.min(path.split('/').length, 99);
}
