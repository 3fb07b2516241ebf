import { companionNames } from '../formats/readVolume.ts';

/** Files of the same folder, by name: what a header needs is looked for among them. */
export type FilesBeside = ReadonlyMap<string, Blob>;

/** The bytes of a file, and of the file beside it that holds its voxels, where there is one. */
export async function withCompanions(
	name: string,
	file: Blob,
	beside: FilesBeside,
): Promise<{ readonly bytes: Uint8Array; readonly companions: ReadonlyMap<string, Uint8Array> }> {
	const bytes = new Uint8Array(await file.arrayBuffer());
	for (const part of companionNames(bytes, name)) {
		const blob = beside.get(part);
		if (blob) return { bytes, companions: new Map([[part, new Uint8Array(await blob.arrayBuffer())]]) };
	}
	return { bytes, companions: new Map() };
}
