import { diagnoseContent } from '../diagnoseContent.ts';
import type { Context } from './context.ts';
import type { CaseRegion } from './crop.ts';
import type { Finding } from './finding.ts';
import { elementsWhere } from './overlap.ts';

/**
 * E15: drawn on the wrong side, mirrored at the middle of the images the drawing fits much better. E22: otherwise mirrored,
 * moved, or stored in another order of axes, although the file says the right grid.
 */
export function findPlaceErrors(context: Context): Finding[] {
	return context.regions.flatMap((region) => ofRegion(region, context));
}

function ofRegion(region: CaseRegion, { limits, kernels, finding }: Context): Finding[] {
	const { reference, prediction, grid } = region.whole;
	// On the side the gain alone decides, however good the drawing.
	const side = { diceMin: 0, diceGain: limits.laterality.diceGain };
	const elements = () => elementsWhere(region.prediction.length, (n) => region.prediction[n] !== 0);
	const simplest = diagnoseContent(reference, prediction, grid, side, kernels);
	if (simplest?.diagnosis.kind === 'mirrored' && simplest.diagnosis.axes.join() === 'leftRight') {
		const value = simplest.diceThen - simplest.dice;
		return [
			finding('E15', region, {
				elements: elements(),
				value,
				limit: side.diceGain,
				unit: 'fraction',
				hardFail: 'HF2',
			}),
		];
	}
	const other = diagnoseContent(reference, prediction, grid, limits.otherImages, kernels);
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
