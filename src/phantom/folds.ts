import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { clamp } from './math.ts';
import { noiseField } from './noise.ts';
import { cranium, VAULT_CENTRE_MM, VAULT_MM, widening } from './skull.ts';
import type { Tumour } from './tumour.ts';

/** A 1 mm lattice along RAS; voxel (0, 0, 0) at `originMm`. */
export interface Box {
	readonly dims: readonly [number, number, number];
	readonly originMm: readonly [number, number, number];
}

/** One axial slice of what the brain is built from; x fastest. */
export interface BrainSlice {
	/** Signed distance in mm to the inner surface of the skull, negative inside. */
	readonly cranium: Float32Array;
	/** Where the tissue now here was before the tumour pushed it, RAS mm; three numbers a voxel. */
	readonly before: Float32Array;
	/** Distance in mm to the middle of the nearest sulcus, were it without end; large outside the skull. */
	readonly sulcus: Float32Array;
}

const FAR = 99;
/** A sulcus runs wherever the field is an odd number of halves of this. */
const LEVEL = 2;
/** Tissue within this distance of the skull is not pushed. */
const FIXED_MM = 9;

/**
 * Gives the slices of a box from bottom to top; asking out of order throws, for only three are kept.
 *
 * Sulci are sheets where a smooth random field has one of a row of values, so they run side by side and never cross.
 * The field is spread over the vault's surface and carried inwards, bending a little on the way, so that sheets
 * stand upright on the surface as sulci do; what is missing to the value over the slope is the distance in mm.
 */
export function brainSlices(recipe: CaseRecipe, tumour: Tumour, box: Box): (k: number) => BrainSlice {
	const [nx, ny] = box.dims;
	const field = foldField(recipe.seed);
	const layer = (k: number) => {
		const z = k + box.originMm[2];
		const inner = new Float32Array(nx * ny);
		const before = new Float32Array(nx * ny * 3);
		const fold = new Float32Array(nx * ny);
		const [cx, cy, cz] = tumour.centreMm;
		for (let n = 0, j = 0; j < ny; j++)
			for (let i = 0; i < nx; i++, n++) {
				const x = i + box.originMm[0];
				const y = j + box.originMm[1];
				const d = cranium(x, y, z);
				inner[n] = d;
				if (d > 3) continue;
				const dx = x - cx;
				const dy = y - cy;
				const dz = z - cz;
				const r = Math.sqrt(dx * dx + dy * dy + dz * dz);
				const pushed = r < 0.01 ? 0 : (tumour.pushedMm(r) * clamp(-d / FIXED_MM, 0, 1)) / r;
				before[n * 3] = x - dx * pushed;
				before[n * 3 + 1] = y - dy * pushed;
				before[n * 3 + 2] = z - dz * pushed;
				fold[n] = field(before[n * 3]!, before[n * 3 + 1]!, before[n * 3 + 2]!);
			}
		return { inner, before, fold };
	};
	let at = 0;
	let below = layer(-1);
	let here = layer(0);
	let above = layer(1);
	return (k) => {
		if (k === at + 1) {
			[below, here, above] = [here, above, layer(k + 1)];
			at = k;
		} else if (k !== at) throw new Error(`got slice ${k} after ${at}, expected the next`);
		const sulcus = new Float32Array(nx * ny).fill(FAR);
		for (let j = 1; j < ny - 1; j++)
			for (let i = 1; i < nx - 1; i++) {
				const n = i + nx * j;
				if (here.inner[n]! > 1) continue;
				const gx = here.fold[n + 1]! - here.fold[n - 1]!;
				const gy = here.fold[n + nx]! - here.fold[n - nx]!;
				const gz = above.fold[n]! - below.fold[n]!;
				const slope = 0.5 * Math.sqrt(gx * gx + gy * gy + gz * gz);
				const level = here.fold[n]! / LEVEL;
				sulcus[n] = (Math.abs(level - Math.floor(level) - 0.5) * LEVEL) / Math.max(slope, 0.03);
			}
		return { cranium: here.inner, before: here.before, sulcus };
	};
}

function foldField(seed: number): (x: number, y: number, z: number) => number {
	const coarse = noiseField(seed + 1, 24);
	const fine = noiseField(seed + 2, 12);
	const bendX = noiseField(seed + 3, 17);
	const bendY = noiseField(seed + 4, 17);
	const bendZ = noiseField(seed + 5, 17);
	return (x, y, z) => {
		const ry = y - VAULT_CENTRE_MM[1];
		const rz = z - VAULT_CENTRE_MM[2];
		const u = (x * widening(y)) / VAULT_MM[0];
		const v = ry / VAULT_MM[1];
		const w = rz / VAULT_MM[2];
		// The square root lets the spread-out field change with depth, but slower than in space.
		const out = 1 / Math.sqrt(Math.sqrt(Math.max(0.02, u * u + v * v + w * w)));
		const px = x * out + 3.2 * bendX(x, y, z);
		const py = ry * out + 3.2 * bendY(x, y, z);
		const pz = rz * out + 3.2 * bendZ(x, y, z);
		return coarse(px, py, pz) + 0.35 * fine(px, py, pz);
	};
}
