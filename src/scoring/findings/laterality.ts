import { rasView } from '../../grid/rasView.ts';
import type { Context } from './context.ts';
import type { DrawnRegion, Finding } from './finding.ts';
import { diceOf, elementsWhere } from './overlap.ts';

/** E15: drawn on the wrong side. Mirrored at the middle of the images, the drawing fits much better. */
export function findLaterality({ regions, limits, finding }: Context): Finding[] {
	return regions.flatMap((region) => {
		const { reference, prediction } = region;
		const direct = diceOf(reference, prediction);
		const mirrored = diceOf(reference, mirror(region));
		const limit = limits.laterality.diceGain;
		if (mirrored - direct <= limit) return [];
		const elements = elementsWhere(prediction.length, (n) => prediction[n] !== 0);
		const value = mirrored - direct;
		return [finding('E15', region, { elements, value, limit, unit: 'fraction', hardFail: 'HF2' })];
	});
}

/** The drawing with left and right exchanged. */
function mirror({ prediction, grid }: DrawnRegion): Uint8Array {
	const { strides, dims } = rasView(grid);
	const stride = Math.abs(strides[0]);
	const out = new Uint8Array(prediction.length);
	for (let n = 0; n < prediction.length; n++) {
		if (prediction[n] === 0) continue;
		const along = Math.floor(n / stride) % dims[0];
		out[n + (dims[0] - 1 - 2 * along) * stride] = 1;
	}
	return out;
}
