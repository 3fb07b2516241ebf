// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { StepError } from './args.mjs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let watching = false;
/** @type {number | undefined} exit code once a signal has come */
let endingWith;

/**
 * Starts a program in a process group of its own, so that it and whatever it starts can be ended together.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function startChild(command, args, options) {
	endChildrenWithUs();
	const child = spawn(command, args, { detached: process.platform !== 'win32', ...options });
	running.add(child);
	const forget = () => {
		running.delete(child);
		if (endingWith === undefined) return;
		// Its group may hold some that are deaf to SIGTERM.
		endChild(child, 'SIGKILL');
		if (running.size === 0) process.exit(endingWith);
	};
	child.once('exit', forget);
	child.once('error', forget);
	return child;
}

/**
 * Runs a program to its end. Its output is kept and shown only when it fails, or passed through with `show`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, show?: boolean, shell?: boolean, timeoutMs?: number, onLine?: (line: string) => void }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runChild(command, args, { cwd, env = process.env, show = false, shell = false, timeoutMs, onLine }) {
	return new Promise((resolve) => {
		const child = startChild(command, args, {
			cwd,
			env,
			shell,
			stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
		});
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream?.setEncoding('utf8');
			let unfinished = '';
			stream?.on('data', (/** @type {string} */ chunk) => {
				output += chunk;
				const lines = (unfinished + chunk).split('\n');
				unfinished = lines.pop() ?? '';
				if (onLine) for (const line of lines) if (line.trim()) onLine(line.trimEnd());
			});
		}
		const timer = timeoutMs ? setTimeout(() => endChild(child, 'SIGKILL'), timeoutMs) : undefined;
		/** @param {number} code */
		const done = (code) => {
			clearTimeout(timer);
			resolve({ code, output });
		};
		child.once('error', (error) => {
			output += error.message;
			done(127);
		});
		child.once('close', (code) => done(code ?? 1));
	});
}

/**
 * As `runChild`, for steps that must succeed.
 * @param {string} failure what to say when it does not
 * @param {Parameters<typeof runChild>} call
 */
export async function mustRun(failure, ...call) {
	const { code, output } = await runChild(...call);
	if (code !== 0) throw new StepError([headAndTail(output.trim()), failure].filter(Boolean).join('\n'));
	return output;
}

/**
 * @param {string} text
 * @param {number} count
 */
export function lastLines(text, count) {
	return text.trimEnd().split('\n').slice(-count).join('\n');
}

/**
 * Some programs say at first what is wrong, others at last.
 * @param {string} text
 */
function headAndTail(text) {
	const lines = text.split('\n');
	return lines.length <= 60 ? text : [...lines.slice(0, 25), '    […]', ...lines.slice(-35)].join('\n');
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function endChild(child, signal) {
	if (child.pid === undefined) return;
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
		return;
	}
	try {
		process.kill(-child.pid, signal);
	} catch (error) {
		// The group may be gone between its last sign of life and now.
		if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
	}
}

function endChildrenWithUs() {
	if (watching) return;
	watching = true;
	for (const [signal, code] of /** @type {const} */ ([
		['SIGINT', 130],
		['SIGTERM', 143],
		['SIGHUP', 129],
	]))
		process.on(signal, () => {
			if (running.size === 0 || endingWith !== undefined) process.exit(code);
			endingWith = code;
			for (const child of running) endChild(child, 'SIGTERM');
			// A child that is deaf to SIGTERM is ended by the exit handler below.
			setTimeout(() => process.exit(code), 3000);
		});
	process.on('exit', () => {
		for (const child of running) endChild(child, 'SIGKILL');
	});
}
