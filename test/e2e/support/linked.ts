import { expect } from '@playwright/test';
import { type Affine, ijkToXyz, invertAffine, type XyzMm } from '../../../src/grid/grid.ts';
import type { Sequence } from '../../../src/protocol/protocol.ts';
import type { Placement, SlicePosition } from './placement.ts';
import type { ReadingRoom } from './readingRoom.ts';
import { crossingOf, readSurface } from './surface.ts';

const through = ({ view }: Placement, affine: Affine, at: readonly [number, number, number]) =>
	ijkToXyz({ dims: view.dims, affine }, at);

/**
 * Puts the crosshair on a position of one panel and asserts that others show the slice nearest to that place in mm,
 * with the crosshair on it. Gives the place.
 */
export async function expectLinked(
	room: ReadingRoom,
	source: Sequence,
	at: SlicePosition,
	others: readonly Sequence[],
): Promise<XyzMm> {
	await room.page.keyboard.press('c');
	const from = await room.placement(source);
	const slice = await room.slice(source);
	const [position] = await room.stroke(source, [at]);
	if (!position) throw new Error('got no position, expected one');
	const placeMm = through(from, from.view.affine, [position[0], position[1], slice]);
	for (const sequence of others) {
		const placement = await room.placement(sequence);
		const [x, y, z] = through(placement, invertAffine(placement.view.affine), placeMm);
		await expect(room.panel(sequence), sequence).toHaveAttribute('data-slice', String(Math.round(z) + 1));
		const corner = await room.box(sequence);
		const [left, top] = placement.toPage([x, y]);
		await expect
			.poll(async () => {
				const crossing = crossingOf(await readSurface(room.panel(sequence)));
				return Math.max(Math.abs(crossing.x - (left - corner.x)), Math.abs(crossing.y - (top - corner.y)));
			}, `${sequence}: pixels between the crosshair and the place`)
			.toBeLessThan(1.6);
	}
	return placeMm;
}
