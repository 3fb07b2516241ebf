import { type Dims, ijkToXyz, type XyzMm } from '../../grid/grid.ts';
import { isEmptyBox } from '../../scoring/kernels/boxes.ts';
import type { Box } from '../../scoring/kernels/kernels.ts';
import { lattice, type Smooth } from '../lattice.ts';
import { boxOf, partsOf, type Sheet } from './sheet.ts';

/** The farthest that an outline strays, in mm: below every tolerance of the findings, and about a pixel. */
const MOST_MM = 0.95;
/** Over which it strays to and fro. */
const WAVE_MM = 8;

/** Share of a part that must be drawn. */
const LEAST_KEPT = 0.5;

/**
 * Draws every region with a hand that is not quite sure: through one smooth move of places in the slice, the same for all
 * regions, so that what lies inside what stays so. Nothing is drawn where no region may be. Changes `drawing`.
 *
 * @param random gives numbers from 0 to 1
 */
export function waver(sheets: readonly Sheet[], random: () => number): void {
	const boxes = new Map(sheets.map((sheet) => [sheet, boxOf(sheet, sheet.reference)]));
	const corners = [...boxes].flatMap(([sheet, box]) =>
		isEmptyBox(box) ? [] : [box.min, box.max].map((at) => ijkToXyz(sheet.axial, at)),
	);
	if (corners.length === 0) return;
	const [right, front] = [smoothField(corners, WAVE_MM, random), smoothField(corners, WAVE_MM, random)];
	for (const [sheet, box] of boxes) if (!isEmptyBox(box)) move(sheet, box, right, front);
}

/** A smooth field from -1 to 1 over some places in mm and 10 mm around them. */
export function smoothField(places: readonly XyzMm[], spacingMm: number, random: () => number): Smooth {
	const originMm = [0, 1, 2].map((axis) => Math.min(...places.map((xyz) => xyz[axis]!)) - 10) as unknown as Dims;
	const dims = [0, 1, 2].map(
		(axis) => 2 + Math.ceil((Math.max(...places.map((xyz) => xyz[axis]!)) + 10 - originMm[axis]!) / spacingMm),
	) as unknown as Dims;
	const values = Float32Array.from({ length: dims[0] * dims[1] * dims[2] }, () => 2 * random() - 1);
	return lattice(values, { dims, originMm }, spacingMm);
}

function move(sheet: Sheet, { min: low, max: high }: Box, right: Smooth, front: Smooth): void {
	const { reference, drawing, row, plane, spacingMm } = sheet;
	const reach = Math.floor(MOST_MM / Math.min(spacingMm[0], spacingMm[1]) + 0.5);
	const parts = partsOf(sheet, reference);
	const partAt = new Int32Array(reference.length);
	for (const [part, elements] of parts.entries()) for (const n of elements) partAt[n] = part + 1;
	for (let z = low[2]; z <= high[2]; z++)
		for (let y = low[1] - reach; y <= high[1] + reach; y++)
			for (let x = low[0] - reach, n = x + row * y + plane * z; x <= high[0] + reach; x++, n++) {
				if (!atEdge(reference, n, row, reach)) continue;
				const [px, py, pz] = sheet.xyzMm(n);
				const dx = Math.floor((MOST_MM * right(px, py, pz)) / spacingMm[0] + 0.5);
				const dy = Math.floor((MOST_MM * front(px, py, pz)) / spacingMm[1] + 0.5);
				const value = reference[n + dx + row * dy] ?? 0;
				if (value === reference[n] || (value === 1 && sheet.isForbidden(n))) continue;
				if (value === 1) {
					// Parts that lie apart stay so.
					const part = partAt[n + dx + row * dy]!;
					if (meetsOther(partAt, n, part, sheet)) continue;
					partAt[n] = part;
				}
				drawing[n] = value;
			}
	// A pixel that only the move left out is drawn, and what is so small that a move of a pixel misses it.
	for (let z = low[2]; z <= high[2]; z++)
		for (let y = low[1]; y <= high[1]; y++)
			for (let x = low[0], n = x + row * y + plane * z; x <= high[0]; x++, n++)
				if (isPit(drawing, n, row) && !isPit(reference, n, row) && !sheet.isForbidden(n)) drawing[n] = 1;
	for (const part of parts) {
		const kept = part.filter((n) => drawing[n] === 1).length;
		if (kept < LEAST_KEPT * part.length) sheet.draw(part, 1);
	}
}

/** Whether a voxel is not drawn, but all four neighbours in the slice are. */
function isPit(mask: Uint8Array, n: number, row: number): boolean {
	return mask[n] === 0 && mask[n - 1] === 1 && mask[n + 1] === 1 && mask[n - row] === 1 && mask[n + row] === 1;
}

/** Whether one of the 26 neighbours of a voxel belongs to another part. */
function meetsOther(partAt: Int32Array, n: number, part: number, { row, plane }: Sheet): boolean {
	for (let dz = -plane; dz <= plane; dz += plane)
		for (let dy = -row; dy <= row; dy += row)
			for (let dx = -1; dx <= 1; dx++) {
				const other = partAt[n + dx + dy + dz];
				if (other !== undefined && other !== 0 && other !== part) return true;
			}
	return false;
}

function atEdge(mask: Uint8Array, n: number, row: number, reach: number): boolean {
	const value = mask[n];
	for (let at = n - reach * (row + 1), dy = -reach; dy <= reach; dy++, at += row)
		for (let dx = 0; dx <= 2 * reach; dx++) if (mask[at + dx] !== value) return true;
	return false;
}
