import { describe, expect, it } from 'vitest';
import { compareRegion } from '../../../../src/cli/pictures/compare.ts';
import { frameAround, frameLike, placeIn, sampled } from '../../../../src/cli/pictures/frame.ts';
import { outlinePath } from '../../../../src/cli/pictures/outlinePath.ts';
import { rasView } from '../../../../src/grid/rasView.ts';
import type { SlicePlane } from '../../../../src/mask/slicePlane.ts';

const SIZE = 120;
const grid = (mm: number) => ({
	dims: [SIZE, SIZE, 3] as const,
	affine: [mm, 0, 0, -50, 0, mm, 0, -40, 0, 0, 4, 0, 0, 0, 0, 1],
});

/** A slice with a box of ones from one corner to another, both included. */
function box(x0: number, y0: number, x1: number, y1: number): SlicePlane {
	const data = new Uint8Array(SIZE * SIZE);
	for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) data[x + SIZE * y] = 1;
	return { width: SIZE, height: SIZE, data };
}
const same = (x: number, y: number) => [x, y] as const;

/** Corners of a path of closed lines with steps, one list a line. */
function linesOf(path: string): [number, number][][] {
	return path.split('z').flatMap((line) => {
		if (line === '') return [];
		const [x, y, ...steps] = [...line.matchAll(/-?(?:\d+\.?\d*|\.\d+)/g)].map(([text]) => Number(text));
		const points: [number, number][] = [[x!, y!]];
		for (let n = 0; n < steps.length; n += 2) {
			const [px, py] = points.at(-1)!;
			points.push([px + steps[n]!, py + steps[n + 1]!]);
		}
		return [points];
	});
}
function areaOf(points: readonly [number, number][]): number {
	const twice = points.reduce((sum, [x, y], n) => {
		const [u, v] = points[(n + 1) % points.length]!;
		return sum + x * v - u * y;
	}, 0);
	return Math.abs(twice) / 2;
}

describe('an outline', () => {
	it('holds the area that is set, in few points', () => {
		const [line] = linesOf(outlinePath(box(20, 30, 69, 59), same));
		expect(areaOf(line!)).toBeGreaterThan(0.97 * 50 * 30);
		expect(areaOf(line!)).toBeLessThan(50 * 30);
		expect(line!.length).toBeLessThan(40);
	});

	it('is one line for each part and each hole', () => {
		const plane = box(20, 20, 60, 60);
		for (let y = 35; y < 45; y++) plane.data.fill(0, 35 + SIZE * y, 45 + SIZE * y);
		expect(linesOf(outlinePath(plane, same))).toHaveLength(2);
		expect(outlinePath(box(1, 1, 0, 0), same)).toBe('');
	});

	it('of a speck is a dot, or nothing', () => {
		const speck = box(40, 40, 40, 40);
		expect(outlinePath(speck, same, 'dots')).toMatch(/^M35\.0 40\.0a5 5/);
		expect(outlinePath(speck, same, 'none')).toBe('');
		expect(outlinePath(box(40, 40, 44, 44), same, 'none')).not.toBe('');
	});
});

