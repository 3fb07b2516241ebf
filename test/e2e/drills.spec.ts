import { resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { ijkToXyz, invertAffine, type XyzMm } from '../../src/grid/grid.ts';
import { rasView } from '../../src/grid/rasView.ts';
import { type Mark, placeMarks } from '../../src/learning/drills/marks.ts';
import { readAuthoredCases } from '../../src/node/caseRecipes.ts';
import { FAMILY_REGIONS, type Family, REGION_SEQUENCE, REGIONS, type Region } from '../../src/protocol/protocol.ts';
import { gradeOf } from '../../src/schemas/caseRecipe.ts';
import type { AnswerEvent } from '../../src/schemas/learnerEvent.ts';
import { folders, test } from './server.ts';
import { type CaseFiles, readCatalogueCase, volumeOf } from './support/caseFiles.ts';
import { readStored } from './support/journal.ts';
import { ReadingRoom } from './support/readingRoom.ts';
import { SLOW } from './support/slow.ts';

const cases = new Map((await readAuthoredCases('content')).map(({ id, recipe }) => [id, recipe]));
const opened = new Map<string, CaseFiles>();
function filesOf(id: string): CaseFiles {
	const files = opened.get(id) ?? readCatalogueCase(folders.data, id);
	opened.set(id, files);
	return files;
}

/** A round as somebody at the page sees it. */
class Round {
	readonly page: Page;
	readonly round: Locator;

	constructor(page: Page) {
		this.page = page;
		this.round = page.locator('.round');
	}

	async open(kind: string, seed: number, locale: 'zh' | 'en' = 'en'): Promise<void> {
		await this.page.goto(`/${locale}/drills/${kind}/?seed=${seed}`);
		await expect(this.round).toBeVisible();
	}

	/** What is asked, as its id says. */
	async item(): Promise<string> {
		return (await this.round.getAttribute('data-item')) ?? '';
	}

	/** Asserts the score of the item that was answered. */
	async told(score: number): Promise<void> {
		await expect.poll(async () => Number(await this.round.getAttribute('data-score'))).toBeCloseTo(score, 5);
		await expect(this.page.locator('.told')).toBeVisible();
		await expect(this.page.locator('.told .cl, [data-right] ~ p .cl').first()).toBeVisible();
	}

	/** Goes on: the way there has the focus once an item was told. */
	async next(): Promise<void> {
		const at = await this.round.getAttribute('data-at');
		await expect(this.page.locator('[data-next]')).toBeFocused();
		await this.page.keyboard.press('Enter');
		await expect(this.round).not.toHaveAttribute('data-at', at ?? '');
	}

	/** Answers on the disk, from the oldest. */
	async kept(): Promise<readonly AnswerEvent[]> {
		return (await readStored(this.page)).learner.filter((event) => event.kind === 'answer');
	}
}

async function expectAccessible(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
	expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))).toEqual([]);
}

/** Value of a mask at a place, 0 outside. */
function at(files: CaseFiles, region: Region, xyzMm: XyzMm): number {
	const { grid } = volumeOf(files, region);
	const [i, j, k] = ijkToXyz({ dims: grid.dims, affine: invertAffine(grid.affine) }, xyzMm).map(Math.round);
	return files.references.get(region)?.[i! + grid.dims[0] * (j! + grid.dims[1] * k!)] ?? 0;
}

test('the list leads to every kind, in both languages, and is accessible', async ({ page }) => {
	for (const locale of ['zh', 'en'] as const) {
		await page.goto(`/${locale}/drills/`);
		await expect(page.locator('.kinds li')).toHaveCount(7);
		await expectAccessible(page);
		for (const link of await page.locator('.kinds .btn').all()) {
			const response = await page.request.get((await link.getAttribute('href')) ?? '');
			expect(response.status()).toBe(200);
		}
	}
});

