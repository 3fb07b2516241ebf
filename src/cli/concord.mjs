#!/usr/bin/env node
// @ts-check
/** The command line of Concord. Starts on any Node and hands over to one that the commands run on. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chooseNode, thisMachine } from './launcher/node.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const node = chooseNode(root, thisMachine());
if ('error' in node) {
	console.error(node.error);
	process.exit(1);
}
const commands = join(root, 'src', 'cli', 'concord', 'main.ts');
const { status, signal } = spawnSync(node.path, [commands, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
