/** Name of the Web Lock a tab holds while somebody may be drawing in it: the site is not updated meanwhile. */
export const DRAWING_LOCK = 'concord-drawing';

/** Holds the lock, beside other tabs that do, until the returned function is called or the tab ends. */
export function holdDrawingLock(locks: LockManager | undefined = navigator.locks): () => void {
	let release = () => {};
	const held = new Promise<void>((resolve) => {
		release = resolve;
	});
	void locks?.request(DRAWING_LOCK, { mode: 'shared' }, () => held);
	return release;
}
