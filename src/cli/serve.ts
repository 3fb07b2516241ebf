/** Serves dist/ and the cases until it is told to stop. Started by the launcher once both are there. */
import { resolve } from 'node:path';
import { PortTakenError, startSite } from '../server/startSite.ts';
import { parseArgs, parsePort, runCommand, StepError } from './launcher/args.mjs';

const HELP = `node src/cli/serve.ts [--port N] [--data DIR]`;

await runCommand(HELP, async () => {
	const { options } = parseArgs(process.argv.slice(2), { port: 'value', data: 'value' });
	const root = resolve(import.meta.dirname, '../..');
	const folders = { dist: resolve(root, 'dist'), data: resolve(String(options.data ?? resolve(root, '.data'))) };
	const port = options.port === undefined ? {} : { port: parsePort(String(options.port)) };
	const site = await startSite(folders, port).catch((error: unknown) => {
		throw error instanceof PortTakenError ? new StepError(`${error.message}.`) : error;
	});
	console.log(`\n  Concord is ready:  ${site.url}/\n  Stop it with Ctrl-C.\n`);

	const stop = () => void site.stop().then(() => process.exit(0));
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	// The launcher holds the other end: if it is gone, however it went, nobody is left to end this process.
	process.once('disconnect', stop);
	return undefined;
});
