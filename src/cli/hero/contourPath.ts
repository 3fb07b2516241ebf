import type { Outline } from '../../mask/contour.ts';

/** A place in a picture: pixels to the right, pixels downwards. */
export type Place = readonly [x: number, y: number];

/** Left, top, width and height in pixels of a picture. */
export type Box = readonly [left: number, top: number, width: number, height: number];

/** Points are taken this far apart along an outline, in voxels; smoothing takes the steps of the voxels away. */
const STEP = 0.5;
const ROUNDS = 5;
/** After smoothing, every third point says all there is to see. */
const KEPT = 3;
/** An outline shorter than this, in voxels, is a speck that nobody would see in a picture. */
const SHORTEST = 12;
/** An outline shorter than this, in voxels, would shrink by so much smoothing. */
const SMALL = 24;
const SMALL_ROUNDS = 2;

/** Places along a closed outline that has lost the steps of its voxels, in pixels of the picture. A small one is smoothed less. */
export function smoothPlaces(outline: Outline, place: (x: number, y: number) => Place): Place[] {
	const points = evenlySpaced(outline);
	const rounds = points.length * STEP < SMALL ? SMALL_ROUNDS : ROUNDS;
	return smoothed(points, rounds).map(([x, y]) => place(x, y));
}

/** SVG path through the smoothed outlines, each a closed run of curves, in pixels of the picture. */
export function contourPath(outlines: readonly Outline[], place: (x: number, y: number) => Place): string {
	return outlines
		.map(evenlySpaced)
		.filter((points) => points.length * STEP >= SHORTEST)
		.map((points) => closedCurve(kept(smoothed(points, ROUNDS)).map(([x, y]) => place(x, y))))
		.join('');
}

/** The box around all outlines, in pixels of the picture. Throws where there is none. */
export function boxAround(outlines: readonly Outline[], place: (x: number, y: number) => Place): Box {
	const places = outlines.flatMap((outline) => corners(outline).map(([x, y]) => place(x, y)));
	if (places.length === 0) throw new Error('got no outline, expected at least one');
	const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
	const [left, top] = [Math.min(...xs), Math.min(...ys)];
	return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}

function corners(outline: Outline): Place[] {
	return Array.from({ length: outline.length / 2 }, (_, n) => [outline[2 * n]!, outline[2 * n + 1]!]);
}

/** Points at equal distances along a closed outline, so that long straight runs are smoothed like short ones. */
function evenlySpaced(outline: Outline): Place[] {
	const points = corners(outline);
	const side = (n: number) => {
		const [x0, y0] = points[n]!;
		const [x1, y1] = points[(n + 1) % points.length]!;
		return { x0, y0, dx: x1 - x0, dy: y1 - y0, length: Math.hypot(x1 - x0, y1 - y0) };
	};
	const sides = points.map((_, n) => side(n));
	const perimeter = sides.reduce((sum, { length }) => sum + length, 0);
	const count = Math.round(perimeter / STEP);
	const even: Place[] = [];
	let n = 0;
	let passed = 0;
	for (let i = 0; i < count; i++) {
		const at = (i * perimeter) / count;
		while (n < sides.length - 1 && passed + sides[n]!.length <= at) passed += sides[n++]!.length;
		const { x0, y0, dx, dy, length } = sides[n]!;
		const share = (at - passed) / length;
		even.push([x0 + share * dx, y0 + share * dy]);
	}
	return even;
}

/** Each point moved towards its neighbours (1 : 2 : 1), several times round. */
function smoothed(points: readonly Place[], rounds: number): Place[] {
	let current = [...points];
	for (let round = 0; round < rounds; round++)
		current = current.map(([x, y], n) => {
			const [ax, ay] = current.at(n - 1)!;
			const [bx, by] = current[(n + 1) % current.length]!;
			return [(ax + 2 * x + bx) / 4, (ay + 2 * y + by) / 4];
		});
	return current;
}

function kept(points: readonly Place[]): Place[] {
	return points.filter((_, n) => n % KEPT === 0);
}

/** Quadratic curves from the middle of each side to the middle of the next, bent by the point between them. */
function closedCurve(points: readonly Place[]): string {
	const middle = ([ax, ay]: Place, [bx, by]: Place): Place => [(ax + bx) / 2, (ay + by) / 2];
	const text = ([x, y]: Place) => `${x.toFixed(1)} ${y.toFixed(1)}`;
	const curves = points.map((point, n) => `Q${text(point)} ${text(middle(point, points[(n + 1) % points.length]!))}`);
	return `M${text(middle(points.at(-1)!, points[0]!))}${curves.join('')}Z`;
}
