import { parentPort, workerData } from 'node:worker_threads';
import type { MakerNews, MakerTask } from './caseMaker.ts';
import { readAnatomy, writeCase } from './writeCase.ts';

/** The thread of `startMaker`: takes one task after another. */
const tell = (news: MakerNews) => parentPort!.postMessage(news);
const source = readAnatomy(workerData as string);

parentPort!.on('message', ({ folder, one }: MakerTask) => {
	source
		.then((anatomy) => writeCase(folder, one, anatomy, (done, file) => tell({ kind: 'volume', done, file })))
		.then((manifest) => tell({ kind: 'made', manifest }))
		.catch((error: Error) => tell({ kind: 'failed', error }));
});
