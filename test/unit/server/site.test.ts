import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PortTakenError, type RunningSite, startSite } from '../../../src/server/startSite.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-site-'));
const folders = { dist: join(folder, 'dist'), data: join(folder, 'data') };
const INLINE = 'document.title = "练习";\n';
const VOLUME = gzipSync(Buffer.alloc(1000, 7));
let site: RunningSite;

beforeAll(async () => {
	const files: Record<string, string | Uint8Array> = {
		'dist/index.html': '<h1>start</h1>',
		'dist/404.html': '<h1>nothing here</h1>',
		'dist/zh/practice/index.html': `<script>${INLINE}</script><script type="module" src="/_astro/a.js"></script>`,
		'dist/_astro/a.js': 'export {};',
		'dist/sw.js': '// worker',
		'dist/empty.txt': '',
		'dist/.hidden': 'hidden',
		'data/cases/index.json': '{"cases":[]}',
		'data/cases/ring-01/FLAIR.nii.gz': VOLUME,
		'data/secret.txt': 'secret',
		'data/cases-private/secret.txt': 'secret',
	};
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(join(folder, path, '..'), { recursive: true });
		writeFileSync(join(folder, path), content);
	}
	symlinkSync(join(folder, 'data/secret.txt'), join(folder, 'data/cases/link.txt'));
	site = await startSite(folders, { port: 0 });
});
afterAll(async () => {
	await site.stop();
	rmSync(folder, { recursive: true });
});

interface Answer {
	readonly status: number | undefined;
	readonly headers: Record<string, string | string[] | undefined>;
	readonly body: Buffer;
}

/** Asks for a path exactly as written: `fetch` would tidy it up first. */
function ask(
	path: string,
	{ method = 'GET', headers = {} }: { method?: string; headers?: object } = {},
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const sent = request({ host: '127.0.0.1', port: site.port, path, method, headers: { ...headers } }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () =>
				resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
			);
		});
		sent.on('error', reject).end();
	});
}

test('a page is served at its folder, never from the cache without asking', async () => {
	const { status, headers, body } = await ask('/');
	expect([status, String(body)]).toEqual([200, '<h1>start</h1>']);
	expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
});

test('a query does not change what is served', async () => {
	expect((await ask('/zh/practice/?case=ring-01')).status).toBe(200);
});

test('a folder without its slash leads to the one with it, and keeps the query', async () => {
	const { status, headers } = await ask('/zh/practice?case=ring-01&x=1?2');
	expect([status, headers.location]).toEqual([308, '/zh/practice/?case=ring-01&x=1?2']);
});

test('no address leads to another site', async () => {
	for (const path of ['//elsewhere.example/zh/practice', '/%2felsewhere.example', '/\\elsewhere.example'])
		expect((await ask(path)).headers.location, path).toBeUndefined();
	expect((await ask('//zh/practice')).headers.location).toBe('/zh/practice/');
});

