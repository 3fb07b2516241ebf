import type { Dims } from '../../grid/grid.ts';
import { distanceTo } from '../../mask/distance.ts';
import { isMeningeal, REGIONS } from '../../protocol/protocol.ts';
import { type Bench, firstWay, type Plant, type Planter, type Refusal } from './bench.ts';
import { elementsOf, partsOf, type Sheet, squaredMm } from './sheet.ts';

/** E01: one side of a region is left out, in every slice. Of what enhances beside dura, that would be the dura: E19. */
export const underDrawn: Planter = (bench) =>
	firstWay(bench.drawnSheets(REGIONS.filter((region) => region !== 'ET' || !bench.hasLayer('dura'))), (sheet) => {
		const elements = elementsOf(sheet.reference);
		if (elements.length * sheet.voxelMl < LEAST_ML) return { reason: 'tooSmall' };
		if (sheet.region === 'WT' && bodyShare(bench, elements.length * sheet.voxelMl) > 0.5) return { reason: 'noOedema' };
		cutSide(bench, sheet, bench.between(0.32, 0.42));
		return { region: sheet.region };
	});

/** Less of a region shows no error of size. */
const LEAST_ML = 0.5;

/** Share of the whole tumour that its body takes: where it is large, a part of the whole tumour resembles the body. */
function bodyShare(bench: Bench, wholeMl: number): number {
	const body = bench.sheet('TB') ?? bench.sheet('EN');
	return body ? (elementsOf(body.reference).length * body.voxelMl) / wholeMl : 0;
}

/** Takes a share of every slice of every part of a drawing away, at one side. */
function cutSide(bench: Bench, sheet: Sheet, share: number): void {
	const direction = bench.direction();
	for (const part of partsOf(sheet, sheet.drawing)) sheet.draw(farSide(bench, sheet, part, share, direction), 0);
}

/** A share of some elements, slice by slice those that lie farthest in a direction; the edge is not quite straight. */
export function farSide(
	bench: Bench,
	sheet: Sheet,
	elements: readonly number[],
	share: number,
	[dx, dy]: readonly [number, number],
): number[] {
	const field = bench.field(sheet, elements);
	return sheet.slicesOf(elements).flatMap((slice) => {
		const far = slice.elements.map((n) => {
			const [x, y, z] = sheet.xyzMm(n);
			return { n, along: x * dx + y * dy + 2 * field(x, y, z) };
		});
		far.sort((a, b) => b.along - a.along || a.n - b.n);
		return far.slice(0, Math.floor(share * far.length)).map(({ n }) => n);
	});
}

/** E02: a region bulges into plain brain; where nothing enhances, something is drawn as enhancing all the same. */
export const overDrawn: Planter = (bench) => {
	const { family } = bench.source;
	const plain = bench.drawnSheets(isMeningeal(family) ? ['ED', 'TB'] : ['WT', 'EN']);
	const empty = bench.sheets.filter(({ region, reference }) => region === 'ET' && !reference.includes(1));
	return firstWay(bench.shuffled([...plain, ...empty]), (sheet) =>
		empty.includes(sheet) ? drawNothing(bench, sheet) : bulge(bench, sheet),
	);
};

function bulge(bench: Bench, sheet: Sheet): Plant | Refusal {
	const wanted = elementsOf(sheet.reference).length;
	const tb = sheet.region === 'ED' ? bench.sheet('TB') : undefined;
	const body = tb && sheet.here(tb.reference, tb.axial);
	const isFree = (n: number) =>
		sheet.reference[n] === 0 && body?.[n] !== 1 && !sheet.isForbidden(n) && bench.isBrain(sheet, n);
	const lobe = lobeOf(bench, sheet, bench.between(0.45, 0.6), isFree);
	const seen = lobe.filter((n) => !sheet.isUncertain(n));
	if (seen.length < 0.38 * wanted) return { reason: 'noRoom' };
	sheet.fill(lobe);
	return { region: sheet.region };
}

/** A ball of whole tumour, drawn where nothing enhances. */
function drawNothing(bench: Bench, sheet: Sheet): Plant | Refusal {
	const whole = bench.sheet('WT');
	if (!whole) return { reason: 'noRegion' };
	const inside = sheet.here(whole.reference, whole.axial);
	const elements = elementsOf(inside);
	if (elements.length === 0) return { reason: 'tooSmall' };
	const centre = sheet.xyzMm(elements[Math.floor(bench.between(0.3, 0.7) * elements.length)]!);
	const radius = bench.between(6, 9);
	const near = (n: number) => squaredMm(sheet.xyzMm(n), centre) <= radius * radius;
	const ball = elements.filter((n) => near(n) && !sheet.isForbidden(n));
	if (ball.length * sheet.voxelMl < 3 * bench.limits.empty.maxMl) return { reason: 'tooSmall' };
	sheet.draw(ball, 1);
	return { region: sheet.region, rules: ['RF-3'] };
}

