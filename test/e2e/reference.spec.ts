import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import { readNifti } from '../../src/formats/nifti.ts';
import { folders, test } from './server.ts';
import { brushed } from './support/brushed.ts';
import { readCatalogueCase } from './support/caseFiles.ts';
import { openFromDisk } from './support/openedCase.ts';
import { ReadingRoom } from './support/readingRoom.ts';
import { around, middleOf } from './support/referenceShape.ts';
import { SLOW } from './support/slow.ts';
import { unzipped } from './support/unzipped.ts';

const ring = readCatalogueCase(folders.data, 'ring-01');
const { slice, at } = middleOf(ring, 'WT');
const TUMOUR = around(at, [
	[-12, -4],
	[4, 6],
	[12, 0],
]);
const CHAMBER = around(at, [
	[30, -4],
	[34, 6],
]);
const WORDS = {
	en: {
		keep: 'Keep version',
		check: 'Check and confirm version',
		tick: 'I went over every slice, and this is it',
		adopt: 'Make it the case’s reference',
		package: 'Save the reference',
		handOver: 'Hand over to another expert',
		change: 'Change',
	},
	zh: {
		keep: '存为第',
		check: '核对并确认第',
		tick: '每一层都看过，就是这样',
		adopt: '用作本例参考标注',
		package: '保存参考标注文件',
		handOver: '交给另一位专家',
		change: '换人',
	},
} as const;

/** The room in which a reference is made, as an expert uses it. */
class ReferenceRoom extends ReadingRoom {
	readonly locale: 'zh' | 'en';

	constructor(page: Page, files: typeof ring, locale: 'zh' | 'en') {
		super(page, files);
		this.locale = locale;
	}

	button(word: keyof (typeof WORDS)['en']) {
		return this.page.getByRole('button', { name: WORDS[this.locale][word] });
	}

	get confirm() {
		return this.page.locator('.check .bot .btn.pri');
	}

	async sitDown(name: string): Promise<void> {
		await this.page.locator('dialog input').fill(name);
		await this.page.keyboard.press('Enter');
		await expect(this.page.locator('dialog')).toHaveCount(0);
	}

	/** Opens the self-check and ticks that all was gone over. */
	async check(): Promise<void> {
		await this.button('check').click();
		await this.page.getByText(WORDS[this.locale].tick).click();
	}

	version(number: number) {
		return this.page.locator(`[data-version="${number}"]`);
	}
}

const root = resolve(import.meta.dirname, '../..');
const concord = (...argv: readonly string[]) =>
	promisify(execFile)(process.execPath, [resolve(root, 'src/cli/concord.mjs'), ...argv], { cwd: root });

/** The voxels of a file that are not 0, by their stored elements. */
function valuesOf(bytes: Uint8Array): Map<number, number> {
	const read = readNifti(bytes, 'mask');
	if (!read.ok) throw new Error(`got ${JSON.stringify(read.issues)}, expected a readable mask`);
	const values = new Map<number, number>();
	for (const [n, value] of read.value.data.entries()) if (value !== 0) values.set(n, value);
	return values;
}

