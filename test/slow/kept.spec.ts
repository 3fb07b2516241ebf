import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, expect } from '@playwright/test';
import { folders, test } from '../e2e/server.ts';
import { readCatalogueCase } from '../e2e/support/caseFiles.ts';
import type { SlicePosition } from '../e2e/support/placement.ts';
import { ReadingRoom } from '../e2e/support/readingRoom.ts';

const files = readCatalogueCase(folders.data, 'ring-01');
const KILLS = 6;

const strokeAt = (n: number): SlicePosition[] => [
	[90 + 9 * n, 110],
	[96 + 9 * n, 140],
];

test('what the page calls saved survives the browser being killed in the middle of the next stroke', async ({
	playwright,
	site,
	launchOptions,
}) => {
	const profile = mkdtempSync(join(tmpdir(), 'concord-profile-'));
	const start = async () => {
		const options = { ...launchOptions, baseURL: site.url, viewport: { width: 1440, height: 900 } };
		return playwright.chromium.launchPersistentContext(profile, options);
	};
	let kept = new Set<number>();
	let context: BrowserContext | undefined;
	try {
		for (let n = 0; n <= KILLS; n++) {
			context = await start();
			const room = new ReadingRoom(context.pages()[0] ?? (await context.newPage()), files);
			await room.open('en');
			const found = await room.drawn('WT');
			// The stroke that was under way may or may not be there; what was saved is.
			expect(
				[...kept].filter((element) => !found.has(element)),
				`after ${n} kills`,
			).toEqual([]);
			if (n === KILLS) break;
			await room.stroke('FLAIR', strokeAt(n));
			await expect(room.page.locator('[data-saved]')).toHaveAttribute('data-saved', 'saved');
			kept = await room.drawn('WT');
			expect(kept.size).toBeGreaterThan(found.size);
			await room.stroke('FLAIR', strokeAt(n + 20), { release: false });
			await killBrowser(room);
			await context.close().catch(() => undefined);
		}
	} finally {
		await context?.close().catch(() => undefined);
		rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
	}
});

/** Ends the browser's process at once, as a power cut would: nothing on the page hears of it. */
async function killBrowser(room: ReadingRoom): Promise<void> {
	const cdp = await room.page.context().newCDPSession(room.page);
	await Promise.race([
		cdp.send('Browser.crash').catch(() => undefined),
		new Promise((done) => room.page.context().once('close', done)),
	]);
}

test('a page that is closed right after a stroke has it when it is opened again', async ({ context }) => {
	let drawn = new Set<number>();
	for (let n = 0; n < 5; n++) {
		const room = new ReadingRoom(await context.newPage(), files);
		await room.open('en');
		const found = await room.drawn('WT');
		// Closing ends the stroke under way, so the page may still get to keep it; what was saved is there.
		expect(
			[...drawn].filter((element) => !found.has(element)),
			`after ${n} closings`,
		).toEqual([]);
		await room.stroke('FLAIR', strokeAt(n));
		await room.saved();
		drawn = await room.drawn('WT');
		expect(drawn.size).toBeGreaterThan(found.size);
		await room.stroke('FLAIR', strokeAt(n + 9), { release: false });
		await room.page.close();
	}
});

test('two tabs on one attempt: the second can only look, overwrites nothing, and goes on once the first is closed', async ({
	context,
}) => {
	const first = new ReadingRoom(await context.newPage(), files);
	await first.open('en');
	const second = new ReadingRoom(await context.newPage(), files);
	await second.open('en');
	const told = second.page.getByText('open in another tab');
	await expect(told).toBeVisible();
	await expect(first.page.getByText('open in another tab')).toHaveCount(0);

	await first.page.bringToFront();
	await first.stroke('FLAIR', strokeAt(0));
	const drawn = await first.drawn('WT');
	expect(drawn.size).toBeGreaterThan(30);
	await second.page.bringToFront();
	await second.stroke('FLAIR', strokeAt(4));
	await second.page.keyboard.press('Control+z');
	await first.page.bringToFront();
	await first.stroke('FLAIR', strokeAt(8));
	const more = await first.drawn('WT');
	expect([...drawn].every((element) => more.has(element))).toBe(true);
	const strokes = (await first.events()).filter(({ kind }) => kind !== 'look');
	expect(strokes.map(({ kind }) => kind)).toEqual(['stroke', 'stroke']);

	await first.page.close();
	await second.page.bringToFront();
	await expect(told).toHaveCount(0);
	await second.expectDrawn('WT', more);
	await second.stroke('FLAIR', strokeAt(4));
	const all = await second.drawn('WT');
	expect(all.size).toBeGreaterThan(more.size);
	await second.page.reload();
	await second.loaded();
	await second.expectDrawn('WT', all);
});
