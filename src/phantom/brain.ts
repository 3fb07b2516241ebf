import { isMeningeal } from '../protocol/protocol.ts';
import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { makeInterior } from './interior.ts';
import { clamp, exp, ramp, soft } from './math.ts';
import { type Mixture, paint, TISSUE_INDEX as T } from './mixture.ts';
import { noiseField } from './noise.ts';
import { diffuse } from './spread.ts';
import type { Tumour } from './tumour.ts';

/** How far around a tumour sulci are pressed together. */
const EFFACED_MM = 13;
/** The dura lies this far outside the brain; a meningeal tumour ends there. */
const DURA_MM = 3.2;
/** Over how many mm a body passes into the brain: sharp, as of a lymphoma, and of a glioma that infiltrates. */
const EDGE_MM = { sharp: 1.6, lymphoma: 4, diffuse: 7 } as const;
/** A lymphoma keeps to white matter: in cortex and fluid it ends this much sooner. */
const SHY_MM = 5;

/** Changes the shares of the tissues at a place that lies `surface` mm outside the brain (negative inside). */
export type PaintTumour = (mix: Mixture, x: number, y: number, z: number, surface: number) => void;

/** Puts the body of a tumour into a head: sulci near it pressed together, vessels in the fluid, what the body is made of. */
export function makePaint(recipe: CaseRecipe, tumour: Tumour): PaintTumour {
	const { seed, family, head } = recipe;
	const vessel = noiseField(seed + 35, 4.2);
	const interior = makeInterior(recipe, tumour);
	const lymphoma = family === 'pcnsl';
	const edgeMm = EDGE_MM[lymphoma ? 'lymphoma' : diffuse(recipe) ? 'diffuse' : 'sharp'];

	const inTheBrain = (mix: Mixture, body: number, surface: number) => {
		const shy = lymphoma ? SHY_MM * clamp(mix[T.grey]! + mix[T.csf]!, 0, 1) : 0;
		const room = soft(surface + 1.5, 2) * clamp(1 - mix[T.ventricle]! * 1.5, 0, 1);
		paint(mix, T.rim, soft(body + shy, edgeMm) * room);
	};

	/** From the dura inwards: fluid between tumour and brain, the body, and dura that thickens beside it. */
	const onTheDura = (mix: Mixture, x: number, y: number, z: number, body: number, surface: number) => {
		const cleft = (body - 1.2) / 0.8;
		if (body > 0 && body < 12 && surface < -2) paint(mix, T.csf, 0.8 * exp(-cleft * cleft));
		paint(mix, T.rim, soft(body, 1.2) * soft(surface - DURA_MM, 1.2));
		const across = soft(Math.abs(surface - DURA_MM + 0.8) - 1.3, 1);
		if (across > 0) paint(mix, T.tail, across * soft(tumour.tailMm(x, y, z), 3) * (1 - mix[T.rim]!));
	};

	return (mix, x, y, z, surface) => {
		if (surface > DURA_MM + 2) return;
		const body = tumour.body(x, y, z);
		if (mix[T.csf]! > 0) {
			const effaced = body > 60 ? 0 : 0.85 * exp(-clamp(body, 0, 99) / EFFACED_MM) * clamp(-surface / 3, 0, 1);
			const wide = mix[T.csf]! * head.sulci * (1 - effaced);
			const room = Math.min(wide, mix[T.csf]! + mix[T.grey]!) - mix[T.csf]!;
			mix[T.csf]! += room;
			mix[T.grey]! -= room;
			if (mix[T.csf]! > 0.1) paint(mix, T.vein, 0.6 * mix[T.csf]! * ramp(vessel(x, y, z), 1.3, 2));
		}
		if (isMeningeal(family)) onTheDura(mix, x, y, z, body, surface);
		else inTheBrain(mix, body, surface);
		if (mix[T.rim]! > 0) interior(mix, x, y, z, body);
	};
}