test('two experts confirm the same version of an own case, which then scores what others draw', async ({
	page,
}, testInfo) => {
	test.slow();
	const folder = resolve(folders.data, 'cases/ring-01');
	const series = { FLAIR: 'FLAIR.nii.gz', T1C: 'T1C.nii.gz', T2: 'T2.nii.gz' };
	const id = await openFromDisk(page, 'en', { folder, series });
	const files = { ...ring, id };
	// From the page of cases, as an expert comes.
	await page.goto('/en/cases/');
	await page.locator('#references .start .btn').click();
	const room = new ReferenceRoom(page, files, 'en');
	await room.loaded();
	await room.sitDown('Dr Li');

	// Nothing can be kept of nothing.
	await expect(room.button('keep')).toBeDisabled();
	await room.goToSlice('FLAIR', slice);
	await room.brush(11);
	const { view } = await room.placement('FLAIR');
	const lower = brushed(view, slice, await room.stroke('FLAIR', TUMOUR), 11);
	await room.goToSlice('FLAIR', slice + 1);
	const drawn = new Set([...lower, ...brushed(view, slice + 1, await room.stroke('FLAIR', TUMOUR), 11)]);
	await page.locator('.rlist [data-region=ventricles]').click();
	const chamber = brushed(view, slice + 1, await room.stroke('FLAIR', CHAMBER), 11);
	await room.button('keep').click();
	await expect(room.version(1)).toContainText('Dr Li');
	await room.expectDrawn('WT', drawn);
	await room.expectDrawn('ventricles', chamber);

	// The first expert confirms; one is not enough, and not twice.
	await room.check();
	await room.confirm.click();
	await expect(page.locator('.top')).toContainText('waits for another expert');
	await expect(room.button('adopt')).toHaveCount(0);
	await page.getByRole('button', { name: WORDS.en.change }).click();
	await room.sitDown('  dr  LI ');
	await expect(room.button('check')).toHaveCount(0);

	// The second has looked at one of the two slices only.
	await page.getByRole('button', { name: WORDS.en.change }).click();
	await room.sitDown('Dr Wang');
	await room.check();
	await expect(room.confirm).toBeDisabled();
	await expect(page.locator('.check .bot')).toContainText('Look at 1 drawn slices first');
	await page.locator(`[data-check=WT] [data-slice="${slice + 1}"]`).click();
	await room.confirm.click();
	await expect(room.version(1).locator('.bdg')).toHaveText('Reference');
	await expect(room.version(1)).toContainText('Confirmed: Dr Li, Dr Wang');

	// What is drawn on belongs to the next version, which nobody has confirmed; the first stays what it was.
	await page.locator('.rlist [data-region=WT]').click();
	await room.stroke('FLAIR', CHAMBER);
	await expect(room.button('keep')).toBeEnabled();
	await room.button('keep').click();
	await expect(room.version(2)).toContainText('Not confirmed yet');
	await expect(room.version(1).locator('.bdg')).toHaveText('Reference');
	await room.version(1).getByRole('button', { name: 'Bring back version 1' }).click();
	await room.expectDrawn('WT', drawn);

	// The package holds what was confirmed, voxel for voxel, under its hashes.
	const download = page.waitForEvent('download');
	await room.button('package').click();
	const path = testInfo.outputPath('reference.zip');
	await (await download).saveAs(path);
	const parts = unzipped(new Uint8Array(await readFile(path)));
	const index = JSON.parse(new TextDecoder().decode(parts.get('reference.json')));
	expect(index).toMatchObject({ caseId: id, version: 1, author: 'Dr Li', family: 'glioma' });
	expect(index.confirmations.map(({ expert }: { expert: string }) => expert)).toEqual(['Dr Li', 'Dr Wang']);
	expect(index.layers).toMatchObject([{ kind: 'csf' }]);
	for (const { file, sha256, bytes } of [...index.reference.masks, ...index.layers]) {
		expect(createHash('sha256').update(parts.get(file)!).digest('hex')).toBe(sha256);
		expect(parts.get(file)!.length).toBe(bytes);
	}
	expect(index.reference.masks.map(({ region }: { region: string }) => region)).toEqual(['WT']);
	expect(valuesOf(parts.get(index.reference.masks[0].file)!)).toEqual(new Map([...drawn].map((n) => [n, 1])));
	expect(valuesOf(parts.get(index.layers[0].file)!)).toEqual(new Map([...chamber].map((n) => [n, 1])));

	// A case of the server takes it from the command line.
	const data = testInfo.outputPath('data');
	const images = testInfo.outputPath('images');
	await mkdir(images);
	for (const file of Object.values(series)) await copyFile(resolve(folder, file), resolve(images, file));
	await concord('case', 'import', 'nifti', images, '--id', 'P7', '--family', 'glioma', '--into', data);
	await concord('case', 'reference', path, '--id', 'P7', '--into', data);
	const served = readCatalogueCase(data, 'P7');
	expect([...served.references.keys()]).toEqual(['WT']);
	expect([...served.references.get('WT')!].flatMap((value, n) => (value === 1 ? [n] : []))).toEqual(
		[...drawn].sort((a, b) => a - b),
	);
	expect(served.layers.map(({ kind }) => kind)).toEqual(['csf']);

	// It becomes the case's reference: the same strokes, drawn to practise, agree with it wholly.
	await room.button('adopt').click();
	await expect(page.locator('.reference [role=status]')).toContainText('Version 1 is the case’s reference');
	const practice = new ReadingRoom(page, files);
	await practice.open('en');
	await practice.goToSlice('FLAIR', slice);
	await practice.brush(11);
	await practice.stroke('FLAIR', TUMOUR);
	await practice.expectDrawn('WT', lower);
	await practice.goToSlice('FLAIR', slice + 1);
	await practice.stroke('FLAIR', TUMOUR);
	await practice.score();
	expect(Number(await practice.figure('WT', 'dice'))).toBe(1);

	// The work on the reference is there again, and asks who draws.
	await page.goto('/en/cases/');
	await page.locator('#references table a').click();
	await room.loaded();
	await expect(page.locator('dialog input')).toHaveValue('Dr Wang');
	await expect(room.version(1).locator('.bdg')).toHaveText('Reference');
});

