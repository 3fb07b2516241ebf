import { describe, expect, it } from 'vitest';
import { type Outline, traceOutlines } from '../../../src/mask/contour.ts';
import { areaOf, differingArea } from '../../../src/viewer/changedArea.ts';

/** Outlines of a drawing in rows, the first one at the front. */
function outlinesOf(...rows: readonly string[]): Outline[] {
	const [width, height] = [rows[0]!.length, rows.length];
	const data = new Uint8Array(width * height);
	for (const [n, row] of rows.entries())
		for (const [x, mark] of [...row].entries()) if (mark === '#') data[(height - 1 - n) * width + x] = 1;
	return traceOutlines({ width, height, data });
}

describe('differingArea', () => {
	const square = outlinesOf('......', '.###..', '.###..', '.###..', '......');

	it('is nowhere between the same outlines', () => {
		expect(differingArea(square, outlinesOf('......', '.###..', '.###..', '.###..', '......'))).toBeUndefined();
		expect(differingArea([], [])).toBeUndefined();
	});

	it('reaches from the lines that left to those that came, and no further', () => {
		const bump = outlinesOf('......', '.###..', '.####.', '.###..', '......');
		expect(differingArea(square, bump)).toEqual({ left: 3, top: 0.5, right: 4.5, bottom: 3.5 });
		expect(differingArea(bump, square)).toEqual({ left: 3, top: 0.5, right: 4.5, bottom: 3.5 });
	});

	it('finds a hole, and what was drawn beside, where the first point of the outlines is another one', () => {
		const hole = outlinesOf('......', '.###..', '.#.#..', '.###..', '......');
		expect(differingArea(square, hole)).toEqual({ left: 1.5, top: 1.5, right: 2.5, bottom: 2.5 });
		const below = outlinesOf('......', '.###..', '.###..', '.###..', '.....#');
		expect(differingArea(square, below)).toEqual({ left: 4.5, top: -0.5, right: 5.5, bottom: 0.5 });
	});

	it('is all of what came from nothing', () => {
		expect(differingArea([], square)).toEqual(areaOf(square));
		expect(areaOf(square)).toEqual({ left: 0.5, top: 0.5, right: 3.5, bottom: 3.5 });
	});
});
