import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dab } from '../../../src/mask/brush.ts';
import { traceOutlines } from '../../../src/mask/contour.ts';
import { packFlips, unpackFlips } from '../../../src/mask/flips.ts';
import { EditHistory } from '../../../src/mask/history.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { readSlice } from '../../../src/mask/slicePlane.ts';

const LPS = { dims: [40, 30, 5], affine: [-0.5, 0, 0, 10, 0, -1, 0, 15, 0, 0, 5, 0, 0, 0, 0, 1] } as const;

function stroke(
	mask: RegionMask,
	slice: number,
	points: readonly (readonly [number, number])[],
	diameterMm: number,
	value: 0 | 1 = 1,
) {
	const changed: number[] = [];
	points.forEach(([x, y], n) => {
		const [fx, fy] = points[Math.max(0, n - 1)] as readonly [number, number];
		dab(mask, { slice, from: { x: fx, y: fy }, to: { x, y }, diameterMm, value }, changed);
	});
	return changed;
}

describe('dab', () => {
	it('draws a disc that is round in mm, not in voxels', () => {
		const mask = new RegionMask(LPS);
		stroke(mask, 2, [[20, 15]], 6);
		let naive = 0;
		for (let y = 0; y < 30; y++)
			for (let x = 0; x < 40; x++) {
				const inside = ((x - 20) * 0.5) ** 2 + (y - 15) ** 2 <= 9;
				if (inside) naive++;
				expect(mask.data[mask.index(x, y, 2)]).toBe(inside ? 1 : 0);
			}
		expect(naive).toBeGreaterThan(50);
		expect(mask.total).toBe(naive);
		expect([...mask.sliceCounts]).toEqual([0, 0, naive, 0, 0]);
		expect(mask.volumeMl).toBeCloseTo((naive * 2.5) / 1000, 12);
	});

	it('leaves no gaps between two distant positions of the brush', () => {
		const mask = new RegionMask(LPS);
		stroke(
			mask,
			0,
			[
				[5, 5],
				[35, 25],
			],
			3,
		);
		for (let t = 0; t <= 1; t += 0.01) {
			const [x, y] = [Math.round(5 + 30 * t), Math.round(5 + 20 * t)];
			expect(mask.data[mask.index(x, y, 0)]).toBe(1);
		}
	});

	it('sets at least the voxel under a brush smaller than a voxel', () => {
		const mask = new RegionMask(LPS);
		expect(stroke(mask, 1, [[3.4, 7.4]], 0.1)).toEqual([mask.index(3, 7, 1)]);
	});

	it('is cut off at the border and never reaches another row or slice', () => {
		const mask = new RegionMask(LPS);
		stroke(
			mask,
			4,
			[
				[-3, -3],
				[45, 40],
			],
			8,
		);
		expect(mask.sliceCounts[3]).toBe(0);
		expect(mask.total).toBe(mask.data.reduce((sum, v) => sum + v, 0));
		expect(stroke(mask, 4, [[-30, -30]], 2)).toEqual([]);
	});

	it('reports each voxel that changed once, so that flipping it back restores the mask', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.double({ min: -5, max: 45, noNaN: true }), fc.double({ min: -5, max: 35, noNaN: true })), {
					minLength: 1,
					maxLength: 8,
				}),
				fc.double({ min: 0.2, max: 12, noNaN: true }),
				fc.constantFrom(0 as const, 1 as const),
				(points, diameter, value) => {
					const mask = new RegionMask(LPS);
					stroke(mask, 1, [[20, 15]], 9);
					const before = mask.data.slice();
					const changed = stroke(mask, 1, points, diameter, value);
					expect(new Set(changed).size).toBe(changed.length);
					mask.flip(Uint32Array.from(changed));
					expect(mask.data).toEqual(before);
					expect(mask.total).toBe(before.reduce((sum, v) => sum + v, 0));
				},
			),
		);
	});
});

describe('flips', () => {
	it('come back as they were, sorted', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.nat(9_000_000), { maxLength: 400 }), (indices) => {
				expect([...(unpackFlips(packFlips(indices), 9_000_001) ?? [])]).toEqual([...indices].sort((a, b) => a - b));
			}),
		);
	});

	it('are refused where the text is not theirs or names a voxel outside the mask', () => {
		const text = packFlips([5, 6, 7, 100]);
		expect(unpackFlips(text, 101)).toEqual(Uint32Array.from([5, 6, 7, 100]));
		expect(unpackFlips(text, 100)).toBeUndefined();
		expect(unpackFlips('!!!!', 100)).toBeUndefined();
		expect(unpackFlips(text.slice(0, -1), 101)).toBeUndefined();
		expect(unpackFlips('////////////', 2 ** 31)).toBeUndefined();
	});

	it('throw on a voxel that is named twice', () => {
		expect(() => packFlips([4, 4])).toThrow(/twice/);
	});

	it('never throw on any text', () => {
		fc.assert(fc.property(fc.string({ maxLength: 64 }), (text) => void unpackFlips(text, 1000)));
	});
});

