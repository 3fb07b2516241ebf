import { useEffect, useRef, useState } from 'react';
import { endRemovals, forgetRemoval, isRemembered, type Removed, rememberRemoval, UNDO_MS } from './leftRemovals.ts';

export interface Removal extends Removed {
	/** What the reader is told was deleted. */
	readonly sentence: string;
}

export interface RemovalControl {
	/** Out of the list, still in the store. */
	readonly pending: Removal | undefined;
	readonly failed: boolean;
	remove(removal: Removal): void;
	undo(): void;
	/** Deletes without waiting for the time to run out; resolves once that is done or has failed. */
	finish(): Promise<void>;
}

/**
 * Deletes after a time in which it can be taken back: what was deleted from the store could not be.
 * Leaving the page, the next removal, or a restore on any page ends that time.
 *
 * @param onTaken another page has deleted what was pending here
 */
export function useRemoval(commit: (removal: Removal) => Promise<void>, onTaken: () => void): RemovalControl {
	const [pending, setPending] = useState<Removal>();
	const [failed, setFailed] = useState(false);
	// The page may go away between two renders: what is pending is also known outside of them.
	const waiting = useRef<{ removal: Removal; timer: ReturnType<typeof setTimeout> }>(undefined);

	function take(): Removal | undefined {
		const taken = waiting.current?.removal;
		clearTimeout(waiting.current?.timer);
		waiting.current = undefined;
		return taken;
	}

	async function finish(): Promise<void> {
		const removal = take();
		if (!removal) return;
		try {
			await commit(removal);
		} catch {
			// Whatever the store's reason, the record is still there and is shown again.
			setFailed(true);
		}
		forgetRemoval(removal);
		setPending((current) => (current === removal ? undefined : current));
	}

	function giveUpTaken(): void {
		if (!waiting.current || isRemembered(waiting.current.removal)) return;
		take();
		setPending(undefined);
		onTaken();
	}

	const finishOnLeaving = useRef(finish);
	finishOnLeaving.current = finish;
	const lookWhetherTaken = useRef(giveUpTaken);
	lookWhetherTaken.current = giveUpTaken;
	useEffect(() => {
		const leave = () => {
			endRemovals();
			void finishOnLeaving.current();
		};
		// Another page has changed what is noted.
		const look = () => lookWhetherTaken.current();
		addEventListener('pagehide', leave);
		addEventListener('storage', look);
		return () => {
			removeEventListener('pagehide', leave);
			removeEventListener('storage', look);
		};
	}, []);

	return {
		pending,
		failed,
		remove(removal) {
			void finish();
			setFailed(false);
			setPending(removal);
			rememberRemoval(removal);
			waiting.current = { removal, timer: setTimeout(() => void finishOnLeaving.current(), UNDO_MS) };
		},
		undo() {
			const removal = take();
			if (removal) forgetRemoval(removal);
			setPending(undefined);
		},
		finish,
	};
}
