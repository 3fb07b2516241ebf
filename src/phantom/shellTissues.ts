import { clamp, ramp, soft } from './math.ts';
import { type Mixture, paint, TISSUE_INDEX as T } from './mixture.ts';
import { noiseField } from './noise.ts';

/** Paints what lies outside the brain at one place, given the distances in mm to the inner skull and the skin. */
export type PaintShell = (mix: Mixture, x: number, y: number, z: number, inner: number, outer: number) => void;

const EDGE_MM = 1.2;

/** Skin, fat, muscle, bone with marrow, dura. */
export function makeShell(seed: number): PaintShell {
	const thickness = noiseField(seed + 21, 40);
	const marrow = noiseField(seed + 22, 14);
	const streaks = noiseField(seed + 23, 9);
	return (mix, x, y, z, inner, outer) => {
		paint(mix, T.muscle, soft(outer, EDGE_MM));
		const low = 1 - ramp(z, -40, -12);
		const streak = clamp(0.5 + 0.9 * streaks(x, y * 0.6, z), 0, 1);
		// The temporalis fills the hollow beside the skull.
		const side = Math.abs(x) - 58;
		const temporalis = ramp(side, 0, 6) * (1 - ramp(z, 18, 34)) * ramp(y, -45, -25) * (1 - ramp(y, 35, 50));
		const scalp = (1 - low) * (1 - 0.85 * temporalis * soft(outer + 4.5, 2)) + low * streak * 0.45;
		paint(mix, T.fat, soft(outer + 1.9, 1.4) * scalp * clamp(0.72 + 0.14 * streaks(x, y, z), 0, 0.95));
		const bone = 6.4 + 1.2 * thickness(x, y, z) + 1.5 * ramp(-y, 40, 100);
		paint(mix, T.bone, soft(inner - bone, EDGE_MM));
		const diploe = Math.abs(inner - bone * 0.52) - bone * 0.16;
		paint(mix, T.fat, soft(diploe, 1.6) * clamp(0.34 + 0.2 * marrow(x, y, z), 0, 0.7));
		paint(mix, T.dura, soft(inner - 0.9, EDGE_MM));
	};
}
