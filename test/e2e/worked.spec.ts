import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { parse } from 'yaml';
import { rasView } from '../../src/grid/rasView.ts';
import { REGION_SEQUENCE, type Region } from '../../src/protocol/protocol.ts';
import { workedCaseSchema } from '../../src/schemas/workedCase.ts';
import { folders, test } from './server.ts';
import { readCatalogueCase, seriesOf } from './support/caseFiles.ts';
import { Figure, LOADING_MS } from './support/figure.ts';
import { readLearner } from './support/learner.ts';
import { elementAt } from './support/placement.ts';
import { SLOW, slowInEnglish } from './support/slow.ts';

const files = readCatalogueCase(folders.data, 'fig-1');
const { steps, next } = workedCaseSchema.parse(parse(readFileSync('content/worked/fig-1.yaml', 'utf8')));
const LAST = steps.length - 1;

/** What a page should not do: complain, or lose a WebGL context that is still on it. */
async function watch(page: Page): Promise<string[]> {
	const objections: string[] = [];
	page.on('console', (message) => {
		if (message.type() === 'error') objections.push(message.text());
	});
	page.on('pageerror', (error) => objections.push(error.message));
	await page.exposeFunction('contextLost', () => objections.push('a WebGL context was lost'));
	await page.addInitScript(() => {
		document.addEventListener(
			'webglcontextlost',
			() => (globalThis as unknown as { contextLost(): void }).contextLost(),
			true,
		);
	});
	return objections;
}

