import type { Volume } from '../../../src/formats/volume.ts';
import { ijkToXyz, invertAffine } from '../../../src/grid/grid.ts';
import { type RasView, rasView } from '../../../src/grid/rasView.ts';
import { elementAt, type SlicePosition } from './placement.ts';

// What the tools must give, worked out here the slow and plain way. Every set holds stored elements.

export type Elements = ReadonlySet<number>;

export const union = (...sets: readonly Elements[]) => new Set(sets.flatMap((set) => [...set]));
export const without = (from: Elements, taken: Elements) => new Set([...from].filter((element) => !taken.has(element)));

/** Positions of a circle around one, as close together as a hand draws them. */
export function circle(view: RasView, [x, y]: SlicePosition, radiusMm: number): SlicePosition[] {
	const [sx, sy] = view.spacingMm;
	return Array.from({ length: 32 }, (_, n) => {
		const angle = (2 * Math.PI * n) / 32;
		return [x + (radiusMm * Math.cos(angle)) / sx, y + (radiusMm * Math.sin(angle)) / sy];
	});
}

/** Voxels of a slice whose centres a closed line holds, even-odd. */
export function enclosed(view: RasView, slice: number, line: readonly SlicePosition[]): Set<number> {
	const inside = new Set<number>();
	for (let y = 0; y < view.dims[1]; y++)
		for (let x = 0; x < view.dims[0]; x++) {
			let crossings = 0;
			line.forEach(([x1, y1], n) => {
				const [x2, y2] = line[(n + 1) % line.length] ?? [x1, y1];
				if (y1 > y !== y2 > y && x < x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)) crossings++;
			});
			if (crossings % 2 === 1) inside.add(elementAt(view, x, y, slice));
		}
	return inside;
}

/** Voxels of a slice that are not drawn and that cannot be reached from its border, side by side. */
export function holesOf(view: RasView, slice: number, drawn: Elements): Set<number> {
	const [width, height] = view.dims;
	const open = new Set<number>();
	const visit: [number, number][] = [];
	for (let x = 0; x < width; x++) visit.push([x, 0], [x, height - 1]);
	for (let y = 0; y < height; y++) visit.push([0, y], [width - 1, y]);
	for (let next = visit.pop(); next; next = visit.pop()) {
		const [x, y] = next;
		if (x < 0 || y < 0 || x >= width || y >= height) continue;
		const element = elementAt(view, x, y, slice);
		if (drawn.has(element) || open.has(element)) continue;
		open.add(element);
		visit.push([x - 1, y], [x + 1, y], [x, y - 1], [x, y + 1]);
	}
	const holes = new Set<number>();
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) {
			const element = elementAt(view, x, y, slice);
			if (!drawn.has(element) && !open.has(element)) holes.add(element);
		}
	return holes;
}

/** Voxels of a slice joined to one over sides, at most so far from it, and at most so different from the mean around it. */
export function grownInSlice(
	{ grid, data }: Volume,
	slice: number,
	seed: SlicePosition,
	tolerance: number,
	reachMm: number,
): Set<number> {
	const view = rasView(grid);
	const [sx, sy] = view.spacingMm;
	const [x0, y0] = [Math.round(seed[0]), Math.round(seed[1])];
	const value = (x: number, y: number) => data[elementAt(view, x, y, slice)] ?? 0;
	let mean = 0;
	for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) mean += value(x0 + dx, y0 + dy) / 9;
	const grown = new Set([elementAt(view, x0, y0, slice)]);
	const visit: [number, number][] = [[x0, y0]];
	for (let at = visit.pop(); at; at = visit.pop())
		for (const [dx, dy] of [
			[1, 0],
			[-1, 0],
			[0, 1],
			[0, -1],
		] as const) {
			const [x, y] = [at[0] + dx, at[1] + dy];
			const element = elementAt(view, x, y, slice);
			const far = Math.hypot((x - x0) * sx, (y - y0) * sy) > reachMm;
			if (far || grown.has(element) || Math.abs(value(x, y) - mean) > tolerance) continue;
			grown.add(element);
			visit.push([x, y]);
		}
	return grown;
}

