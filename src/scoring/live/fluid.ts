import { type Dims, invertAffine, multiplyAffine, voxelVolumeMl } from '../../grid/grid.ts';
import type { LiveCheck, LiveInput, LiveRegion } from './live.ts';
import { attention, fine, type LiveContext, waiting } from './liveContext.ts';

const RULES = ['R6-1'];

/**
 * Voxels of whole tumour or oedema that look like cerebrospinal fluid, dark on FLAIR and bright on T2, and belong to fluid
 * that goes on outside of what is drawn: necrosis and cysts look alike but lie within (§6-①).
 */
export function checkFluid({ input, region, limits }: LiveContext): LiveCheck[] {
	const outer = region('WT') ?? region('ED');
	if (!outer || !input.fluid) return [waiting('csf', RULES)];
	const { flair, corner } = input.fluid;
	const { csf } = limits.live;
	const voxelMl = voxelVolumeMl(flair.grid);
	const isFluid = fluidTest(input.fluid, csf);
	const [inside, drawn] = insideOf(outer, input.fluid, isFluid);
	if (inside.length * voxelMl <= csf.ml) return [fine('csf', RULES)];
	const elements = leakedOf(inside, drawn, flair.grid.dims, isFluid, csf.outside);
	const ml = elements.length * voxelMl;
	if (ml <= csf.ml) return [fine('csf', RULES)];
	const [nx, ny, nz] = flair.grid.dims;
	let [from, to] = [nz, -1];
	for (const element of elements) {
		const slice = Math.floor(element / (nx * ny));
		from = Math.min(from, slice);
		to = Math.max(to, slice);
	}
	const params = { ml, from: corner[2] + from, to: corner[2] + to };
	return [attention('csf', RULES, { params }, { region: { ...outer, grid: flair.grid, corner }, elements })];
}

/** Whether an element of FLAIR's box looks like fluid. */
type FluidTest = (element: number) => boolean;

/** Much darker than tissue on FLAIR, and the nearest voxel of T2 much brighter. */
function fluidTest({ flair, t2 }: NonNullable<LiveInput['fluid']>, limits: { flair: number; t2: number }): FluidTest {
	const [nx, ny] = flair.grid.dims;
	const [tx, ty, tz] = t2.grid.dims;
	const map = multiplyAffine(invertAffine(t2.grid.affine), flair.grid.affine);
	const [dark, bright] = [limits.flair * flair.tissue, limits.t2 * t2.tissue];
	return (element) => {
		if (flair.values[element]! >= dark) return false;
		const row = Math.floor(element / nx);
		const [x, y, z] = [element - row * nx, row % ny, Math.floor(row / ny)];
		const i = Math.floor(map[0]! * x + map[1]! * y + map[2]! * z + map[3]! + 0.5);
		const j = Math.floor(map[4]! * x + map[5]! * y + map[6]! * z + map[7]! + 0.5);
		const k = Math.floor(map[8]! * x + map[9]! * y + map[10]! * z + map[11]! + 0.5);
		if (i < 0 || j < 0 || k < 0 || i >= tx || j >= ty || k >= tz) return false;
		return t2.values[i + tx * (j + ty * k)]! > bright;
	};
}

/** Elements of FLAIR's box that are drawn and look like fluid, and the drawing in that box. */
function insideOf(
	{ drawn, grid, corner: from }: LiveRegion,
	{ flair, corner: to }: NonNullable<LiveInput['fluid']>,
	isFluid: FluidTest,
): readonly [readonly number[], Uint8Array] {
	const [nx, ny, nz] = grid.dims;
	const [fx, fy] = flair.grid.dims;
	const there = new Uint8Array(flair.values.length);
	const inside: number[] = [];
	for (let z = 0, n = 0; z < nz; z++)
		for (let y = 0; y < ny; y++) {
			// Both are boxes of one grid.
			const row = from[0] - to[0] + fx * (y + from[1] - to[1] + fy * (z + from[2] - to[2]));
			for (let x = 0; x < nx; x++, n++) {
				if (drawn[n] === 0) continue;
				there[row + x] = 1;
				if (isFluid(row + x)) inside.push(row + x);
			}
		}
	return [inside, there];
}

/**
 * Of the fluid inside, what belongs to fluid of which at least a share lies outside, connected within the slice: across
 * slices a slice that was skipped would make fluid of necrosis.
 */
function leakedOf(
	inside: readonly number[],
	drawn: Uint8Array,
	[nx, ny]: Dims,
	isFluid: FluidTest,
	leastOutside: number,
): number[] {
	const seen = new Uint8Array(drawn.length);
	const leaked: number[] = [];
	for (const seed of inside) {
		if (seen[seed] !== 0) continue;
		const [own, open]: [number[], number[]] = [[], [seed]];
		seen[seed] = 1;
		let outside = 0;
		for (let at = open.pop(); at !== undefined; at = open.pop()) {
			if (drawn[at] === 0) outside++;
			else own.push(at);
			const row = Math.floor(at / nx);
			const [x, y] = [at - row * nx, row % ny];
			const visit = (next: number) => {
				if (seen[next] !== 0 || !isFluid(next)) return;
				seen[next] = 1;
				open.push(next);
			};
			if (x > 0) visit(at - 1);
			if (x < nx - 1) visit(at + 1);
			if (y > 0) visit(at - nx);
			if (y < ny - 1) visit(at + nx);
		}
		if (outside >= leastOutside * (outside + own.length)) for (const element of own) leaked.push(element);
	}
	return leaked;
}
