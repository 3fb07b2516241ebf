import { isMeningeal } from '../protocol/protocol.ts';
import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { clamp, exp, ramp } from './math.ts';
import { become, TISSUE_INDEX as T } from './mixture.ts';
import { noiseField } from './noise.ts';
import { type BoxField, type Shares, SharesWriter, WHOLE, weighted } from './shares.ts';
import { BODY, TISSUE_NAMES, type TissueName } from './tissues.ts';
import type { Tumour } from './tumour.ts';

/** Cells of the spreading lattice are this wide. */
const CELL_MM = 2;
/** Where what spreads has fallen to this share of what the body gives, the eye no longer sees it. */
const VISIBLE = 0.15;
/** Where infiltrated brain is all there is around the body, it fades between these shares instead. */
const FADES = [0.06, 0.4] as const;
/** Enough for the widest reach; what reaches less far settles sooner. */
const SWEEPS = 70;
const SWEEPS_A_CELL = 8;
/** Around a meningeal tumour. */
const CLEFT_MM = 4;
/** Over-relaxation: each cell is moved this many times as far as its neighbours ask, which settles sooner. */
const OVER = 1.6;
/** Tumour cells move this much more slowly in grey matter than in white. Source: Swanson et al. 2000, DOI 10.1046/j.1365-2184.2000.00177.x. */
const GREY_SLOWER = 5;

/** The head with what spreads around the body, and where its outer margin cannot be settled (0 to 255 on the same box). */
export interface TissueMap {
	readonly shares: Shares;
	readonly doubt: BoxField;
}

/**
 * Lets fluid and cells leave the body. Fluid spreads through white matter only, unevenly, losing strength on the way; so
 * oedema runs into the gyri like fingers and spares the cortex and the nuclei. Cells go a short way, through grey matter
 * too: the infiltrated cuff. Where a recipe's reach is 0 the one or the other does not happen.
 */
export function letSpread(shares: Shares, { seed, family, tumour }: CaseRecipe, shape: Tumour): TissueMap {
	const { box, starts, tissue, share } = shares;
	const [nx, ny, nz] = box.dims;
	const values = new Uint8Array(nx * ny * nz);
	const doubt: BoxField = { box, values, planes: [0, nz] };
	if (tumour.oedemaMm === 0 && tumour.cuffMm === 0) return { shares, doubt };
	const fades = diffuse({ tumour });
	const lesions = [tumour, ...(tumour.more ?? [])];
	const reachMm = Math.max(tumour.oedemaMm, tumour.cuffMm);
	const ends = [0, 1, 2].map((axis) => {
		const sides = lesions.map(({ centreMm, radiusMm }) => {
			const half = radiusMm * 1.5 + reachMm * 1.6 + 8;
			return [centreMm[axis]! - half - box.originMm[axis]!, centreMm[axis]! + half - box.originMm[axis]!] as const;
		});
		const last = Math.max(1, Math.floor(box.dims[axis]! / CELL_MM) - 2);
		const from = clamp(Math.floor(Math.min(...sides.map(([low]) => low)) / CELL_MM), 0, last - 1);
		const to = clamp(Math.floor(Math.max(...sides.map(([, high]) => high)) / CELL_MM), from + 1, last);
		return [from, to - from + 1] as const;
	});
	const low = ends.map(([from]) => from) as [number, number, number];
	const size = ends.map(([, count]) => count) as [number, number, number];
	const [sx, sy, sz] = size;
	const fluidWays = new Float32Array(sx * sy * sz);
	const cellWays = new Float32Array(sx * sy * sz);
	const source = new Float32Array(sx * sy * sz);
	const uneven = noiseField(seed + 41, 10);
	const coarse = noiseField(seed + 42, 24);
	const fingers = noiseField(seed + 43, 19);
	const strands = noiseField(seed + 44, 8);
	const filled = (names: readonly TissueName[]) =>
		weighted(
			shares,
			TISSUE_NAMES.map((name) => (names.includes(name) ? 1 : 0)),
		).values;
	const [whites, greys, bodies] = [filled(['white']), filled(['grey', 'deepGrey']), filled(BODY)];
	for (let n = 0, k = 0; k < sz; k++)
		for (let j = 0; j < sy; j++)
			for (let i = 0; i < sx; i++, n++) {
				let [white, grey, body] = [0, 0, 0];
				const [x, y, z] = [(i + low[0]) * CELL_MM, (j + low[1]) * CELL_MM, (k + low[2]) * CELL_MM];
				for (let corner = 0; corner < 8; corner++) {
					const voxel = x + (corner & 1) + nx * (y + ((corner >> 1) & 1) + ny * (z + (corner >> 2)));
					white += whites[voxel]! / 8;
					grey += greys[voxel]! / 8;
					body += bodies[voxel]! / 8;
				}
				source[n] = body > 0.5 ? 1 : 0;
				const flow = white * white * white * exp(Math.min(0.5, 0.5 * uneven(x, y, z) + 0.4 * coarse(x, y, z) - 0.1));
				// From a meningeal tumour fluid crosses the cleft around it.
				const crosses =
					isMeningeal(family) && shape.body(x + box.originMm[0], y + box.originMm[1], z + box.originMm[2]) < CLEFT_MM;
				fluidWays[n] = source[n] === 1 || crosses ? 1 : Math.min(1, flow);
				cellWays[n] = source[n] === 1 ? 1 : (fades ? flow : white) + grey / GREY_SLOWER;
			}
	const fluid = settled(fluidWays, source, size, tumour.oedemaMm / CELL_MM);
	const cells = settled(cellWays, source, size, tumour.cuffMm / CELL_MM);
	const between = (spread: Float32Array, x: number, y: number, z: number) => {
		const [fx, fy, fz] = [(x - 0.5) / CELL_MM - low[0], (y - 0.5) / CELL_MM - low[1], (z - 0.5) / CELL_MM - low[2]];
		const [i, j, k] = [Math.floor(fx), Math.floor(fy), Math.floor(fz)];
		if (i < 0 || j < 0 || k < 0 || i > sx - 2 || j > sy - 2 || k > sz - 2) return 0;
		let sum = 0;
		for (let corner = 0; corner < 8; corner++) {
			const [a, b, c] = [corner & 1, (corner >> 1) & 1, corner >> 2];
			const weight = (a ? fx - i : 1 - fx + i) * (b ? fy - j : 1 - fy + j) * (c ? fz - k : 1 - fz + k);
			sum += weight * spread[i + a + sx * (j + b + sy * (k + c))]!;
		}
		return sum;
	};

	const writer = new SharesWriter(box);
	const mix = new Float64Array(TISSUE_NAMES.length);
	for (let voxel = 0, z = 0; z < nz; z++)
		for (let y = 0; y < ny; y++)
			for (let x = 0; x < nx; x++, voxel++) {
				const wettest = whites[voxel]! > 0 ? between(fluid, x, y, z) : 0;
				const densest = whites[voxel]! + greys[voxel]! > 0 ? between(cells, x, y, z) : 0;
				if (wettest < VISIBLE / 8 && densest < VISIBLE / 4) {
					writer.copy(shares, voxel);
					continue;
				}
				mix.fill(0);
				for (let n = starts[voxel]!; n < starts[voxel + 1]!; n++) mix[tissue[n]!] = share[n]! / WHOLE;
				// In wide white matter the front would be smooth: it runs ahead along some bundles and stays behind elsewhere.
				const ahead = exp(clamp(0.5 * fingers(x, y, z) + 0.14 * strands(x, y, z), -2, 2));
				const seen = fades ? ramp(densest * ahead, ...FADES) : ramp(densest, VISIBLE - 0.06, VISIBLE + 0.06);
				const brain = mix[T.white]! + mix[T.grey]! + mix[T.deepGrey]!;
				become(mix, T.cuff, (fades ? 0.95 : 0.8) * seen, INFILTRATED);
				const wet = ramp(wettest * ahead, VISIBLE - 0.05, VISIBLE + 0.05);
				values[voxel] = Math.floor(WHOLE * 4 * (fades ? brain * seen * (1 - seen) : mix[T.white]! * wet * (1 - wet)));
				mix[T.oedema]! += wet * mix[T.white]!;
				mix[T.white]! *= 1 - wet;
				writer.add(mix);
			}
	return { shares: writer.finish(), doubt };
}

