import type { Dims } from '../../grid/grid.ts';
import { distanceTo } from '../../mask/distance.ts';
import { isMeningeal } from '../../protocol/protocol.ts';
import { boxSize } from '../../scoring/kernels/boxes.ts';
import { type Bench, firstWay, type Plant, type Planter, type Refusal } from './bench.ts';
import { elementsOf, partsOf, type Sheet, squaredMm } from './sheet.ts';

/** E08: leukoaraiosis, a lacune or an old infarct is drawn as oedema. */
export const confounderDrawn: Planter = (bench) => {
	if (!bench.hasLayer('confounders')) return { reason: 'noLayer', layer: 'confounders' };
	return firstWay(bench.drawnSheets(['WT', 'ED']), (sheet) => {
		const labels = sheet.layer('confounders')!;
		const byNumber = new Map<number, number[]>();
		for (let n = 0; n < labels.length; n++) {
			if (labels[n] === 0 || sheet.reference[n] !== 0 || sheet.isUncertain(n)) continue;
			const list = byNumber.get(labels[n]!);
			if (list) list.push(n);
			else byNumber.set(labels[n]!, [n]);
		}
		const large = [...byNumber.values()].filter(
			({ length }) => length * sheet.voxelMl >= bench.limits.confounder.ml / 2,
		);
		const drawn = bench.shuffled(large)[0];
		if (!drawn) return { reason: 'nothingNear', layer: 'confounders' };
		sheet.draw(drawn, 1);
		return { region: sheet.region };
	});
};

/** How far fluid is from a region that leaks into it, and how far what does not enhance, in mm. */
const LEAK_MM = 14;
const VESSEL_MM = 40;

/** E09: a region leaks into ventricle or sulci beside it, the nearest fluid first. */
export const fluidDrawn: Planter = (bench) => {
	if (!bench.hasLayer('csf')) return { reason: 'noLayer', layer: 'csf' };
	const { ventMl, sulcMl } = bench.limits.leak;
	return firstWay(bench.drawnSheets(), (sheet) => {
		const labels = sheet.layer('csf')!;
		const kinds = bench.shuffled([
			{ value: 1, limit: ventMl },
			{ value: 2, limit: sulcMl },
		]);
		return firstWay(kinds, ({ value, limit }) => {
			const fluid = nearest(sheet, LEAK_MM, true, (n) => labels[n] === value);
			const most = Math.round((limit * bench.between(1.5, 2.2)) / sheet.voxelMl);
			if (fluid.length * sheet.voxelMl < 1.3 * limit) return { reason: 'nothingNear', layer: 'csf' };
			sheet.fill(fluid.slice(0, most), () => true);
			return { region: sheet.region };
		});
	});
};

/** E20: a vessel, or blood that was bright before contrast, is drawn as enhancing. */
export const notEnhancingDrawn: Planter = (bench) => {
	if (!bench.hasLayer('notEnhancing')) return { reason: 'noLayer', layer: 'notEnhancing' };
	return firstWay(bench.drawnSheets(['ET', 'EN']), (sheet) => {
		const labels = sheet.layer('notEnhancing')!;
		const near = nearest(sheet, VESSEL_MM, false, (n) => labels[n] !== 0 && !sheet.isUncertain(n));
		const least = bench.limits.notEnhancing.ml;
		if (near.length * sheet.voxelMl < 1.4 * least) return { reason: 'nothingNear', layer: 'notEnhancing' };
		// A part that holds together, not all of a vessel.
		const mask = new Uint8Array(labels.length);
		for (const n of near) mask[n] = 1;
		const parts = partsOf(sheet, mask).filter(({ length }) => length * sheet.voxelMl >= 1.4 * least);
		const part = bench.shuffled(parts)[0] ?? near;
		const start = sheet.xyzMm(part[Math.floor(bench.random() * part.length)]!);
		const most = Math.round((least * bench.between(2, 6)) / sheet.voxelMl);
		sheet.draw(byDistance(sheet, part, start).slice(0, most), 1);
		return { region: sheet.region };
	});
};

/** Elements by their distance from a place, the nearest first. */
function byDistance(sheet: Sheet, elements: readonly number[], from: readonly number[]): number[] {
	return elements
		.map((n) => ({ n, away: squaredMm(sheet.xyzMm(n), from) }))
		.sort((a, b) => a.away - b.away || a.n - b.n)
		.map(({ n }) => n);
}

