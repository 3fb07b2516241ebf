import type { Dims } from '../grid/grid.ts';
import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { makePaint } from './brain.ts';
import { HEAD_BOX, type Head } from './head.ts';
import { latticeRow } from './lattice.ts';
import { clamp } from './math.ts';
import { type Box, type Shares, SharesWriter } from './shares.ts';
import { stackGrid } from './stackGrid.ts';
import { TISSUE_NAMES } from './tissues.ts';
import type { Tumour } from './tumour.ts';

/** Where tissue came from and how far the brain's surface is: kept on lattices and linear between. */
const PLACE_MM = 4;
const SURFACE_MM = 2;
/** Tissue within this distance of the brain's surface is pushed less. */
const FIXED_MM = 9;

/** Makes the head of a recipe with the tumour's body, as far as the sequences reach. What spreads around it is not there yet. */
export function makeTissueMap(recipe: CaseRecipe, head: Head, tumour: Tumour): Shares {
	const box = boxOf(recipe);
	const [nx, ny, nz] = box.dims;
	const [ox, oy, oz] = box.originMm;
	const surfaces = latticeOver(box, SURFACE_MM, 1, (out, at, x, y, z) => {
		out[at] = head.surfaceMm(x, y, z);
	});
	const place = new Float64Array(3);
	const places = latticeOver(box, PLACE_MM, 3, (out, at, x, y, z) => {
		tumour.before(place, x, y, z, clamp(-head.surfaceMm(x, y, z) / FIXED_MM, 0, 1));
		head.warp(place, place[0]!, place[1]!, place[2]!);
		out.set(place, at);
	});
	const paint = makePaint(recipe, tumour);
	const mix = new Float64Array(TISSUE_NAMES.length);
	const [from, surface] = [new Float64Array(3 * places.dims[0]), new Float64Array(surfaces.dims[0])];
	const writer = new SharesWriter(box);
	for (let k = 0; k < nz; k++)
		for (let j = 0; j < ny; j++) {
			latticeRow(places.points, places.dims, 3, j / PLACE_MM, k / PLACE_MM, from);
			latticeRow(surfaces.points, surfaces.dims, 1, j / SURFACE_MM, k / SURFACE_MM, surface);
			for (let i = 0; i < nx; i++) {
				mix.fill(0);
				const p = Math.floor(i / PLACE_MM);
				const f = i / PLACE_MM - p;
				const [a, b] = [3 * p, 3 * p + 3];
				head.tissues(
					mix,
					from[a]! + (from[b]! - from[a]!) * f,
					from[a + 1]! + (from[b + 1]! - from[a + 1]!) * f,
					from[a + 2]! + (from[b + 2]! - from[a + 2]!) * f,
				);
				const s = Math.floor(i / SURFACE_MM);
				const outMm = surface[s]! + (surface[s + 1]! - surface[s]!) * (i / SURFACE_MM - s);
				paint(mix, i + ox, j + oy, k + oz, outMm);
				writer.add(mix);
			}
		}
	return writer.finish();
}

/** The part of the head's box that the sequences see. */
function boxOf({ sequences }: CaseRecipe): Box {
	const low = [...HEAD_BOX.originMm] as [number, number, number];
	const high = low.map((origin, axis) => origin + HEAD_BOX.dims[axis]! - 1);
	const seen = { low: [...high], high: [...low] };
	for (const stack of Object.values(sequences)) {
		const { dims, affine } = stackGrid(stack);
		for (let corner = 0; corner < 8; corner++)
			for (let axis = 0; axis < 3; axis++) {
				let at = affine[4 * axis + 3]!;
				for (let along = 0; along < 3; along++)
					at += affine[4 * axis + along]! * (corner & (1 << along) ? dims[along]! - 0.5 : -0.5);
				seen.low[axis] = Math.min(seen.low[axis]!, Math.floor(at) - 1);
				seen.high[axis] = Math.max(seen.high[axis]!, Math.ceil(at) + 1);
			}
	}
	const from = low.map((least, axis) => Math.min(Math.max(least, seen.low[axis]!), high[axis]! - 3));
	const size = high.map((most, axis) => Math.max(4, Math.min(most, seen.high[axis]!) - from[axis]! + 1));
	return { dims: size as unknown as Dims, originMm: from as unknown as Dims };
}

/** Values at points that lie `spacing` mm apart and cover a box. */
function latticeOver(
	{ dims, originMm }: Box,
	spacing: number,
	stride: number,
	write: (out: Float32Array, at: number, x: number, y: number, z: number) => void,
): { readonly dims: Dims; readonly points: Float32Array } {
	const size = dims.map((n) => Math.ceil((n - 1) / spacing) + 2) as unknown as Dims;
	const points = new Float32Array(size[0] * size[1] * size[2] * stride);
	for (let at = 0, k = 0; k < size[2]; k++)
		for (let j = 0; j < size[1]; j++)
			for (let i = 0; i < size[0]; i++, at += stride)
				write(points, at, originMm[0] + i * spacing, originMm[1] + j * spacing, originMm[2] + k * spacing);
	return { dims: size, points };
}