test(
	'regions: right and wrong names are told apart, by number keys and by pointer, and kept',
	SLOW,
	async ({ page }) => {
		const round = new Round(page);
		await round.open('region', 4);
		const scores: number[] = [];
		for (let n = 0; n < 8; n++) {
			const [id = '', region = ''] = (await round.item()).split(':');
			await expect(page.locator('[data-layer="plain"]')).toHaveCount(1);
			await expect(page.locator('.plate-box')).toHaveAttribute('data-sequence', REGION_SEQUENCE[region as Region]);
			const family: Family = cases.get(id)!.family;
			const own: readonly Region[] = FAMILY_REGIONS[family];
			const isRight = n % 2 === 0;
			const named = isRight ? (region as Region) : REGIONS.find((each) => each !== region && !own.includes(each))!;
			if (n < 4) await page.keyboard.press(String(REGIONS.indexOf(named) + 1));
			else await page.locator(`[data-choice="${named}"]`).click();
			await round.told(isRight ? 1 : 0);
			await expect(page.locator(`[data-choice="${region}"]`)).toHaveAttribute('data-told', 'right');
			// A second answer changes nothing.
			await page.locator(`[data-choice="${region}"]`).dispatchEvent('click');
			await round.told(isRight ? 1 : 0);
			await expect(page.locator(`[data-layer="${region.toLowerCase()}"]`)).toHaveCount(1);
			if (!isRight) await expect(page.locator('.told')).toContainText('has no region');
			scores.push(isRight ? 1 : 0);
			if (n === 1) await expectAccessible(page);
			await round.next();
		}
		await expect(page.locator('[data-summary]')).toHaveAttribute('data-summary', '0.5');
		await expect(page.locator('.summary .ledger li')).toHaveCount(8);
		const kept = await round.kept();
		expect(kept.map(({ score }) => score)).toEqual(scores);
		expect(kept.every(({ item, rules }) => item.startsWith('drill:region:') && rules.length > 0)).toBe(true);
		await page.locator('[data-again]').click();
		await expect(round.round).toHaveAttribute('data-at', '0');
		await page.goto('/en/drills/region/?seed=4');
		expect(`drill:region:${await round.item()}`).toBe(kept[0]?.item);
	},
);

test(
	'first and last slice: marked by the reference with the leeway of the policy, by keys alone',
	SLOW,
	async ({ page }) => {
		const round = new Round(page);
		await round.open('end-slices', 2);
		const goTo = async (slice: number) => {
			const plate = page.locator('.plate-box');
			const now = Number(await plate.getAttribute('data-slice'));
			for (let n = 0; n < Math.abs(slice - now); n++) await page.keyboard.press(slice > now ? 'ArrowUp' : 'ArrowDown');
			await expect(plate).toHaveAttribute('data-slice', String(slice));
		};
		for (let n = 0; n < 4; n++) {
			const [id = '', name] = (await round.item()).split(':');
			const region = name as Region;
			await expect(page.locator('.plate-box')).toBeVisible({ timeout: 60_000 });
			const files = filesOf(id);
			const [first, last] = extentOf(
				files,
				region,
				Number(await page.locator('.plate-box').getAttribute('data-slice')),
			);
			const isRight = n % 2 === 0;
			await goTo(isRight ? first : first + 2);
			await page.keyboard.press('f');
			await goTo(last);
			await page.keyboard.press('l');
			await page.locator('[data-check]').focus();
			await page.keyboard.press('Enter');
			await round.told(isRight ? 1 : 0.5);
			await expect(page.locator('.told[data-first]')).toHaveAttribute('data-first', isRight ? 'right' : 'missed');
			await expect(page.locator('.told[data-first]')).toHaveAttribute('data-last', 'right');
			await expect(page.locator('.told')).toContainText(`${first + 1} to ${last + 1}`);
			if (n === 0) await expectAccessible(page);
			await round.next();
		}
		await expect(page.locator('[data-summary]')).toHaveAttribute('data-summary', '0.75');
		expect((await round.kept()).every(({ rules }) => rules.includes('R6-8b'))).toBe(true);
	},
);

