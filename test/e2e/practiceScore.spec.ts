import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { rasView } from '../../src/grid/rasView.ts';
import { REGION_SEQUENCE, type Region } from '../../src/protocol/protocol.ts';
import { findingsPolicySchema } from '../../src/schemas/findingsPolicy.ts';
import { marksPolicySchema } from '../../src/schemas/marksPolicy.ts';
import { scoreReportSchema } from '../../src/schemas/scoreReport.ts';
import { sliceOf } from '../../src/scoring/findings/place.ts';
import { typescriptKernels } from '../../src/scoring/kernels/typescriptKernels.ts';
import type { Measure } from '../../src/scoring/measure.ts';
import { scoreCase } from '../../src/scoring/scoreCase.ts';
import type { ScoreReport } from '../../src/scoring/scoreReport.ts';
import { folders, test } from './server.ts';
import { readCatalogueCase, volumeOf } from './support/caseFiles.ts';
import { readStored } from './support/journal.ts';
import { settledScore } from './support/ownScore.ts';
import { elementAt, type SlicePosition } from './support/placement.ts';
import { ReadingRoom } from './support/readingRoom.ts';
import { around, middleOf } from './support/referenceShape.ts';
import { SLOW, slowInEnglish } from './support/slow.ts';
import { readSurface, voxelsOfColour } from './support/surface.ts';

const readPolicy = (name: string) => JSON.parse(readFileSync(`content/policy/${name}.json`, 'utf8'));
const findingsPolicy = findingsPolicySchema.parse(readPolicy('findings'));
const marksPolicy = marksPolicySchema.parse(readPolicy('marks'));
const files = readCatalogueCase(folders.data, 'ring-01');
const REGIONS = ['WT', 'ET', 'TB', 'NE'] as const;
/** Non-enhancing stays undrawn: it has no precision. */
const DRAWN = ['WT', 'ET', 'TB'] as const;
const MISSED = [0xff, 0x9e, 0x57] as const;
const EXTRA = [0x62, 0xd2, 0xf7] as const;
const STROKE = [
	[-8, -6],
	[0, 3],
	[14, 5],
] as const;

const referenceOf = (region: Region) => files.references.get(region) ?? new Uint8Array();
const countOf = async (room: ReadingRoom, region: Region) => settledScore(files, region, await room.drawn(region));
const byError = (errors: readonly number[]) =>
	errors.map((count, slice) => ({ count, slice })).sort((a, b) => b.count - a.count || a.slice - b.slice);
const signed = (value: number) => (value < 0 ? '\u2212' : '') + Math.abs(value).toFixed(1);

async function drawSome(room: ReadingRoom): Promise<void> {
	for (const [n, region] of DRAWN.entries()) {
		await room.page.keyboard.press(String(REGIONS.indexOf(region) + 1));
		const { slice, at } = middleOf(files, region);
		await room.goToSlice(REGION_SEQUENCE[region], slice);
		if (n === 0) await room.brush(16);
		await room.stroke(REGION_SEQUENCE[region], around(at, STROKE));
	}
	await room.saved();
}

/** Every figure of the report on the page against the test's own count. */
async function expectOwnFigures(room: ReadingRoom): Promise<void> {
	for (const region of REGIONS) {
		const own = await countOf(room, region);
		for (const measure of ['dice', 'sensitivity', 'precision'] as const) {
			const shown = await room.figure(region, measure);
			const expected = own[measure];
			if (expected === undefined) expect.soft(shown, `${region} ${measure}`).toBe('predictionEmpty');
			else expect.soft(Number(shown), `${region} ${measure}`).toBeCloseTo(expected, 12);
		}
		const difference = await room.figure(region, 'difference');
		expect.soft(difference, `${region} volumes`).toBe(signed(own.predictionMl - own.referenceMl));
	}
}

/** The report that the browser made and stored is, byte for byte, the one that Node makes of the same voxels. */
async function expectReportOfNode(room: ReadingRoom): Promise<ScoreReport<Region>> {
	const regions = await Promise.all(
		REGIONS.map(async (region) => {
			const { grid } = volumeOf(files, region);
			const reference = referenceOf(region);
			const prediction = new Uint8Array(reference.length);
			for (const element of await room.drawn(region)) prediction[element] = 1;
			return { region, grid, reference, prediction };
		}),
	);
	const node = scoreCase(
		{ caseId: files.id, family: 'glioma', regions, unscored: [], layers: files.layers, log: [], files: null },
		{ definition: 'surfel', kernels: typescriptKernels, findingsPolicy, marksPolicy },
	);
	const stored = (await readStored(room.page)).reports.at(-1)?.report;
	expect(JSON.stringify(stored)).toBe(JSON.stringify(scoreReportSchema.parse(node)));
	return node;
}

