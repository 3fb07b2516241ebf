// @ts-check
// Opens and closes a case many times and counts the WebGL contexts that were lost on the way.

/** Runs in every page: counts contexts lost by canvases that are still on the page. */
function watchContexts() {
	Object.assign(window, { lostContexts: 0 });
	addEventListener('webglcontextlost', () => /** @type {any} */ (window).lostContexts++, { capture: true });
}

/**
 * @param {import('@playwright/test').Browser} browser
 */
async function watchedPage(browser) {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	const page = await context.newPage();
	/** @type {string[]} */
	const warnings = [];
	page.on('console', (message) => {
		if (/webgl|context/i.test(message.text())) warnings.push(message.text());
	});
	page.on('pageerror', (error) => warnings.push(error.message));
	await page.addInitScript(watchContexts);
	return { context, page, warnings };
}

/** Canvases with a WebGL context, and how many of these are lost. @param {import('@playwright/test').Page} page */
const contextsOf = (page) =>
	page.evaluate(() => {
		const contexts = [...document.querySelectorAll('.plate canvas')].map((canvas) =>
			/** @type {HTMLCanvasElement} */ (canvas).getContext('webgl2'),
		);
		const lost = contexts.filter((gl) => !gl || gl.isContextLost()).length;
		return { alive: contexts.length - lost, lost: lost + /** @type {any} */ (window).lostContexts };
	});

/** @param {number} lost @param {number} alive @param {number} cycles @param {readonly string[]} warnings */
function verdict(lost, alive, cycles, warnings) {
	const said = warnings.length === 0 ? 'no warning' : `${warnings.length} warnings, first: ${warnings[0]}`;
	return `${lost} lost of ${alive + lost} in ${cycles} cycles, ${said}`;
}

/**
 * Mounts, shows and unmounts the four panels of a case in one page.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {number} cycles
 */
export async function mountCycles(browser, url, cycles) {
	const { context, page, warnings } = await watchedPage(browser);
	await page.goto(url);
	await page.evaluate(async () => {
		const { makeSeries, openViewer } = await import(/** @type {string} */ ('/test/bench/_mountedViewer.mjs'));
		const series = makeSeries();
		Object.assign(window, { openCase: () => openViewer(series) });
	});
	let [alive, lost] = [0, 0];
	for (let n = 0; n < cycles; n++) {
		await page.evaluate(async () => {
			Object.assign(window, { viewer: await /** @type {any} */ (window).openCase() });
		});
		const found = await contextsOf(page);
		alive += found.alive;
		lost += found.lost;
		await page.evaluate(() => /** @type {any} */ (window).viewer.dispose());
	}
	await context.close();
	return verdict(lost, alive, cycles, warnings);
}

/**
 * Opens the practice page and leaves it again for the list of cases.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {number} cycles
 */
export async function navigationCycles(browser, url, cycles) {
	const { context, page, warnings } = await watchedPage(browser);
	let [alive, lost] = [0, 0];
	for (let n = 0; n < cycles; n++) {
		await page.goto(url);
		await page.waitForFunction(
			() => {
				const figures = [...document.querySelectorAll('[data-panel]')];
				return figures.length > 0 && figures.every((figure) => figure.getAttribute('data-slice') !== '0');
			},
			null,
			{ timeout: 120_000 },
		);
		const found = await contextsOf(page);
		alive += found.alive;
		lost += found.lost;
		await page.locator('a.wm').click();
		await page.waitForURL('**/cases/');
	}
	await context.close();
	return verdict(lost, alive, cycles, warnings);
}
