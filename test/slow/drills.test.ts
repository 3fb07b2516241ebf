import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import findings from '../../content/policy/findings.json' with { type: 'json' };
import { lesionExtent } from '../../src/learning/drills/endSlices.ts';
import { placeMarks } from '../../src/learning/drills/marks.ts';
import { widestSlice } from '../../src/learning/drills/regions.ts';
import { REPAIR_LIMITS } from '../../src/learning/drills/repair.ts';
import { maskOf } from '../../src/mask/maskOf.ts';
import { drillOf, readDrills } from '../../src/node/readDrills.ts';
import { FAMILY_REGIONS } from '../../src/protocol/protocol.ts';
import { caseManifestSchema } from '../../src/schemas/caseManifest.ts';
import type { CaseSource } from '../../src/workers/caseSource.ts';
import { plantError } from '../../src/workers/plant.ts';
import { readLayers, readReferences } from '../../src/workers/readReference.ts';
import { type CaseFiles, gridsOf, readCatalogueCase, volumeOf } from '../e2e/support/caseFiles.ts';

const data = process.env.CONCORD_DATA ?? '.data';
const drills = readDrills(readFileSync('content/drills.yaml', 'utf8'));
const { signal } = new AbortController();

const opened = new Map<string, { files: CaseFiles; source: CaseSource }>();
function open(id: string) {
	const before = opened.get(id);
	if (before) return before;
	const folder = resolve(data, 'cases', id);
	const manifest = caseManifestSchema.parse(JSON.parse(readFileSync(resolve(folder, 'case.json'), 'utf8')));
	const masks = manifest.reference?.kind === 'perRegion' ? manifest.reference.masks : [];
	const blobs = [...masks, ...(manifest.layers ?? [])].map(
		({ file }) => [file, new Blob([readFileSync(resolve(folder, file))])] as const,
	);
	const one = {
		files: readCatalogueCase(data, id),
		source: { kind: 'device', manifest, files: new Map(blobs) } as const,
	};
	opened.set(id, one);
	return one;
}

describe('drills on the library', { timeout: 300_000 }, () => {
	it.each(drillOf(drills, 'repair').cases)('$case carries $error, and it is large enough to find', async (task) => {
		const { source, files } = open(task.case);
		const planted = await plantError(source, task, gridsOf(files), signal);
		if (!planted.ok || !planted.value) throw new Error(JSON.stringify(planted));
		const { masks, found } = planted.value;
		expect(found.map(({ code }) => code)).toContain(task.error);
		const wrong = masks.reduce((sum, { drawn, leftOut }) => sum + drawn.length + leftOut.length, 0);
		expect(task.error === 'E25' ? REPAIR_LIMITS.leastVoxels : wrong).toBeGreaterThan(REPAIR_LIMITS.leastVoxels / 2);
	});

	it.each(drillOf(drills, 'confounder').cases)(
		'$case has places of both kinds to mark, whatever the seed',
		async ({ case: id }) => {
			const { source } = open(id);
			const { family } = source.manifest;
			const regions = await readReferences(source, FAMILY_REGIONS[family], signal);
			const layers = await readLayers(source, signal);
			if (!regions.ok || !layers.ok) throw new Error('not read');
			const { marks: count } = drillOf(drills, 'confounder');
			for (const seed of [1, 2, 3]) {
				const marks = placeMarks({ family, regions: regions.value, layers: layers.value }, count, seed);
				expect(marks).toHaveLength(count);
				const kinds = new Set(marks.map(({ truth }) => truth));
				expect([...kinds]).toContain('oedema');
				expect(kinds.has('confounder') || kinds.has('vessel')).toBe(true);
			}
		},
	);

	it.each(drillOf(drills, 'end-slices').cases)(
		'$region of $case begins and ends within the images',
		({ case: id, region }) => {
			const { files } = open(id);
			const { grid } = volumeOf(files, region);
			const extent = lesionExtent(maskOf(grid, files.references.get(region)!), findings.limits.endSlices);
			expect(extent!.lastCounted - extent!.firstCounted).toBeGreaterThanOrEqual(2);
		},
	);

	it.each(drillOf(drills, 'region').cases)('$region of $case is there to be outlined', ({ case: id, region }) => {
		const { files } = open(id);
		const mask = maskOf(volumeOf(files, region).grid, files.references.get(region)!);
		expect(widestSlice(mask)).toBeGreaterThan(0);
	});
});
