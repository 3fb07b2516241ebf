import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { clamp, exp, ramp } from './math.ts';
import { noiseField } from './noise.ts';
import { HEAD_BOX, type TissueMap } from './tissueMap.ts';
import type { Tumour } from './tumour.ts';

/** Cells of the spreading lattice are this wide. */
const CELL_MM = 2;
/** Where the fluid has fallen to this share of what the body gives, the eye no longer sees oedema. */
const VISIBLE = 0.15;
const SWEEPS = 70;
/** Around a meningioma. */
const CLEFT_MM = 4;
/** Over-relaxation: each cell is moved this many times as far as its neighbours ask, which settles sooner. */
const OVER = 1.6;

/**
 * Turns white matter around the body into oedema, in place. Fluid leaks from the body and spreads through
 * white matter only, unevenly, losing strength on the way; so it runs into the gyri like fingers and
 * spares the cortex and the nuclei. Nothing happens where the recipe's reach is 0.
 */
export function addOedema(map: TissueMap, { seed, family, tumour }: CaseRecipe, shape: Tumour): void {
	if (tumour.oedemaMm === 0) return;
	const [nx, ny, nz] = HEAD_BOX.dims;
	const lesions = [tumour, ...(tumour.more ?? [])];
	const ends = [0, 1, 2].map((axis) => {
		const sides = lesions.map(({ centreMm, radiusMm }) => {
			const half = radiusMm * 1.5 + tumour.oedemaMm * 1.6 + 8;
			return [
				centreMm[axis]! - half - HEAD_BOX.originMm[axis]!,
				centreMm[axis]! + half - HEAD_BOX.originMm[axis]!,
			] as const;
		});
		const from = Math.max(0, Math.floor(Math.min(...sides.map(([low]) => low)) / CELL_MM));
		const last = Math.floor(HEAD_BOX.dims[axis]! / CELL_MM) - 2;
		return [from, Math.min(last, Math.floor(Math.max(...sides.map(([, high]) => high)) / CELL_MM)) - from + 1] as const;
	});
	const low = ends.map(([from]) => from) as [number, number, number];
	const size = ends.map(([, count]) => count) as [number, number, number];
	const [sx, sy, sz] = size;
	const placeOf = (i: number, j: number, k: number): [number, number, number] => [
		(i + low[0]) * CELL_MM + HEAD_BOX.originMm[0],
		(j + low[1]) * CELL_MM + HEAD_BOX.originMm[1],
		(k + low[2]) * CELL_MM + HEAD_BOX.originMm[2],
	];
	const conducts = new Float32Array(sx * sy * sz);
	const source = new Float32Array(sx * sy * sz);
	const uneven = noiseField(seed + 41, 10);
	const coarse = noiseField(seed + 42, 24);
	const fingers = noiseField(seed + 43, 19);
	const strands = noiseField(seed + 44, 8);
	for (let n = 0, k = 0; k < sz; k++)
		for (let j = 0; j < sy; j++)
			for (let i = 0; i < sx; i++, n++) {
				let white = 0;
				let body = 0;
				for (let corner = 0; corner < 8; corner++) {
					const x = (i + low[0]) * CELL_MM + (corner & 1);
					const y = (j + low[1]) * CELL_MM + ((corner >> 1) & 1);
					const z = (k + low[2]) * CELL_MM + (corner >> 2);
					const voxel = x + nx * (y + ny * z);
					white += map.white[voxel]!;
					body += map.rim[voxel]! + map.necrosis[voxel]!;
				}
				const [x, y, z] = [i * CELL_MM, j * CELL_MM, k * CELL_MM];
				white /= 8 * 255;
				source[n] = body > 4 * 255 ? 1 : 0;
				const flow = white * white * white * exp(Math.min(0.5, 0.5 * uneven(x, y, z) + 0.4 * coarse(x, y, z) - 0.1));
				// From a meningioma it crosses the cleft of fluid around it.
				const crosses = family === 'meningioma' && shape.body(...placeOf(i, j, k)) < CLEFT_MM;
				conducts[n] = source[n] === 1 || crosses ? 1 : Math.min(1, flow);
			}
	const reached = spread(conducts, source, size, tumour.oedemaMm / CELL_MM);

	const at = (x: number, y: number, z: number) => {
		const [fx, fy, fz] = [(x - 0.5) / CELL_MM - low[0], (y - 0.5) / CELL_MM - low[1], (z - 0.5) / CELL_MM - low[2]];
		const [i, j, k] = [Math.floor(fx), Math.floor(fy), Math.floor(fz)];
		if (i < 0 || j < 0 || k < 0 || i > sx - 2 || j > sy - 2 || k > sz - 2) return 0;
		let sum = 0;
		for (let corner = 0; corner < 8; corner++) {
			const [a, b, c] = [corner & 1, (corner >> 1) & 1, corner >> 2];
			const weight = (a ? fx - i : 1 - fx + i) * (b ? fy - j : 1 - fy + j) * (c ? fz - k : 1 - fz + k);
			sum += weight * reached[i + a + sx * (j + b + sy * (k + c))]!;
		}
		return sum;
	};
	for (let z = low[2] * CELL_MM; z < Math.min(nz, (low[2] + sz) * CELL_MM); z++)
		for (let y = low[1] * CELL_MM; y < Math.min(ny, (low[1] + sy) * CELL_MM); y++)
			for (let x = low[0] * CELL_MM; x < Math.min(nx, (low[0] + sx) * CELL_MM); x++) {
				const voxel = x + nx * (y + ny * z);
				const white = map.white[voxel]!;
				if (white === 0) continue;
				// In wide white matter the front would be smooth: it runs ahead along some bundles and stays behind elsewhere.
				const ahead = exp(clamp(0.5 * fingers(x, y, z) + 0.14 * strands(x, y, z), -2, 2));
				const wet = Math.floor(white * ramp(at(x, y, z) * ahead, VISIBLE - 0.05, VISIBLE + 0.05) + 0.5);
				map.oedema[voxel] = wet;
				map.white[voxel] = white - wet;
			}
}

/**
 * The steady state of fluid that enters at the source cells, flows between cells as the worse conductor of two
 * lets it, and is taken up on the way so that around a ball in even white matter it is VISIBLE about `reach`
 * cells from the edge. Gauss–Seidel sweeps, every other one backwards.
 */
function spread(conducts: Float32Array, source: Float32Array, size: readonly number[], reach: number): Float32Array {
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
	for (let sweep = 0; sweep < SWEEPS; sweep++)
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
