import type { Outline } from '../mask/contour.ts';

/** A rectangle of the panel, CSS pixels, or of a slice, voxel positions. */
export interface Area {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

export const EVERYWHERE: Area = {
	left: Number.NEGATIVE_INFINITY,
	top: Number.NEGATIVE_INFINITY,
	right: Number.POSITIVE_INFINITY,
	bottom: Number.POSITIVE_INFINITY,
};

/** The smallest rectangle around two; undefined is nothing. */
export function joined(a: Area | undefined, b: Area | undefined): Area | undefined {
	if (!a || !b) return a ?? b;
	return {
		left: Math.min(a.left, b.left),
		top: Math.min(a.top, b.top),
		right: Math.max(a.right, b.right),
		bottom: Math.max(a.bottom, b.bottom),
	};
}

/** The rectangle around outlines; undefined where there are none. */
export function areaOf(outlines: readonly Outline[]): Area | undefined {
	let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1];
	for (const outline of outlines)
		for (let n = 0; n < outline.length; n += 2) {
			left = Math.min(left, outline[n]!);
			right = Math.max(right, outline[n]!);
			top = Math.min(top, outline[n + 1]!);
			bottom = Math.max(bottom, outline[n + 1]!);
		}
	return left <= right ? { left, top, right, bottom } : undefined;
}

/**
 * The rectangle around the lines that only one of two sets of outlines has, in the same direction; undefined where they
 * have the same lines. Where what they enclose differs lies between such lines, so it is in the rectangle too.
 */
export function differingArea(before: readonly Outline[], after: readonly Outline[]): Area | undefined {
	if (before === after) return undefined;
	// Outlines never meet: a point has one line that leaves it.
	const ends = new Map<number, number>();
	forEachLine(before, (from, to) => ends.set(from, to));
	let area: Area | undefined;
	const add = (point: number) => {
		const [x, y] = placeOf(point);
		area = joined(area, { left: x, top: y, right: x, bottom: y });
	};
	forEachLine(after, (from, to) => {
		if (ends.get(from) === to) {
			ends.delete(from);
			return;
		}
		add(from);
		add(to);
	});
	for (const [from, to] of ends) {
		add(from);
		add(to);
	}
	return area;
}

/** Points lie at halves of voxels, from half a voxel before the slice on: one number names each. */
const ROW = 1 << 20;
const keyOf = (x: number, y: number) => (2 * y + 2) * ROW + 2 * x + 2;
const placeOf = (key: number): [x: number, y: number] => [((key % ROW) - 2) / 2, (Math.floor(key / ROW) - 2) / 2];

function forEachLine(outlines: readonly Outline[], visit: (from: number, to: number) => void): void {
	for (const outline of outlines) {
		const last = outline.length - 2;
		let from = keyOf(outline[last]!, outline[last + 1]!);
		for (let n = 0; n <= last; n += 2) {
			const to = keyOf(outline[n]!, outline[n + 1]!);
			visit(from, to);
			from = to;
		}
	}
}
