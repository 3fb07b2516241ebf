import type { Affine, Dims, Grid } from '../grid/grid.ts';
import type { DicomFrames } from './dicomFrames.ts';
import { formatIssue } from './formatIssue.ts';
import type { Issue, Result } from './issue.ts';

type Vector = readonly [number, number, number];

/** Where a frame lies in the patient, in DICOM's LPS millimetres. */
export interface Plane {
	/** Centre of the first pixel. */
	readonly position: Vector;
	/** Direction in which columns follow one another, length 1. */
	readonly row: Vector;
	/** Direction in which rows follow one another, length 1. */
	readonly column: Vector;
	/** mm from row to row, and from column to column. */
	readonly spacing: readonly [betweenRows: number, betweenColumns: number];
	readonly thickness?: number;
	/** mm from slice to slice, as the file says. */
	readonly between?: number;
}

/** Frames in their places on one grid. */
export interface Stack {
	/** i along rows, j along columns, k along row × column: right-handed. RAS. */
	readonly grid: Grid;
	/** The slice k of each plane, in the order they were given. */
	readonly slices: readonly number[];
	/** Each plane's place along row × column, mm, in the order they were given. */
	readonly positionsMm: readonly number[];
	readonly warnings: readonly Issue[];
}

/** Where to take the distance between slices from: what a file says, or what is most frequent among the positions. */
export type SliceStep = 'announced' | 'usual';

/** Slices nearer to each other than this lie in the same place, mm. */
const SAME_PLACE = 0.01;
/** How far a slice may lie from where it should, as a part of the distance between slices. */
const TOLERANCE = 0.05;
/** Slices of the grid for each that is there, where the smallest distance is taken. */
const MOST_EMPTY = 1.5;
const MAX_SLICES = 16_384;
const SHEARED_DEGREES = 0.5;

/** The plane of a frame; undefined where its place in the patient is not given, or cannot be. */
export function planeOf(frames: DicomFrames, frame: number): Plane | undefined {
	const position = frames.numbers(frame, 'PlanePositionSequence', 'ImagePositionPatient');
	const cosines = frames.numbers(frame, 'PlaneOrientationSequence', 'ImageOrientationPatient');
	const spacing = frames.numbers(frame, 'PixelMeasuresSequence', 'PixelSpacing');
	const thickness = frames.number(frame, 'PixelMeasuresSequence', 'SliceThickness');
	const between = frames.number(frame, 'PixelMeasuresSequence', 'SpacingBetweenSlices');
	const numbers = [...position, ...cosines, ...spacing];
	if (position.length !== 3 || cosines.length !== 6 || spacing.length !== 2) return undefined;
	if (!numbers.every((x) => Math.abs(x) < 1e6) || !spacing.every((mm) => mm > 1e-4)) return undefined;
	const row = cosines.slice(0, 3) as unknown as Vector;
	const column = cosines.slice(3) as unknown as Vector;
	if (Math.abs(dot(row, row) - 1) > 0.02 || Math.abs(dot(column, column) - 1) > 0.02) return undefined;
	if (Math.abs(dot(row, column)) > 0.01) return undefined;
	return {
		position: position as unknown as Vector,
		row,
		column,
		spacing: spacing as unknown as readonly [number, number],
		...(thickness !== undefined && thickness > 0 && { thickness }),
		...(between !== undefined && between > 0 && { between }),
	};
}

/** Whether two planes are parallel with pixels of the same size. */
export function alike(a: Plane, b: Plane): boolean {
	const near = (u: readonly number[], v: readonly number[], most: number) =>
		u.every((x, n) => Math.abs(x - v[n]!) < most);
	return near(a.row, b.row, 1e-3) && near(a.column, b.column, 1e-3) && near(a.spacing, b.spacing, 1e-3);
}

/**
 * Sorts planes along their normal and puts them on a grid of even slices, `rows × columns` each. Planes in the same place
 * share a slice, and slices no plane lies on are left out of `slices`. At least one plane. Issues where planes are not
 * parallel, or cannot stand on even slices.
 */
