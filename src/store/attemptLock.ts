/** An attempt belongs to one tab at a time. */
const lockName = (attemptId: string) => `concord-attempt-${attemptId}`;

/** What a tab knows about its claim on an attempt. */
export interface AttemptClaim {
	/** Whether the attempt is this tab's now. Browsers without locks give it to every tab. */
	readonly held: boolean;
	/** Resolves once it is; never where it is given up first. */
	readonly granted: Promise<void>;
	/** Gives it up, or stops waiting for it. */
	release(): void;
}

/**
 * Claims an attempt for this tab: at once if it is free, else as soon as the tab that has it ends. Rejects where the
 * browser refuses locks, as it does on a page without an origin of its own.
 */
export async function claimAttempt(
	attemptId: string,
	locks: LockManager | undefined = navigator.locks,
): Promise<AttemptClaim> {
	if (!locks) return { held: true, granted: Promise.resolve(), release: () => undefined };
	const waiting = new AbortController();
	let release = () => {};
	const until = new Promise<void>((resolve) => {
		release = resolve;
	});
	let grant = () => {};
	const granted = new Promise<void>((resolve) => {
		grant = resolve;
	});
	const held = await new Promise<boolean>((answer, fail) => {
		const asked = locks.request(lockName(attemptId), { ifAvailable: true }, (lock) => {
			answer(lock !== null);
			return lock === null ? undefined : until;
		});
		asked.catch(fail);
	});
	if (held) grant();
	else {
		locks
			.request(lockName(attemptId), { signal: waiting.signal }, () => {
				grant();
				return until;
			})
			.catch((error: unknown) => {
				if (!waiting.signal.aborted) throw error;
			});
	}
	return {
		held,
		granted,
		release() {
			waiting.abort();
			release();
		},
	};
}
