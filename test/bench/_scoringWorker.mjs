// A fresh worker: the first call, the bundled module loaded within the time.
import { parentPort } from 'node:worker_threads';

parentPort.once('message', async ({ bundle, bench, pair }) => {
	const cpu = process.cpuUsage();
	const wall = performance.now();
	const { score } = await import(bundle);
	const figure = score(bench, pair);
	const wallMs = performance.now() - wall;
	const { user, system } = process.cpuUsage(cpu);
	if (Number.isNaN(figure)) throw new Error('got NaN, expected a figure');
	parentPort.postMessage({ cpuMs: (user + system) / 1000, wallMs });
});
