import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { mustRun, runChild } from '../../../src/cli/launcher/children.mjs';

const cwd = process.cwd();
const children = fileURLToPath(new URL('../../../src/cli/launcher/children.mjs', import.meta.url));
const run = (code: string, options = {}) => runChild(process.execPath, ['-e', code], { cwd, ...options });

test('the exit code and everything said are kept', async () => {
	expect(await run('console.log("a"); console.error("b"); process.exit(3)')).toEqual({ code: 3, output: 'a\nb\n' });
});

test('lines are passed on whole, however they arrive', async () => {
	const lines: string[] = [];
	const code = 'process.stdout.write("one li"); setTimeout(() => process.stdout.write("ne\\ntwo\\n"), 50)';
	await run(code, { onLine: (line: string) => lines.push(line) });
	expect(lines).toEqual(['one line', 'two']);
});

test('a program that is not there is a failure like any other', async () => {
	expect(await runChild('/no/such/program', [], { cwd })).toMatchObject({ code: 127 });
});

test('a program that takes too long is ended', async () => {
	expect((await run('setInterval(() => {}, 1000)', { timeoutMs: 200 })).code).toBe(1);
});

test('a failure shows the end of what was said, then what it means', async () => {
	const failing = mustRun('It did not work.', process.execPath, ['-e', 'console.error("why"); process.exit(1)'], {
		cwd,
	});
	await expect(failing).rejects.toThrow('why\nIt did not work.');
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the children and theirs', async (signal) => {
	// A child that starts another one, which is deaf to signals and outlives its parent unless the group is ended.
	const grandchild = `process.on("SIGTERM", () => {});
		const server = require("node:net").createServer().listen(0, "127.0.0.1", () => console.log(server.address().port));`;
	const child = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(grandchild)}], { stdio: "inherit" });
		setInterval(() => {}, 1000);`;
	const launcher = `import { runChild } from ${JSON.stringify(children)};
		await runChild(process.execPath, ["-e", ${JSON.stringify(child)}], { cwd: ".", onLine: (port) => console.log(port) });`;
	const args = ['--input-type=module', '-e', launcher];
	const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	const [said] = (await once(parent.stdout, 'data')) as [Buffer];
	expect(await answers(Number(said))).toBe(true);
	parent.kill(signal);
	const [code] = await once(parent, 'exit');
	expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
	await expect.poll(() => answers(Number(said))).toBe(false);
});

function answers(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}
