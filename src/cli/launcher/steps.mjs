// @ts-check

/**
 * @typedef {{ name: string, ok: boolean, seconds: number, note: string }} StepResult
 */

/**
 * Prints what is being done, that it is still being done, and how long it took.
 * @param {number} total
 * @param {(line: string) => void} [print]
 */
export function createSteps(total, print = (line) => console.log(line)) {
	let count = 0;
	/** @type {StepResult[]} */
	const results = [];
	return {
		results,
		/**
		 * @param {string} name
		 * @param {() => Promise<string | { ok: boolean, note: string }>} work returns what is worth saying about the outcome
		 */
		async run(name, work) {
			const label = `${++count}/${total} ${name}`;
			print(`${label}…`);
			const began = Date.now();
			const heartbeat = setInterval(() => print(`    ${name}: ${seconds(began)} s so far`), 20_000);
			try {
				const outcome = await work();
				const { ok, note } = typeof outcome === 'string' ? { ok: true, note: outcome } : outcome;
				results.push({ name, ok, note, seconds: Number(seconds(began)) });
				print(`${label}: ${note} (${seconds(began)} s)`);
				return ok;
			} finally {
				clearInterval(heartbeat);
			}
		},
	};
}

/** @param {number} began */
function seconds(began) {
	return ((Date.now() - began) / 1000).toFixed(1);
}
