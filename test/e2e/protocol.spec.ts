import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { folders, test } from './server.ts';
import { readCatalogueCase } from './support/caseFiles.ts';
import { ReadingRoom } from './support/readingRoom.ts';
import { around, middleOf } from './support/referenceShape.ts';
import { SLOW, slowInEnglish } from './support/slow.ts';

const files = readCatalogueCase(folders.data, 'ring-01');
const STROKE = [
	[-14, 4],
	[2, -9],
] as const;

async function expectAccessible(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
	expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))).toEqual([]);
}

for (const locale of ['zh', 'en'] as const)
	test(
		`${locale}: the pre-read is filled in with the keyboard alone, lasts, and asks for all slices where lesions are several`,
		slowInEnglish(locale),
		async ({ page }) => {
			const room = new ReadingRoom(page, files);
			await room.open(locale);
			const open = page.locator('.side .preread .btn');
			await open.focus();
			await page.keyboard.press('Enter');
			const dialog = page.locator('dialog[open]');
			await expect(dialog).toBeVisible();
			await expectAccessible(page);
			// Nothing is told yet: it says so and stays.
			await dialog.locator('input[type="number"]').focus();
			await page.keyboard.press('Enter');
			await expect(dialog.locator('footer .attn')).not.toBeEmpty();

			await dialog.getByRole('button').first().focus();
			const press = async (...keys: readonly string[]) => {
				for (const key of keys) await page.keyboard.press(key);
			};
			// Past the clause to the side: the second, then the first site and the third, the number, the margin.
			await press('Tab', 'Tab', 'Space', 'ArrowRight', 'Tab', 'Space', 'Tab', 'Tab', 'Space');
			await press(...Array.from({ length: 7 }, () => 'Tab'));
			await press('2', 'Tab', 'Space', 'Tab', 'Space', 'Enter');
			await expect(dialog).toHaveCount(0);
			await room.saved();
			const answer = {
				side: 'right',
				lobes: ['frontal', 'parietal'],
				lesions: 2,
				margin: 'sharp',
				composition: ['enhancing'],
				quality: {},
			};
			expect((await room.work()).preRead).toEqual(answer);
			await page.reload();
			await room.loaded();
			await expect(page.locator('.steps li').first()).toHaveClass('dn');
			const slices = (await room.placement('FLAIR')).view.dims[2];
			const browse = page.locator('[data-check="browse"][data-status="attention"]');
			await expect(browse).toContainText(locale === 'zh' ? `1 / ${slices} 层：FLAIR` : `FLAIR: 1 of ${slices} slices`);
			await page.locator('[data-step="preRead"]').click();
			await expect(dialog.locator('input:checked')).toHaveCount(5 + files.volumes.size);
			await expect(dialog.locator('input[type="number"]')).toHaveValue('2');
			await dialog.locator('.quality fieldset').first().locator('input').nth(1).check();
			await expect(dialog.locator('.quality .attn')).toBeVisible();
			await dialog.locator('footer .btn.pri').click();
			await expect(page.locator('.side .preread .attn')).toBeVisible();
			await room.saved();
			expect(Object.values((await room.work()).preRead?.quality ?? {})).toEqual([1]);
		},
	);

test('the self-check shows the slices not looked at, leads to each, and comes before the score', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const { slice, at } = middleOf(files, 'WT');
	await room.goToSlice('FLAIR', slice);
	await room.stroke('FLAIR', around(at, STROKE));
	await room.saved();
	await page.locator('.top .btn.pri').click();
	const whole = page.locator('[data-check="WT"]');
	const cells = whole.locator('.cells button');
	await expect(cells).toHaveCount(3);
	await expect(whole.locator('.cells .first.last button')).toHaveAttribute('data-slice', String(slice + 1));
	await expectAccessible(page);
	const unseen = whole.locator('.cells .un');
	const open = await unseen.count();
	expect(open).toBeGreaterThan(0);
	const first = unseen.first().locator('button');
	const to = await first.getAttribute('data-slice');
	await first.click();
	await expect(room.panel('FLAIR')).toHaveAttribute('data-slice', to ?? '');
	await expect(unseen).toHaveCount(open - 1);

	// Enhancing is asked for: it is missing until it is said to be absent.
	const enhancing = page.locator('[data-check="ET"]');
	await expect(enhancing.locator('.attn')).toHaveCount(1);
	await enhancing.getByRole('checkbox').check();
	await expect(enhancing.locator('.attn')).toHaveCount(0);
	await page.locator('.check .bot').getByRole('checkbox').check();
	await page.locator('.check .btn.pri').click();
	await page.waitForSelector('.wb.reporting', { timeout: 90_000 });
	const kinds = (await room.events()).map(({ kind }) => kind).filter((kind) => kind !== 'look');
	expect(kinds).toEqual(['stroke', 'noneSeen', 'selfCheck']);

	await page.locator('.top .btn.pri').click();
	await expect(page.locator('[data-step="selfCheck"] .ic')).toBeVisible();
});

test('the lesions of the enhancing region are listed, counted, and each is a click away', SLOW, async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	await page.keyboard.press('2');
	const { slice, at } = middleOf(files, 'ET');
	for (const each of [slice - 4, slice]) {
		await room.goToSlice('T1C', each);
		await room.stroke('T1C', around(at, STROKE));
	}
	const rows = page.locator('.side .lesions li');
	await expect(rows).toHaveCount(2);
	await expect(page.locator('.side .lesions h2')).toContainText('Lesions 2');
	await page.keyboard.press('1');
	await rows.first().getByRole('button').click();
	await expect(room.panel('T1C')).toHaveAttribute('data-slice', String(slice - 3));
	await expect(page.locator('.rlist li[aria-current="true"]')).toHaveClass('et');
});

test('the grades of a set to judge are told once the pre-read is kept, and grade 1 taken for good enough with them', async ({
	page,
}) => {
	const set = readCatalogueCase(folders.data, 'set-13');
	const room = new ReadingRoom(page, set);
	await room.open('en');
	await expect(page.locator('[data-grade]')).toHaveCount(0);
	await page.locator('.side .preread .btn').click();
	const dialog = page.locator('dialog[open]');
	await dialog.getByLabel('Left').check();
	await dialog.getByLabel('Frontal').check();
	await dialog.getByRole('spinbutton').fill('1');
	await dialog.getByLabel('Sharp').check();
	// Known by its recipe: ghosts of grade 1 on FLAIR and T1C, of grade 2 on T2, none on the others.
	const told = { FLAIR: 3, 'T1 contrast': 1, T2WI: 3, 'T1 plain': 3 } as const;
	for (const [name, grade] of Object.entries(told))
		await dialog.getByRole('group', { name, exact: true }).getByLabel(`Grade ${grade}`).check();
	await dialog.getByRole('button', { name: 'Keep the pre-read' }).click();
	await expect(dialog).toHaveCount(0);
	const off = (sequence: string) => page.locator(`[data-grade="${sequence}"]`);
	for (const [sequence, by] of [
		['FLAIR', '2'],
		['T1C', '0'],
		['T2', '1'],
		['T1', '0'],
	] as const)
		await expect(off(sequence)).toHaveAttribute('data-off', by);
	await expect(page.locator('[data-hard="HF8"]')).toContainText('FLAIR: grade 1, but you would annotate it');
	await expectAccessible(page);
});