describe('a frame', () => {
	const view = rasView(grid(1));

	it('has the lesion in its middle, right of the body on the left, front above', () => {
		const frame = frameAround(view, 'lesion', [box(60, 60, 99, 79)]);
		const place = placeIn(frame);
		const [x, y] = place(79.5, 69.5);
		expect(x).toBeCloseTo(frame.width / 2, 1);
		expect(y).toBeCloseTo(frame.height / 2, 0);
		expect(place(99, 69)[0]).toBeLessThan(place(60, 69)[0]);
		expect(place(79, 79)[1]).toBeLessThan(place(79, 60)[1]);
		expect(place(99.5, 69.5)[0]).toBeGreaterThan(0);
	});

	it('shows enough around a small lesion, and no other size for a wide one', () => {
		const mmAcross = (plane: SlicePlane) => {
			const frame = frameAround(view, 'lesion', [plane]);
			return frame.width / frame.scale[0];
		};
		expect(mmAcross(box(50, 50, 51, 51))).toBeCloseTo(84, 5);
		expect(mmAcross(box(10, 50, 109, 51))).toBeCloseTo(134, 5);
	});

	it('throws where nothing is set', () => {
		expect(() => frameAround(view, 'lesion', [box(1, 1, 0, 0)])).toThrow(/nothing set/);
	});

	it('lies on the same place of another grid', () => {
		const frame = frameAround(view, 'lesion', [box(60, 60, 79, 79)]);
		const other = rasView({ dims: [SIZE, SIZE, 3], affine: [0.5, 0, 0, -20, 0, 0.5, 0, -10, 0, 0, 4, 0, 0, 0, 0, 1] });
		const [x, y] = placeIn(frame)(70, 70);
		// 70 on the first grid is 20 mm right and 30 mm front: 80 on the other.
		const [u, v] = placeIn(frameLike(frame, view, 1, other))(80, 80);
		expect([u, v]).toEqual([expect.closeTo(x, 6), expect.closeTo(y, 6)]);
	});

	it('shows the greys at their places, black outside', () => {
		const plane = box(60, 60, 79, 79);
		const frame = frameAround(view, 'lesion', [plane]);
		const pixels = sampled({ ...plane, data: plane.data.map((v) => 200 * v) }, frame);
		const at = (x: number, y: number) => {
			const [px, py] = placeIn(frame)(x, y);
			return pixels[Math.round(px - 0.5) + frame.width * Math.round(py - 0.5)];
		};
		expect(at(70, 70)).toBe(200);
		expect(at(50, 70)).toBe(0);
		// Half-way between a voxel that is set and one that is not.
		for (const edge of [59.5, 79.5]) expect(Math.abs(at(edge, 70)! - 100)).toBeLessThan(30);
		const corner = frameAround(view, 'lesion', [box(0, 0, 3, 3)]);
		expect(sampled({ ...plane, data: plane.data.fill(255) }, corner).at(-1)).toBe(0);
	});
});

describe('a comparison', () => {
	const mask = (elements: readonly number[]) => {
		const data = new Uint8Array(64);
		for (const n of elements) data[n] = 1;
		return data;
	};
	const small = { dims: [8, 8, 1] as const, affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };
	const elementsOf = ({ data }: { data: Uint8Array }) => [...data.keys()].filter((n) => data[n] === 1);
	const compare = (drawn: readonly number[], changed: { drawn: number[]; leftOut: number[] }) =>
		compareRegion(
			'WT',
			{ grid: small, data: mask([9, 10, 11, 12]) },
			{ masks: [{ region: 'WT', name: '', grid: small, data: mask(drawn) }], log: [], truths: [], refused: [] },
			{
				code: 'E01',
				rules: [],
				region: 'WT',
				lesion: null,
				where: null,
				amount: { value: 0, unit: 'ml' },
				changed: [{ region: 'WT', drawn: Uint32Array.from(changed.drawn), leftOut: Uint32Array.from(changed.leftOut) }],
			},
		);

	it('tells what is shared, missed and extra', () => {
		const { shared, missed, extra } = compare([9, 10, 11, 30], { drawn: [30], leftOut: [12] })!;
		expect([elementsOf(shared), elementsOf(missed), elementsOf(extra)]).toEqual([[9, 10, 11], [12], [30]]);
	});

	it('takes a margin that wavers as the reference has it, away from the error', () => {
		// 9 was left out by wavering, 12 by the error; 11 beside the error stays as it was drawn.
		const { missed, extra } = compare([10, 11, 40], { drawn: [], leftOut: [12] })!;
		expect([elementsOf(missed), elementsOf(extra)]).toEqual([[12], []]);
	});

	it('is none where the error changed nothing of the region', () => {
		expect(
			compareRegion(
				'ET',
				{ grid: small, data: mask([]) },
				{ masks: [], log: [], truths: [], refused: [] },
				{
					code: 'E24',
					rules: [],
					region: 'ET',
					lesion: null,
					where: null,
					amount: { value: 0, unit: 'ml' },
					changed: [],
				},
			),
		).toBeUndefined();
	});
});
