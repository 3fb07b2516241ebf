import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readNifti } from '../../../src/formats/nifti.ts';
import type { ReadVolume } from '../../../src/formats/volume.ts';
import type { Grid } from '../../../src/grid/grid.ts';
import { REGION_SEQUENCE, type Region, type Sequence } from '../../../src/protocol/protocol.ts';
import { type CaseManifest, caseManifestSchema } from '../../../src/schemas/caseManifest.ts';
import type { ReferenceLayer } from '../../../src/scoring/findings/finding.ts';

/** What a test knows of a case by reading its files itself. */
export interface CaseFiles {
	readonly id: string;
	readonly volumes: ReadonlyMap<Sequence, ReadVolume>;
	/** One byte a voxel, in the stored order of the region's sequence. */
	readonly references: ReadonlyMap<Region, Uint8Array>;
	readonly layers: readonly ReferenceLayer[];
}

/** Reads a volume; a file that cannot be read fails the test. */
export function readVolume(path: string): ReadVolume {
	const read = readNifti(readFileSync(path), path);
	if (!read.ok) throw new Error(`got ${JSON.stringify(read.issues)}, expected a readable ${path}`);
	return read.value;
}

/** A case of the catalogue, from the folder that the site serves; a set for triage has no references. */
export function readCatalogueCase(dataFolder: string, id: string): CaseFiles {
	const folder = resolve(dataFolder, 'cases', id);
	const manifest: CaseManifest = caseManifestSchema.parse(
		JSON.parse(readFileSync(resolve(folder, 'case.json'), 'utf8')),
	);
	const { reference, layers = [] } = manifest;
	if (reference && reference.kind !== 'perRegion')
		throw new Error(`got no masks by region in ${id}, expected them or none`);
	return {
		id,
		volumes: new Map(manifest.series.map(({ sequence, file }) => [sequence, readVolume(resolve(folder, file))])),
		references: new Map(
			reference?.masks.map(({ region, file }) => [
				region,
				Uint8Array.from(readVolume(resolve(folder, file)).data, (value) => (value === 0 ? 0 : 1)),
			]) ?? [],
		),
		layers: layers.map((layer) => {
			const { grid, data } = readVolume(resolve(folder, layer.file));
			const region = 'region' in layer ? layer.region : null;
			return { kind: layer.kind, region, grid, labels: Uint8Array.from(data) };
		}),
	};
}

/** The volume that a region is drawn on. */
export function volumeOf(files: CaseFiles, region: Region): ReadVolume {
	return seriesOf(files, REGION_SEQUENCE[region]);
}

export function seriesOf(files: CaseFiles, sequence: Sequence): ReadVolume {
	const volume = files.volumes.get(sequence);
	if (!volume) throw new Error(`got no ${sequence} in ${files.id}, expected one`);
	return volume;
}

export function gridsOf(files: CaseFiles): Map<Sequence, Grid> {
	return new Map([...files.volumes].map(([sequence, { grid }]) => [sequence, grid]));
}
