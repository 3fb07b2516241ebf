import { useEffect, useRef, useState } from 'react';
import { keepStorage } from '../../store/persist.ts';
import {
	forgetOffline,
	type KeepOutcome,
	keepOffline,
	type OfflineState,
	offlineState,
} from '../../workers/offlineCase.ts';

export interface OfflineControl {
	/** What is kept; undefined until it is known, and where the page has no cache. */
	readonly state: OfflineState | undefined;
	/** What is there of a download under way. */
	readonly progress: { readonly bytes: number; readonly total: number } | undefined;
	readonly failure: Exclude<KeepOutcome, 'kept'> | undefined;
	keep(): void;
	cancel(): void;
	forget(): void;
}

/** Whether a case works offline, as the cache says it, and what changes that. */
export function useOffline(id: string, onChange: () => void): OfflineControl {
	const [state, setState] = useState<OfflineState>();
	const [progress, setProgress] = useState<OfflineControl['progress']>();
	const [failure, setFailure] = useState<OfflineControl['failure']>();
	const running = useRef<AbortController>(undefined);

	const look = async () => setState(await offlineState(id));
	// biome-ignore lint/correctness/useExhaustiveDependencies: what is kept changes by what is done here or on other pages
	useEffect(() => {
		void look();
		// Practice in another tab keeps what it opens.
		const back = () => document.visibilityState === 'visible' && void look();
		addEventListener('pageshow', back);
		document.addEventListener('visibilitychange', back);
		return () => {
			removeEventListener('pageshow', back);
			document.removeEventListener('visibilitychange', back);
			running.current?.abort();
		};
	}, [id]);

	async function keep(): Promise<void> {
		if (running.current) return;
		const controller = new AbortController();
		running.current = controller;
		setFailure(undefined);
		setProgress({ bytes: state?.keptBytes ?? 0, total: state?.totalBytes ?? 0 });
		void keepStorage();
		try {
			const onProgress = (bytes: number, total: number) => setProgress({ bytes, total });
			const outcome = await keepOffline(id, { signal: controller.signal, onProgress });
			if (outcome !== 'kept') setFailure(outcome);
		} catch (error) {
			if (!controller.signal.aborted) throw error;
		} finally {
			running.current = undefined;
			setProgress(undefined);
			await look();
			onChange();
		}
	}

	return {
		state,
		progress,
		failure,
		keep: () => void keep(),
		cancel: () => running.current?.abort(new DOMException('the download was cancelled', 'AbortError')),
		async forget() {
			setFailure(undefined);
			await forgetOffline(id);
			await look();
			onChange();
		},
	};
}
