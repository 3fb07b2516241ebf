import type { CaseDraft } from '../../importers/draftCase.ts';
import type { CaseBridge } from '../../workers/bridge.ts';
import { filesBeside } from './parts.ts';
import type { Entry, ReadEntry } from './state.ts';

/**
 * The files of a draft as they are kept, by path: every one a clean copy, whatever its header says. Rejects where a file
 * cannot be read any more, or it was aborted.
 */
export async function filesToKeep(
	{ series, reference }: CaseDraft,
	entries: readonly Entry[],
	files: ReadonlyMap<string, File>,
	bridge: Pick<CaseBridge, 'cleanCopy' | 'copyDicom'>,
	signal: AbortSignal,
): Promise<Map<string, Blob>> {
	const kept = new Map<string, Blob>();
	for (const { path } of [...series, ...(reference ? [reference] : [])]) {
		const entry = entries.find((each): each is ReadEntry => each.path === path && each.kind === 'read')!;
		kept.set(path, await copyOf(entry));
	}
	return kept;

	async function copyOf({ path, dicom }: ReadEntry): Promise<Blob> {
		if (dicom) {
			const copy = await bridge.copyDicom({ signal }, dicom.files, dicom.index);
			if (!copy) throw changed();
			return copy;
		}
		const copy = await bridge.cleanCopy({ signal }, path, files.get(path)!, filesBeside(path, files));
		if (!copy.ok) throw changed();
		return copy.value;
	}
}

function changed(): DOMException {
	return new DOMException('got another file than the one that was read', 'NotReadableError');
}
