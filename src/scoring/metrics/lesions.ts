import type { Dims } from '../../grid/grid.ts';
import { boxSize, grownBox, isEmptyBox, unitedBox } from '../kernels/boxes.ts';
import { type Components, components } from '../kernels/components.ts';
import { dilate18 } from '../kernels/dilate.ts';
import type { Box, Kernels } from '../kernels/kernels.ts';
import type { Measure } from '../measure.ts';
import { maskPair, measureSurfaces } from '../measureRegions.ts';

/** How far lesions are grown to be one, and below which volume they are left out, by challenge. */
export const LESION_PARAMETERS = {
	GLI: { dilations: 3, leastMm3: 50 },
	MEN: { dilations: 1, leastMm3: 50 },
	MET: { dilations: 1, leastMm3: 2 },
} as const;
export type LesionParameters = keyof typeof LESION_PARAMETERS;

/** What a missed or a false lesion counts, in mm. */
const WORST_MM = 374;

/** One lesion of the reference. */
interface LesionResult {
	/** From 1, in storage order. */
	readonly lesion: number;
	readonly volumeMm3: number;
	/** `ignored`: too small to count; its predictions are not false either. */
	readonly status: 'matched' | 'missed' | 'ignored';
	/** Components of the prediction that touch it once grown, from 1 in storage order. */
	readonly matched: readonly number[];
	readonly dice: number;
	readonly hd95Mm: Measure;
}

/** Lesion by lesion, as the BraTS challenges of 2023 count. */
export interface LesionWise {
	readonly parameters: LesionParameters;
	/** Lesions found, false components, lesions missed; ignored ones apart. */
	readonly tp: number;
	readonly fp: number;
	readonly fn: number;
	/** Mean over lesions and false components, these with 0. */
	readonly dice: number;
	/** Likewise, missed and false ones with 374 mm. */
	readonly hd95Mm: number;
	readonly list: readonly LesionResult[];
	readonly falsePositives: readonly { readonly component: number; readonly volumeMm3: number }[];
}

/**
 * Compares two masks lesion by lesion (SPEC.md, rules 17–19). The masks are only read; any value but 0 is inside.
 * Both empty: Dice 1, HD95 0, no lesion. Throws as the kernels do.
 * Source: BraTS-2023-Metrics at 43c9052.
 */
export function lesionWise(
	reference: Uint8Array,
	prediction: Uint8Array,
	dims: Dims,
	spacingMm: Dims,
	parameters: LesionParameters,
	kernels: Kernels,
): LesionWise {
	const { dilations, leastMm3 } = LESION_PARAMETERS[parameters];
	const voxelMm3 = spacingMm[0] * spacingMm[1] * spacingMm[2];
	const [whole] = kernels.tally(maskPair(reference, prediction, dims, spacingMm));
	const box = whole ? whole.box : EMPTY;
	const lesions = isEmptyBox(box) ? [] : mergedLesions(reference, dims, box, dilations);
	const predicted = components(prediction, dims, box, 26);
	const touching = touchingComponents(lesions, predicted);
	const list = lesions.map((lesion, n): LesionResult => {
		const matched = touching[n]!;
		const volumeMm3 = lesion.voxels * voxelMm3;
		const status = volumeMm3 <= leastMm3 ? 'ignored' : matched.length > 0 ? 'matched' : 'missed';
		const crop = matched.reduce((sum, component) => unitedBox(sum, predicted.boxes[component - 1]!), lesion.box);
		const pair = maskPair(
			cropOf(lesion.labels, lesion.around, crop, [n + 1]),
			cropOf(predicted.labels, predicted.box, crop, matched),
			boxSize(crop),
			spacingMm,
		);
		const [figures] = measureSurfaces(pair, { definition: 'surfel', tolerancesMm: [], kernels });
		const dice = figures?.dice.kind === 'value' ? figures.dice.value : 0;
		return { lesion: n + 1, volumeMm3, status, matched, dice, hd95Mm: figures!.hd95Mm };
	});
	const touched = new Set(touching.flat());
	const falsePositives = predicted.voxels.flatMap((voxels, n) =>
		touched.has(n + 1) ? [] : [{ component: n + 1, volumeMm3: voxels * voxelMm3 }],
	);
	return { parameters, ...summary(list, falsePositives.length), list, falsePositives };
}

const EMPTY: Box = { min: [0, 0, 0], max: [-1, -1, -1] };

