import { rasView } from '../../grid/rasView.ts';
import { diagnoseContent } from '../diagnoseContent.ts';
import type { Context } from './context.ts';
import type { CaseRegion } from './crop.ts';
import type { DrawnRegion, Finding } from './finding.ts';
import { diceOf, elementsWhere } from './overlap.ts';

/**
 * E15: drawn on the wrong side, mirrored at the middle of the images the drawing fits much better. E22: otherwise mirrored,
 * moved, or stored in another order of axes, although the file says the right grid.
 */
export function findPlaceErrors(context: Context): Finding[] {
	return context.regions.flatMap((region) => ofRegion(region, context));
}

/** Dice by which a fit is much better than another. */
const MUCH = 0.1;

function ofRegion(region: CaseRegion, { limits, kernels, finding }: Context): Finding[] {
	const { reference, prediction, grid } = region.whole;
	const elements = () => elementsWhere(region.prediction.length, (n) => region.prediction[n] !== 0);
	const mirrored = diceOf(reference, leftForRight(region.whole));
	const gain = mirrored - diceOf(reference, prediction);
	const limit = limits.laterality.diceGain;
	const other = diagnoseContent(reference, prediction, grid, limits.otherImages, kernels);
	// Turned round by a tool along another axis as well, it fits much better still.
	const turned = other !== null && other.diagnosis.kind !== 'shifted' && other.diceThen > mirrored + MUCH;
	if (gain > limit && !turned) {
		const fault = { elements: elements(), value: gain, limit, unit: 'fraction', hardFail: 'HF2' } as const;
		return [finding('E15', region, fault)];
	}
	if (!other) return [];
	// A small move is a careless outline: E03 tells it.
	if (other.diagnosis.kind === 'shifted' && other.diagnosis.mm <= limits.boundary.shiftMm) return [];
	const { diagnosis, dice, diceThen } = other;
	const params = {
		diagnosis: diagnosis.kind,
		...(diagnosis.kind === 'mirrored' && { axes: diagnosis.axes.join(' ') }),
		...(diagnosis.kind === 'shifted' && { mm: diagnosis.mm, towards: diagnosis.towards }),
	};
	return [
		finding('E22', region, {
			elements: elements(),
			value: diceThen - dice,
			limit: limits.otherImages.diceGain,
			unit: 'fraction',
			// Where it was only moved, it may be drawn on the wrong place as well.
			hardFail: diagnosis.kind === 'shifted' ? null : 'HF7',
			params,
		}),
	];
}

/** A drawing with left and right exchanged at the middle of the images. */
function leftForRight({ prediction, grid }: DrawnRegion): Uint8Array {
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
