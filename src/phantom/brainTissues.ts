import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { cerebellum, cerebrum, fissure, nuclei, sylvian, ventricles } from './brain.ts';
import { clamp, ramp, soft } from './math.ts';
import { type Mixture, paint, TISSUE_INDEX as T } from './mixture.ts';
import { noiseField } from './noise.ts';
import { ellipsoid } from './shapes.ts';
import { stem } from './skull.ts';
import type { Tumour } from './tumour.ts';

/** A place now (x, y, z) and where its tissue was before the tumour pushed it (u, v, w), RAS mm. */
interface Place {
	readonly x: number;
	readonly y: number;
	readonly z: number;
	readonly u: number;
	readonly v: number;
	readonly w: number;
}

/** Paints what lies within the skull; `inner` and `sulcus` are distances in mm as in BrainSlice. */
export type PaintBrain = (mix: Mixture, at: Place, inner: number, sulcus: number) => void;

const EDGE_MM = 1.2;
const CORTEX_MM = 2.7;
const CEREBELLAR_CORTEX_MM = 7;
const FOLIUM_MM = 3.4;

/** Fluid, cortex, white matter, nuclei, ventricles, cerebellum, falx, veins, and the tumour's body over them. */
export function makeBrain(recipe: CaseRecipe, tumour: Tumour): PaintBrain {
	const { seed, head } = recipe;
	const gap = noiseField(seed + 31, 28);
	const depth = noiseField(seed + 32, 24);
	const width = noiseField(seed + 33, 12);
	const ribbon = noiseField(seed + 34, 9);
	const vessel = noiseField(seed + 35, 4.2);
	const wobble = noiseField(seed + 36, 22);

	const cerebral = (mix: Mixture, at: Place, sulcus: number, effaced: number): void => {
		const { u, v, w } = at;
		const wide = head.sulci * (1 - 0.7 * effaced);
		const hull = -cerebrum(u, v, w, (2 + 0.7 * gap(u, v, w)) * (0.4 + 0.6 * wide));
		const bent = u + 1.1 * wobble(0, v, w) * ramp(Math.abs(v + 7), 20, 45);
		const sway = 1.9 * width(u * 0.7, v * 0.7, w * 0.7);
		const clefts = Math.min(fissure(bent, v, w) - 0.7 * wide, sylvian(u + sway, v, w + sway) - 0.9 * wide);
		const surface = Math.min(hull, clefts, cerebellum(u, v, w) - 1, stem(u, v, w) - 0.5);
		const reach = clamp(14.5 + 5 * depth(u, v, w), 4, 24);
		const below = Math.max(0, surface - reach);
		const sheet = Math.sqrt(sulcus * sulcus + below * below);
		const half = wide * (0.55 + 0.3 * width(u, v, w)) * (1.25 - 0.9 * clamp(surface / reach, 0, 1));
		const open = Math.min(surface, sheet - half);
		paint(mix, T.grey, soft(-open, EDGE_MM));
		paint(mix, T.white, soft(CORTEX_MM + 0.35 * ribbon(u, v, w) - open, EDGE_MM));
	};

	const hind = (mix: Mixture, { u, v, w }: Place): void => {
		const leaf = cerebellum(u, v, w);
		if (leaf < 1) {
			const t = Math.sqrt(u * u * 0.3 + (v + 40) * (v + 40) + (w + 22) * (w + 22)) / FOLIUM_MM + 0.25 * wobble(u, v, w);
			const cleft = Math.abs(t - Math.floor(t) - 0.5) * 2;
			const shallow = 1 - ramp(-leaf, CEREBELLAR_CORTEX_MM - 2, CEREBELLAR_CORTEX_MM + 5 + 3 * wobble(u, v, w));
			paint(mix, T.grey, soft(leaf, EDGE_MM));
			paint(mix, T.white, soft(leaf, EDGE_MM) * (1 - shallow) * 0.9 + 0.25 * shallow * soft(leaf + 2, 2) * (1 - cleft));
			paint(mix, T.csf, 0.45 * shallow * ramp(cleft, 0.6, 1) * soft(leaf, EDGE_MM));
		}
		const brainStem = soft(stem(u, v, w), EDGE_MM);
		paint(mix, T.white, brainStem);
		paint(mix, T.grey, 0.3 * brainStem);
	};

	return (mix, at, inner, sulcus) => {
		const { x, y, z, u, v, w } = at;
		const body = tumour.body(x, y, z);
		const effaced = clamp(1 - body / 13, 0, 1);
		paint(mix, T.csf, soft(inner, EDGE_MM));
		cerebral(mix, at, sulcus, effaced);
		if (w < 8) hind(mix, at);
		paint(mix, T.grey, 0.82 * soft(nuclei(u, v, w), 1.8));
		const chamber = ventricles(u, v, w, head.ventricles - 1);
		paint(mix, T.csf, soft(chamber, EDGE_MM));
		const plexus = ellipsoid(Math.abs(u) - 24, v + 40, w - 14, 2.2, 4.5, 3.5);
		paint(mix, T.vein, 0.45 * soft(plexus + vessel(u, v, w), 2));

		const beyond = ellipsoid(0, v + 7, w - 3, 1e3, 45, 31);
		paint(mix, T.dura, 0.7 * soft(Math.abs(u) - 0.5, EDGE_MM) * soft(-beyond, 4) * soft(-w - 6, 6));
		const sinus = Math.abs(x) + 0.8 * Math.max(0, -inner) - 4.2;
		const midline = ramp(z, 20, 40) + ramp(-y, 85, 95) * ramp(z, -8, 0);
		paint(mix, T.vein, soft(sinus, 1.6) * soft(-inner - 5, 2) * clamp(midline, 0, 1));
		const fluid = mix[T.csf]! * soft(2 - chamber, 2);
		paint(mix, T.vein, fluid > 0.1 ? 0.6 * fluid * ramp(vessel(x, y, z), 1.3, 2) : 0);

		const share = soft(body, 1.6) * soft(inner + 1.5, 2) * (1 - soft(chamber, EDGE_MM));
		if (share <= 0) return;
		paint(mix, T.rim, share);
		const necrosis = soft(body + tumour.rimMm(x, y, z), 1.4);
		const dead = mix[T.rim]! * necrosis;
		mix[T.rim]! -= dead;
		mix[T.necrosis]! += dead;
	};
}
