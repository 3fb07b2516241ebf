import { fastestKernels } from '../../src/scoring/kernels/fastestKernels.ts';
import type { Kernels, LabelPair } from '../../src/scoring/kernels/kernels.ts';
import { measureSurfaces } from '../../src/scoring/measureRegions.ts';
import { lesionWise } from '../../src/scoring/metrics/lesions.ts';

export type Bench = 'glioma' | 'thick' | 'far' | 'metastases' | 'floor';

/** Scores a pair as the benchmark asks; gives a figure of it, so that no engine may leave the work out. */
export function score(bench: Bench, pair: LabelPair, kernels: Kernels = fastestKernels): number {
	const { reference, prediction, dims, spacingMm } = pair;
	if (bench === 'floor') return floor(pair);
	if (bench === 'metastases') return lesionWise(reference, prediction, dims, spacingMm, 'MET', kernels).dice;
	const measured = measureSurfaces(pair, { definition: 'surfel', tolerancesMm: [1], kernels });
	return measured.reduce((sum, { counts }) => sum + counts.tp, 0);
}

/** Reads every word of both masks once. */
function floor({ reference, prediction }: LabelPair): number {
	const [r, p] = [new Int32Array(reference.buffer), new Int32Array(prediction.buffer)];
	let seen = 0;
	for (let w = 0; w < r.length; w++) seen |= r[w]! | p[w]!;
	return seen;
}
