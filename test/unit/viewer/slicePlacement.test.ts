import { describe, expect, it } from 'vitest';
import { rasView } from '../../../src/grid/rasView.ts';
import { cameraOn, placeSlice } from '../../../src/viewer/slicePlacement.ts';

const view = rasView({ dims: [200, 100, 10], affine: [1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1] });
const whole = { x: [0, 199], y: [0, 99] } as const;

describe('placeSlice', () => {
	it('puts the patient’s right at the left edge and the front at the top', () => {
		const { toPx } = placeSlice(view, cameraOn(view, whole, 500, 500), 500, 500);
		const [right, left] = [toPx(199, 50)[0], toPx(0, 50)[0]];
		expect(right).toBeLessThan(left);
		expect(toPx(100, 99)[1]).toBeLessThan(toPx(100, 0)[1]);
	});

	it('is square in mm and turns pixels back into voxels', () => {
		const placement = placeSlice(view, { centreMm: [40, 70], zoom: 2.5 }, 640, 360);
		const [x0, y0] = placement.toPx(10, 10);
		const [x1, y1] = placement.toPx(12, 11);
		expect(Math.abs(x1 - x0)).toBeCloseTo(Math.abs(y1 - y0), 9);
		expect(placement.toVoxel(...placement.toPx(33.3, 44.4))).toEqual([
			expect.closeTo(33.3, 9),
			expect.closeTo(44.4, 9),
		]);
	});
});

describe('cameraOn', () => {
	it('shows all of the content with a margin, in the middle', () => {
		const content = { x: [60, 119], y: [20, 59] } as const;
		const { toPx } = placeSlice(view, cameraOn(view, content, 400, 300), 400, 300);
		const corners = [toPx(59.5, 19.5), toPx(119.5, 59.5)].flat();
		for (const [n, v] of corners.entries()) {
			expect(v).toBeGreaterThan(0);
			expect(v).toBeLessThan(n % 2 === 0 ? 400 : 300);
		}
		expect(toPx(89.5, 39.5)).toEqual([expect.closeTo(200, 6), expect.closeTo(150, 6)]);
	});

	it('never shows less than the whole slice would', () => {
		expect(cameraOn(view, whole, 400, 300).zoom).toBe(1);
	});
});
