import { Worker } from 'node:worker_threads';
import type { Kernels, LabelPair } from '../../src/scoring/kernels/kernels.ts';
import { farPair, gliomaPair, metastasesPair, thickSlicePair } from './_scoringCases.ts';
import { type Bench, score } from './_scoringScore.ts';

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
export function measureWarm(what: Bench | LabelPair, repeat: number, kernels?: Kernels): Measured[] {
	const pair = typeof what === 'string' ? PAIRS[what]() : what;
	const bench = typeof what === 'string' ? what : 'glioma';
	const warm: Measured[] = [];
	for (let n = -3; n < repeat; n++) {
		const cpu = process.cpuUsage();
		const wall = performance.now();
		const figure = score(bench, pair, kernels);
		const wallMs = performance.now() - wall;
		const { user, system } = process.cpuUsage(cpu);
		if (Number.isNaN(figure)) throw new Error('got NaN, expected a figure');
		if (n >= 0) warm.push({ cpuMs: (user + system) / 1000, wallMs });
	}
	return warm;
}

/** Times the first call in a fresh worker. */
async function measureCold(bench: Bench, bundle: string): Promise<Measured> {
	const worker = new Worker(new URL('./_scoringWorker.mjs', import.meta.url));
	await new Promise((started) => worker.once('online', started));
	const measured = new Promise<Measured>((told, failed) => worker.once('message', told).once('error', failed));
	worker.postMessage({ bundle, bench, pair: PAIRS[bench]() });
	return measured.finally(() => worker.terminate());
}

// In a process of its own.
if (import.meta.main) console.log(JSON.stringify(await measureCold(process.argv[2] as Bench, process.argv[3]!)));
