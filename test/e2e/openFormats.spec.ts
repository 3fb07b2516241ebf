import { gunzipSync } from 'node:zlib';
import { expect, type Page } from '@playwright/test';
import { readVolume } from '../../src/formats/readVolume.ts';
import { zlibGzip } from '../unit/formats/bytes.ts';
import { metaImageHeader } from '../unit/formats/metaImageBytes.ts';
import { mghBytes } from '../unit/formats/mghBytes.ts';
import { niftiBytes } from '../unit/formats/niftiBytes.ts';
import { test } from './server.ts';
import { readKeptFiles } from './support/keptFiles.ts';
import { SLOW } from './support/slow.ts';

const DIMS = [24, 20, 16] as const;
const PERSON = 'PatientName=Zhang^San MRN 123456';

/** A head that is the same nowhere: every sequence has its own, and none is symmetric. */
function voxels(seed: number): number[] {
	const out: number[] = [];
	for (let k = 0; k < DIMS[2]; k++)
		for (let j = 0; j < DIMS[1]; j++)
			for (let i = 0; i < DIMS[0]; i++) {
				const inside = (i / 12 - 1) ** 2 + (j / 10 - 1) ** 2 + (k / 8 - 1) ** 2 < 0.8;
				out.push(inside ? seed * 100 + i + 2 * j + 3 * k : 0);
			}
	return out;
}

const joined = (...parts: Uint8Array[]) => Buffer.concat(parts);
const int16 = (values: readonly number[]) => new Uint8Array(Int16Array.from(values).buffer);
const dims = [3, ...DIMS, 1, 1, 1, 1];
const file = (name: string, bytes: Uint8Array) => ({
	name,
	mimeType: 'application/octet-stream',
	buffer: Buffer.from(bytes),
});

/** FLAIR as a pair, T1C as MetaImage, T1 as MGZ, T2 as NIfTI whose extension says who it is. */
const SERIES = {
	FLAIR: { values: voxels(1), affine: [0, -3, 0, 40, 2, 0, 0, -30, 0, 0, 5, -20, 0, 0, 0, 1] },
	T1C: { values: voxels(2), affine: [-1, 0, 0, -10, 0, -2, 0, -20, 0, 0, 3, 30, 0, 0, 0, 1] },
	T1: { values: voxels(3), affine: [-1, 0, 0, 22, 0, 0, 1, 12, 0, -1, 0, 40, 0, 0, 0, 1] },
	T2: { values: voxels(4), affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] },
};

function chosen() {
	const pair = niftiBytes({ dims, voxOffset: 0, magic: 'ni1\0', values: [], sform: SERIES.FLAIR.affine.slice(0, 12) });
	const mha = metaImageHeader({ DimSize: DIMS.join(' '), Offset: '10 20 30', ElementSpacing: '1 2 3' });
	const mgh = mghBytes({ lengths: [...DIMS, 1], centre: [10, 20, 30], values: SERIES.T1.values });
	const nifti = niftiBytes({ dims, voxOffset: 416, values: [] }).subarray(0, 348);
	const extension = new Uint8Array(68);
	extension.set([1, 0, 0, 0, 64, 0, 0, 0, 6, 0, 0, 0]);
	extension.set(Buffer.from(PERSON, 'latin1'), 12);
	return [
		file('flair.hdr', pair),
		file('flair.img', int16(SERIES.FLAIR.values)),
		file('t1c.mha', joined(mha, int16(SERIES.T1C.values))),
		file('t1.mgz', zlibGzip(mgh)),
		file('t2.nii', joined(nifti, extension, int16(SERIES.T2.values))),
	];
}

/** Keeps what the worker gives to the practice room, as the page gets it. */
async function watchLoaded(page: Page): Promise<() => Promise<Record<string, { affine: number[]; values: number[] }>>> {
	await page.addInitScript(() => {
		const loaded: Record<string, unknown> = {};
		Object.assign(window, { loaded });
		const Native = window.Worker;
		window.Worker = class extends Native {
			constructor(url: string | URL, options?: WorkerOptions) {
				super(url, options);
				this.addEventListener('message', ({ data: reply }) => {
					const series = reply?.value?.value;
					if (series?.sequence) loaded[series.sequence] = { affine: [...series.grid.affine], values: [...series.data] };
				});
			}
		};
	});
	return () => page.evaluate(() => (window as unknown as { loaded: Record<string, never> }).loaded);
}

async function choose(page: Page, locale: 'zh' | 'en'): Promise<void> {
	await page.goto(`/${locale}/open/`);
	await page.locator('input[data-choose="files"]').setInputFiles(chosen());
	await expect(page.locator('.files .file:not(.whole)')).toHaveCount(4);
}

test('a pair, MetaImage, MGZ and NIfTI that names a person become a case: same voxels, no name kept', async ({
	page,
}) => {
	const loaded = await watchLoaded(page);
	await choose(page, 'en');
	// The .img is a part of its .hdr, and no file is refused or left out.
	await expect(page.locator('.files')).not.toContainText('flair.img');
	await expect(page.locator('.files .file .note')).toHaveCount(0);
	const warnings = page.locator('.files .file .issues li');
	await expect(warnings).toHaveCount(1);
	await expect(page.locator('.file', { hasText: 't2.nii' }).locator('.issues')).toContainText(
		'In extension 6, the header holds text that may identify the patient',
	);
	await expect(page.locator('body')).not.toContainText('Zhang');

	await page.locator('.open-room footer .btn.pri').click();
	await page.waitForURL('**/practice/?case=*');
	await page.waitForSelector('.wb[data-ready=true]', { timeout: 90_000 });
	await expect
		.poll(async () => Object.keys(await loaded()).sort(), { timeout: 90_000 })
		.toEqual(['FLAIR', 'T1', 'T1C', 'T2']);
	for (const [sequence, { affine, values }] of Object.entries(await loaded())) {
		const expected = SERIES[sequence as keyof typeof SERIES];
		expect(values, sequence).toEqual(expected.values);
		expect(
			affine.map((mm) => Math.round(mm * 1e4) / 1e4 + 0),
			sequence,
		).toEqual(expected.affine);
	}

	const kept = await readKeptFiles(page);
	expect([...kept.keys()].sort()).toEqual(['FLAIR.nii.gz', 'T1.nii.gz', 'T1C.nii.gz', 'T2.nii.gz']);
	for (const [name, bytes] of kept) {
		const read = readVolume(bytes, name);
		expect(read.ok && read.value.texts, name).toEqual([]);
		expect(gunzipSync(bytes).includes('Zhang'), name).toBe(false);
		expect(read.ok && read.value.warnings, name).toEqual([]);
	}
});

test(
	'the warning about a name is in the language of the page, and the .hdr without its .img says what is missing',
	SLOW,
	async ({ page }) => {
		await choose(page, 'zh');
		await expect(page.locator('.file', { hasText: 't2.nii' }).locator('.issues')).toContainText(
			'文件头的 extension 6 里有可能认出病人的文字',
		);
		await page.goto('/zh/open/');
		const [header, voxelsBeside] = chosen();
		await page.locator('input[data-choose="files"]').setInputFiles([header!]);
		await expect(page.locator('.files .issues')).toContainText('体素在 flair.img, flair.img.gz 里，没有找到');
		await page.locator('input[data-choose="files"]').setInputFiles([voxelsBeside!]);
		await expect(page.locator('.files .file', { hasText: 'flair.hdr' }).locator('.pick')).toContainText('24 × 20 × 16');
		await expect(page.locator('.files .issues li')).toHaveCount(0);
	},
);