/** Whether infiltrated brain is all there is around the body: its margin is then that of the whole tumour. */
export function diffuse({ tumour: { oedemaMm, cuffMm } }: Pick<CaseRecipe, 'tumour'>): boolean {
	return oedemaMm === 0 && cuffMm > 0;
}

const INFILTRATED: readonly TissueName[] = ['white', 'grey', 'deepGrey'];

/**
 * The steady state of what enters at the source cells, flows between cells as the worse conductor of two lets it, and is
 * taken up on the way so that around a ball in even white matter it is VISIBLE about `reach` cells from the edge; 0 for no
 * reach. Gauss–Seidel sweeps, every other one backwards.
 */
function settled(conducts: Float32Array, source: Float32Array, size: readonly number[], reach: number): Float32Array {
	if (reach === 0) return new Float32Array(source.length);
	const [sx, sy, sz] = size as [number, number, number];
	const uptake = 0.9 / (reach * reach);
	const fluid = Float32Array.from(source);
	const cells: number[] = [];
	for (let k = 1; k < sz - 1; k++)
		for (let j = 1; j < sy - 1; j++)
			for (let i = 1; i < sx - 1; i++) {
				const n = i + sx * (j + sy * k);
				if (conducts[n]! > 0.002 && source[n] !== 1) cells.push(n);
			}
	const order = Int32Array.from(cells);
	const steps = [-1, 1, -sx, sx, -sx * sy, sx * sy];
	const sweeps = Math.min(SWEEPS, 10 + Math.ceil(SWEEPS_A_CELL * reach));
	for (let sweep = 0; sweep < sweeps; sweep++)
		for (let at = 0; at < order.length; at++) {
			const n = order[sweep % 2 === 0 ? at : order.length - 1 - at]!;
			const c = conducts[n]!;
			let inflow = 0;
			let ways = 0;
			for (const step of steps) {
				const way = Math.min(c, conducts[n + step]!);
				inflow += way * fluid[n + step]!;
				ways += way;
			}
			fluid[n]! += OVER * (inflow / (ways + uptake) - fluid[n]!);
		}
	return fluid;
}
