import { samePlaces } from '../../grid/reorder.ts';
import { FAMILY_REGIONS, REGION_SEQUENCE, SEQUENCES } from '../../protocol/protocol.ts';
import { diceOf } from '../../scoring/findings/overlap.ts';
import { resampleLabels } from '../../scoring/findings/resample.ts';
import { type Bench, firstWay, type Plant, type Planter, type Refusal } from './bench.ts';
import { elementsOf, type Sheet } from './sheet.ts';

/** A mask whose mirror image is more like it than this lies across the middle. */
const MOST_ALIKE = 0.6;

/** E15: a region is drawn on the other side. */
export const wrongSide: Planter = (bench) =>
	firstWay(bench.drawnSheets(), (sheet) => {
		if (diceOf(sheet.reference, turned(sheet, sheet.reference, 0)) > MOST_ALIKE) return { reason: 'midline' };
		sheet.drawing.set(turned(sheet, sheet.drawing, 0));
		return { region: sheet.region };
	});

/** A mask turned round along an axis of the body, at the middle of the images. */
function turned({ axial: { dims }, row, plane }: Sheet, mask: Uint8Array, axis: 0 | 1): Uint8Array {
	const stride = axis === 0 ? 1 : row;
	const out = new Uint8Array(mask.length);
	for (const n of elementsOf(mask)) {
		const at = axis === 0 ? n % row : Math.floor((n % plane) / row);
		out[n + (dims[axis] - 1 - 2 * at) * stride] = 1;
	}
	return out;
}

/** E22: a mask that does not fit the images: its header is moved, its matrix another, or front and back are exchanged. */
export const otherGeometry: Planter = (bench) =>
	firstWay(bench.drawnSheets(), (sheet) =>
		firstWay(bench.shuffled([movedHeader, otherMatrix, frontForBack]), (way) => way(bench, sheet)),
	);

function movedHeader(bench: Bench, sheet: Sheet): Plant {
	const { dims, affine } = sheet.grid;
	const row = Math.floor(bench.random() * 3);
	const mm = bench.between(6, 20);
	const moved = affine.map((v, n) => (n === 4 * row + 3 ? v + mm : v));
	return { region: sheet.region, amount: { value: mm, unit: 'mm' }, file: { grid: { dims, affine: moved } } };
}

/** As a network leaves it that works at another voxel size. */
function otherMatrix(bench: Bench, sheet: Sheet): Plant {
	const scale = bench.between(1.15, 1.4);
	const { dims, affine } = sheet.grid;
	const coarse = {
		dims: dims.map((n, axis) => (axis === 2 ? n : Math.ceil(n / scale))) as unknown as typeof dims,
		affine: affine.map((v, n) => (n < 12 && n % 4 < 2 ? v * scale : v)),
	};
	const data = resampleLabels(sheet.stored(), sheet.grid, coarse);
	return { region: sheet.region, amount: { value: 1, unit: 'count' }, file: { grid: coarse, data } };
}

function frontForBack(_: Bench, sheet: Sheet): Plant | Refusal {
	if (elementsOf(sheet.reference).length * sheet.voxelMl < 4) return { reason: 'tooSmall' };
	if (diceOf(sheet.reference, turned(sheet, sheet.reference, 1)) > MOST_ALIKE) return { reason: 'midline' };
	sheet.drawing.set(turned(sheet, sheet.drawing, 1));
	return { region: sheet.region };
}

/** E23: a region is drawn on another sequence than its own. */
export const otherSequence: Planter = (bench) =>
	firstWay(bench.drawnSheets(), (sheet) => {
		const own = REGION_SEQUENCE[sheet.region];
		const others = SEQUENCES.flatMap((sequence) => {
			const grid = bench.source.series.get(sequence);
			return grid && sequence !== own && !samePlaces(grid, sheet.grid) ? [grid] : [];
		});
		const grid = bench.shuffled(others)[0];
		if (!grid) return { reason: 'oneGrid' };
		const data = resampleLabels(sheet.stored(), sheet.grid, grid);
		if (!data.includes(1)) return { reason: 'tooSmall' };
		return { region: sheet.region, amount: { value: 1, unit: 'count' }, file: { grid, data } };
	});

