/**
 * `node src/cli/hashConsensus.ts FILE`: writes the hashes of the runs of the consensus' text, by which the check `teaching`
 * sees that nothing of it was copied. The text itself is nobody's to pass on, and is not in the project.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RUNS_FILE, runHashes } from './check/sharedRuns.ts';
import { runCommand, UsageError } from './launcher/args.mjs';

const HELP = `node src/cli/hashConsensus.ts FILE
  FILE  the text of the consensus, UTF-8`;

await runCommand(HELP, async () => {
	const file = process.argv[2];
	if (file === undefined) throw new UsageError('got no file, expected the text of the consensus');
	const hashes = runHashes(await readFile(file, 'utf8'));
	const head = '# Hashes of all runs of 13 Chinese characters in the consensus, made by src/cli/hashConsensus.ts';
	await writeFile(resolve(import.meta.dirname, '../..', RUNS_FILE), `${[head, ...hashes].join('\n')}\n`);
	console.log(`${hashes.length} runs`);
	return 0;
});
