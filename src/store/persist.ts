/**
 * Asks the browser not to clear this site's storage on its own; to be called after the first attempt, when there is
 * something to lose. `undefined` where the browser has no such promise to give.
 */
export async function keepStorage(
	storage: StorageManager | undefined = navigator.storage,
): Promise<boolean | undefined> {
	return (await storage?.persisted?.()) || (await storage?.persist?.());
}

/** Bytes this site uses and may use; undefined where the browser does not say. */
export async function storageRoom(
	storage: StorageManager | undefined = navigator.storage,
): Promise<{ readonly usedBytes: number; readonly quotaBytes: number } | undefined> {
	const { usage, quota } = (await storage?.estimate?.()) ?? {};
	return usage === undefined || quota === undefined ? undefined : { usedBytes: usage, quotaBytes: quota };
}

/** Whether the browser has promised not to clear this site's storage on its own; undefined where it does not say. */
export async function storageKept(
	storage: StorageManager | undefined = navigator.storage,
): Promise<boolean | undefined> {
	return storage?.persisted?.();
}
