import type { LabelPair } from '../../src/scoring/kernels/kernels.ts';
import { farPair, gliomaPair, metastasesPair, thickSlicePair } from './_scoringCases.ts';

export type Bench = 'glioma' | 'thick' | 'far' | 'metastases' | 'floor';

/** One call. */
export interface Measured {
	readonly cpuMs: number;
	readonly wallMs: number;
}

const PAIRS: Readonly<Record<Bench, () => LabelPair>> = {
	glioma: gliomaPair,
	thick: thickSlicePair,
	far: farPair,
	metastases: metastasesPair,
	floor: gliomaPair,
};

/** Times repeated calls after three that warm up. */
export async function measureWarm(what: Bench | LabelPair, repeat: number): Promise<Measured[]> {
	const pair = typeof what === 'string' ? PAIRS[what]() : what;
	const bench = typeof what === 'string' ? what : 'glioma';
	const warm: Measured[] = [];
	for (let n = -3; n < repeat; n++) {
		const times = await time(bench, pair);
		if (n >= 0) warm.push(times);
	}
	return warm;
}

/** Loads the modules where they are not loaded yet, and scores once. */
async function time(bench: Bench, pair: LabelPair): Promise<Measured> {
	const cpu = process.cpuUsage();
	const wall = performance.now();
	const figure = await score(bench, pair);
	const wallMs = performance.now() - wall;
	const { user, system } = process.cpuUsage(cpu);
	// Used, so that no engine may leave the work out.
	if (Number.isNaN(figure)) throw new Error('got NaN, expected a figure');
	return { cpuMs: (user + system) / 1000, wallMs };
}

async function score(bench: Bench, pair: LabelPair): Promise<number> {
	if (bench === 'floor') return floor(pair);
	const { typescriptKernels: kernels } = await import('../../src/scoring/kernels/typescriptKernels.ts');
	const { reference, prediction, dims, spacingMm } = pair;
	if (bench === 'metastases') {
		const { lesionWise } = await import('../../src/scoring/metrics/lesions.ts');
		return lesionWise(reference, prediction, dims, spacingMm, 'MET', kernels).dice;
	}
	const { measureSurfaces } = await import('../../src/scoring/measureRegions.ts');
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

// In a process of its own: the first call, modules loaded within the time.
if (import.meta.main) {
	const bench = process.argv[2] as Bench;
	console.log(JSON.stringify(await time(bench, PAIRS[bench]())));
}
