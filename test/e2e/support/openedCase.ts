import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { FAMILY_REGIONS, REGION_SEQUENCE, type Region, type Sequence } from '../../../src/protocol/protocol.ts';
import { type CaseFiles, readVolume } from './caseFiles.ts';

/** Label values of each region in the edition of 2018–2021: 1 necrosis and non-enhancing, 2 oedema, 4 enhancing. */
const VALUES: Partial<Record<Region, readonly number[]>> = { WT: [1, 2, 4], TB: [1, 4], ET: [4], NE: [1] };

/** A folder of files on the disk, as a test knows it: which file should be taken for what. */
export interface DiskCase {
	readonly folder: string;
	readonly series: Partial<Record<Sequence, string>>;
	readonly reference?: string;
}

/** Reads the files of a disk case; its id is known once the page has made one. */
export function readDiskCase({ folder, series, reference }: DiskCase, id: string): CaseFiles {
	const volumes = new Map(
		Object.entries(series).map(([sequence, file]) => [sequence as Sequence, readVolume(resolve(folder, file))]),
	);
	const labels = reference ? readVolume(resolve(folder, reference)).data : undefined;
	const references = new Map<Region, Uint8Array>();
	for (const region of labels ? FAMILY_REGIONS.glioma : [])
		if (volumes.has(REGION_SEQUENCE[region]))
			references.set(
				region,
				Uint8Array.from(labels ?? [], (value) => (VALUES[region]?.includes(value) ? 1 : 0)),
			);
	return { id, volumes, references, layers: [] };
}

/** Gives the files to the open page and opens the case; returns the id that it got. */
export async function openFromDisk(
	page: Page,
	locale: 'zh' | 'en',
	{ folder, series, reference }: DiskCase,
): Promise<string> {
	await page.goto(`/${locale}/open/`);
	const names = [...Object.values(series), ...(reference ? [reference] : [])];
	await page.locator('input[data-choose="files"]').setInputFiles(names.map((name) => resolve(folder, name)));
	const open = page.locator('.open-room footer .btn.pri');
	await open.waitFor({ timeout: 120_000 });
	await open.click({ timeout: 120_000 });
	await page.waitForURL('**/practice/?case=*', { timeout: 120_000 });
	return new URL(page.url()).searchParams.get('case') ?? '';
}
