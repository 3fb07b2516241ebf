import { type Dims, type Grid, ijkToXyz, invertAffine, voxelVolumeMl, type XyzMm } from '../../grid/grid.ts';
import { rasView } from '../../grid/rasView.ts';
import type { Layer, Region } from '../../protocol/protocol.ts';
import type { ReferenceLayer } from '../../scoring/findings/finding.ts';
import { forEachVoxel, type Lesion, matchLesions } from '../../scoring/findings/matchLesions.ts';
import { resampleLabels } from '../../scoring/findings/resample.ts';
import { partsInSlices } from '../../scoring/findings/sliceParts.ts';
import { components } from '../../scoring/kernels/components.ts';
import type { Box } from '../../scoring/kernels/kernels.ts';
import { typescriptKernels } from '../../scoring/kernels/typescriptKernels.ts';
import { voxelOn } from './voxelOn.ts';

/** The mask of a region's reference on its own grid, one byte a voxel in storage order. */
export interface ReferenceMask {
	readonly region: Region;
	readonly grid: Grid;
	readonly reference: Uint8Array;
}

/** A lesion of a reference, and its elements. */
export type PlacedLesion = Lesion & { readonly elements: readonly number[] };

/** An axial slice of a set of voxels. */
export interface SheetSlice {
	/** From 0 at the feet. */
	readonly slice: number;
	readonly elements: readonly number[];
	readonly areaMm2: number;
}

/** Square of the distance between two places, mm². */
export function squaredMm(a: readonly number[], b: readonly number[]): number {
	return a.reduce((sum, at, axis) => sum + (at - b[axis]!) * (at - b[axis]!), 0);
}

/** Layers of what no region holds. */
const FORBIDDEN: readonly Layer[] = ['csf', 'confounders', 'notEnhancing'];

/** Pixels of a hole that a drawing runs over. */
const LARGEST_HOLE_PX = 20;

/**
 * A region as it is drawn on: reference and drawing along the body's axes (x to the right fastest, y to the front, axial
 * slices from the feet), whatever the order in which they are stored. An element is a number of that order.
 */
export class Sheet {
	readonly region: Region;
	/** As stored. */
	readonly grid: Grid;
	/** The same voxels along the body's axes. */
	readonly axial: Grid;
	readonly spacingMm: Dims;
	/** Elements from a voxel to the one before it, and to the one above it. */
	readonly row: number;
	readonly plane: number;
	readonly pixelMm2: number;
	readonly voxelMl: number;
	/** Without what lies in the region's uncertain band, which no figure counts. */
	readonly reference: Uint8Array;
	/** What is drawn: changed by the planters. */
	readonly drawing: Uint8Array;
	readonly hasBand: boolean;
	/** Whether a voxel lies in the region's uncertain band. */
	readonly isUncertain: (element: number) => boolean;
	/** Whether no region may hold a voxel: fluid, confounders, what does not enhance. */
	readonly isForbidden: (element: number) => boolean;
	readonly #layers: readonly ReferenceLayer[];
	#lesions: readonly PlacedLesion[] | undefined;

	constructor({ region, grid, reference }: ReferenceMask, layers: readonly ReferenceLayer[]) {
		const { dims, affine, spacingMm } = rasView(grid);
		this.region = region;
		this.grid = grid;
		this.axial = { dims, affine };
		this.spacingMm = spacingMm;
		this.row = dims[0];
		this.plane = dims[0] * dims[1];
		this.pixelMm2 = spacingMm[0] * spacingMm[1];
		this.voxelMl = voxelVolumeMl(grid);
		this.#layers = layers;
		const band = layers.filter((layer) => layer.kind === 'uncertain' && layer.region === region);
		this.hasBand = band.length > 0;
		this.isUncertain = this.#isIn(band);
		this.isForbidden = this.#isIn(layers.filter(({ kind }) => FORBIDDEN.includes(kind)));
		this.reference = new Uint8Array(reference.length);
		const toAxial = voxelOn(this.axial, grid);
		for (let n = 0; n < reference.length; n++) {
			if (reference[n] === 0) continue;
			const element = toAxial(n);
			if (!this.isUncertain(element)) this.reference[element] = 1;
		}
		this.drawing = this.reference.slice();
	}

	/** The drawing in storage order. */
	stored(): Uint8Array {
		const mask = new Uint8Array(this.drawing.length);
		for (const n of this.storedElements(elementsOf(this.drawing))) mask[n] = 1;
		return mask;
	}

	/** The elements of the stored mask where these lie, in rising order. */
	storedElements(elements: readonly number[]): Uint32Array {
		return Uint32Array.from(elements, voxelOn(this.grid, this.axial)).sort();
	}

	at(element: number): Dims {
		const z = Math.floor(element / this.plane);
		const y = Math.floor((element - z * this.plane) / this.row);
		return [element - z * this.plane - y * this.row, y, z];
	}

	xyzMm(element: number): XyzMm {
		return ijkToXyz(this.axial, this.at(element));
	}

	/** The element nearest to a place; -1 beyond the images. */
	elementAt(xyz: XyzMm): number {
		const { dims, affine } = this.axial;
		const [x, y, z] = ijkToXyz({ dims, affine: invertAffine(affine) }, xyz).map((v) => Math.floor(v + 0.5)) as [
			number,
			number,
			number,
		];
		return this.has([x, y, z]) ? x + this.row * y + this.plane * z : -1;
	}

