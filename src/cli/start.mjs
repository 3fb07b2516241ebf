// @ts-check
// `npm start`. Plain JavaScript: it runs on Node 20, before anything is installed.
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, parsePort, runCommand, StepError } from './launcher/args.mjs';
import { ensureBuilt } from './launcher/build.mjs';
import { startCases } from './launcher/cases.mjs';
import { startChild } from './launcher/children.mjs';
import { ensureInstalled } from './launcher/install.mjs';
import { chooseNode, thisMachine } from './launcher/node.mjs';
import { createSteps } from './launcher/steps.mjs';

const HELP = `npm start [-- options]
Installs, builds and serves Concord on this machine.

  --port N     serve on this port (else 4321 or the next free one)
  --data DIR   folder for cases that are made or imported (else .data)
  --help       this text`;

const root = fileURLToPath(new URL('../..', import.meta.url));

await runCommand(HELP, async () => {
	const { options } = parseArgs(process.argv.slice(2), { port: 'value', data: 'value', help: 'flag' });
	if (options.help) {
		console.log(HELP);
		return 0;
	}
	const port = options.port === undefined ? undefined : parsePort(String(options.port));
	const data = resolve(String(options.data ?? resolve(root, '.data')));
	// Said now rather than after minutes of installing.
	const obstacle = port === undefined ? undefined : await whyNot(port);
	if (obstacle) throw new StepError(`Port ${port} ${obstacle}. Choose another one, or leave --port out.`);

	const steps = createSteps(4);
	await steps.run('Installing', () => ensureInstalled(root));
	const node = chooseNode(root, thisMachine());
	if ('error' in node) throw new StepError(node.error);
	const cases = startCases(root, node.path, data);
	// Until it serves, a failure ends the start below; after that the cases that are there can still be used.
	let serving = false;
	cases.all.catch((error) => serving && console.error(error.message));
	await Promise.all([
		steps.run('Building', () => ensureBuilt(root, node.path)),
		steps.run('Preparing cases', () => cases.first),
	]);
	serving = true;
	console.log('4/4 Serving…');
	const args = ['src/cli/serve.ts', '--data', data, ...(port === undefined ? [] : ['--port', String(port)])];
	const server = startChild(node.path, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	return new Promise((done, fail) => {
		server.once('error', fail);
		server.once('exit', (code) => done(code ?? 1));
	});
});

/**
 * What keeps a port from being used, if anything.
 * @param {number} port
 * @returns {Promise<string | undefined>}
 */
function whyNot(port) {
	return new Promise((answer) => {
		const probe = createServer();
		probe.once('error', (/** @type {NodeJS.ErrnoException} */ { code, message }) => {
			if (code === 'EADDRINUSE') answer('is in use');
			else answer(code === 'EACCES' ? 'is reserved for the administrator' : `cannot be used (${message})`);
		});
		probe.listen(port, '127.0.0.1', () => probe.close(() => answer(undefined)));
	});
}
