// @ts-check
// CPU time of a page's main thread, as the browser counts it.

/**
 * Starts counting on a page. `cpuMs` gives the CPU time of the main thread's tasks so far, in ms.
 * @param {import('@playwright/test').Page} page
 */
export async function openMeter(page) {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
	const cpuMs = async () => {
		const { metrics } = await cdp.send('Performance.getMetrics');
		const task = metrics.find(({ name }) => name === 'TaskDuration');
		if (!task) throw new Error('got no TaskDuration from the browser, expected one');
		return 1000 * task.value;
	};
	return { cdp, cpuMs };
}