async function barriers(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
	return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** The slice of a reference that the words of a step name. */
function slicesOf(region: Region): { widest: number; first: number; last: number } {
	const reference = files.references.get(region) ?? new Uint8Array();
	const view = rasView(seriesOf(files, REGION_SEQUENCE[region]).grid);
	const counts = Array.from({ length: view.dims[2] }, (_, slice) => {
		let count = 0;
		for (let y = 0; y < view.dims[1]; y++)
			for (let x = 0; x < view.dims[0]; x++) count += reference[elementAt(view, x, y, slice)] ?? 0;
		return count;
	});
	const drawn = counts.flatMap((count, slice) => (count > 0 ? [slice] : []));
	return { widest: counts.indexOf(Math.max(...counts)), first: drawn[0] ?? -1, last: drawn.at(-1) ?? -1 };
}

for (const locale of ['zh', 'en'] as const)
	test.describe(`${locale}, without JavaScript`, slowInEnglish(locale), () => {
		test.use({ javaScriptEnabled: false });
		test('every step is read with its still, and nothing else is there', async ({ page }) => {
			await page.goto(`/${locale}/worked/fig-1/`);
			const sections = page.locator('[data-step]');
			await expect(sections).toHaveCount(steps.length);
			for (const [n, step] of steps.entries()) {
				const section = sections.nth(n);
				await expect(section.locator('h2')).toContainText(step.title[locale]);
				await expect(section.locator('h2')).toBeVisible();
				await expect(section.locator('[data-still] :is(img, svg)').first()).toBeVisible();
				await expect(section.locator('.rests .cl')).toHaveCount(step.rules.length);
				await section.locator('summary').click();
				await expect(section.getByText(step.answer[locale])).toBeVisible();
			}
			await expect(page.locator('[data-live-start], [data-next], canvas').locator('visible=true')).toHaveCount(0);
			await expect(page.locator('.you a').first()).toHaveAttribute('href', `/${locale}/practice/?case=${next}`);
		});
	});

test('the steps are walked by the keyboard, the address holds the step, and the viewer follows', async ({ page }) => {
	test.slow();
	const objections = await watch(page);
	const asked: string[] = [];
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	await page.goto('/zh/worked/fig-1/');
	await expect(page.locator('[data-step].now')).toHaveAttribute('id', 'step-1');
	await page.keyboard.press('ArrowRight');
	await expect(page).toHaveURL(/\?step=2$/);
	await expect(page.locator('#step-1')).toBeHidden();
	await expect(page.locator('#step-2')).toBeVisible();
	await expect(page.locator('[data-where]')).toHaveText(`第 2 步，共 ${steps.length} 步`);
	await page.reload();
	await expect(page.locator('#step-2')).toBeVisible();
	expect(asked.filter((path) => path.endsWith('.nii.gz'))).toEqual([]);
	await expect(page.locator('canvas')).toHaveCount(0);

	const figure = new Figure(page, files);
	await figure.open();
	const closeUp = page.getByLabel('放大病灶');
	for (let n = 1; n <= LAST; n++) {
		const step = steps[n]!;
		const [first] = step.sequences;
		if (n > 1) {
			await page.locator('[data-where]').click();
			await page.keyboard.press('ArrowRight');
		}
		await expect(page).toHaveURL(new RegExp(`\\?step=${n + 1}$`));
		await expect(page.locator('[data-step].now h2')).toContainText(step.title.zh);
		await expect(figure.plate.locator('[data-panel]')).toHaveCount(step.sequences.length);
		for (const [panel, sequence] of step.sequences.entries())
			await expect(figure.plate.locator('[data-panel]').nth(panel)).toHaveAttribute('data-panel', sequence);
		await figure.loaded();
		for (const region of ['WT', 'TB', 'ET', 'NE'] as const)
			await expect(figure.plate.locator(`button[data-region="${region}"]`)).toHaveAttribute(
				'aria-pressed',
				String(step.regions.includes(region)),
			);
		if (typeof step.slice !== 'number' && REGION_SEQUENCE[step.slice.region] === first)
			await expect(figure.panel(first)).toHaveAttribute(
				'data-slice',
				String(slicesOf(step.slice.region)[step.slice.which] + 1),
			);
		if (step.composite) continue;
		await closeUp.uncheck();
		for (const region of step.regions.filter((each) => REGION_SEQUENCE[each] === first))
			await expect(async () => {
				const { away, missing } = await figure.outlineError(region);
				expect(away, `step ${n + 1}: voxels between the outline of ${region} and the reference`).toBeLessThan(1);
				expect(missing, `step ${n + 1}: share of the edge of ${region} without an outline`).toBeLessThan(0.05);
			}).toPass({ timeout: 20_000 });
	}

	await page.locator('[data-where]').click();
	await page.keyboard.press('ArrowRight');
	await expect(page).toHaveURL(new RegExp(`\\?step=${LAST + 1}$`));
	await expect(page.locator('.you a').first()).toBeVisible();
	await page.keyboard.press('ArrowLeft');
	await expect(page.locator('.you')).toBeHidden();
	await page.goto('/zh/worked/fig-1/');
	for (let n = 0; n < LAST; n++) await page.keyboard.press('ArrowRight');
	await expect.poll(() => readLearner(page)).toMatchObject([{ kind: 'worked', case: 'fig-1' }]);
	expect(objections).toEqual([]);
});

test('slices turn by key, wheel and slider; regions, reference and sequence are switched', async ({ page }) => {
	const objections = await watch(page);
	await page.goto('/en/worked/fig-1/?step=2');
	const figure = new Figure(page, files);
	await figure.open();
	const flair = figure.panel('FLAIR');
	const start = await figure.slice('FLAIR');
	const shows = (slice: number) => expect(flair).toHaveAttribute('data-slice', String(slice + 1));
	await flair.focus();
	await page.keyboard.press('ArrowUp');
	await shows(start + 1);
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	await shows(start - 1);
	await flair.hover();
	await page.mouse.wheel(0, -100);
	await shows(start);
	const slider = figure.plate.getByRole('slider');
	await slider.focus();
	await page.keyboard.press('ArrowUp');
	await shows(start + 1);
	// The slider's own keys do not change the step.
	await page.keyboard.press('ArrowRight');
	await shows(start + 2);
	await expect(page).toHaveURL(/\?step=2$/);

	await page.getByLabel('Close to the lesion').uncheck();
	const drawn = async () => (await figure.outline('WT')).length;
	await expect.poll(drawn).toBeGreaterThan(50);
	await figure.plate.locator('button[data-region="WT"]').click();
	await expect.poll(drawn).toBe(0);
	await figure.plate.locator('button[data-region="WT"]').click();
	await expect.poll(drawn).toBeGreaterThan(50);
	await page.getByLabel('Show reference').uncheck();
	await expect.poll(drawn).toBe(0);
	await page.getByLabel('Show reference').check();

	await figure.plate.getByRole('button', { name: 'T1 contrast' }).click();
	await expect(figure.panel('T1C')).not.toHaveAttribute('data-slice', '0', { timeout: LOADING_MS });
	await shows(start + 2);
	expect(await barriers(page)).toEqual([]);
	expect(objections).toEqual([]);
});

test(
	'a figure that was opened once opens without a network, and one that was not says so',
	SLOW,
	async ({ page, site }) => {
		test.slow();
		await page.goto('/en/worked/fig-1/?step=2');
		await page.evaluate(async () => {
			await navigator.serviceWorker.ready;
			if (navigator.serviceWorker.controller) return;
			await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done));
		});
		const figure = new Figure(page, files);
		await figure.open();
		const wanted = new Set(steps.flatMap(({ sequences }) => sequences));
		const kept = () =>
			page.evaluate(async () => (await (await caches.open('concord-cases')).keys()).map(({ url }) => url));
		for (const sequence of wanted)
			await expect
				.poll(async () => (await kept()).some((url) => url.includes(`/${sequence}.nii`)), { timeout: LOADING_MS })
				.toBe(true);
		await site.stop();
		await page.reload();
		await figure.open();
		await page.keyboard.press('Escape');
		await expect(figure.panel('FLAIR')).toBeVisible();
		await page.goto('/en/worked/fig-2/');
		await page.locator('[data-live-start]').click();
		await expect(page.locator('[data-live] [role=alert]')).toContainText('This case could not be read', {
			timeout: LOADING_MS,
		});
		await site.start();
		await page.getByRole('button', { name: 'Try again' }).click();
		await new Figure(page, files).loaded();
	},
);

test('a figure that is scrolled far away gives its contexts back', async ({ page }) => {
	await page.goto('/zh/worked/fig-1/?step=2');
	await new Figure(page, files).open();
	await page.evaluate(() => {
		const spacer = document.body.appendChild(document.createElement('div'));
		spacer.style.height = `${8 * innerHeight}px`;
		scrollTo(0, document.body.scrollHeight);
	});
	await expect(page.locator('canvas')).toHaveCount(0);
	await page.evaluate(() => scrollTo(0, 0));
	await expect(page.locator('[data-live-start]')).toBeVisible();
});

for (const locale of ['zh', 'en'] as const)
	for (const path of ['', 'fig-1/', 'fig-4/'])
		test(
			`/${locale}/worked/${path} is accessible and runs over at no width`,
			// The list shows cases that `npm test` does not make.
			path === '' ? SLOW : slowInEnglish(locale),
			async ({ page }) => {
				const objections = await watch(page);
				await page.goto(`/${locale}/worked/${path}`);
				expect(await barriers(page)).toEqual([]);
				for (const width of [1440, 1024, 820, 390]) {
					await page.setViewportSize({ width, height: 900 });
					expect(await page.evaluate(() => document.documentElement.scrollWidth), `at ${width}`).toBe(width);
				}
				expect(objections).toEqual([]);
			},
		);
