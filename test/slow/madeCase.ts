import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNifti } from '../../src/formats/nifti.ts';
import type { ReadVolume } from '../../src/formats/volume.ts';
import { type CaseFile, type CaseManifest, caseManifestSchema } from '../../src/schemas/caseManifest.ts';

/** A case of the library as `npm run cases` made it. */
export interface MadeCase {
	readonly manifest: CaseManifest;
	/** Reads one of its files. Throws where it cannot be read. */
	volume(file: CaseFile): ReadVolume;
}

/** Opens a case of the data folder, where it has to be: making the library anew takes minutes. Throws where it is not. */
export function openMadeCase(id: string): MadeCase {
	const folder = join(process.env.CONCORD_DATA ?? '.data', 'cases', id);
	const manifest = caseManifestSchema.parse(JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')));
	return {
		manifest,
		volume({ file }) {
			const read = readNifti(readFileSync(join(folder, file)), file);
			if (!read.ok) throw new Error(`got ${JSON.stringify(read.issues)}, expected a readable ${id}/${file}`);
			return read.value;
		},
	};
}