describe('EditHistory', () => {
	it('undoes and redoes 150 strokes to the voxel', () => {
		const mask = new RegionMask(LPS);
		const history = new EditHistory();
		const states = [mask.data.slice()];
		for (let n = 0; n < 150; n++) {
			const changed = stroke(
				mask,
				n % 5,
				[
					[n % 40, (n * 7) % 30],
					[(n * 3) % 40, (n * 5) % 30],
				],
				1 + (n % 9),
				n % 3 === 2 ? 0 : 1,
			);
			history.push({ region: 'WT', slice: n % 5, flips: Uint32Array.from(changed) });
			states.push(mask.data.slice());
		}
		for (let n = 149; n >= 0; n--) {
			mask.flip(history.undo()?.flips ?? new Uint32Array(0));
			expect(mask.data).toEqual(states[n]);
		}
		expect(history.canUndo).toBe(false);
		expect(history.undo()).toBeUndefined();
		for (let n = 1; n <= 150; n++) {
			mask.flip(history.redo()?.flips ?? new Uint32Array(0));
			expect(mask.data).toEqual(states[n]);
		}
		expect(history.canRedo).toBe(false);
	});

	it('forgets what was undone once something new is drawn', () => {
		const history = new EditHistory();
		history.push({ region: 'WT', slice: 0, flips: new Uint32Array(0) });
		history.undo();
		history.push({ region: 'TB', slice: 1, flips: new Uint32Array(0) });
		expect(history.canRedo).toBe(false);
		expect(history.undo()?.region).toBe('TB');
	});
});

describe('readSlice', () => {
	it('copies the voxels of the mask’s own slice', () => {
		const mask = new RegionMask(LPS);
		stroke(mask, 3, [[8, 22]], 4);
		const plane = readSlice(mask.data, mask.view, mask.view, 3);
		for (let y = 0; y < 30; y++)
			for (let x = 0; x < 40; x++) expect(plane.data[y * 40 + x]).toBe(mask.data[mask.index(x, y, 3)]);
	});

	it('shows a mask at the same place of the head on a finer, shifted grid', () => {
		const mask = new RegionMask(LPS);
		stroke(mask, 2, [[20, 15]], 6);
		const fine = new RegionMask({
			dims: [80, 60, 25],
			affine: [0.25, 0, 0, -9.5, 0, 0.5, 0, -14, 0, 0, 1, -2, 0, 0, 0, 1],
		});
		const area = (s: number) =>
			readSlice(mask.data, mask.view, fine.view, s).data.reduce((sum, v) => sum + v, 0) * 0.125;
		expect(area(12)).toBeCloseTo(mask.total * 0.5, 0);
		expect(area(9)).toBe(0);
		expect(area(10)).toBeGreaterThan(0);
		expect(area(14)).toBeGreaterThan(0);
		expect(area(15)).toBe(0);
	});
});

describe('traceOutlines', () => {
	const plane = (rows: readonly string[]) => ({
		width: rows[0]?.length ?? 0,
		height: rows.length,
		data: Uint8Array.from(rows.join('').replaceAll('.', '0').replaceAll('#', '1'), Number),
	});
	const area = (outline: Float32Array) => {
		let twice = 0;
		for (let n = 0; n < outline.length; n += 2) {
			const m = (n + 2) % outline.length;
			twice += outline[n]! * outline[m + 1]! - outline[m]! * outline[n + 1]!;
		}
		return twice / 2;
	};

	it('gives nothing for an empty slice', () => {
		expect(traceOutlines(plane(['...', '...']))).toEqual([]);
	});

	it('puts a diamond around a single voxel', () => {
		const [outline, ...more] = traceOutlines(plane(['...', '.#.', '...']));
		expect(more).toEqual([]);
		expect(area(outline as Float32Array)).toBeCloseTo(0.5);
		expect(outline?.length).toBe(8);
	});

	it('keeps voxels apart that touch at a corner, on the border too', () => {
		expect(traceOutlines(plane(['#.', '.#'])).length).toBe(2);
		expect(traceOutlines(plane(['.#', '#.'])).length).toBe(2);
	});

	it('winds a hole the other way', () => {
		const outlines = traceOutlines(plane(['#####', '#####', '##.##', '#####', '#####']));
		expect(outlines.map((o) => Math.sign(area(o))).sort()).toEqual([-1, 1]);
	});

	it('separates set from unset voxels in any slice', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 9 }), fc.infiniteStream(fc.boolean()), (width, bits) => {
				const height = 7;
				const data = Uint8Array.from({ length: width * height }, () => (bits.next().value ? 1 : 0));
				const outlines = traceOutlines({ width, height, data });
				for (let y = 0; y < height; y++)
					for (let x = 0; x < width; x++) {
						let winding = 0;
						for (const o of outlines)
							for (let n = 0; n < o.length; n += 2) {
								const m = (n + 2) % o.length;
								const [x0, y0, x1, y1] = [o[n]!, o[n + 1]!, o[m]!, o[m + 1]!];
								if (y0 <= y && y1 > y && (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0) > 0) winding++;
								if (y0 > y && y1 <= y && (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0) < 0) winding--;
							}
						expect(winding !== 0).toBe(data[y * width + x] === 1);
					}
			}),
		);
	});
});
