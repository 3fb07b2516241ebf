import { expect, type Locator, type Page } from '@playwright/test';
import { readNifti } from '../../src/formats/nifti.ts';
import {
	BAD_LABELS,
	BAD_SEGMENTATIONS,
	DOUBTFUL_IMAGES,
	type Given,
	image,
	LABEL_GRID,
	LABELS,
	longFile,
	MISFITS,
	onDisk,
	REFUSED,
	sentences,
	stored,
	written,
} from '../unit/formats/badFiles.ts';
import { test } from './server.ts';
import type { CaseFiles } from './support/caseFiles.ts';
import { ReadingRoom } from './support/readingRoom.ts';
import { slowInEnglish } from './support/slow.ts';

/** The longest time for which the page drew nothing, in ms, since it was asked last. */
async function watchFrames(page: Page): Promise<() => Promise<number>> {
	await page.addInitScript(() => {
		const watch = { longest: 0 };
		Object.assign(window, { watch });
		let last = performance.now();
		const beat = () => {
			const now = performance.now();
			watch.longest = Math.max(watch.longest, now - last);
			last = now;
			requestAnimationFrame(beat);
		};
		requestAnimationFrame(beat);
	});
	return () =>
		page.evaluate(() => {
			const { watch } = window as unknown as { watch: { longest: number } };
			const { longest } = watch;
			watch.longest = 0;
			return longest;
		});
}

/** The files take seconds to read; a page that read them itself would stand still for the largest alone. A slow machine draws its rows in 600. */
const LONGEST_STALL_MS = 1500;

const texts = (list: Locator) => list.locator('.issues li').allTextContents();