test(
	'zh: a reference goes to another computer and is confirmed there',
	SLOW,
	async ({ page, browser, site }, testInfo) => {
		test.slow();
		const room = new ReferenceRoom(page, ring, 'zh');
		await room.open('zh', '&for=reference');
		// Nobody draws a reference without a name.
		await page.keyboard.press('Escape');
		await room.goToSlice('FLAIR', slice);
		await room.stroke('FLAIR', TUMOUR);
		await room.expectDrawn('WT', new Set());
		await page.getByRole('button', { name: WORDS.zh.change }).click();
		await room.sitDown('李医生');
		await room.brush(9);
		const { view } = await room.placement('FLAIR');
		const drawn = brushed(view, slice, await room.stroke('FLAIR', TUMOUR), 9);
		await room.button('keep').click();
		await room.check();
		await room.confirm.click();
		await expect(room.version(1)).toContainText('已确认：李医生');
		// Practising goes its own way: nothing of it is in a practice attempt.
		const download = page.waitForEvent('download');
		await room.button('handOver').click();
		const path = testInfo.outputPath('hand-over.zip');
		await (await download).saveAs(path);
		await page.goto(`${site.url}/zh/practice/?case=ring-01`);
		await new ReadingRoom(page, ring).loaded();
		await expect(page.locator('.rlist [data-region=ventricles]')).toHaveCount(0);
		await expect(page.locator('.rlist li.wt .v')).toHaveText('未画');

		const elsewhere = await browser.newContext({ baseURL: site.url, viewport: { width: 1440, height: 900 } });
		const other = new ReferenceRoom(await elsewhere.newPage(), ring, 'zh');
		await other.page.goto('/zh/cases/');
		await other.page.locator('#backup input[type=file]').setInputFiles(path);
		await expect(other.page.locator('[data-backup]')).toHaveAttribute('data-backup', 'restored');
		await other.page.locator('#references table a').click();
		await other.loaded();
		await other.sitDown('王医生');
		await other.goToSlice('FLAIR', slice);
		await other.check();
		await other.confirm.click();
		await expect(other.version(1).locator('.bdg')).toHaveText('参考标注');
		await other.expectDrawn('WT', drawn);
		// A case of the server takes its reference from a file.
		await expect(other.button('adopt')).toHaveCount(0);
		await expect(other.button('package')).toBeEnabled();
		await elsewhere.close();
	},
);

test(
	'a reference may begin with the one that the case has, its layers too, and be undone to nothing',
	SLOW,
	async ({ page }) => {
		const room = new ReferenceRoom(page, ring, 'en');
		await room.open('en', '&for=reference');
		await room.sitDown('Dr Li');
		await page.getByRole('button', { name: 'Begin with the case’s reference' }).click();
		await expect(page.locator('.rlist li.wt .v')).not.toHaveText('not drawn');
		await expect(room.button('keep')).toBeEnabled();
		const elements = (labels: ArrayLike<number>, is: (label: number) => boolean) =>
			new Set(Array.from(labels).flatMap((label, n) => (is(label) ? [n] : [])));
		for (const [region, data] of ring.references)
			await room.expectDrawn(
				region,
				elements(data, (label) => label === 1),
			);
		const csf = ring.layers.find(({ kind }) => kind === 'csf')!;
		await room.expectDrawn(
			'ventricles',
			elements(csf.labels, (label) => label === 1),
		);
		await room.expectDrawn(
			'sulci',
			elements(csf.labels, (label) => label === 2),
		);
		const uncertain = ring.layers.find(({ kind, region }) => kind === 'uncertain' && region === 'TB')!;
		await room.expectDrawn(
			'uncertainTB',
			elements(uncertain.labels, (label) => label === 1),
		);
		const undo = page.getByRole('button', { name: 'Undo' });
		while (await undo.isEnabled()) await undo.click();
		for (const region of ['WT', 'ventricles', 'uncertainTB'] as const) await room.expectDrawn(region, new Set());
		await expect(room.button('keep')).toBeDisabled();
	},
);
