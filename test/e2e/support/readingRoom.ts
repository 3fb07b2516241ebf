import { expect, type Locator, type Page } from '@playwright/test';
import type { Work } from '../../../src/islands/practice/work.ts';
import type { Family, Region, Sequence } from '../../../src/protocol/protocol.ts';
import type { Target } from '../../../src/protocol/target.ts';
import type { AttemptEvent } from '../../../src/schemas/attempt.ts';
import { type CaseFiles, seriesOf } from './caseFiles.ts';
import { eventsOf, foldWork, readStored } from './journal.ts';
import { type Box, type Placement, placeIn, type SlicePosition } from './placement.ts';

/** A head in software rendering takes its time, and more when the machine is busy. */
const LOADING_MS = 90_000;

/** The practice page as somebody at the mouse and the keyboard sees it. */
export class ReadingRoom {
	readonly page: Page;
	readonly files: CaseFiles;
	readonly family: Family;

	constructor(page: Page, files: CaseFiles, family: Family = 'glioma') {
		this.page = page;
		this.files = files;
		this.family = family;
	}

	/** Opens the case and waits for all of its series. */
	async open(locale: 'zh' | 'en', query = ''): Promise<void> {
		await this.page.goto(`/${locale}/practice/?case=${this.files.id}${query}`);
		await this.loaded();
	}

	async loaded(): Promise<void> {
		await this.page.waitForSelector('.wb[data-ready=true]', { timeout: LOADING_MS });
		await expect(this.page.locator('.loading')).toHaveCount(0, { timeout: LOADING_MS });
		for (const figure of await this.page.locator('[data-panel]').all())
			await expect(figure).not.toHaveAttribute('data-slice', '0', { timeout: LOADING_MS });
	}

	panel(sequence: Sequence): Locator {
		return this.page.locator(`[data-panel="${sequence}"]`);
	}

	/** The panel that takes the room. */
	get front(): Locator {
		return this.page.locator('[data-panel].big');
	}

	/** Slice that a panel shows, from 0. */
	async slice(sequence: Sequence): Promise<number> {
		return Number(await this.panel(sequence).getAttribute('data-slice')) - 1;
	}

	/** Goes to a slice of the front panel by its place in the strip. */
	async goToSlice(sequence: Sequence, slice: number): Promise<void> {
		await this.page.locator('.strip .sl').nth(slice).click();
		await expect(this.panel(sequence)).toHaveAttribute('data-slice', String(slice + 1));
	}

	/** Where a panel is on the page; width and height in whole pixels, as a canvas has them. */
	async box(sequence: Sequence): Promise<Box> {
		return this.panel(sequence).evaluate((figure) => {
			const { x, y } = figure.getBoundingClientRect();
			return { x, y, width: figure.clientWidth, height: figure.clientHeight };
		});
	}

	async placement(sequence: Sequence): Promise<Placement> {
		return placeIn(await this.box(sequence), seriesOf(this.files, sequence));
	}

	/**
	 * Draws with the mouse from voxel to voxel, by whole pixels. Gives the path that the pointer really took.
	 * `release: false` leaves the button down.
	 */
	async stroke(
		sequence: Sequence,
		positions: readonly SlicePosition[],
		{ release = true, button = 'left' as 'left' | 'right' | 'middle' } = {},
	): Promise<SlicePosition[]> {
		const placement = await this.placement(sequence);
		const pixels = positions.map((at) => placement.toPage(at).map(Math.round) as [number, number]);
		const { mouse } = this.page;
		for (const [n, [left, top]] of pixels.entries()) {
			await mouse.move(left, top);
			if (n === 0) await mouse.down({ button });
		}
		if (release) await mouse.up({ button });
		return pixels.map((at) => placement.toVoxel(at));
	}

	/** Sets the brush by the keys, a millimetre a press. */
	async brush(diameterMm: number): Promise<void> {
		const shown = this.page.locator('.opt .figure').first();
		const now = Number.parseFloat((await shown.textContent()) ?? '');
		const steps = Math.round(diameterMm - now);
		for (let n = 0; n < Math.abs(steps); n++) await this.page.keyboard.press(steps > 0 ? ']' : '[');
		await expect(shown).toHaveText(`${diameterMm.toFixed(1)}\u00a0mm`);
	}

	/** Waits until the page says that everything is saved. */
	async saved(): Promise<void> {
		await expect(this.page.locator('[data-saved]')).toHaveAttribute('data-saved', 'saved');
	}

	/** The events on the disk. */
	async events(attemptId?: string): Promise<AttemptEvent[]> {
		return eventsOf(await readStored(this.page), this.files.id, attemptId);
	}

	/** The work as the disk has it. */
	async work(attemptId?: string): Promise<Work> {
		return foldWork(await this.events(attemptId), this.files, this.family);
	}

	/** Elements of a region's mask as the disk has it. */
	async drawn(region: Target): Promise<Set<number>> {
		await this.saved();
		const mask = (await this.work()).masks.get(region);
		if (!mask) throw new Error(`got no mask of ${region}, expected one`);
		return elementsOf(mask.data);
	}

	/** Asserts the voxels of a region's mask. */
	async expectDrawn(region: Target, expected: ReadonlySet<number>): Promise<void> {
		const drawn = await this.drawn(region);
		expect(difference(drawn, expected), `${region}: voxels drawn (${drawn.size}) against those expected`).toEqual({
			missing: [],
			extra: [],
		});
	}

	/** Figure of the report, or the reason why there is none. */
	async figure(region: Region, measure: 'dice' | 'sensitivity' | 'precision' | 'difference'): Promise<string | null> {
		const row = this.page.locator(`tr[data-region="${region}"]`);
		if (measure === 'sensitivity' || measure === 'precision') {
			await row.getByRole('button').click();
			await expect(row).toHaveAttribute('aria-current', 'true');
			return this.page.locator(`[data-figure="${measure}"]`).getAttribute('data-value');
		}
		const cell = row.locator(`[data-measure="${measure}"]`);
		return measure === 'difference' ? cell.textContent() : cell.getAttribute('data-value');
	}

	/** Asks for the score, past the self-check, and waits for the report. */
	async score(): Promise<void> {
		await this.page.locator('.top .btn.pri').click();
		await this.page.locator('.check .btn.pri').click();
		await this.page.waitForSelector('.wb.reporting', { timeout: LOADING_MS });
	}
}

function elementsOf(mask: Uint8Array): Set<number> {
	const elements = new Set<number>();
	for (let n = 0; n < mask.length; n++) if (mask[n] !== 0) elements.add(n);
	return elements;
}

/** At most five of each, for a message that can be read. */
function difference(got: ReadonlySet<number>, expected: ReadonlySet<number>): { missing: number[]; extra: number[] } {
	return {
		missing: [...expected].filter((element) => !got.has(element)).slice(0, 5),
		extra: [...got].filter((element) => !expected.has(element)).slice(0, 5),
	};
}