/** What the page shows of a region is what the report says. */
async function expectFiguresShown(room: ReadingRoom, report: ScoreReport<Region>, region: Region): Promise<void> {
	const score = report.regions.find((each) => each.region === region)!;
	await room.page.locator(`.report tr[data-region="${region}"]`).getByRole('button').click();
	const measures: Record<string, Measure> = {
		sensitivity: score.sensitivity,
		precision: score.precision,
		nsdSlices1: score.nsdSlices['1']!,
		nsdSlices2: score.nsdSlices['2']!,
		nsd1: score.nsd['1']!,
		nsd2: score.nsd['2']!,
		hd95: score.hd95Mm,
		hd: score.hdMm,
		assd: score.assdMm,
		masd: score.masdMm,
		boundary: score.boundary.medianMm,
		iou: score.iou,
		volumeSimilarity: score.volumeSimilarity,
		specificity: score.specificity,
	};
	const figures = room.page.locator('[data-figure]');
	await expect(figures).toHaveCount(Object.keys(measures).length);
	for (const [id, measure] of Object.entries(measures)) {
		expect(measure.kind, id).toBe('value');
		const shown = room.page.locator(`[data-figure="${id}"]`);
		await expect.soft(shown, id).toHaveAttribute('data-value', String(measure.kind === 'value' && measure.value));
	}
	// Each opens to its definition by the keyboard.
	const first = figures.first();
	await expect(first.locator('p')).toBeHidden();
	await first.locator('summary').press('Enter');
	await expect(first.locator('p')).toBeVisible();
}

/** The marks on the page, the verdict above them and what was not checked are those of the report. */
async function expectMarksShown(room: ReadingRoom, { marks, findings }: ScoreReport<Region>): Promise<void> {
	for (const region of REGIONS) {
		const mark = marks!.list.find((each) => each.region === region && each.measure === 'dice');
		const cell = room.page.locator(`.report tr[data-region="${region}"] .tier`);
		await expect(cell).toHaveAttribute('data-tier', mark?.tier ?? 'none');
	}
	await expect(room.page.locator('.report tr[data-region="WT"] .tier')).toHaveAttribute('data-tier', 'below');
	const hard = findings!.list.filter(({ hardFail }) => hardFail !== null).length;
	expect(hard).toBeGreaterThan(0);
	await expect(room.page.locator('[data-verdict]')).toHaveAttribute('data-verdict', 'hard');
	await expect(room.page.locator('[data-verdict] h2')).toContainText(String(hard));
	await expect(room.page.locator('[data-unchecked]')).toHaveAttribute('data-unchecked', 'confounders');
}

test('a finding names what is wrong and its clause, and leads to the place', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	await drawSome(room);
	await room.score();
	// A stroke in one slice is far too little of the whole tumour.
	const more = page.locator('.findings > .btn');
	if (await more.count()) await more.click();
	const finding = page.locator('[data-finding="E01"][data-region="WT"]');
	await expect(finding).toContainText('Under-drawn');
	await expect(finding.locator('a.cl')).toHaveText('§4-①');
	const view = rasView(volumeOf(files, 'WT').grid);
	const drawn = await room.drawn('WT');
	const missed = new Map<number, number>();
	for (const [element, inside] of referenceOf('WT').entries()) {
		const slice = sliceOf(element, view);
		if (inside && !drawn.has(element)) missed.set(slice, (missed.get(slice) ?? 0) + 1);
	}
	const worst = [...missed].sort((x, y) => y[1] - x[1] || x[0] - y[0])[0]![0];
	await page.keyboard.press('2');
	await expect(finding.getByRole('button')).toHaveText(`Go to slice ${worst + 1}`);
	await finding.getByRole('button').click();
	await expect(room.front).toHaveAttribute('data-panel', 'FLAIR');
	await expect(room.front).toHaveAttribute('data-slice', String(worst + 1));
	await expect(page.locator('.report tr[aria-current="true"]')).toHaveAttribute('data-region', 'WT');
});