test('files with a hash in their name are kept for good, the service worker is not', async () => {
	expect((await ask('/_astro/a.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
	expect((await ask('/sw.js')).headers['cache-control']).toBe('no-cache');
	expect((await ask('/cases/index.json')).headers['cache-control']).toBe('no-cache');
});

test('a copy that is still good is not sent again', async () => {
	const { headers } = await ask('/cases/index.json');
	const again = await ask('/cases/index.json', { headers: { 'if-none-match': headers.etag } });
	expect([again.status, again.body.length]).toEqual([304, 0]);
	expect((await ask('/cases/index.json', { headers: { 'if-none-match': 'W/"old"' } })).status).toBe(200);
});

test('a volume arrives as the gzip file it is', async () => {
	const { headers, body } = await ask('/cases/ring-01/FLAIR.nii.gz', { headers: { 'accept-encoding': 'gzip' } });
	expect(headers['content-type']).toBe('application/gzip');
	expect(headers['content-encoding']).toBeUndefined();
	expect(body.equals(VOLUME)).toBe(true);
	const fetched = await fetch(`${site.url}/cases/ring-01/FLAIR.nii.gz`);
	expect(Buffer.from(await fetched.arrayBuffer()).equals(VOLUME)).toBe(true);
});

test('a part of a file is sent where one is asked for', async () => {
	const part = async (range: string) => {
		const { status, headers, body } = await ask('/cases/index.json', { headers: { range } });
		return [status, headers['content-range'], String(body)];
	};
	expect(await part('bytes=2-6')).toEqual([206, 'bytes 2-6/12', 'cases']);
	expect(await part('bytes=10-')).toEqual([206, 'bytes 10-11/12', ']}']);
	expect(await part('bytes=-2')).toEqual([206, 'bytes 10-11/12', ']}']);
	expect(await part('bytes=5-999')).toEqual([206, 'bytes 5-11/12', 'es":[]}']);
	expect(await part('bytes=12-')).toEqual([416, 'bytes */12', '']);
	for (const whole of ['bytes=6-2', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-'])
		expect(await part(whole), whole).toEqual([200, undefined, '{"cases":[]}']);
});

test('HEAD tells the size and sends nothing', async () => {
	const { status, headers, body } = await ask('/cases/index.json', { method: 'HEAD' });
	expect([status, headers['content-length'], body.length]).toEqual([200, '12', 0]);
});

test('an empty file is served', async () => {
	expect((await ask('/empty.txt')).status).toBe(200);
});

test('anything but reading is refused', async () => {
	for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
		const { status, headers } = await ask('/', { method });
		expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD']);
	}
});

test('what is not there gets the site’s own page for that', async () => {
	const { status, headers, body } = await ask('/zh/nothing/');
	expect([status, String(body)]).toEqual([404, '<h1>nothing here</h1>']);
	expect(headers['content-type']).toBe('text/html; charset=utf-8');
});

test('a case that is not there is plainly missing, and folders are not listed', async () => {
	for (const path of ['/cases/none/case.json', '/cases/', '/cases', '/cases/ring-01', '/cases/ring-01/'])
		expect([path, (await ask(path)).status]).toEqual([path, 404]);
});

test('no address leaves the two folders', async () => {
	const paths = [
		'/../data/secret.txt',
		'/cases/../secret.txt',
		'/cases/%2e%2e/secret.txt',
		'/cases/..%2fsecret.txt',
		'/cases/..%5csecret.txt',
		'/cases/%252e%252e/secret.txt',
		'/cases/../cases-private/secret.txt',
		'/cases-private/secret.txt',
		'/cases/link.txt',
		'/cases/ring-01/%00',
		'/%c0%ae%c0%ae/data/secret.txt',
		'/.hidden',
		'/%',
		'/secret.txt',
	];
	for (const path of paths) {
		const { status, body } = await ask(path);
		expect([path, status === 400 || status === 404, String(body).includes('secret')]).toEqual([path, true, false]);
	}
});

test('a page runs its own scripts and no others', async () => {
	const policy = String((await ask('/zh/practice/')).headers['content-security-policy']);
	const hash = createHash('sha256').update(INLINE).digest('base64');
	expect(policy).toContain(`script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}';`);
	expect(policy.split('script-src')[1]?.split(';')[0]).not.toMatch(/unsafe-inline|'unsafe-eval'/);
	expect(policy).toContain("default-src 'self'");
	expect((await ask('/')).headers['content-security-policy']).not.toContain('sha256-');
});

test('every answer carries the protections, also a refusal', async () => {
	for (const [path, method] of [
		['/', 'GET'],
		['/cases/none', 'GET'],
		['/%', 'GET'],
		['/', 'POST'],
	] as const) {
		const { headers } = await ask(path, { method });
		expect(headers).toMatchObject({
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'no-referrer',
			'cross-origin-resource-policy': 'same-origin',
			'content-security-policy': expect.stringContaining("default-src 'self'"),
		});
	}
});

test('a name that somebody else had point here is not served', async () => {
	expect((await ask('/', { headers: { host: 'attacker.example' } })).status).toBe(421);
	expect((await ask('/', { headers: { host: 'localhost.attacker.example:4321' } })).status).toBe(421);
	expect((await ask('/', { headers: { host: `localhost:${site.port}` } })).status).toBe(200);
});

test('a stopped site refuses connections, and the same port can be taken again', async () => {
	const other = await startSite(folders, { port: 0 });
	const idle = connect(other.port, '127.0.0.1');
	await new Promise((resolve) => idle.once('connect', resolve));
	await other.stop();
	await expect(fetch(other.url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
	const again = await startSite(folders, { port: other.port });
	expect((await fetch(again.url)).status).toBe(200);
	await again.stop();
});

test('a port that was asked for and is taken is an error, otherwise the next free one is used', async () => {
	const blocker = createServer();
	await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
	const { port } = blocker.address() as { port: number };
	await expect(startSite(folders, { port })).rejects.toThrow(PortTakenError);
	const next = await startSite(folders, { firstPort: port });
	expect(next.port).toBeGreaterThan(port);
	await next.stop();
	await new Promise((resolve) => blocker.close(resolve));
});