/** First and last slice with at least 10 mm² of the part that goes through the middle slice, over slices that follow. */
function extentOf(files: CaseFiles, region: Region, middle: number): [number, number] {
	const { grid } = volumeOf(files, region);
	const view = rasView(grid);
	const mask = files.references.get(region)!;
	const [nx, ny, nz] = view.dims;
	const pixelMm2 = view.spacingMm[0] * view.spacingMm[1];
	const element = (x: number, y: number, z: number) =>
		view.origin + x * view.strides[0] + y * view.strides[1] + z * view.strides[2];
	// Grows from the lesion's slice by voxels that touch: what is reached is the lesion.
	const seen = new Set<number>();
	const parts: number[][] = [];
	for (let y = 0; y < ny; y++)
		for (let x = 0; x < nx; x++) {
			const start = element(x, y, middle);
			if (mask[start] === 0 || seen.has(start)) continue;
			const counts = new Array<number>(nz).fill(0);
			const stack: [number, number, number][] = [[x, y, middle]];
			seen.add(start);
			for (let here = stack.pop(); here; here = stack.pop()) {
				counts[here[2]]!++;
				for (let dz = -1; dz <= 1; dz++)
					for (let dy = -1; dy <= 1; dy++)
						for (let dx = -1; dx <= 1; dx++) {
							const [a, b, c] = [here[0] + dx, here[1] + dy, here[2] + dz];
							if (a < 0 || b < 0 || c < 0 || a >= nx || b >= ny || c >= nz) continue;
							const to = element(a, b, c);
							if (mask[to] === 0 || seen.has(to)) continue;
							seen.add(to);
							stack.push([a, b, c]);
						}
			}
			parts.push(counts);
		}
	const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
	const largest = parts.sort((a, b) => sum(b) - sum(a))[0]!;
	const counts = (count: number) => count * pixelMm2 >= 10;
	return [largest.findIndex(counts), largest.findLastIndex(counts)];
}

test('oedema or not: every mark is told by the masks, on any sequence', SLOW, async ({ page }) => {
	test.setTimeout(240_000);
	const round = new Round(page);
	await round.open('confounder', 3);
	for (let n = 0; n < 6; n++) {
		const [id = '', number = '', seed = ''] = (await round.item()).split(':');
		const files = filesOf(id);
		const { family } = cases.get(id)!;
		const regions = new Map(
			[...files.references].map(([region, data]) => [region, { grid: volumeOf(files, region).grid, data }]),
		);
		const mark: Mark = placeMarks({ family, regions, layers: files.layers }, 5, Number(seed))[Number(number) - 1]!;
		// Not what the mark says of itself: what the masks say of its place.
		const isTumour = (['WT', 'ED'] as const).some(
			(region) => files.references.has(region) && at(files, region, mark.xyzMm) > 0,
		);
		await expect(page.locator('.plate .ring')).toHaveCount(1, { timeout: 60_000 });
		if (n === 0) {
			await page.keyboard.press('ArrowRight');
			await expect(page.locator('.plate-box')).toHaveAttribute(
				'data-sequence',
				mark.sequence === 'FLAIR' ? 'T2' : 'DWI',
			);
			await expect(page.locator('.plate .ring')).toHaveCount(1);
		}
		const isRight = n % 3 !== 2;
		await page.keyboard.press(isTumour === isRight ? '1' : '2');
		await round.told(isRight ? 1 : 0);
		await expect(page.locator('[data-truth]')).toHaveAttribute('data-truth', isTumour ? 'oedema' : /confounder|vessel/);
		if (n === 0) await expectAccessible(page);
		await round.next();
	}
});

test(
	'image quality: grades are scored by how far they are off, and artefacts are told afterwards',
	SLOW,
	async ({ page }) => {
		test.setTimeout(240_000);
		const round = new Round(page);
		await round.open('quality', 5);
		for (const way of ['right', 'oneOff', 'keys'] as const) {
			const id = await round.item();
			const recipe = cases.get(id)!;
			await expect(page.locator('.plate-box')).toBeVisible({ timeout: 60_000 });
			const rows = await page.locator('tr[data-series]').all();
			let score = 0;
			for (const row of rows) {
				const sequence = (await row.getAttribute('data-series')) as 'T1';
				const known = gradeOf(recipe, sequence);
				const given = way === 'oneOff' ? (known === 3 ? 2 : known + 1) : known;
				score += 1 - Math.abs(given - known) / 2;
				if (way === 'keys') {
					await page.keyboard.press(String(given));
					await page.keyboard.press('ArrowRight');
				} else await row.locator(`[data-grade="${given}"]`).click();
				await expect(row.locator('[data-grade][aria-pressed="true"]')).toHaveText(String(given));
			}
			await page.locator('[data-check]').click();
			await round.told(score / rows.length);
			const spoilt = Object.keys(recipe.artefacts ?? {}).length;
			await expect(page.locator('.told li')).toHaveCount(
				spoilt +
					(way === 'oneOff' && rows.length > 0 && Object.values(recipe.artefacts ?? {}).length > 0 && hasPoor(id)
						? 1
						: 0),
			);
			if (way === 'right') await expectAccessible(page);
			await round.next();
		}
		await expect(page.locator('[data-summary]')).toBeVisible();
	},
);

