import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Grid } from '../../src/grid/grid.ts';
import { autoThreshold } from '../../src/mask/autoThreshold.ts';
import { dab, type SlicePoint } from '../../src/mask/brush.ts';
import { combine } from '../../src/mask/combine.ts';
import { copySlice } from '../../src/mask/copySlice.ts';
import { fillOutline } from '../../src/mask/fillOutline.ts';
import { packFlips, unpackFlips } from '../../src/mask/flips.ts';
import { grow } from '../../src/mask/grow.ts';
import { EditHistory } from '../../src/mask/history.ts';
import { fillHoles } from '../../src/mask/holes.ts';
import { interpolateSlices } from '../../src/mask/interpolate.ts';
import { removeIslands } from '../../src/mask/islands.ts';
import { lasso } from '../../src/mask/lasso.ts';
import { margin } from '../../src/mask/margin.ts';
import { RegionMask } from '../../src/mask/regionMask.ts';
import { smooth } from '../../src/mask/smooth.ts';

/** The masks of a case: two regions on one sequence, a third on another. */
const REGIONS = ['first', 'second', 'elsewhere'] as const;
type Region = (typeof REGIONS)[number];
type Masks = Readonly<Record<Region, RegionMask>>;

/** One use of a tool: gives the elements to flip. A brush draws while it goes, and gives what it has drawn. */
interface Use {
	readonly tool: string;
	readonly region: Region;
	readonly make: (masks: Masks, values: Float32Array) => Uint32Array;
	readonly draws?: boolean;
}

const COS = Math.cos(0.4);
const SIN = Math.sin(0.4);
/** Numbers spread evenly; `fc.double` spreads over exponents, so that nearly all lie next to 0. */
const between = (least: number, most: number) =>
	fc.integer({ min: 0, max: 1000 }).map((n) => least + ((most - least) * n) / 1000);
const tenths = fc.integer({ min: 3, max: 30 }).map((n) => n / 10);
const length = fc.integer({ min: 1, max: 16 });

/** Grids of any size and spacing, stored along the view, against it, in another order, or tilted. */
const anyGrid: fc.Arbitrary<Grid> = fc
	.record({
		dims: fc.tuple(length, length, fc.integer({ min: 1, max: 7 })),
		mm: fc.tuple(tenths, tenths, tenths),
		order: fc.constantFrom([0, 1, 2], [1, 2, 0], [2, 0, 1], [1, 0, 2]),
		signs: fc.tuple(fc.constantFrom(1, -1), fc.constantFrom(1, -1), fc.constantFrom(1, -1)),
		tilted: fc.boolean(),
	})
	.map(({ dims, mm, order, signs, tilted }) => {
		// Row `r` of the matrix is to the right, front or head; stored axis `c` runs along direction `order[c]`.
		const matrix = [0, 1, 2].map((r) =>
			order.map((direction, c) => (direction === r ? signs[c]! * mm[direction]! : 0)),
		);
		const [x, y, z] = matrix as [number[], number[], number[]];
		const rows = tilted
			? [x, y.map((v, c) => COS * v - SIN * z[c]!), y.map((v, c) => SIN * v + COS * z[c]!)]
			: [x, y, z];
		return {
			dims: order.map((direction) => dims[direction]!) as unknown as Grid['dims'],
			affine: [...rows[0]!, 3, ...rows[1]!, -2, ...rows[2]!, 5, 0, 0, 0, 1],
		};
	});

const region = fc.constantFrom(...REGIONS, 'first' as const, 'first' as const);
/** A place in the slice, in parts of its size; a little beyond it too. */
const point = fc.tuple(between(-0.1, 1.1), between(-0.1, 1.1));
/** A slice, in parts of how many there are. */
const level = between(0, 0.999);
const value = fc.constantFrom(0 as const, 1 as const, 1 as const);
const mm = between(0.1, 8);

const placed = ({ view }: RegionMask, [u, v]: readonly [number, number]) => ({
	x: u * (view.dims[0] - 1),
	y: v * (view.dims[1] - 1),
});
const sliceAt = ({ view }: RegionMask, part: number) => Math.floor(part * view.dims[2]);
function slicePointOf(mask: RegionMask, index: number): SlicePoint | undefined {
	const [width, height] = mask.view.dims;
	const slice = mask.sliceOf(index);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) if (mask.index(x, y, slice) === index) return { x, y };
	return undefined;
}

