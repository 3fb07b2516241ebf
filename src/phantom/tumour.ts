import { isMeningeal } from '../protocol/protocol.ts';
import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { clamp, exp } from './math.ts';
import { noiseField } from './noise.ts';

/** How far the push of the tumour is felt: it falls by e over this many mm. */
const PUSH_REACH_MM = 22;
/** How far dura thickens beside a tumour, in radii from its middle; beside a haemangiopericytoma hardly. */
const TAIL_REACH = { meningioma: 1.5, other: 1.05 } as const;

/** How much of the small lumps those have that are smoother than a glioma. */
const SMOOTHER: Readonly<Partial<Record<CaseRecipe['family'], number>>> = { meningioma: 0.4, pcnsl: 0.7 };
/** What lobes stand out from, so that the mean radius stays what it is: the mean of both noises' sizes. */
const LOBES = 1.36;
/** Thickness of the rim of what has no middle. */
const SOLID_MM = 1e3;

interface Lesion {
	readonly centreMm: readonly [number, number, number];
	readonly radiusMm: number;
}

/** A tumour's geometry as functions of place, RAS mm. */
export interface Tumour {
	readonly lesions: readonly Lesion[];
	/** Signed distance in mm to the surface of the nearest lesion's body, negative inside. */
	readonly body: (x: number, y: number, z: number) => number;
	/** Number from 0 of the lesion whose body is nearest. */
	readonly nearest: (x: number, y: number, z: number) => number;
	/** Thickness in mm of the enhancing rim near a place. */
	readonly rimMm: (x: number, y: number, z: number) => number;
	/** Signed distance in mm to the part of the dura that thickens beside a meningeal tumour, along the dura. */
	readonly tailMm: (x: number, y: number, z: number) => number;
	/** Writes where the tissue now at a place was before it was pushed by `share` of the whole push. */
	readonly before: (out: Float64Array, x: number, y: number, z: number, share: number) => void;
}

/** Makes lumpy bodies with an uneven rim from their recipe; a meningioma is the smoothest, a haemangiopericytoma has lobes. */
export function makeTumour({ seed, family, tumour }: CaseRecipe): Tumour {
	const { lumpsMm, rimMm, pushMm, more = [] } = tumour;
	const lobes = noiseField(seed + 11, 26);
	const lumps = noiseField(seed + 12, 11);
	const crumbs = noiseField(seed + 13, 5);
	const uneven = noiseField(seed + 14, 13);
	const ragged = noiseField(seed + 15, 5.5);
	const tails = noiseField(seed + 16, 9);
	const lesions: readonly Lesion[] = [tumour, ...more];
	const smooth = SMOOTHER[family] ?? 1;
	const tail = TAIL_REACH[family === 'meningioma' ? 'meningioma' : 'other'];
	const lobed = family === 'hpc_sft';
	const first = lesions[0]!;
	const ball = ({ centreMm: [cx, cy, cz], radiusMm }: Lesion, x: number, y: number, z: number): number => {
		const dx = x - cx;
		const dy = (y - cy) / (family === 'glioma' ? 1.15 : 1.05);
		const dz = (z - cz) / 0.95;
		return Math.sqrt(dx * dx + dy * dy + dz * dz) - radiusMm;
	};
	const body = (lesion: Lesion, x: number, y: number, z: number): number => {
		const distance = ball(lesion, x, y, z);
		// Small lesions are rounder.
		const rough = lumpsMm * clamp(lesion.radiusMm / first.radiusMm, 0.2, 1);
		if (distance > 4 * rough + 12) return distance - 4 * rough;
		// Lobes bulge between creases, which run where the noise is 0.
		if (lobed) return distance + rough * (LOBES - 1.3 * Math.abs(lobes(x, y, z)) - 0.4 * Math.abs(lumps(x, y, z)));
		return distance + rough * (0.8 * lobes(x, y, z) + smooth * (0.5 * lumps(x, y, z) + 0.2 * crumbs(x, y, z)));
	};
	return {
		lesions,
		body: (x, y, z) => {
			let least = Number.POSITIVE_INFINITY;
			for (const lesion of lesions) least = Math.min(least, body(lesion, x, y, z));
			return least;
		},
		nearest: (x, y, z) => {
			let [least, at] = [Number.POSITIVE_INFINITY, 0];
			for (const [n, lesion] of lesions.entries()) {
				const distance = body(lesion, x, y, z);
				if (distance < least) [least, at] = [distance, n];
			}
			return at;
		},
		rimMm: (x, y, z) =>
			rimMm > first.radiusMm ? SOLID_MM : Math.max(1.3, rimMm * (1 + 0.38 * uneven(x, y, z) + 0.22 * ragged(x, y, z))),
		tailMm: (x, y, z) => ball(first, x, y, z) - first.radiusMm * (tail - 1) + 2.5 * tails(x, y, z),
		before: (out, x, y, z, share) => {
			out[0] = x;
			out[1] = y;
			out[2] = z;
			for (const { centreMm, radiusMm } of lesions) {
				const [dx, dy, dz] = [x - centreMm[0], y - centreMm[1], z - centreMm[2]];
				const r = Math.sqrt(dx * dx + dy * dy + dz * dz);
				if (r < 0.01 || r > radiusMm + 4 * PUSH_REACH_MM) continue;
				const most = (pushMm * radiusMm) / first.radiusMm;
				const pushed = r < radiusMm ? (most * r) / radiusMm : most * exp(-(r - radiusMm) / PUSH_REACH_MM);
				const step = (pushed * share) / r;
				out[0]! -= dx * step;
				out[1]! -= dy * step;
				out[2]! -= dz * step;
			}
		},
	};
}

/** How deep the middle of a meningeal tumour lies in the brain's surface, as a share of its radius. */
const SUNK = 0.5;

/**
 * The recipe with a meningeal tumour moved straight to the nearest dura, as nobody can tell beforehand where that is in a head.
 * Any other tumour stays where the recipe has it.
 */
export function placedTumour(recipe: CaseRecipe, surfaceMm: (x: number, y: number, z: number) => number): CaseRecipe {
	if (!isMeningeal(recipe.family)) return recipe;
	let [x, y, z] = recipe.tumour.centreMm;
	const wanted = -SUNK * recipe.tumour.radiusMm;
	for (let round = 0; round < 20; round++) {
		const slope = [
			surfaceMm(x + 5, y, z) - surfaceMm(x - 5, y, z),
			surfaceMm(x, y + 5, z) - surfaceMm(x, y - 5, z),
			surfaceMm(x, y, z + 5) - surfaceMm(x, y, z - 5),
		] as const;
		const steepness = Math.sqrt(slope[0] * slope[0] + slope[1] * slope[1] + slope[2] * slope[2]);
		if (steepness < 1) break;
		const step = (wanted - surfaceMm(x, y, z)) / steepness;
		[x, y, z] = [x + step * slope[0], y + step * slope[1], z + step * slope[2]];
	}
	return { ...recipe, tumour: { ...recipe.tumour, centreMm: [x, y, z] } };
}
