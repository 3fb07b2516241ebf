import { useEffect, useRef, useState } from 'react';
import type { Issue } from '../../formats/issue.ts';
import { keepStorage } from '../../store/persist.ts';
import type { Backup, LeftOut } from '../../store/readBackup.ts';
import type { RestoreSummary } from '../../store/restoreBackup.ts';
import { saveDownload } from '../saveDownload.ts';
import { finishRemovals, shelfStore } from './shelf.ts';

/** What happens to a backup, and what came of it. */
export type BackupState =
	| { readonly kind: 'idle' }
	| { readonly kind: 'saving' | 'checking' | 'restoring'; readonly done: number; readonly total: number }
	/** Given to the browser's downloads; what becomes of it there no page is told. */
	| { readonly kind: 'saved'; readonly name: string; readonly bytes: number }
	| { readonly kind: 'restored'; readonly summary: RestoreSummary; readonly leftOut: readonly LeftOut[] }
	/** Not a whole backup: nothing was restored. `rest`: what of it is whole. */
	| {
			readonly kind: 'refused';
			readonly name: string;
			readonly issues: readonly Issue[];
			readonly rest: Backup | undefined;
	  }
	| { readonly kind: 'failed'; readonly reason: 'full' | 'unavailable' | 'unexpected' };

export interface BackupControl {
	readonly state: BackupState;
	save(): void;
	restore(file: File): void;
	/** Restores what is whole of the backup that was refused. */
	restoreRest(rest: Backup): void;
	cancel(): void;
}

interface Around {
	/** What is being deleted here is finished first: a backup may bring it back. */
	readonly beforeRestore: () => Promise<void>;
	readonly onRestored: () => Promise<void>;
}

/** Saves a backup and restores one; one thing at a time. */
export function useBackup({ beforeRestore, onRestored }: Around): BackupControl {
	const [state, setState] = useState<BackupState>({ kind: 'idle' });
	const running = useRef<AbortController>(undefined);
	useEffect(() => () => running.current?.abort(), []);

	async function run(work: (signal: AbortSignal) => Promise<BackupState>): Promise<void> {
		if (running.current) return;
		const controller = new AbortController();
		running.current = controller;
		try {
			setState(await work(controller.signal));
		} catch (error) {
			setState(controller.signal.aborted ? { kind: 'idle' } : { kind: 'failed', reason: await reasonOf(error) });
		} finally {
			running.current = undefined;
		}
	}

	const save = async (signal: AbortSignal): Promise<BackupState> => {
		setState({ kind: 'saving', done: 0, total: 0 });
		const { writeBackup } = await import('../../store/backup.ts');
		const onProgress = (done: number, total: number) => setState({ kind: 'saving', done, total });
		const blob = await writeBackup(await shelfStore(), { signal, onProgress });
		const name = `concord-backup-${localDate(new Date())}.zip`;
		saveDownload({ name, blob });
		return { kind: 'saved', name, bytes: blob.size };
	};

	const restore = async (file: File, signal: AbortSignal): Promise<BackupState> => {
		setState({ kind: 'checking', done: 0, total: 0 });
		void keepStorage();
		const { readBackup } = await import('../../store/readBackup.ts');
		const checking = (done: number, total: number) => setState({ kind: 'checking', done, total });
		const backup = await readBackup(file, file.name, { signal, onProgress: checking });
		if (!backup.ok) return { kind: 'refused', name: file.name, issues: backup.issues, rest: backup.rest };
		return merge(backup.value, signal);
	};

	const merge = async (backup: Backup, signal: AbortSignal): Promise<BackupState> => {
		setState({ kind: 'restoring', done: 0, total: 0 });
		const { restoreBackup } = await import('../../store/restoreBackup.ts');
		const restoring = (done: number, total: number) => setState({ kind: 'restoring', done, total });
		try {
			// What waits to be deleted is not here any more, on whatever page it waits.
			await beforeRestore();
			await finishRemovals();
			const summary = await restoreBackup(await shelfStore(), backup, { signal, onProgress: restoring });
			return { kind: 'restored', summary, leftOut: backup.leftOut };
		} finally {
			// Also after a stop: a part of it is there.
			await onRestored();
		}
	};

	return {
		state,
		save: () => void run(save),
		restore: (file) => void run((signal) => restore(file, signal)),
		restoreRest: (rest) => void run((signal) => merge(rest, signal)),
		cancel: () => running.current?.abort(new DOMException('the backup was cancelled', 'AbortError')),
	};
}

async function reasonOf(error: unknown): Promise<'full' | 'unavailable' | 'unexpected'> {
	const { StoreError } = await import('../../store/storeError.ts');
	if (error instanceof StoreError && (error.kind === 'full' || error.kind === 'unavailable')) return error.kind;
	return 'unexpected';
}

/** The day where the reader is, as files are named. */
function localDate(now: Date): string {
	const two = (part: number) => String(part).padStart(2, '0');
	return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