/** Intensities belong to the grid of the first two regions; the third has none that fit, and takes zeros. */
const fitting = ({ data }: RegionMask, values: Float32Array) =>
	data.length === values.length ? values : new Float32Array(data.length);

/** A tool with the settings it takes: what it gives back is what is to be flipped. */
function using<T>(
	tool: string,
	settings: fc.Arbitrary<T>,
	make: (mask: RegionMask, settings: T, values: Float32Array, masks: Masks) => Uint32Array,
	draws = false,
): fc.Arbitrary<Use> {
	return fc.tuple(region, settings).map(([name, chosen]) => ({
		tool,
		region: name,
		draws,
		make: (masks, values) => make(masks[name], chosen, fitting(masks[name], values), masks),
	}));
}

/** Every tool. A new one is a line here. */
const TOOLS: readonly fc.Arbitrary<Use>[] = [
	using(
		'brush',
		fc.record({
			level,
			line: fc.array(point, { minLength: 1, maxLength: 6 }).map((line) => [...line, line[0]!]),
			diameterMm: between(0.1, 2.5),
			value,
			ball: fc.boolean(),
			range: fc.option(fc.tuple(fc.integer({ max: 50, min: 0 }), fc.integer({ max: 99, min: 50 }))),
		}),
		(mask, { level: part, line, diameterMm, value: set, ball, range }, values) => {
			const changed: number[] = [];
			const within = range ? { values, low: range[0], high: range[1] } : undefined;
			line.forEach((to, n) => {
				const from = placed(mask, line[Math.max(0, n - 1)]!);
				const movement = {
					slice: sliceAt(mask, part),
					from,
					to: placed(mask, to),
					diameterMm,
					value: set,
					ball,
					within,
				};
				dab(mask, movement, changed);
			});
			return Uint32Array.from(changed);
		},
		true,
	),
	using(
		'lasso',
		fc.record({ level, line: fc.array(point, { minLength: 2, maxLength: 8 }), value }),
		(mask, { level: part, line, value: set }) =>
			lasso(mask, { slice: sliceAt(mask, part), points: line.map((each) => placed(mask, each)), value: set }),
	),
	using('fillOutline', fc.tuple(level, point), (mask, [part, somewhere]) => {
		// Where something is enclosed it is filled: by chance that is hardly ever so.
		const [hole] = fillHoles(mask);
		const at = hole === undefined ? undefined : slicePointOf(mask, hole);
		const slice = hole === undefined ? sliceAt(mask, part) : mask.sliceOf(hole);
		return fillOutline(mask, { slice, at: at ?? placed(mask, somewhere) }) ?? new Uint32Array(0);
	}),
	using(
		'grow',
		fc.record({ level, at: point, tolerance: fc.integer({ min: 0, max: 60 }), reachMm: mm, inSlice: fc.boolean() }),
		(mask, { level: part, at, ...how }, values) =>
			grow(mask, { values, seed: { ...placed(mask, at), slice: sliceAt(mask, part) }, ...how }),
	),
	using(
		'autoThreshold',
		fc.record({
			levels: fc.tuple(level, level),
			line: fc.array(point, { minLength: 3, maxLength: 6 }),
			bright: fc.boolean(),
		}),
		(mask, { levels, line, bright }, values) => {
			const slices = levels.map((part) => sliceAt(mask, part));
			return (
				autoThreshold(mask, {
					values,
					slices: [Math.min(...slices), Math.max(...slices)],
					points: line.map((each) => placed(mask, each)),
					bright,
				})?.elements ?? new Uint32Array(0)
			);
		},
	),
	using('interpolateSlices', fc.constant(null), (mask) => interpolateSlices(mask)),
	using('copySlice', fc.tuple(level, level), (mask, [from, to]) =>
		copySlice(mask, sliceAt(mask, from), sliceAt(mask, to)),
	),
	using('removeIslands', between(0, 0.05), (mask, smallerThanMl) => removeIslands(mask, { smallerThanMl })),
	using('fillHoles', fc.constant(null), (mask) => fillHoles(mask)),
	using('smooth', between(0, 4), (mask, radiusMm) => smooth(mask, { radiusMm })),
	using('margin', fc.tuple(between(-2, 2), fc.boolean()), (mask, [by, inSlice]) => margin(mask, { mm: by, inSlice })),
	using(
		'combine',
		fc.tuple(region, region, fc.constantFrom('union' as const, 'minus' as const, 'intersect' as const)),
		(mask, [first, second, operation], _, masks) =>
			combine(mask, { first: masks[first], second: masks[second], operation }).elements,
	),
];