/** E24: a file's name does not follow the rule, or names another sequence, region or patient. */
export const wrongName: Planter = (bench) => {
	const { family, patient, fileNumber } = bench.source;
	const region = bench.drawnSheets()[0]?.region;
	if (!region) return { reason: 'noRegion' };
	const sequence = REGION_SEQUENCE[region];
	const other = bench.shuffled(FAMILY_REGIONS[family].filter((each) => each !== region))[0]!;
	const names = [
		`mask-${region.toLowerCase()}.nii.gz`,
		`${fileNumber}-${sequence}-${region}.nii.gz`,
		`${fileNumber}_DWI_${region}.nii.gz`,
		`${fileNumber}_${sequence}_${other}-2.nii.gz`,
		...(patient === null ? [] : [`${patient.slice(0, 30)}9_${sequence}_${region}.nii.gz`]),
	];
	const name = names[Math.floor(bench.random() * names.length)]!;
	return { region, amount: { value: 1, unit: 'count' }, file: { name } };
};

/** E25: what a threshold proposed, as it came: nobody went over it, or it is full of specks or of holes. */
export const uneditedProposal: Planter = (bench) =>
	firstWay(bench.shuffled([unedited, specks, holes]), (way) =>
		firstWay(bench.drawnSheets(), (sheet) => way(bench, sheet)),
	);

function unedited(_: Bench, { region }: Sheet): Plant {
	return { region, amount: { value: 1, unit: 'count' }, log: { region, tool: 'threshold' } };
}

/** Steps to the voxels of the slice up to two away. */
function near({ row }: Sheet): number[] {
	return [-2, -1, 0, 1, 2].flatMap((x) => [-2, -1, 0, 1, 2].map((y) => x + y * row));
}

function specks(bench: Bench, sheet: Sheet): Plant | Refusal {
	const wanted = bench.limits.semi.maxIslands + 4 + Math.floor(4 * bench.random());
	const drawn = elementsOf(sheet.reference);
	const steps = near(sheet);
	const set: number[] = [];
	for (let attempt = 0; attempt < 3000 && set.length < wanted; attempt++) {
		const from = drawn[Math.floor(bench.random() * drawn.length)]!;
		const [dx, dy] = [Math.round(bench.between(-16, 16)), Math.round(bench.between(-16, 16))];
		const n = from + dx + dy * sheet.row;
		if (steps.some((step) => sheet.drawing[n + step] !== 0)) continue;
		if (sheet.isForbidden(n) || sheet.isUncertain(n) || !bench.isBrain(sheet, n)) continue;
		sheet.drawing[n] = 1;
		set.push(n);
	}
	if (set.length === wanted) return { region: sheet.region, amount: { value: wanted, unit: 'count' } };
	sheet.draw(set, 0);
	return { reason: 'noRoom' };
}

function holes(bench: Bench, sheet: Sheet): Plant | Refusal {
	const wanted = bench.limits.semi.maxHoles + 4 + Math.floor(4 * bench.random());
	const drawn = elementsOf(sheet.drawing);
	const steps = near(sheet);
	const cleared: number[] = [];
	for (let attempt = 0; attempt < 3000 && cleared.length < wanted; attempt++) {
		const n = drawn[Math.floor(bench.random() * drawn.length)]!;
		if (steps.some((step) => sheet.drawing[n + step] !== 1) || steps.some((step) => sheet.isUncertain(n + step)))
			continue;
		sheet.drawing[n] = 0;
		cleared.push(n);
	}
	if (cleared.length === wanted) return { region: sheet.region, amount: { value: wanted, unit: 'count' } };
	sheet.draw(cleared, 1);
	return { reason: 'tooSmall' };
}