	has([x, y, z]: Dims): boolean {
		const [nx, ny, nz] = this.axial.dims;
		return x >= 0 && y >= 0 && z >= 0 && x < nx && y < ny && z < nz;
	}

	/** A mask or layer on any grid, on this one. */
	here(labels: Uint8Array, grid: Grid): Uint8Array {
		return resampleLabels(labels, grid, this.axial);
	}

	/** A layer of the reference on this grid; undefined where the case has none. */
	layer(kind: Layer): Uint8Array | undefined {
		const found = this.#layers.find((layer) => layer.kind === kind && (layer.region ?? this.region) === this.region);
		return found && this.here(found.labels, found.grid);
	}

	/** Lesions of the reference as the findings count them, the largest first. */
	get lesions(): readonly PlacedLesion[] {
		if (this.#lesions) return this.#lesions;
		const { region, axial: grid, reference } = this;
		const match = matchLesions(
			{ region, grid, reference, prediction: reference },
			this.layer('lesions') ?? null,
			typescriptKernels,
		);
		const parts = new Map<number, number[]>(match.lesions.map(({ part }) => [part, []]));
		forEachVoxel(match.reference, grid, (element, part) => parts.get(part)?.push(element));
		this.#lesions = match.lesions.map((lesion) => ({ ...lesion, elements: parts.get(lesion.part)! }));
		return this.#lesions;
	}

	/** Axial slices of some elements, from the feet. */
	slicesOf(elements: readonly number[]): SheetSlice[] {
		const slices = new Map<number, number[]>();
		for (const n of elements) {
			const slice = Math.floor(n / this.plane);
			const list = slices.get(slice);
			if (list) list.push(n);
			else slices.set(slice, [n]);
		}
		return [...slices]
			.map(([slice, list]) => ({ slice, elements: list, areaMm2: list.length * this.pixelMm2 }))
			.sort((a, b) => a.slice - b.slice);
	}

	/** What was drawn of a lesion: its voxels and those up to two pixels from them in the slice that are no other lesion's. */
	drawnOf({ elements }: PlacedLesion): number[] {
		const own = new Set(elements);
		for (const n of elements)
			for (let dy = -2; dy <= 2; dy++)
				for (let dx = -2; dx <= 2; dx++) {
					const near = n + dx + dy * this.row;
					if (this.drawing[near] === 1 && this.reference[near] === 0) own.add(near);
				}
		return [...own].filter((n) => this.drawing[n] === 1);
	}

	draw(elements: Iterable<number>, value: 0 | 1): void {
		for (const n of elements) this.drawing[n] = value;
	}

	/** Draws some elements, but no specks of them, and of small holes that this leaves beside them what passes a test. */
	fill(elements: readonly number[], test = (element: number) => !this.isForbidden(element)): void {
		const wanted = new Set(elements);
		const { row } = this;
		const around = [1, -1, row, -row, row + 1, row - 1, 1 - row, -1 - row];
		const holds = (n: number) => wanted.has(n) || this.drawing[n] === 1;
		const held = elements.filter((n) => around.filter((step) => holds(n + step)).length > 1);
		this.draw(held, 1);
		const fresh = new Set(held);
		const steps = [1, -1, this.row, -this.row];
		for (const part of partsInSlices(this.drawing, this.axial)) {
			if (part.inside || part.pixels > LARGEST_HOLE_PX) continue;
			const hole = [...part.elements()];
			if (hole.some((n) => steps.some((step) => fresh.has(n + step)))) this.draw(hole.filter(test), 1);
		}
	}

	#isIn(layers: readonly ReferenceLayer[]): (element: number) => boolean {
		const maps = layers.map(({ labels, grid }) => ({ labels, to: voxelOn(grid, this.axial) }));
		return (element) => maps.some(({ labels, to }) => (labels[to(element)] ?? 0) !== 0);
	}
}

/** Elements of a mask, in rising order. */
export function elementsOf(mask: Uint8Array): number[] {
	const found: number[] = [];
	for (let n = mask.indexOf(1); n !== -1; n = mask.indexOf(1, n + 1)) found.push(n);
	return found;
}

/** The box around a mask of a sheet, in voxels along the body's axes. */
export function boxOf({ axial: { dims }, row }: Sheet, mask: Uint8Array): Box {
	const min = [...dims];
	const max = [-1, -1, -1];
	const rows = dims[1] * dims[2];
	for (let line = 0; line < rows; line++) {
		const start = line * row;
		const first = mask.indexOf(1, start);
		if (first === -1) break;
		if (first >= start + row) {
			line = Math.floor(first / row) - 1;
			continue;
		}
		const at = [first - start, line % dims[1], Math.floor(line / dims[1])];
		const last = mask.lastIndexOf(1, start + row - 1) - start;
		for (const axis of [0, 1, 2]) {
			min[axis] = Math.min(min[axis]!, at[axis]!);
			max[axis] = Math.max(max[axis]!, axis === 0 ? last : at[axis]!);
		}
	}
	return { min: min as unknown as Dims, max: max as unknown as Dims };
}

/** Elements of the parts (26 neighbours) of a mask, in no special order. */
export function partsOf(sheet: Sheet, mask: Uint8Array): number[][] {
	const { labels, box, voxels } = components(mask, sheet.axial.dims, boxOf(sheet, mask), 26);
	const parts: number[][] = voxels.map(() => []);
	forEachVoxel({ labels, box }, sheet.axial, (element, part) => parts[part - 1]!.push(element));
	return parts;
}