/** Without a leaning to extremes, for there most tools have nothing to do; the brush comes more often than any other. */
const scene = fc.noBias(
	fc.record({
		grid: anyGrid,
		other: anyGrid,
		seed: fc.integer({ min: 1, max: 1e6 }),
		uses: fc.array(fc.oneof({ weight: 8, arbitrary: TOOLS[0]! }, ...TOOLS.slice(1)), {
			minLength: 1,
			maxLength: 40,
			size: 'max',
		}),
	}),
);

/** Intensities from 0 to 99: lumps, so that there is something to grow in. */
function intensitiesOf(mask: RegionMask, seed: number): Float32Array {
	return Float32Array.from(mask.data, (_, n) => (seed * (1 + Math.floor(n / 3)) * 7919) % 100);
}

function expectCounted(mask: RegionMask): void {
	const counts = new Uint32Array(mask.view.dims[2]);
	const [width, height] = mask.view.dims;
	for (let slice = 0; slice < counts.length; slice++)
		for (let y = 0; y < height; y++)
			for (let x = 0; x < width; x++) counts[slice]! += mask.data[mask.index(x, y, slice)]!;
	expect(mask.sliceCounts).toEqual(counts);
	expect(mask.total).toBe(counts.reduce((sum, count) => sum + count, 0));
	expect(mask.data.some((byte) => byte > 1)).toBe(false);
}

const bytesOf = (masks: Masks) => REGIONS.map((name) => masks[name].data.slice());

/** Whether all bytes are the same; quicker than `toEqual`. */
const isSame = (a: readonly Uint8Array[], b: readonly Uint8Array[]) =>
	a.every((bytes, n) => Buffer.compare(bytes, b[n]!) === 0);

describe('any sequence of tools', () => {
	it('undone to the start gives the empty masks, redone the same bytes, and the counts are always true', () => {
		const changing = new Map<string, number>();
		fc.assert(
			fc.property(scene, ({ grid, other, seed, uses }) => {
				const masks = { first: new RegionMask(grid), second: new RegionMask(grid), elsewhere: new RegionMask(other) };
				const values = intensitiesOf(masks.first, seed);
				const history = new EditHistory<Region>();
				const states = [bytesOf(masks)];
				for (const { tool, region: name, make, draws } of uses) {
					const mask = masks[name];
					const before = mask.data.slice();
					const flips = make(masks, values);
					expect(new Set(flips).size).toBe(flips.length);
					if (!draws) {
						// A tool only says what it would change.
						expect(isSame([mask.data], [before])).toBe(true);
						mask.flip(flips);
					}
					// What is kept of an edit is its packed form.
					const kept = unpackFlips(packFlips(flips), mask.data.length)!;
					history.push({ region: name, slice: flips.length > 0 ? mask.sliceOf(flips[0]!) : 0, flips: kept });
					expectCounted(mask);
					states.push(bytesOf(masks));
					if (flips.length > 0) changing.set(tool, (changing.get(tool) ?? 0) + 1);
				}
				for (let n = uses.length - 1; n >= 0; n--) {
					const edit = history.undo()!;
					masks[edit.region].flip(edit.flips);
					expect(isSame(bytesOf(masks), states[n]!)).toBe(true);
					expectCounted(masks[edit.region]);
				}
				expect(history.canUndo).toBe(false);
				for (const name of REGIONS) expect(masks[name].total).toBe(0);
				for (let n = 1; n <= uses.length; n++) {
					const edit = history.redo()!;
					masks[edit.region].flip(edit.flips);
					expect(isSame(bytesOf(masks), states[n]!)).toBe(true);
					expectCounted(masks[edit.region]);
				}
				expect(history.canRedo).toBe(false);
			}),
			{ numRuns: 200, seed: 20261126 },
		);
		// Each tool has had something to do, so that none is tested on empty masks only.
		expect(changing.size).toBe(TOOLS.length);
		for (const count of changing.values()) expect(count).toBeGreaterThan(5);
	});
});