export function stackPlanes(
	planes: readonly Plane[],
	[columns, rows]: readonly [columns: number, rows: number],
	step: SliceStep,
	path: string,
): Result<Stack> {
	const fail = (issue: Issue) => ({ ok: false as const, issues: [issue] });
	const first = planes[0]!;
	const odd = planes.filter((plane) => !alike(plane, first)).length;
	if (odd > 0) return fail(formatIssue('dicom.orientations', path, { count: odd }));
	const normal = cross(first.row, first.column);
	const positionsMm = planes.map((plane) => dot(plane.position, normal));
	const order = planes.map((_, n) => n).sort((a, b) => positionsMm[a]! - positionsMm[b]! || a - b);
	const lowest = planes[order[0]!]!;
	const highest = planes[order.at(-1)!]!;
	const places: number[] = [];
	for (const n of order) {
		const mm = positionsMm[n]! - positionsMm[order[0]!]!;
		if (places.length === 0 || mm - places.at(-1)! > SAME_PLACE) places.push(mm);
	}
	const gaps = places.slice(1).map((mm, n) => mm - places[n]!);
	const sorted = [...gaps].sort((a, b) => a - b);
	const steps = step === 'usual' ? usualSteps(sorted, places) : [first.between, sorted[0], first.thickness];
	const fitting = gaps.length === 0 ? undefined : steps.find((mm) => mm !== undefined && slicesOf(places, mm));
	if (gaps.length > 0 && fitting === undefined)
		return fail(formatIssue('dicom.unevenSlices', path, { least: mm(sorted[0]!), most: mm(sorted.at(-1)!) }));
	const kOf = fitting === undefined ? [0] : slicesOf(places, fitting)!;
	const last = kOf.at(-1)!;
	const single = first.between ?? first.thickness ?? 1;
	const k = normal.map((x, n) =>
		last === 0 ? x * single : (highest.position[n]! - lowest.position[n]!) / last,
	) as unknown as Vector;

	const slices = positionsMm.map((at) => kOf[nearest(places, at - positionsMm[order[0]!]!)]!);
	let aside = 0;
	for (const [n, plane] of planes.entries()) {
		const off = plane.position.map(
			(x, axis) => x - lowest.position[axis]! - k[axis]! * slices[n]!,
		) as unknown as Vector;
		aside = Math.max(aside, Math.sqrt(dot(off, off)));
	}
	const stepMm = Math.sqrt(dot(k, k));
	if (aside > Math.max(TOLERANCE * stepMm, SAME_PLACE) * 2)
		return fail(formatIssue('dicom.shiftedSlices', path, { mm: mm(aside) }));
	const warnings: Issue[] = [];
	const cosine = Math.min(1, Math.abs(dot(k, normal)) / stepMm);
	const degrees = (Math.acos(cosine) * 180) / Math.PI;
	if (degrees > SHEARED_DEGREES) warnings.push(formatIssue('dicom.sheared', path, { degrees: mm(degrees) }));
	const dims: Dims = [columns, rows, last + 1];
	return { ok: true, value: { grid: { dims, affine: affineOf(lowest, k) }, slices, positionsMm, warnings } };
}

/** The distance that most slices have, else the smallest one where it leaves few slices empty. */
function usualSteps(sortedGaps: readonly number[], places: readonly number[]): (number | undefined)[] {
	const least = sortedGaps[0];
	const few = least !== undefined && places.at(-1)! / least < MOST_EMPTY * places.length;
	return [sortedGaps[(sortedGaps.length - 1) >> 1], few ? least : undefined];
}

/** The slice number of each place (sorted, the first 0) for a distance of `step` mm; undefined where they do not fit. */
function slicesOf(places: readonly number[], step: number): number[] | undefined {
	if (!(step > SAME_PLACE)) return undefined;
	const slices = places.map((mm) => Math.round(mm / step));
	const last = slices.at(-1)!;
	if (last === 0 || last >= MAX_SLICES) return undefined;
	const exact = places.at(-1)! / last;
	const fits = places.every((mm, n) => Math.abs(mm - slices[n]! * exact) <= Math.max(TOLERANCE * exact, SAME_PLACE));
	const apart = slices.every((k, n) => n === 0 || k > slices[n - 1]!);
	return fits && apart ? slices : undefined;
}

function nearest(places: readonly number[], at: number): number {
	let low = 0;
	let high = places.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (places[middle]! <= at + 1e-9) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** From LPS to RAS: x and y turn round. */
function affineOf({ position, row, column, spacing }: Plane, k: Vector): Affine {
	const [betweenRows, betweenColumns] = spacing;
	const line = (axis: 0 | 1 | 2) => {
		const sign = axis === 2 ? 1 : -1;
		return [row[axis] * betweenColumns, column[axis] * betweenRows, k[axis], position[axis]].map((x) => sign * x + 0);
	};
	return [...line(0), ...line(1), ...line(2), 0, 0, 0, 1];
}

function mm(value: number): number {
	return Math.round(value * 100) / 100;
}

function dot(a: Vector, b: Vector): number {
	return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
	return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
