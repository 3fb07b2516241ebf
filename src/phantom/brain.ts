import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { clamp, exp, ramp, soft } from './math.ts';
import { type Mixture, paint, TISSUE_INDEX as T } from './mixture.ts';
import { noiseField } from './noise.ts';
import type { Tumour } from './tumour.ts';

/** How far around a tumour sulci are pressed together. */
const EFFACED_MM = 13;
/** The dura lies this far outside the brain; a meningioma ends there. */
const DURA_MM = 3.2;

/** Changes the shares of the tissues at a place that lies `surface` mm outside the brain (negative inside). */
export type PaintTumour = (mix: Mixture, x: number, y: number, z: number, surface: number) => void;

/** Puts the body of a tumour into a head: sulci near it pressed together, vessels in the fluid, blood in the body. */
export function makePaint(
	{ seed, family, tumour: { bleeding }, head: { sulci } }: CaseRecipe,
	tumour: Tumour,
): PaintTumour {
	const vessel = noiseField(seed + 35, 4.2);
	const specks = noiseField(seed + 36, 8);
	const meningeal = family === 'meningioma';

	const inTheBrain = (mix: Mixture, body: number, surface: number) =>
		paint(mix, T.rim, soft(body, 1.6) * soft(surface + 1.5, 2) * clamp(1 - mix[T.ventricle]! * 1.5, 0, 1));

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
			const wide = mix[T.csf]! * sulci * (1 - effaced);
			const room = Math.min(wide, mix[T.csf]! + mix[T.grey]!) - mix[T.csf]!;
			mix[T.csf]! += room;
			mix[T.grey]! -= room;
			if (mix[T.csf]! > 0.1) paint(mix, T.vein, 0.6 * mix[T.csf]! * ramp(vessel(x, y, z), 1.3, 2));
		}
		if (meningeal) onTheDura(mix, x, y, z, body, surface);
		else inTheBrain(mix, body, surface);
		if (mix[T.rim] === 0) return;
		const dead = mix[T.rim]! * soft(body + tumour.rimMm(x, y, z), 1.4);
		mix[T.rim]! -= dead;
		mix[T.necrosis]! += dead;
		if (bleeding === 0) return;
		// Clots lie in the dead part and at its edge: 2.2 standard deviations of the noise are hardly ever passed.
		const threshold = 2.2 * (1 - bleeding);
		const blood = soft(body + 2, 2) * ramp(specks(x, y, z), threshold - 0.3, threshold + 0.3);
		for (const name of ['rim', 'necrosis'] as const) {
			const clot = blood * mix[T[name]]!;
			mix[T[name]]! -= clot;
			mix[T.blood]! += clot;
		}
	};
}