function summary(list: readonly LesionResult[], fp: number): Pick<LesionWise, 'tp' | 'fp' | 'fn' | 'dice' | 'hd95Mm'> {
	const counted = list.filter(({ status }) => status !== 'ignored');
	const fn = counted.filter(({ status }) => status === 'missed').length;
	const all = counted.length + fp;
	if (all === 0) return { tp: 0, fp, fn, dice: 1, hd95Mm: 0 };
	let dice = 0;
	let hd95Mm = fp * WORST_MM;
	for (const lesion of counted) {
		dice += lesion.dice;
		hd95Mm += lesion.hd95Mm.kind === 'value' ? lesion.hd95Mm.value : WORST_MM;
	}
	return { tp: counted.length - fn, fp, fn, dice: dice / all, hd95Mm: hd95Mm / all };
}

/** A lesion of the reference: parts whose grown masks touch are one. */
interface Lesion {
	readonly voxels: number;
	/** Around its own voxels. */
	readonly box: Box;
	/** Numbers of the grown lesions on `around`, and of the ungrown ones. */
	readonly grown: Int32Array;
	readonly labels: Int32Array;
	readonly around: Box;
}

function mergedLesions(reference: Uint8Array, dims: Dims, box: Box, dilations: number): Lesion[] {
	const room = grownBox(box, dilations + 1);
	const size = boxSize(room);
	const mask = dilate18(reference, dims, room, dilations);
	const parts = components(mask, size, { min: [0, 0, 0], max: [size[0] - 1, size[1] - 1, size[2] - 1] }, 26);
	const around = grownBox(room, 1);
	const [nx, ny] = boxSize(around);
	const labels = new Int32Array(parts.labels.length);
	const voxels = parts.voxels.map(() => 0);
	const boxes = parts.voxels.map((): Box => EMPTY);
	for (let z = box.min[2]; z <= box.max[2]; z++)
		for (let y = box.min[1]; y <= box.max[1]; y++) {
			const row = dims[0] * (y + dims[1] * z);
			const out = nx * (y - around.min[1] + ny * (z - around.min[2])) - around.min[0];
			for (let x = box.min[0]; x <= box.max[0]; x++) {
				if (reference[row + x] === 0) continue;
				const label = parts.labels[out + x]!;
				labels[out + x] = label;
				voxels[label - 1]!++;
				const known = boxes[label - 1]!;
				if (!holds(known, x, y, z)) boxes[label - 1] = unitedBox(known, { min: [x, y, z], max: [x, y, z] });
			}
		}
	return voxels.map((count, n) => ({ voxels: count, box: boxes[n]!, grown: parts.labels, labels, around }));
}

function holds({ min, max }: Box, x: number, y: number, z: number): boolean {
	return x >= min[0] && x <= max[0] && y >= min[1] && y <= max[1] && z >= min[2] && z <= max[2];
}

/** For each lesion the components of the prediction with a voxel in it once grown, ascending. */
function touchingComponents(lesions: readonly Lesion[], predicted: Components): number[][] {
	const found = lesions.map(() => new Set<number>());
	const [first] = lesions;
	if (first) {
		const { grown, around } = first;
		const [nx, ny] = boxSize(around);
		const [px, py, pz] = boxSize(predicted.box);
		const shift = [0, 1, 2].map((axis) => predicted.box.min[axis]! - around.min[axis]!) as unknown as Dims;
		for (let z = 0, n = 0; z < pz; z++)
			for (let y = 0; y < py; y++) {
				const row = shift[0] + nx * (y + shift[1] + ny * (z + shift[2]));
				for (let x = 0; x < px; x++, n++) {
					const component = predicted.labels[n]!;
					if (component === 0) continue;
					const lesion = grown[row + x]!;
					if (lesion !== 0) found[lesion - 1]!.add(component);
				}
			}
	}
	return found.map((set) => [...set].sort((a, b) => a - b));
}

/** The voxels with one of the numbers, on a box that lies within; 1 inside. */
function cropOf(labels: Int32Array, from: Box, to: Box, numbers: readonly number[]): Uint8Array {
	const [nx, ny] = boxSize(from);
	const [ox, oy, oz] = boxSize(to);
	const shift = [0, 1, 2].map((axis) => to.min[axis]! - from.min[axis]!) as unknown as Dims;
	const mask = new Uint8Array(ox * oy * oz);
	const wanted = new Set(numbers);
	for (let z = 0, n = 0; z < oz; z++)
		for (let y = 0; y < oy; y++) {
			const row = shift[0] + nx * (y + shift[1] + ny * (z + shift[2]));
			for (let x = 0; x < ox; x++, n++) {
				const label = labels[row + x]!;
				if (label !== 0 && wanted.has(label)) mask[n] = 1;
			}
		}
	return mask;
}
