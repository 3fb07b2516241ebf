import { type Outline, traceOutlines } from '../../mask/contour.ts';
import type { SlicePlane } from '../../mask/slicePlane.ts';
import { type Place, smoothPlaces } from '../hero/contourPath.ts';

/** A point that is less than this far from the line through its neighbours is left out, in pixels. */
const TOLERANCE = 0.3;

/** Less than so many voxels is a speck: of an error it is shown as a dot, of what is right not at all. */
const SPECK = 5;
/** Pixels. */
const DOT = 5;

/**
 * SVG path around what is set in a slice, in pixels of the picture: straight lines between so many points that nobody sees
 * them, written with steps from point to point, which takes a third of the room. Empty where nothing is set.
 *
 * @param specks what becomes of what is too small to be seen; by default it is drawn as it is
 */
export function outlinePath(
	plane: SlicePlane,
	place: (x: number, y: number) => Place,
	specks: 'asTheyAre' | 'dots' | 'none' = 'asTheyAre',
): string {
	return traceOutlines(plane)
		.map((outline) => {
			if (specks === 'asTheyAre' || areaOf(outline) >= SPECK)
				return closedLine(simplified(smoothPlaces(outline, place)));
			return specks === 'dots' ? dotAt(outline, place) : '';
		})
		.join('');
}

/** Within a closed outline, voxels; of a hole too. */
function areaOf(outline: Outline): number {
	let twice = 0;
	for (let n = 0; n < outline.length; n += 2) {
		const next = (n + 2) % outline.length;
		twice += outline[n]! * outline[next + 1]! - outline[next]! * outline[n + 1]!;
	}
	return Math.abs(twice) / 2;
}

function dotAt(outline: Outline, place: (x: number, y: number) => Place): string {
	const middle = [0, 1].map((axis) => {
		const own = outline.filter((_, n) => n % 2 === axis);
		return own.reduce((sum, v) => sum + v, 0) / own.length;
	});
	const [x, y] = place(middle[0]!, middle[1]!);
	return `M${(x - DOT).toFixed(1)} ${y.toFixed(1)}a${DOT} ${DOT} 0 1 0 ${2 * DOT} 0a${DOT} ${DOT} 0 1 0 ${-2 * DOT} 0z`;
}

/** Douglas and Peucker's simplification of a closed line, from two points that lie far apart. */
function simplified(points: readonly Place[]): Place[] {
	if (points.length < 4) return [...points];
	const far = farthest(points, (point) => distance(point, points[0]!)).at;
	return [...reduced(points.slice(0, far + 1)), ...reduced([...points.slice(far), points[0]!])];
}

/** What is kept of an open line; its last point is left to whoever goes on. */
function reduced(points: readonly Place[]): Place[] {
	const [first, last] = [points[0]!, points.at(-1)!];
	const inner = farthest(points.slice(1, -1), (point) => offLine(point, first, last));
	if (inner.away <= TOLERANCE) return [first];
	const at = inner.at + 1;
	return [...reduced(points.slice(0, at + 1)), ...reduced(points.slice(at))];
}

function farthest(points: readonly Place[], measure: (point: Place) => number) {
	let [at, away] = [0, 0];
	for (const [n, point] of points.entries()) {
		const own = measure(point);
		if (own > away) [at, away] = [n, own];
	}
	return { at, away };
}

function distance([ax, ay]: Place, [bx, by]: Place): number {
	return Math.hypot(ax - bx, ay - by);
}

/** From a point to the line through two others, or to the first where they coincide. */
function offLine([x, y]: Place, [ax, ay]: Place, [bx, by]: Place): number {
	const length = Math.hypot(bx - ax, by - ay);
	return length === 0 ? Math.hypot(x - ax, y - ay) : Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length;
}

/** A closed line in tenths of a pixel; steps are between rounded points, so that errors do not add up. */
function closedLine(points: readonly Place[]): string {
	if (points.length < 3) return '';
	const tenths = points.map(([x, y]) => [Math.round(x * 10), Math.round(y * 10)] as const);
	const number = (v: number) => String(v / 10).replace(/^(-?)0\./, '$1.');
	const pair = (x: number, y: number) => `${number(x)}${y < 0 ? '' : ' '}${number(y)}`;
	const steps = tenths.slice(1).map(([x, y], n) => pair(x - tenths[n]![0], y - tenths[n]![1]));
	const joined = steps.reduce((line, step) => (step.startsWith('-') ? line + step : `${line} ${step}`), '');
	return `M${pair(...tenths[0]!)}l${joined.trimStart()}z`;
}