const hasPoor = (id: string) =>
	(['T1', 'T2', 'FLAIR', 'T1C', 'DWI'] as const).some((sequence) => gradeOf(cases.get(id)!, sequence) === 1);

test('acceptance: sets are refused for what the table shows, and accepted where nothing fails', async ({ page }) => {
	const round = new Round(page);
	await round.open('acceptance', 11);
	for (let n = 0; n < 6; n++) {
		const faults = await faultsInTable(page);
		const isRight = n !== 2;
		const accept = (faults.length === 0) === isRight;
		await page.keyboard.press(accept ? 'a' : 'r');
		if (!accept) {
			await expect(page.locator('[data-check]')).toBeDisabled();
			for (const fault of isRight ? faults : ['plane']) await page.locator(`[data-fault="${fault}"]`).check();
		}
		await page.locator('[data-check]').click();
		await round.told(isRight ? 1 : 0);
		await expect(page.locator('[data-faults]')).toHaveAttribute('data-faults', faults.join(' '));
		if (n === 0) await expectAccessible(page);
		await round.next();
	}
	await expect(page.locator('[data-summary]')).toBeVisible();
});

/** What fails by the rules of §2.2, read off the table by hand. */
async function faultsInTable(page: Page): Promise<string[]> {
	const rows = await page
		.locator('tr[data-series]')
		.evaluateAll((elements) =>
			elements.map((row) => [
				(row as HTMLElement).dataset.series ?? '',
				...[...row.querySelectorAll('td')].map((td) => td.textContent ?? ''),
			]),
		);
	const wrong = new Set<string>();
	for (const needed of ['T1', 'T2', 'FLAIR', 'T1C'])
		if (!rows.some(([sequence]) => sequence === needed)) wrong.add('sequence');
	for (const [sequence = '', plane = '', dimension, thickness, gap, b, slices = '', grade] of rows) {
		const axialOnly = ['T2', 'DWI', 'ADC'].includes(sequence);
		if (plane !== 'axial' && (axialOnly || plane !== 'sagittal')) wrong.add('plane');
		if (['DWI', 'ADC'].includes(sequence) && dimension === '3D') wrong.add('dimension');
		if (Number(thickness) > (dimension === '3D' ? 2 : 6)) wrong.add('thickness');
		if (Number(gap) > 2) wrong.add('gap');
		if (sequence === 'DWI' && ![800, 1000].some((value) => Math.abs(Number(b) - value) <= value * 0.05))
			wrong.add('bValue');
		if (slices.includes('without')) wrong.add('missingSlices');
		if (grade === '1') wrong.add('quality');
	}
	return ['sequence', 'plane', 'dimension', 'thickness', 'gap', 'bValue', 'missingSlices', 'quality'].filter((fault) =>
		wrong.has(fault),
	);
}

test('zh: 文件命名: names are marked part by part, written and corrected', async ({ page }) => {
	const round = new Round(page);
	await round.open('naming', 6, 'zh');
	const words = { 全肿瘤: 'WT', 水肿: 'ED', 瘤体: 'TB', 强化: 'ET', 非强化: 'NE', 强化加非强化: 'EN' } as const;
	for (let n = 0; n < 6; n++) {
		const [patient = '', , content = ''] = await page.locator('.facts dd').allTextContents();
		const region = words[content as keyof typeof words];
		const right = `${patient}_${REGION_SEQUENCE[region]}_${region}.nii.gz`;
		const input = page.locator('.inp input');
		if (n % 2 === 1) await expect(input).not.toHaveValue('');
		const isRight = n % 3 !== 0;
		await input.fill(isRight ? right : `${patient}_DWI_${region}.nii.gz`);
		await page.keyboard.press('Enter');
		await round.told(isRight ? 1 : 0.75);
		await expect(page.locator('[data-part="sequence"]')).toHaveAttribute('data-right', String(isRight));
		await expect(page.locator('.told code')).toHaveText(right);
		if (n === 0) await expectAccessible(page);
		await round.next();
	}
	await expect(page.locator('[data-summary]')).toBeVisible();
});