for (const locale of ['zh', 'en'] as const) {
	test(
		`${locale}: every file that is no image is told with name, reason and remedy, the page answers, and a good one opens`,
		slowInEnglish(locale),
		async ({ page }, info) => {
			const longestStall = await watchFrames(page);
			await page.goto(`/${locale}/open/`);
			const input = page.locator('input[data-choose="files"]').first();
			const bad = [...REFUSED, longFile()];
			const all = [...bad, ...DOUBTFUL_IMAGES];
			await longestStall();
			await input.setInputFiles(
				onDisk(
					info.outputPath('files'),
					all.map(({ file }) => file),
				),
			);
			const rows = page.locator('.files .file');
			await expect(rows.first()).toBeVisible({ timeout: 60_000 });
			await expect(page.locator('.reading')).toHaveCount(0, { timeout: 60_000 });
			expect(await longestStall()).toBeLessThan(LONGEST_STALL_MS);

			// Files with the same reason share a row, and are listed by name beside it.
			const reasons = Map.groupBy(bad, ({ told }) => sentences(told, locale).join('\n'));
			for (const [told, files] of reasons) {
				const row = rows.filter({ has: page.getByText(told.split('\n')[0]!, { exact: true }) });
				const shown = new Map<string, string>();
				for (const each of await row.all()) {
					const issues = (await texts(each)).join('\n');
					if (issues !== told) continue;
					await each.locator('.pick').click();
					const names = await page.locator('.detail .paths li').allTextContents();
					for (const name of names.length > 0 ? names : await each.locator('.pick b').allTextContents())
						shown.set(name, issues);
				}
				expect([...shown.keys()].sort(), told).toEqual(files.map(({ file }) => file.name).sort());
			}
			for (const { file, told } of DOUBTFUL_IMAGES) {
				await rows.locator('.pick').filter({ hasText: file.name }).click();
				expect(await texts(page.locator('.detail')), file.name).toEqual(sentences(told, locale));
			}
			await expect(page.locator('body')).not.toContainText('Zhang');

			await input.setInputFiles(onDisk(info.outputPath('files'), [image('flair.nii')]));
			await page.locator('.open-room footer .btn.pri').click();
			await page.waitForURL('**/practice/?case=*');
			await new ReadingRoom(page, caseOf('')).loaded();
		},
	);

	test(
		`${locale}: every file that is no mask is told in the import, what was drawn stays, and a good one is taken and taken back`,
		slowInEnglish(locale),
		async ({ page }, info) => {
			const longestStall = await watchFrames(page);
			await page.goto(`/${locale}/open/`);
			await page
				.locator('input[data-choose="files"]')
				.first()
				.setInputFiles(onDisk(info.outputPath('files'), [image('flair.nii')]));
			await page.locator('.open-room footer .btn.pri').click();
			await page.waitForURL('**/practice/?case=*');
			const room = new ReadingRoom(page, caseOf(new URL(page.url()).searchParams.get('case') ?? ''));
			await room.loaded();
			await page.keyboard.press('b');
			await room.stroke('FLAIR', [
				[25, 30],
				[38, 34],
			]);
			const drawn = await room.drawn('WT');
			expect(drawn.size).toBeGreaterThan(20);

			await page.locator('.filebtns button').first().click();
			const dialog = page.locator('dialog');
			const good = stored('seg_as_f4.nii.gz')!;
			const named = written('named.nii', Uint8Array.from(LABELS), 'Zhang^San');
			const bad = [...REFUSED, ...BAD_LABELS, ...BAD_SEGMENTATIONS, longFile()];
			const misfits = MISFITS.map(({ name }) => stored(name)!);
			await longestStall();
			const notes: Given = { name: 'notes.txt', bytes: Buffer.from('drawn by two readers') };
			const all = [...bad.map(({ file }) => file), good, named, ...misfits, notes];
			await page.locator('input[data-choose="masks"]').setInputFiles(onDisk(info.outputPath('files'), all));
			await expect(dialog.locator('.working')).toHaveCount(0, { timeout: 60_000 });
			expect(await longestStall()).toBeLessThan(LONGEST_STALL_MS);

			const told = new Map<string, string[]>();
			await expect(dialog.locator('[data-broken="notes.txt"]')).toContainText(
				{ zh: '不是影像', en: 'not an image' }[locale],
			);
			for (const row of await dialog.locator('[data-broken]').all())
				told.set((await row.locator('b').textContent()) ?? '', await texts(row));
			const expected = bad.map(({ file, told: codes }) => [file.name, sentences(codes, locale)]);
			expect(Object.fromEntries(told)).toEqual({ ...Object.fromEntries(expected), 'notes.txt': [] });
			const row = (file: Given) => dialog.locator(`[data-file="${file.name}"]`);
			// Its labels mean other regions in another edition, too.
			const editions = { chosen: 'BraTS 2023', other: 'BRATS 2013' };
			expect(await texts(row(named))).toEqual(
				sentences(
					[
						['header.identifies', { fields: 'descrip' }],
						['labels.ambiguous', editions],
					],
					locale,
				),
			);
			for (const [n, { words }] of MISFITS.entries())
				await expect(row(misfits[n]!)).toContainText(words('FLAIR')[locale]);
			await expect(page.locator('body')).not.toContainText('Zhang');

			// Two files for one region: the reader decides.
			const take = dialog.locator('footer .btn').last();
			await expect(take).toBeDisabled();
			await row(named).locator('select').selectOption('nothing');
			await take.click();
			await expect(dialog).toHaveCount(0);
			await room.expectDrawn('WT', elements(LABELS));
			await page.keyboard.press('Control+z');
			await room.expectDrawn('WT', drawn);
		},
	);
}

const elements = (labels: ArrayLike<number>) =>
	new Set(Array.from({ length: labels.length }, (_, n) => n).filter((n) => labels[n] !== 0));

/** The case that `image` makes. */
function caseOf(id: string): CaseFiles {
	const read = readNifti(image('flair.nii').bytes, 'flair.nii');
	if (!read.ok) throw new Error(JSON.stringify(read.issues));
	expect(read.value.grid.dims).toEqual(LABEL_GRID.dims);
	return { id, volumes: new Map([['FLAIR', read.value]]), references: new Map(), layers: [] };
}
