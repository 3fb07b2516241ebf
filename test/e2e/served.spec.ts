import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './server.ts';

const dist = resolve(import.meta.dirname, '../../dist');

/** Address of every page that was built. */
const addresses = () =>
	readdirSync(dist, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('index.html'))
		.map((file) => `/${file.replaceAll('\\', '/').slice(0, -'index.html'.length)}`);

test('every page runs under the content policy it is served with, and asks nothing of anybody else', async ({
	page,
	site,
}) => {
	const objections: string[] = [];
	let address = '';
	page.on('console', (message) => {
		// Of the built-in cases `npm test` makes only some; a page that shows another says so by itself.
		const isCase = message.location().url.startsWith(`${site.url}/cases/`);
		if (message.type() === 'error' && !isCase) objections.push(`${address}: ${message.text()}`);
	});
	page.on('pageerror', (error) => objections.push(`${address}: ${error.message}`));
	page.on('request', (request) => {
		const { protocol, origin } = new URL(request.url());
		if (protocol.startsWith('http') && origin !== site.url) objections.push(`${address}: asks for ${request.url()}`);
	});
	expect(addresses().length).toBeGreaterThan(4);
	for (address of addresses()) {
		const answer = await page.goto(address, { waitUntil: 'load' });
		expect.soft(answer?.headers()['content-security-policy'], address).toContain("default-src 'self'");
	}
	expect(objections).toEqual([]);
});

test('a stopped site is really gone, and comes back on the same address', async ({ site }) => {
	expect((await fetch(site.url)).status).toBe(200);
	await site.stop();
	await expect(fetch(site.url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
	await site.start();
	expect((await fetch(site.url)).status).toBe(200);
});
