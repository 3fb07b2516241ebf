import type { Page } from '@playwright/test';

/** Sets the browser's own limit for this site, or lifts it. It lasts as long as the session that set it. */
export async function quotaOf(page: Page, origin: string): Promise<(quotaSize?: number) => Promise<void>> {
	const cdp = await page.context().newCDPSession(page);
	return async (quotaSize) => {
		await cdp.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize !== undefined && { quotaSize }) });
	};
}
