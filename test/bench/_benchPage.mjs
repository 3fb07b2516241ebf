// @ts-check
// A page of the benchmark's own: Niivue as it comes, and the viewer's own modules with their types taken off.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../..');

const HTML = `<!doctype html><meta charset="utf-8"><title>bench</title>
<style>body{margin:0;background:#000;display:grid;grid-template-columns:1fr 1fr;grid-template-rows:450px 450px}
figure{margin:0;position:relative;min-width:0;min-height:0;overflow:hidden}
canvas{position:absolute;inset:0;width:100%;height:100%}</style>
<script type="importmap">{"imports":{"@niivue/niivue":"/niivue.js"}}</script>
<figure></figure><figure></figure><figure></figure><figure></figure>`;

/** @param {string} path */
function answer(path) {
	if (path === '/') return { type: 'text/html', body: HTML };
	if (path === '/niivue.js')
		return {
			type: 'text/javascript',
			body: readFileSync(join(root, 'node_modules/@niivue/niivue/dist/index.js'), 'utf8'),
		};
	if (!/^\/(src|test\/bench)\/[\w/]+\.(ts|mjs)$/.test(path)) return undefined;
	const source = readFileSync(join(root, path), 'utf8');
	const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
	const body = path.endsWith('.ts') ? ts.transpileModule(source, { compilerOptions: options }).outputText : source;
	return { type: 'text/javascript', body };
}

/** Serves the page on a free port of this machine. */
export async function startBenchPage() {
	const server = createServer((request, response) => {
		const found = answer(new URL(request.url ?? '/', 'http://localhost').pathname);
		response.writeHead(found ? 200 : 404, { 'content-type': `${found?.type ?? 'text/plain'}; charset=utf-8` });
		response.end(found?.body ?? '');
	});
	await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	return {
		url: `http://127.0.0.1:${port}/`,
		stop: () =>
			new Promise((done) => {
				server.closeAllConnections();
				server.close(() => done(undefined));
			}),
	};
}
