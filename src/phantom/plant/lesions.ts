import type { XyzMm } from '../../grid/grid.ts';
import { isAtLeastMm } from '../../scoring/findings/matchLesions.ts';
import { type Bench, firstWay, type Plant, type Planter, type Refusal } from './bench.ts';
import { elementsOf, type PlacedLesion, type Sheet, squaredMm } from './sheet.ts';

/** E04: one lesion is not drawn, never the only one. */
export const missedLesion: Planter = (bench) => {
	const sheet = bench.lesionSheet();
	if (!sheet) return { reason: 'noRegion' };
	const counted = sheet.lesions.filter((lesion) => isAtLeastMm(lesion, bench.limits.lesion.minScoredMm));
	const lost = bench.shuffled(counted.slice(1))[0];
	if (!lost) return { reason: 'tooFewLesions' };
	sheet.draw(sheet.drawnOf(lost), 0);
	return { region: sheet.region, lesion: lost.lesion };
};

/** E05: something far from the tumour is drawn as a lesion. */
export const falseLesion: Planter = (bench) => {
	const sheet = bench.lesionSheet();
	if (!sheet) return { reason: 'noRegion' };
	const { dims } = sheet.axial;
	const brain = bench.source.layers.some(({ kind }) => kind === 'csf');
	const tumour = elementsOf(sheet.reference).map((n) => sheet.xyzMm(n));
	const heights = tumour.map(([, , z]) => z);
	const [feet, head] = [heights.reduce((a, b) => Math.min(a, b)) - 15, heights.reduce((a, b) => Math.max(a, b)) + 15];
	for (let attempt = 0; attempt < 400; attempt++) {
		const n = Math.floor(bench.random() * dims[0] * dims[1] * dims[2]);
		const centre = sheet.xyzMm(n);
		if (centre[2] < feet || centre[2] > head || !bench.isBrain(sheet, n)) continue;
		const half: XyzMm = [
			bench.between(3, 5),
			bench.between(3, 5),
			Math.max(bench.between(3, 5), sheet.spacingMm[2] * 0.6),
		];
		const blob = ellipsoid(sheet, centre, half);
		const room = ellipsoid(sheet, centre, [half[0] + 5, half[1] + 5, half[2] + 5]);
		const isFree = (at: number) => bench.isBrain(sheet, at) && !sheet.isForbidden(at) && !sheet.isUncertain(at);
		if (!blob.every(isFree) || (brain && blob.length * sheet.voxelMl < 0.05)) continue;
		if (room.some((at) => sheet.drawing[at] === 1 || sheet.reference[at] === 1)) continue;
		sheet.draw(blob, 1);
		return { region: sheet.region };
	}
	return { reason: 'noRoom' };
};

/** Elements of an ellipsoid with these half axes in mm; what lies beyond the images is left out. */
export function ellipsoid(sheet: Sheet, centre: XyzMm, half: XyzMm): number[] {
	const middle = sheet.elementAt(centre);
	if (middle < 0) return [];
	const [x, y, z] = sheet.at(middle);
	const [rx, ry, rz] = half.map((mm, axis) => Math.ceil(mm / sheet.spacingMm[axis]!)) as [number, number, number];
	const found: number[] = [];
	for (let dz = -rz; dz <= rz; dz++)
		for (let dy = -ry; dy <= ry; dy++)
			for (let dx = -rx; dx <= rx; dx++) {
				const [u, v, w] = [dx, dy, dz].map((step, axis) => (step * sheet.spacingMm[axis]!) / half[axis]!) as [
					number,
					number,
					number,
				];
				if (u * u + v * v + w * w > 1 || !sheet.has([x + dx, y + dy, z + dz])) continue;
				found.push(middle + dx + sheet.row * dy + sheet.plane * dz);
			}
	return found;
}

/** Lesions farther apart are not taken for one. */
const FARTHEST_MM = 45;

