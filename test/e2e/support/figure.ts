import { expect, type Locator, type Page } from '@playwright/test';
import { rasView } from '../../../src/grid/rasView.ts';
import { REGION_SEQUENCE, type Region, type Sequence } from '../../../src/protocol/protocol.ts';
import { type CaseFiles, seriesOf } from './caseFiles.ts';
import { elementAt, type Placement, placeIn, type SlicePosition } from './placement.ts';
import { readSurface, voxelsOfColour } from './surface.ts';

/** A head in software rendering takes its time, and more when the machine is busy. */
export const LOADING_MS = 90_000;

/** An outline is beside what is no farther than this. */
const NEAR_VOXELS = 1.5;

/** Colours on film of the regions: the tokens --r-* of the reading room. */
const COLOUR: Readonly<Record<Region, readonly [number, number, number]>> = {
	WT: [0xff, 0xd4, 0x00],
	ED: [0xff, 0xd4, 0x00],
	TB: [0xf0, 0x52, 0x4e],
	ET: [0xc7, 0x7d, 0xdb],
	NE: [0x4d, 0xa3, 0xf0],
	EN: [0x5d, 0xbb, 0x63],
};

/** A live figure as somebody at the mouse and the keyboard sees it. */
export class Figure {
	readonly page: Page;
	readonly files: CaseFiles;
	readonly plate: Locator;

	constructor(page: Page, files: CaseFiles, plate = page.locator('[data-live]').first()) {
		this.page = page;
		this.files = files;
		this.plate = plate;
	}

	/** Opens the viewer by the keyboard, and waits for the first panel. */
	async open(): Promise<void> {
		await this.plate.locator('[data-live-start]').focus();
		await this.page.keyboard.press('Enter');
		await this.loaded();
	}

	/** Every panel shows a slice. */
	async loaded(): Promise<void> {
		await expect(this.plate.locator('[data-panel]').first()).toBeVisible({ timeout: LOADING_MS });
		for (const panel of await this.plate.locator('[data-panel]').all())
			await expect(panel).not.toHaveAttribute('data-slice', '0', { timeout: LOADING_MS });
	}

	panel(sequence: Sequence): Locator {
		return this.plate.locator(`[data-panel="${sequence}"]`);
	}

	/** Slice that a panel shows, from 0. */
	async slice(sequence: Sequence): Promise<number> {
		return Number(await this.panel(sequence).getAttribute('data-slice')) - 1;
	}

	/** Where the slices of a panel lie that shows the whole head. */
	async placement(sequence: Sequence): Promise<{ placement: Placement; corner: { x: number; y: number } }> {
		const corner = await this.panel(sequence).evaluate((figure) => {
			const { x, y } = figure.getBoundingClientRect();
			return { x, y, width: figure.clientWidth, height: figure.clientHeight };
		});
		return { placement: placeIn(corner, seriesOf(this.files, sequence)), corner };
	}

	/** Where a region's outline is drawn on its own sequence, as positions of the slice; the panel shows the whole head. */
	async outline(region: Region): Promise<SlicePosition[]> {
		const sequence = REGION_SEQUENCE[region];
		const { placement, corner } = await this.placement(sequence);
		return voxelsOfColour(await readSurface(this.panel(sequence)), COLOUR[region], placement, corner);
	}

	/**
	 * The outline on the page against that of the reference, on the slice that is shown: how far it is away at most, in voxels
	 * (infinite where there is none), and the share of the reference's edge that has no outline beside it. A line that runs
	 * between two columns of pixels covers neither, so a little of the edge is not found.
	 */
	async outlineError(region: Region): Promise<{ away: number; missing: number }> {
		const edge = this.#referenceEdge(region, await this.slice(REGION_SEQUENCE[region]));
		const drawn = await this.outline(region);
		const missing = edge.filter((at) => distance(at, drawn) > NEAR_VOXELS).length / edge.length;
		return {
			away: Math.max(...drawn.map((at) => distance(at, edge)), drawn.length > 0 ? 0 : Number.POSITIVE_INFINITY),
			missing,
		};
	}

	/** Middles of the sides between a voxel of the reference and one beside it that is none. */
	#referenceEdge(region: Region, slice: number): SlicePosition[] {
		const reference = this.files.references.get(region);
		if (!reference) throw new Error(`got no reference of ${region} in ${this.files.id}, expected one`);
		const view = rasView(seriesOf(this.files, REGION_SEQUENCE[region]).grid);
		const isSet = (x: number, y: number) => reference[elementAt(view, x, y, slice)] === 1;
		const edge: SlicePosition[] = [];
		for (let y = 1; y < view.dims[1]; y++)
			for (let x = 1; x < view.dims[0]; x++) {
				if (isSet(x, y) !== isSet(x - 1, y)) edge.push([x - 0.5, y]);
				if (isSet(x, y) !== isSet(x, y - 1)) edge.push([x, y - 0.5]);
			}
		return edge;
	}
}

/** How far a position is away from the nearest of others. */
function distance([x, y]: SlicePosition, others: readonly SlicePosition[]): number {
	let least = Number.POSITIVE_INFINITY;
	for (const [i, j] of others) least = Math.min(least, (x - i) ** 2 + (y - j) ** 2);
	return Math.sqrt(least);
}
