import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from '@playwright/test';
import { FAMILY_REGIONS, type Family, type Region } from '../../src/protocol/protocol.ts';
import { type RunningSite, startSite } from '../../src/server/startSite.ts';
import { folders, test } from '../e2e/server.ts';
import { readCatalogueCase } from '../e2e/support/caseFiles.ts';
import { ReadingRoom } from '../e2e/support/readingRoom.ts';
import { sharedFolder } from '../sharedData.ts';
import { runConcord } from '../unit/cli/runConcord.ts';

const found = sharedFolder('testdata/real');
test.skip(found === undefined, 'no shared test data');
const real = found ?? '';

const WHO = ['--authors', 'test', '--experts', '1', '--date', '2024-01-31', '--method', 'unknown'];

interface Imported {
	readonly id: string;
	readonly family: Family;
	readonly argv: readonly string[];
	/** A mask to upload, and what to take it for. */
	readonly mask: string;
	readonly meaning: string;
	/** `concord score` of that mask against the reference: what the page must show. */
	readonly reference: string;
	readonly regions: Partial<Record<Region, string>>;
}

const TCGA = { WT: '1,2,4', ET: '4', TB: '1,4', NE: '1' };
const tcga = (id: string, folder: string): Imported => ({
	id,
	family: 'glioma',
	argv: ['brats', join(real, folder), '--reference', 'seg_fusion_mav.nii.gz', '--edition', '2018'],
	mask: join(real, folder, 'raters/isen-20.nii.gz'),
	meaning: 'brats2018',
	reference: join(real, folder, 'seg_fusion_mav.nii.gz'),
	regions: TCGA,
});
const CASES: readonly Imported[] = [
	tcga('fg', 'TCGA-FG-6692'),
	tcga('du', 'TCGA-DU-7294'),
	{
		id: 'pat0006',
		family: 'glioma',
		argv: ['brats', join(real, 'brats_2013_pat0006_1'), '--reference', 'seg_expert.nii.gz', '--edition', '2013'],
		mask: join(real, 'brats_2013_pat0006_1/seg_expert.nii.gz'),
		meaning: 'brats2013',
		reference: join(real, 'brats_2013_pat0006_1/seg_expert.nii.gz'),
		regions: { WT: '1,2,3,4', ET: '4', NE: '1,3' },
	},
	{
		id: 'brain1',
		family: 'metastasis',
		argv: ['nifti', join(real, 'pyradiomics_brain1'), '--series', 'T1C=image.nrrd', '--mask', 'EN=label.nrrd'],
		mask: join(real, 'pyradiomics_brain1/label.nrrd'),
		meaning: 'EN',
		reference: join(real, 'pyradiomics_brain1/label.nrrd'),
		regions: { EN: '1' },
	},
];

let data: string;
let site: RunningSite;

test.beforeAll(async () => {
	data = mkdtempSync(join(tmpdir(), 'concord-imported-'));
	for (const { id, family, argv } of CASES) {
		const { code, error } = await runConcord(
			'case',
			'import',
			...argv,
			'--id',
			id,
			'--family',
			family,
			...WHO,
			'--into',
			data,
		);
		expect(code, error).toBe(0);
	}
	site = await startSite({ dist: folders.dist, data }, { port: 0 });
});
test.afterAll(async () => {
	await site?.stop();
	if (data) rmSync(data, { recursive: true, force: true });
});

for (const { id, family, mask, meaning, reference, regions } of CASES)
	test(`${id}: imported by command line, opened and scored as concord score does`, async ({ page }) => {
		test.slow();
		await page.goto(`${site.url}/en/cases/`);
		await page.locator(`a[href$="case=${id}"]`).click();
		const room = new ReadingRoom(page, readCatalogueCase(data, id), family);
		await room.loaded();
		await page.locator('.filebtns button').first().click();
		await page.locator('input[data-choose="masks"]').setInputFiles(resolve(mask));
		await page.locator('dialog .mhead select').selectOption(meaning);
		await page.locator('dialog footer .btn.pri').click();
		await expect(page.locator('dialog')).toHaveCount(0);
		await room.score();
		const words = Object.entries(regions).flatMap(([region, labels]) => ['--region', `${region}=${labels}`]);
		const { out } = await runConcord('score', reference, mask, ...words, '--json');
		const expected = JSON.parse(out).regions;
		for (const region of FAMILY_REGIONS[family]) {
			if (!(region in regions)) continue;
			const { dice, hd95Mm } = expected[region];
			const known = (value: unknown) =>
				typeof value === 'number' ? String(value) : (value as { reason: string }).reason;
			expect(await room.figure(region, 'dice'), `${region} dice`).toBe(known(dice));
			await room.figure(region, 'precision');
			const shown = await page.locator('[data-figure="hd95"]').getAttribute('data-value');
			expect(shown, `${region} HD95`).toBe(known(hd95Mm));
		}
	});
