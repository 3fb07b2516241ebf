import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { CaseManifest } from '../schemas/caseManifest.ts';
import type { AuthoredCase } from './caseRecipes.ts';
import type { OnVolume } from './writeCase.ts';

/** Makes cases, one at a time. */
export interface CaseMaker {
	/** Writes the files of a case into a folder that is there; gives the manifest. */
	make(folder: string, one: AuthoredCase, onVolume: OnVolume): Promise<CaseManifest>;
	/** Stops at once; what it was making stays half-made. */
	end(): Promise<unknown>;
}

/** What a worker is told. */
export interface MakerTask {
	readonly folder: string;
	readonly one: AuthoredCase;
}

/** What a worker tells. */
export type MakerNews =
	| { readonly kind: 'volume'; readonly done: number; readonly file: string }
	| { readonly kind: 'made'; readonly manifest: CaseManifest }
	| { readonly kind: 'failed'; readonly error: Error };

/** Most of the memory that one maker needs: a case at 1 mm takes 0.53 GB. */
const MAKER_BYTES = 0.6e9;

/** How many makers this machine can run beside each other: one a core, as far as memory goes; at least one. */
export function mostMakers(): number {
	return Math.max(1, Math.min(availableParallelism(), Math.floor(process.availableMemory() / MAKER_BYTES)));
}

/**
 * Starts a maker in a thread of its own, which ends with this process.
 *
 * @param anatomyFolder `content/anatomy`
 */
export function startMaker(anatomyFolder: string): CaseMaker {
	const worker = new Worker(new URL('./caseMaker.worker.ts', import.meta.url), { workerData: anatomyFolder });
	return {
		make: (folder, one, onVolume) =>
			new Promise((resolve, reject) => {
				const settle = (act: () => void) => {
					worker.off('message', onNews).off('error', onError).off('exit', onExit);
					act();
				};
				const onError = (error: Error) => settle(() => reject(error));
				const onExit = (code: number) => settle(() => reject(new Error(`its thread ended with ${code}`)));
				const onNews = (news: MakerNews) => {
					if (news.kind === 'volume') onVolume(news.done, news.file);
					else if (news.kind === 'made') settle(() => resolve(news.manifest));
					else settle(() => reject(news.error));
				};
				worker.on('message', onNews).on('error', onError).on('exit', onExit);
				worker.postMessage({ folder, one } satisfies MakerTask);
			}),
		end: () => worker.terminate(),
	};
}