test('repair: the planted error is named and repaired, and what it came to stands in the round', async ({ page }) => {
	test.setTimeout(300_000);
	const files = filesOf('ring-02');
	const room = new ReadingRoom(page, files);
	const task = '&drill=repair&error=E10&seed=1&round=42';
	await room.open('en', task);
	const panel = page.locator('.side .repair');
	await expect(panel.locator('[data-error]')).toHaveCount(4, { timeout: 60_000 });
	await expectAccessible(page);
	const check = page.locator('.top .btn.pri');
	await expect(check).toBeDisabled();
	// Nothing can be drawn or undone before the error is named.
	await page.keyboard.press('Control+z');
	const planted = await room.work();
	const [first = -1, missing = 0] = [
		planted.masks.get('ET')!.total,
		files.references.get('ET')!.reduce((a, b) => a + b, 0),
	];
	expect(first).toBeLessThan(missing);
	await panel.locator('[data-error="E11"]').click();
	await panel.locator('button[type="submit"]').click();
	await expect(panel).toHaveAttribute('data-named', 'E11');
	await check.click();
	const done = page.locator('.repair.done');
	await expect(done).toHaveAttribute('data-share', '0', { timeout: 90_000 });
	await expect(done).toHaveAttribute('data-score', '0');
	await expect(done.locator('[data-right]')).toHaveAttribute('data-right', 'false');
	await expectAccessible(page);

	// Again, in another round: named rightly, and put right with what the reference has.
	await room.open('en', task.replace('42', '43'));
	await panel.locator('[data-error="E10"]').click();
	await panel.locator('button[type="submit"]').click();
	await page.locator('.filebtns button').first().click();
	await page
		.locator('input[data-choose="masks"]')
		.setInputFiles(resolve(folders.data, 'cases/ring-02/ring-02_T1C_ET.nii.gz'));
	await expect(page.locator('dialog .working')).toHaveCount(0);
	await page.locator('dialog footer .btn.pri').click();
	await expect(page.locator('dialog')).toHaveCount(0);
	await room.saved();
	await check.click();
	await expect(done).toHaveAttribute('data-share', '1', { timeout: 90_000 });
	await expect(done).toHaveAttribute('data-score', '1');
	await expect(done.locator('[data-right]')).toHaveAttribute('data-right', 'true');
	await expect(done.locator('dd .cl').first()).toHaveText('§6-⑧');
	// It outlasts a reload, and undo leaves the planted drawing.
	await page.reload();
	await room.loaded();
	await expect(panel).toHaveAttribute('data-named', 'E10');
	await page.locator('main.view').click({ position: { x: 5, y: 5 }, trial: true });
	await page.keyboard.press('Control+z');
	await page.keyboard.press('Control+z');
	await room.saved();
	await expect.poll(async () => (await room.work()).masks.get('ET')!.total).toBe(first);

	// No score of a case comes of it: the list of attempts knows nothing of repairs.
	await page.goto('/en/cases/');
	await expect(page.locator('.rows li').first()).toBeVisible();
	await expect(page.locator('table.attempts tbody tr')).toHaveCount(0);
	const round = new Round(page);
	expect((await round.kept()).map(({ item, score }) => [item, score])).toEqual([
		['drill:repair:ring-02:E10:1', 0],
		['drill:repair:ring-02:E10:1', 1],
	]);
});

test('repair: the page of the round leads into each task and tells what they came to', async ({ page }) => {
	const round = new Round(page);
	await round.open('repair', 42);
	await expect(page.locator('.tasks li')).toHaveCount(4);
	await expectAccessible(page);
	const task = (await page.locator('.tasks li').first().getAttribute('data-task')) ?? '';
	const href = (await page.locator('.tasks li .btn').first().getAttribute('href')) ?? '';
	const query = new URL(href, 'http://x').searchParams;
	expect(`${query.get('case')}:${query.get('error')}:${query.get('seed')}`).toBe(task);
	expect([query.get('drill'), query.get('round')]).toEqual(['repair', '42']);
});

test('a case that is not there yet is told, and can be asked for again', SLOW, async ({ page }) => {
	let isThere = false;
	await page.route('**/cases/*/case.json*', (route) =>
		isThere ? route.continue() : route.fulfill({ status: 404, body: '' }),
	);
	const round = new Round(page);
	await round.open('region', 4);
	await expect(page.locator('[data-failure="unknownCase"]')).toBeVisible();
	isThere = true;
	await page.locator('[data-failure] .btn').click();
	await expect(page.locator('.plate-box')).toBeVisible({ timeout: 60_000 });
});