for (const locale of ['zh', 'en'] as const) {
	test(
		`${locale}: the score is what an independent count gives, and its bars lead to the worst slice`,
		slowInEnglish(locale),
		async ({ page }) => {
			const room = new ReadingRoom(page, files);
			await room.open(locale);
			await drawSome(room);
			await room.score();
			// The report opens on the region that was drawn last.
			const errors = byError((await countOf(room, 'TB')).errorBySlice);
			await expect(room.front).toHaveAttribute('data-panel', 'T2');
			await expect(room.front).toHaveAttribute('data-slice', String((errors[0]?.slice ?? 0) + 1));
			await page.keyboard.press('n');
			await expect(room.front).toHaveAttribute('data-slice', String((errors[1]?.slice ?? 0) + 1));
			await page.keyboard.press('1');
			const worst = byError((await countOf(room, 'WT')).errorBySlice)[0]?.slice ?? 0;
			await page.locator('.opt .btn.s').click();
			await expect(room.panel('FLAIR')).toHaveAttribute('data-slice', String(worst + 1));
			await page
				.locator('.strip.errors .sl')
				.nth(worst + 2)
				.click();
			await expect(room.panel('FLAIR')).toHaveAttribute('data-slice', String(worst + 3));
			const own = await countOf(room, 'WT');
			const volumes = `${own.predictionMl.toFixed(2)} / ${own.referenceMl.toFixed(2)}`;
			await expect(page.locator('.report-region')).toContainText(volumes);

			await expectOwnFigures(room);
			const report = await expectReportOfNode(room);
			await expectFiguresShown(room, report, 'TB');
			await expectMarksShown(room, report);
		},
	);
}

test('the comparison marks what is missed and what is too much where it is', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	await drawSome(room);
	await page.keyboard.press('1');
	const { slice, at } = middleOf(files, 'WT');
	await room.goToSlice('FLAIR', slice);
	// Out of the tumour, over the middle of the head.
	await room.stroke(
		'FLAIR',
		around(at, [
			[0, 0],
			[55, 0],
		]),
	);
	await room.saved();
	await room.score();
	await page.keyboard.press('1');
	await room.goToSlice('FLAIR', slice);
	await page.mouse.move(5, 5);
	const placement = await room.placement('FLAIR');
	const drawn = await room.drawn('WT');
	const reference = referenceOf('WT');
	/** Whether a voxel around a position is as asked for: outlines run along the edges of voxels. */
	const isNear = ([x, y]: SlicePosition, holds: (element: number) => boolean) =>
		around(
			[Math.round(x), Math.round(y)],
			[-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy] as const)),
		).some(([i, j]) => holds(elementAt(placement.view, i, j, slice)));
	const marked = async () => {
		const surface = await readSurface(room.panel('FLAIR'));
		const corner = await room.box('FLAIR');
		return {
			missed: voxelsOfColour(surface, MISSED, placement, corner),
			extra: voxelsOfColour(surface, EXTRA, placement, corner),
		};
	};
	await expect.poll(async () => (await marked()).missed.length).toBeGreaterThan(100);
	const { missed, extra } = await marked();
	expect(extra.length).toBeGreaterThan(20);
	expect(missed.filter((at) => !isNear(at, (e) => reference[e] === 1 && !drawn.has(e)))).toEqual([]);
	expect(extra.filter((at) => !isNear(at, (e) => reference[e] === 0 && drawn.has(e)))).toEqual([]);
	await page.keyboard.press('f');
	await page.keyboard.press('f');
	await expect.poll(async () => (await marked()).missed.length + (await marked()).extra.length).toBe(0);
});

test(
	'after a score one draws on, scores again, starts over, and finds each attempt among the cases',
	SLOW,
	async ({ page }) => {
		const room = new ReadingRoom(page, files);
		await room.open('en');
		await drawSome(room);
		await room.score();
		await page.locator('.top .btn.pri').click();
		await expect(page.locator('.wb.reporting')).toHaveCount(0);
		const before = await room.drawn('TB');
		const { slice, at } = middleOf(files, 'TB');
		await room.goToSlice('T2', slice + 1);
		await room.stroke('T2', around(at, STROKE));
		expect((await room.drawn('TB')).size).toBeGreaterThan(before.size);
		await page.reload();
		await room.loaded();
		await page.keyboard.press('3');
		await room.score();
		await expectOwnFigures(room);
		await expect(page.locator('.report h2').first()).toContainText('Score 2');
		const dice = await Promise.all(REGIONS.map((region) => room.figure(region, 'dice')));
		const drawn = await room.drawn('WT');

		await page.locator('.top .btn.pri').click();
		await page.locator('.side .bot > .btn').click();
		await page.locator('dialog .btn.pri').click();
		await expect(page.locator('.rlist .v.z')).toHaveCount(4);
		expect((await room.work()).masks.get('WT')?.total).toBe(0);

		await page.goto('/en/cases/');
		const rows = page.locator('table.attempts tbody tr');
		await expect(rows).toHaveCount(2);
		await expect(rows.nth(0)).toContainText('not scored');
		await expect(rows.nth(1).locator('.dice b')).toHaveText(dice.map((value) => Number(value).toFixed(2)));
		await rows.nth(1).locator('a.btn').click();
		await room.loaded();
		const first = new URL(page.url()).searchParams.get('attempt') ?? '';
		expect((await room.work(first)).masks.get('WT')?.total).toBe(drawn.size);
		await expect(page.locator('.rlist .v.z')).toHaveCount(1);
	},
);
