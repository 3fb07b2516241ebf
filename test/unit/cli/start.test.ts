import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runChild } from '../../../src/cli/launcher/children.mjs';

const cwd = fileURLToPath(new URL('../../..', import.meta.url));
const start = (...args: string[]) => runChild(process.execPath, ['src/cli/start.mjs', ...args], { cwd });

test('a command line that cannot be followed ends with 2 and says why, before anything is done', async () => {
	for (const [args, why] of [
		[['--port', 'many'], '--port is many, expected a whole number from 1 to 65535'],
		[['--prot', '4000'], '--prot is not an option'],
		[['--data'], '--data needs a value'],
	] as const) {
		const { code, output } = await start(...args);
		expect([code, output]).toEqual([2, expect.stringContaining(why)]);
		expect(output).not.toContain('Installing');
	}
});

test('--help says what there is', async () => {
	expect(await start('--help')).toEqual({ code: 0, output: expect.stringMatching(/--port N[\s\S]*--data DIR/) });
});

test('a port that is in use is said to be, before anything is done', async () => {
	const blocker = createServer();
	await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
	const { port } = blocker.address() as { port: number };
	const { code, output } = await start('--port', String(port));
	await new Promise((resolve) => blocker.close(resolve));
	expect([code, output]).toEqual([1, `Port ${port} is in use. Choose another one, or leave --port out.\n`]);
});