/**
 * Voxels outside a region's reference that pass a test and lie within a distance of it, the nearest first.
 *
 * @param inSlices only in slices that the reference has
 */
function nearest(sheet: Sheet, mm: number, inSlices: boolean, test: (element: number) => boolean): number[] {
	const at = elementsOf(sheet.reference).map((n) => sheet.at(n));
	const reach = sheet.spacingMm.map((spacing, axis) => (inSlices && axis === 2 ? 0 : Math.ceil(mm / spacing)));
	const low = [0, 1, 2].map((axis) =>
		Math.max(0, at.reduce((least, v) => Math.min(least, v[axis]!), Number.POSITIVE_INFINITY) - reach[axis]!),
	) as unknown as Dims;
	const high = [0, 1, 2].map((axis) =>
		Math.min(sheet.axial.dims[axis]! - 1, at.reduce((most, v) => Math.max(most, v[axis]!), 0) + reach[axis]!),
	) as unknown as Dims;
	const size = boxSize({ min: low, max: high });
	const block = new Uint8Array(size[0] * size[1] * size[2]);
	for (const [x, y, z] of at) block[x - low[0] + size[0] * (y - low[1] + size[1] * (z - low[2]))] = 1;
	const away = distanceTo(1, block, size, sheet.spacingMm, inSlices);
	const found: { readonly n: number; readonly mm: number }[] = [];
	for (let z = 0, at = 0; z < size[2]; z++)
		for (let y = 0; y < size[1]; y++)
			for (let x = 0; x < size[0]; x++, at++) {
				if (away[at] === 0 || away[at]! > mm) continue;
				const n = low[0] + x + sheet.row * (low[1] + y) + sheet.plane * (low[2] + z);
				if (test(n)) found.push({ n, mm: away[at]! });
			}
	return found.sort((a, b) => a.mm - b.mm || a.n - b.n).map(({ n }) => n);
}

/** E19: most of the thickened dura is left out of what enhances, the farthest first. */
export const duraLeftOut: Planter = (bench) => {
	const sheet = bench.drawnSheets(['ET'])[0];
	if (!sheet || !isMeningeal(bench.source.family)) return { reason: 'noRegion' };
	const dura = sheet.layer('dura');
	if (!dura) return { reason: 'noLayer', layer: 'dura' };
	const body = elementsOf(sheet.reference).filter((n) => dura[n] === 0);
	const tail = elementsOf(sheet.reference).filter((n) => dura[n] !== 0);
	if (tail.length * sheet.voxelMl < 0.05 || body.length === 0) return { reason: 'nothingNear', layer: 'dura' };
	const middle = [0, 1, 2].map((axis) => body.reduce((sum, n) => sum + sheet.xyzMm(n)[axis]!, 0) / body.length);
	const share = 1 - bench.between(0, 0.7) * bench.limits.dura.minRecall;
	const lost = new Set(
		byDistance(sheet, tail, middle)
			.reverse()
			.slice(0, Math.ceil(share * tail.length)),
	);
	// With what the hand drew beside it.
	const beside = [...lost].flatMap((n) =>
		[1, -1, sheet.row, -sheet.row].map((step) => n + step).filter((at) => sheet.reference[at] === 0),
	);
	sheet.draw([...lost, ...beside], 0);
	return { region: 'ET' };
};

/** E21: most of an uncertain band is drawn as well, but for one side. */
export const uncertainDrawn: Planter = (bench) => {
	const banded = bench.sheets.filter(({ hasBand }) => hasBand);
	if (banded.length === 0) return { reason: 'noLayer', layer: 'uncertain' };
	return firstWay(bench.shuffled(banded), (sheet) => drawBand(bench, sheet));
};

function drawBand(bench: Bench, sheet: Sheet): Plant | Refusal {
	const band = elementsOf(sheet.layer('uncertain')!);
	if (band.length * sheet.voxelMl < 0.1) return { reason: 'nothingNear', layer: 'uncertain' };
	const [dx, dy] = bench.direction();
	const along = new Map(
		band.map((n) => {
			const [x, y] = sheet.xyzMm(n);
			return [n, x * dx + y * dy] as const;
		}),
	);
	band.sort((a, b) => along.get(a)! - along.get(b)! || a - b);
	const share = bench.limits.uncertain.maxFrac + (1 - bench.limits.uncertain.maxFrac) * bench.between(0.3, 0.8);
	sheet.fill(band.slice(0, Math.ceil(share * band.length)));
	return { region: sheet.region };
}
