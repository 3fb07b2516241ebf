import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import type { Head } from './head.ts';
import { clamp, exp, ramp, soft } from './math.ts';
import { type Mixture, paint, TISSUE_INDEX as T } from './mixture.ts';
import { noiseField } from './noise.ts';
import type { Tumour } from './tumour.ts';

/** Tissue within this distance of the brain's surface is pushed less. */
const FIXED_MM = 9;
/** How far around a tumour sulci are pressed together. */
const EFFACED_MM = 13;
/** The dura lies this far outside the brain; a meningioma ends there. */
const DURA_MM = 3.2;

/** Writes the shares of the tissues at a place, tumour included. */
export type PaintHead = (mix: Mixture, x: number, y: number, z: number) => void;

/** The head of a recipe with the tumour's body in it: tissue pushed aside, sulci near it effaced, vessels in the fluid. */
export function makePaint({ seed, family, head: { sulci } }: CaseRecipe, head: Head, tumour: Tumour): PaintHead {
	const vessel = noiseField(seed + 35, 4.2);
	const before = new Float64Array(3);
	const meningeal = family === 'meningioma';

	const inTheBrain = (mix: Mixture, body: number, surface: number) =>
		paint(mix, T.rim, soft(body, 1.6) * soft(surface + 1.5, 2) * clamp(1 - mix[T.ventricle]! * 1.5, 0, 1));

	/** From the dura inwards: fluid between tumour and brain, the body, and dura that thickens beside it. */
	const onTheDura = (mix: Mixture, x: number, y: number, z: number, body: number, surface: number) => {
		const cleft = (body - 1.2) / 0.8;
		if (body > 0 && surface < -2) paint(mix, T.csf, 0.8 * exp(-cleft * cleft));
		paint(mix, T.rim, soft(body, 1.2) * soft(surface - DURA_MM, 1.2));
		const along = soft(tumour.tailMm(x, y, z), 3) * soft(Math.abs(surface - DURA_MM + 0.8) - 1.3, 1);
		paint(mix, T.tail, along * (1 - mix[T.rim]!));
	};

	return (mix, x, y, z) => {
		const surface = head.surfaceMm(x, y, z);
		tumour.before(before, x, y, z, clamp(-surface / FIXED_MM, 0, 1));
		head.tissues(mix, before[0]!, before[1]!, before[2]!);
		if (surface > DURA_MM + 2) return;
		const body = tumour.body(x, y, z);
		const effaced = 0.85 * exp(-clamp(body, 0, 99) / EFFACED_MM) * clamp(-surface / 3, 0, 1);
		const wide = mix[T.csf]! * sulci * (1 - effaced);
		const room = Math.min(wide, mix[T.csf]! + mix[T.grey]!) - mix[T.csf]!;
		mix[T.csf]! += room;
		mix[T.grey]! -= room;
		const fluid = mix[T.csf]!;
		paint(mix, T.vein, fluid > 0.1 ? 0.6 * fluid * ramp(vessel(x, y, z), 1.3, 2) : 0);
		if (meningeal) onTheDura(mix, x, y, z, body, surface);
		else inTheBrain(mix, body, surface);
		if (mix[T.rim] === 0) return;
		const dead = mix[T.rim]! * soft(body + tumour.rimMm(x, y, z), 1.4);
		mix[T.rim]! -= dead;
		mix[T.necrosis]! += dead;
	};
}