/** E06: two lesions that lie apart are joined by a bridge between their nearest points. */
export const mergedLesions: Planter = (bench) => {
	const sheet = bench.lesionSheet();
	if (!sheet) return { reason: 'noRegion' };
	const counted = sheet.lesions.filter((lesion) => isAtLeastMm(lesion, bench.limits.lesion.minScoredMm));
	const gaps = counted
		.flatMap((a, n) => counted.slice(n + 1).map((b) => [a, b] as const))
		.filter(([a, b]) => ![...a.joined].some((part) => b.joined.has(part)))
		.map(([a, b]) => gapBetween(sheet, a, b))
		.sort((a, b) => a.mm - b.mm);
	if (gaps.length === 0) return { reason: 'tooFewLesions' };
	const near = gaps.filter(({ mm }) => mm <= FARTHEST_MM).slice(0, 2);
	const gap = bench.shuffled(near)[0];
	if (!gap) return { reason: 'lesionsFarApart' };
	sheet.draw(tube(sheet, gap.from, gap.to, 2.2), 1);
	return { region: sheet.region, lesion: gap.lesion, amount: { value: 2, unit: 'count' } };
};

function gapBetween(sheet: Sheet, a: PlacedLesion, b: PlacedLesion) {
	const sparse = ({ elements }: PlacedLesion) => {
		const step = Math.ceil(elements.length / 250);
		return elements.filter((_, n) => n % step === 0).map((n) => sheet.xyzMm(n));
	};
	let best = { mm: Number.POSITIVE_INFINITY, from: [0, 0, 0] as XyzMm, to: [0, 0, 0] as XyzMm };
	const others = sparse(b);
	for (const from of sparse(a))
		for (const to of others) {
			const [x, y, z] = [from[0] - to[0], from[1] - to[1], from[2] - to[2]];
			const mm = Math.sqrt(x * x + y * y + z * z);
			if (mm < best.mm) best = { mm, from, to };
		}
	return { ...best, lesion: a.lesion };
}

/** Elements within a distance of a line; those that the line itself passes at the least, so that it holds together. */
function tube(sheet: Sheet, from: XyzMm, to: XyzMm, radiusMm: number): Set<number> {
	const found = new Set<number>();
	const length = Math.sqrt(squaredMm(from, to));
	const steps = Math.ceil((2 * length) / Math.min(...sheet.spacingMm));
	for (let step = 0; step <= steps; step++) {
		const centre = from.map((v, axis) => v + ((to[axis]! - v) * step) / Math.max(1, steps)) as unknown as XyzMm;
		for (const n of ellipsoid(sheet, centre, [radiusMm, radiusMm, radiusMm])) found.add(n);
		const own = sheet.elementAt(centre);
		if (own >= 0) found.add(own);
	}
	return found;
}

/** E07: a gap runs through a lesion. */
export const splitLesion: Planter = (bench) => {
	const sheet = bench.lesionSheet();
	if (!sheet) return { reason: 'noRegion' };
	const large = sheet.lesions.filter((lesion) => isAtLeastMm(lesion, 9));
	return firstWay(bench.shuffled(large), (lesion) => split(bench, sheet, lesion), { reason: 'tooSmall' });
};

function split(bench: Bench, sheet: Sheet, lesion: PlacedLesion): Plant | Refusal {
	const drawn = sheet.drawnOf(lesion);
	const pixel = Math.max(sheet.spacingMm[0], sheet.spacingMm[1]);
	const half = Math.max(1.4, 1.3 * pixel);
	for (let attempt = 0; attempt < 40; attempt++) {
		const [dx, dy] = bench.direction();
		const along = drawn.map((n) => {
			const [x, y] = sheet.xyzMm(n);
			return x * dx + y * dy;
		});
		const sorted = Float64Array.from(along).sort();
		const cut = sorted[Math.floor(bench.between(0.35, 0.65) * sorted.length)]!;
		const kept = drawn.filter((_, n) => Math.abs(along[n]! - cut) > half);
		// No slice is lost as a whole: that would be another error.
		if (sheet.slicesOf(kept).length < sheet.slicesOf(drawn).length) continue;
		const sides = [1, -1].map((side) => drawn.filter((_, n) => side * (along[n]! - cut) > half).length);
		if (Math.min(...sides) < 0.2 * lesion.voxels) continue;
		const gap = new Set(kept);
		sheet.draw(
			drawn.filter((n) => !gap.has(n)),
			0,
		);
		return { region: sheet.region, lesion: lesion.lesion, amount: { value: 2, unit: 'count' } };
	}
	return { reason: 'tooSmall' };
}
