import { nameOf } from '../../formats/beside.ts';
import { cleanCopyName } from '../../formats/cleanCopy.ts';
import type { CaseDraft } from '../../importers/draftCase.ts';
import type { CaseBridge } from '../../workers/bridge.ts';
import type { KeptFile } from './deviceCase.ts';
import { filesBeside } from './parts.ts';
import type { Entry, ReadEntry } from './state.ts';

/**
 * The files of a draft as they are kept, by path: single-file NIfTI, written anew where it is another format or its header
 * may identify a person. Rejects where a file cannot be read any more, or it was aborted.
 */
export async function filesToKeep(
	{ series, reference }: CaseDraft,
	entries: readonly Entry[],
	files: ReadonlyMap<string, File>,
	bridge: Pick<CaseBridge, 'cleanCopy' | 'copyDicom'>,
	signal: AbortSignal,
): Promise<Map<string, KeptFile>> {
	const kept = new Map<string, KeptFile>();
	for (const { path } of [...series, ...(reference ? [reference] : [])]) {
		const entry = entries.find((each): each is ReadEntry => each.path === path && each.kind === 'read')!;
		kept.set(path, await copyOf(entry));
	}
	return kept;

	async function copyOf({ path, role, plain, dicom }: ReadEntry): Promise<KeptFile> {
		if (dicom) {
			const copy = await bridge.copyDicom({ signal }, dicom.files, dicom.index);
			if (!copy) throw changed();
			// The description is what somebody typed: it goes no farther.
			return { name: `${role}.nii.gz`, blob: copy };
		}
		const file = files.get(path)!;
		const name = nameOf(path);
		if (plain) return { name, blob: file };
		const copy = await bridge.cleanCopy({ signal }, path, file, filesBeside(path, files));
		if (!copy.ok) throw changed();
		return { name: cleanCopyName(name), blob: copy.value };
	}
}

function changed(): DOMException {
	return new DOMException('got another file than the one that was read', 'NotReadableError');
}