/** The elements on the bright side of the threshold that parts their intensities with the largest variance between. */
export function brightSide({ data }: Volume, zone: Elements): Set<number> {
	const values = [...zone].map((element) => data[element] ?? 0);
	const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
	let best = { variance: -1, threshold: Number.NaN };
	for (const threshold of [...new Set(values)].sort((a, b) => a - b).slice(1)) {
		const dark = values.filter((value) => value < threshold);
		const bright = values.filter((value) => value >= threshold);
		const variance = dark.length * bright.length * (mean(bright) - mean(dark)) ** 2;
		if (variance > best.variance) best = { variance, threshold };
	}
	return new Set([...zone].filter((element) => (data[element] ?? 0) >= best.threshold));
}

/** Voxels of a slice that have at least one drawn voxel within a distance, in plane. */
export function nearIn(view: RasView, slice: number, drawn: Elements, mm: number): Set<number> {
	return slicesVoxels(view, slice, (x, y) => around(view, x, y, slice, mm).some((element) => drawn.has(element)));
}

/** Voxels of a slice that stay when it is shrunk: those with no voxel within a distance, in plane, that is not drawn. */
export function deepIn(view: RasView, slice: number, drawn: Elements, mm: number): Set<number> {
	return slicesVoxels(view, slice, (x, y) => around(view, x, y, slice, mm).every((element) => drawn.has(element)));
}

/** What most voxels of the disc around each are; a tie leaves it. */
export function smoothed(view: RasView, slice: number, drawn: Elements, radiusMm: number): Set<number> {
	return slicesVoxels(view, slice, (x, y) => {
		const disc = around(view, x, y, slice, radiusMm);
		const set = disc.filter((element) => drawn.has(element)).length;
		return set * 2 === disc.length ? drawn.has(elementAt(view, x, y, slice)) : set * 2 > disc.length;
	});
}

function slicesVoxels(view: RasView, slice: number, holds: (x: number, y: number) => boolean): Set<number> {
	const found = new Set<number>();
	for (let y = 0; y < view.dims[1]; y++)
		for (let x = 0; x < view.dims[0]; x++) if (holds(x, y)) found.add(elementAt(view, x, y, slice));
	return found;
}

/** Elements of the voxels within a distance of one, in its slice, itself among them. */
function around(view: RasView, x: number, y: number, slice: number, mm: number): number[] {
	const [sx, sy] = view.spacingMm;
	const elements: number[] = [];
	for (let j = Math.ceil(y - mm / sy); j <= y + mm / sy + 1e-6; j++)
		for (let i = Math.ceil(x - mm / sx); i <= x + mm / sx + 1e-6; i++) {
			if (i < 0 || j < 0 || i >= view.dims[0] || j >= view.dims[1]) continue;
			if (Math.hypot((i - x) * sx, (j - y) * sy) <= mm + 1e-6) elements.push(elementAt(view, i, j, slice));
		}
	return elements;
}

/** Elements of one grid whose centres fall into the drawn voxels of another. */
export function onGrid(drawn: Elements, from: Volume['grid'], to: Volume['grid']): Set<number> {
	const found = new Set<number>();
	const [a, b] = [rasView(to), rasView(from)];
	const back = invertAffine(b.affine);
	for (let z = 0; z < a.dims[2]; z++)
		for (let y = 0; y < a.dims[1]; y++)
			for (let x = 0; x < a.dims[0]; x++) {
				const place = ijkToXyz({ dims: a.dims, affine: a.affine }, [x, y, z]);
				const [i, j, k] = ijkToXyz({ dims: b.dims, affine: back }, place).map(Math.round) as [number, number, number];
				if (i < 0 || j < 0 || k < 0 || i >= b.dims[0] || j >= b.dims[1] || k >= b.dims[2]) continue;
				if (drawn.has(elementAt(b, i, j, k))) found.add(elementAt(a, x, y, z));
			}
	return found;
}
