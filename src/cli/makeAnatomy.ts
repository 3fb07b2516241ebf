/**
 * `node src/cli/makeAnatomy.ts ch2.nii.gz ch2bet.nii.gz`: makes `content/anatomy/head.bin.gz` of the head Colin27, as the
 * Debian package mricron-data 1.2.20211006+dfsg-4 has it. Run once; its product is kept.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gzip } from '../formats/deflate.ts';
import { readNifti } from '../formats/nifti.ts';
import { ANATOMY_TISSUES, type PackedAnatomy, packAnatomy } from '../phantom/anatomy.ts';
import { tissuesOf } from './anatomy/tissues.ts';
import { parseArgs, runCommand, StepError } from './launcher/args.mjs';

const HELP = `node src/cli/makeAnatomy.ts HEAD BRAIN
Makes content/anatomy/head.bin.gz of ch2.nii.gz and ch2bet.nii.gz (Debian package mricron-data).`;

await runCommand(HELP, async () => {
	const { options, rest } = parseArgs(process.argv.slice(2), { help: 'flag' }, { positionals: 2 });
	if (options.help) {
		console.log(HELP);
		return 0;
	}
	const [head, brain] = await Promise.all(rest.map(readImage));
	if (!head || !brain) throw new StepError('two images are needed: the head, and the same without what is not brain');
	const { dims, affine } = head.grid;
	const originMm = [affine[3]!, affine[7]!, affine[11]!] as const;
	const shares = tissuesOf({ dims, originMm, head: head.data, brain: brain.data });
	const anatomy: PackedAnatomy = {
		dims,
		originMm,
		fifteenths: ANATOMY_TISSUES.map((name) => Uint8Array.from(shares[name], (share) => Math.round(share * 15))),
	};
	const folder = resolve(import.meta.dirname, '../../content/anatomy');
	await mkdir(folder, { recursive: true });
	const packed = gzip(packAnatomy(anatomy), 9);
	await writeFile(resolve(folder, 'head.bin.gz'), packed);
	console.log(`${(packed.length / 1e6).toFixed(2)} MB`);
	return 0;
});

async function readImage(path: string) {
	const read = readNifti(await readFile(path), path);
	if (!read.ok) throw new StepError(JSON.stringify(read.issues));
	return read.value;
}