/**
 * What lies at one side of every part of a drawing, slice by slice and the nearest first, until so much is seen (not in the
 * uncertain band) as a share of the part's slice.
 */
export function lobeOf(bench: Bench, sheet: Sheet, share: number, isFree: (element: number) => boolean): number[] {
	const [dx, dy] = bench.direction();
	const lobe = new Set<number>();
	for (const part of partsOf(sheet, sheet.reference))
		for (const { elements, slice } of sheet.slicesOf(part)) {
			const { cells, middle } = around(sheet, elements, slice);
			const near = cells.flatMap(({ n, away }) => {
				if (away === 0 || !isFree(n)) return [];
				const [x, y] = sheet.xyzMm(n);
				const [px, py] = [x - middle[0], y - middle[1]];
				const cosine = (px * dx + py * dy) / Math.max(0.01, Math.sqrt(px * px + py * py));
				return cosine > 0.6 ? [{ n, cost: away / (cosine * cosine) }] : [];
			});
			near.sort((a, b) => a.cost - b.cost || a.n - b.n);
			let left = Math.round(share * elements.length);
			for (const { n } of near) {
				if (left <= 0) break;
				lobe.add(n);
				if (!sheet.isUncertain(n)) left--;
			}
		}
	return [...lobe];
}

/** The voxels of a slice around some of its elements, with their distance from these in mm, and the middle of these. */
function around(sheet: Sheet, elements: readonly number[], slice: number) {
	const at = elements.map((n) => sheet.at(n));
	const room = Math.ceil((Math.sqrt(elements.length * sheet.pixelMm2) + 8) / Math.min(...sheet.spacingMm.slice(0, 2)));
	const low = [0, 1].map((axis) => Math.max(0, Math.min(...at.map((v) => v[axis]!)) - room)) as [number, number];
	const high = [0, 1].map((axis) =>
		Math.min(sheet.axial.dims[axis]! - 1, Math.max(...at.map((v) => v[axis]!)) + room),
	) as [number, number];
	const size: Dims = [high[0] - low[0] + 1, high[1] - low[1] + 1, 1];
	const mask = new Uint8Array(size[0] * size[1]);
	for (const [x, y] of at) mask[x - low[0] + size[0] * (y - low[1])] = 1;
	const away = distanceTo(1, mask, size, sheet.spacingMm);
	const start = low[0] + sheet.row * low[1] + sheet.plane * slice;
	const cells = Array.from(away, (mm, n) => ({
		n: start + (n % size[0]) + sheet.row * Math.floor(n / size[0]),
		away: mm,
	}));
	const places = elements.map((n) => sheet.xyzMm(n));
	const middle = [0, 1].map((axis) => places.reduce((sum, xyz) => sum + xyz[axis]!, 0) / places.length);
	return { cells, middle: middle as [number, number] };
}

/** E03: a region is drawn beside its place in every slice. A rim would be lost in that, and dura. */
export const shifted: Planter = (bench) =>
	firstWay(bench.drawnSheets(['WT', 'ED', 'TB', 'NE', 'EN']), (sheet) => {
		// The band hides what lies beyond the outline: half of a shift.
		if (sheet.hasBand) return { reason: 'hidden' };
		const sizes = partsOf(sheet, sheet.reference).map((part) => diameterMm(part.length * sheet.voxelMl));
		const mm = Math.min(4.4, Math.max(2.6, 0.11 * Math.max(...sizes)) + bench.random());
		const drawn = elementsOf(sheet.drawing);
		for (let attempt = 0; attempt < 12; attempt++) {
			const [dx, dy] = bench.direction();
			const [x, y] = [Math.round((mm * dx) / sheet.spacingMm[0]), Math.round((mm * dy) / sheet.spacingMm[1])];
			const moved = drawn.map((n) => n + x + y * sheet.row);
			const still = moved.filter((n) => sheet.reference[n] === 1).length;
			const forbidden = moved.filter((n) => sheet.reference[n] === 0 && sheet.isForbidden(n)).length * sheet.voxelMl;
			if (still < 0.6 * drawn.length || forbidden > 0.8 * bench.limits.notEnhancing.ml) continue;
			sheet.draw(drawn, 0);
			sheet.draw(moved, 1);
			const [across, along] = [x * sheet.spacingMm[0], y * sheet.spacingMm[1]];
			return { region: sheet.region, amount: { value: Math.sqrt(across * across + along * along), unit: 'mm' } };
		}
		return { reason: 'tooSmall' };
	});

/** Of the ball of a volume. */
function diameterMm(ml: number): number {
	return cubeRoot((6000 * ml) / Math.PI);
}

/** By Newton's steps, which give the same everywhere. */
function cubeRoot(value: number): number {
	let root = Math.max(1, value);
	for (let n = 0; n < 60; n++) root -= (root - value / (root * root)) / 3;
	return root;
}
