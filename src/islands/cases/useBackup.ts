import { useEffect, useRef, useState } from 'react';
import type { Issue } from '../../formats/issue.ts';
import { keepStorage } from '../../store/persist.ts';
import type { RestoreSummary } from '../../store/restoreBackup.ts';
import { shelfStore } from './shelf.ts';

/** What happens to a backup, and what came of it. */
export type BackupState =
	| { readonly kind: 'idle' }
	| { readonly kind: 'saving' | 'checking' | 'restoring'; readonly done: number; readonly total: number }
	| { readonly kind: 'saved'; readonly name: string; readonly bytes: number }
	| { readonly kind: 'restored'; readonly summary: RestoreSummary }
	/** Not a whole backup: nothing was restored. */
	| { readonly kind: 'refused'; readonly name: string; readonly issues: readonly Issue[] }
	| { readonly kind: 'failed'; readonly reason: 'full' | 'unavailable' | 'unexpected' };

export interface BackupControl {
	readonly state: BackupState;
	save(): void;
	restore(file: File): void;
	cancel(): void;
}

/** Saves a backup and restores one; one thing at a time. */
export function useBackup(onRestored: () => Promise<void>): BackupControl {
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
		download(blob, name);
		return { kind: 'saved', name, bytes: blob.size };
	};

	const restore = async (file: File, signal: AbortSignal): Promise<BackupState> => {
		setState({ kind: 'checking', done: 0, total: 0 });
		void keepStorage();
		const [{ readBackup }, { restoreBackup }] = await Promise.all([
			import('../../store/readBackup.ts'),
			import('../../store/restoreBackup.ts'),
		]);
		const checking = (done: number, total: number) => setState({ kind: 'checking', done, total });
		const backup = await readBackup(file, file.name, { signal, onProgress: checking });
		if (!backup.ok) return { kind: 'refused', name: file.name, issues: backup.issues };
		const restoring = (done: number, total: number) => setState({ kind: 'restoring', done, total });
		try {
			const summary = await restoreBackup(await shelfStore(), backup.value, { signal, onProgress: restoring });
			return { kind: 'restored', summary };
		} finally {
			// Also after a stop: a part of it is there.
			await onRestored();
		}
	};

	return {
		state,
		save: () => void run(save),
		restore: (file) => void run((signal) => restore(file, signal)),
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

/** The browser reads the blob after this returns, when it asks for a place first much later. */
const KEEP_ADDRESS_MS = 600_000;

function download(blob: Blob, name: string): void {
	const address = URL.createObjectURL(blob);
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(address), KEEP_ADDRESS_MS);
}
