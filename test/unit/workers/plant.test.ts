import { describe, expect, it } from 'vitest';
import { writeNifti } from '../../../src/formats/niftiWrite.ts';
import type { Grid } from '../../../src/grid/grid.ts';
import { repairedShare } from '../../../src/phantom/plant/plant.ts';
import { REGION_SEQUENCE, type Sequence } from '../../../src/protocol/protocol.ts';
import { caseManifestSchema } from '../../../src/schemas/caseManifest.ts';
import type { CaseSource } from '../../../src/workers/caseSource.ts';
import { plantError } from '../../../src/workers/plant.ts';
import { drawn, inputOf, randomOf, tumourOf } from '../../property/findings/drawnCases.ts';

const { signal } = new AbortController();

/** A made-up meningioma as a case of this device, and the grids of its series. */
function made(): { source: CaseSource; grids: Map<Sequence, Grid>; reference: Map<string, Uint8Array> } {
	const tumour = tumourOf('meningioma', randomOf(7));
	const { regions, layers } = inputOf(tumour, drawn(tumour, 1), 0);
	const files = new Map<string, Blob>();
	const keep = (file: string, grid: Grid, data: Uint8Array) => {
		files.set(file, new Blob([writeNifti({ grid, data })]));
		return { file, bytes: 1 };
	};
	const grids = new Map<Sequence, Grid>();
	const masks = regions.map(({ region, grid, reference }) => {
		grids.set(REGION_SEQUENCE[region], grid);
		return { region, ...keep(`${region}.nii`, grid, reference) };
	});
	const manifest = caseManifestSchema.parse({
		schemaVersion: 1,
		id: 'made',
		origin: 'device',
		title: { zh: '', en: '' },
		subtitle: { zh: '', en: '' },
		family: 'meningioma',
		synthetic: true,
		series: [...grids.keys()].map((sequence) => ({ sequence, file: `${sequence}.nii`, bytes: 1 })),
		reference: { kind: 'perRegion', masks },
		layers: layers.map(({ kind, grid, labels }) => ({ kind, ...keep(`${kind}.nii`, grid, labels) })),
	});
	const reference = new Map(regions.map((each) => [each.region as string, each.reference]));
	return { source: { kind: 'device', manifest, files }, grids, reference };
}

async function plantedIn(
	{ source, grids }: ReturnType<typeof made>,
	error: 'E10' | 'E04' | 'E22' | 'E24',
	seed: number,
) {
	const planted = await plantError(source, { error, seed }, grids, signal);
	if (!planted.ok) throw new Error(JSON.stringify(planted.issues));
	return planted.value;
}

describe('plantError', () => {
	const one = made();

	it('gives a drawing of every region with one error, which the reference repairs', async () => {
		const planted = await plantedIn(one, 'E10', 2);
		expect(planted?.rules).toEqual(['R6-8b']);
		expect(planted?.masks.map(({ region }) => region).sort()).toEqual([...one.reference.keys()].sort());
		expect(planted?.found.map(({ code }) => code)).toContain('E10');
		const changed = planted!.masks;
		expect(changed.some(({ leftOut }) => leftOut.length > 0)).toBe(true);
		const share = (maskOf: (region: string) => Uint8Array) => repairedShare({ changed }, maskOf);
		expect(share((region) => changed.find((each) => each.region === region)!.data)).toBe(0);
		expect(share((region) => one.reference.get(region)!)).toBeGreaterThan(0.9);
	});

	it('is the same for a seed, and another one for another', async () => {
		expect(await plantedIn(one, 'E10', 2)).toEqual(await plantedIn(one, 'E10', 2));
		expect(await plantedIn(one, 'E10', 2)).not.toEqual(await plantedIn(one, 'E10', 3));
	});

	it('gives none where the case cannot carry it, or it would lie in a file', async () => {
		expect(await plantedIn(one, 'E04', 2)).toBeNull();
		expect(await plantedIn(one, 'E24', 2)).toBeNull();
		const moved = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => plantedIn(one, 'E22', seed)));
		expect(moved).toContain(null);
		const none = { ...one, grids: new Map([...one.grids].filter(([sequence]) => sequence !== 'T2')) };
		expect(await plantedIn(none, 'E10', 2)).toBeNull();
	});

	it('says which file of the reference is wrong', async () => {
		if (one.source.kind !== 'device') throw new Error('no device');
		const files = new Map([...one.source.files, ['ET.nii', new Blob(['nothing'])]]);
		const planted = await plantError({ ...one.source, files }, { error: 'E10', seed: 1 }, one.grids, signal);
		expect(planted).toMatchObject({ ok: false, issues: [{ path: 'ET.nii' }] });
	});
});
