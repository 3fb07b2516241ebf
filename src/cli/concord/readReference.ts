import { join } from 'node:path';
import { readVolume } from '../../formats/readVolume.ts';
import type { Grid } from '../../grid/grid.ts';
import { labelsToRegions } from '../../importers/labelScheme.ts';
import { FAMILY_REGIONS, type Region } from '../../protocol/protocol.ts';
import type { CaseManifest } from '../../schemas/caseManifest.ts';
import type { ReferenceLayer } from '../../scoring/findings/finding.ts';
import { type Console, issueLine } from './command.ts';
import { readWithCompanion } from './readFiles.ts';
import { type ReadMask, readMask } from './readMasks.ts';
import type { Say } from './say.ts';

/**
 * The masks of a case's reference, each on its own grid; none where it has no reference. What cannot be read is added to
 * `problems`.
 */
export async function readReferences(
	folder: string,
	{ family, reference }: CaseManifest,
	console: Console,
	problems: string[],
): Promise<Map<Region, ReadMask>> {
	const known = FAMILY_REGIONS[family] as readonly Region[];
	const found = new Map<Region, ReadMask>();
	if (reference?.kind === 'perRegion') {
		for (const { region, file } of reference.masks) {
			const mask = known.includes(region) ? await readMask(join(folder, file), console, problems) : null;
			if (mask) found.set(region, mask);
		}
	} else if (reference) {
		const mask = await readMask(join(folder, reference.mask.file), console, problems);
		if (!mask) return found;
		const regions = labelsToRegions(mask.data, reference.labels, known, reference.mask.file);
		if (regions.ok) for (const [region, data] of regions.value) found.set(region, { ...mask, data });
		else problems.push(...regions.issues.map((issue) => issueLine(issue, console.say)));
	}
	return found;
}

/** What a case's reference tells beside its regions; problems as `readReferences`. */
export async function readLayers(
	folder: string,
	{ layers = [] }: CaseManifest,
	console: Console,
	problems: string[],
): Promise<ReferenceLayer[]> {
	const found: ReferenceLayer[] = [];
	for (const layer of layers) {
		const mask = await readMask(join(folder, layer.file), console, problems);
		const region = 'region' in layer ? layer.region : null;
		if (mask) found.push({ kind: layer.kind, region, grid: mask.grid, labels: mask.data });
	}
	return found;
}

/** The grid of a volume; null where it cannot be read, with a line for each problem. */
export async function readGrid(path: string, say: Say, problems: string[]): Promise<Grid | null> {
	const { bytes, companions } = await readWithCompanion(path, say);
	const read = readVolume(bytes, path, { companions });
	if (read.ok) return read.value.grid;
	problems.push(...read.issues.map((issue) => issueLine(issue, say)));
	return null;
}
