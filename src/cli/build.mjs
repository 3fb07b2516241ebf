// @ts-check
// `npm run build`: builds dist/ now, whatever the last build was made from.
import { fileURLToPath } from 'node:url';
import { runCommand, StepError } from './launcher/args.mjs';
import { ensureBuilt } from './launcher/build.mjs';
import { chooseNode, thisMachine } from './launcher/node.mjs';

await runCommand('npm run build', async () => {
	const root = fileURLToPath(new URL('../..', import.meta.url));
	const node = chooseNode(root, thisMachine());
	if ('error' in node) throw new StepError(node.error);
	console.log(await ensureBuilt(root, node.path, { force: true }));
	return 0;
});
