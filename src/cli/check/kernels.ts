import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import wabt from 'wabt';
import type { Check } from './check.ts';

const SOURCE = 'src/scoring/kernels/simd/kernels.wat';
export const KERNELS_PRODUCT = 'src/scoring/kernels/simd/kernelsWasm.ts';

/** The module that the source gives, as TypeScript. Throws where the source is no WebAssembly text. */
export async function compiledKernels(root: string): Promise<string> {
	const features = { simd: true, bulk_memory: true };
	const { parseWat } = await wabt();
	const module = parseWat(SOURCE, await readFile(resolve(root, SOURCE), 'utf8'), features);
	module.validate();
	const { buffer } = module.toBinary({});
	module.destroy();
	const hex = Buffer.from(buffer).toString('hex');
	return `/** \`kernels.wat\`, compiled by \`npm run kernels\`; hexadecimal. */\nexport const KERNELS_WASM =\n\t'${hex}';\n`;
}

/** The compiled kernels are those of their source. */
export const kernels: Check = {
	name: 'kernels',
	about: 'the compiled kernels are those of their source',
	problems: async (root) => {
		const expected = await compiledKernels(root).catch((error: Error) => error.message);
		const found = await readFile(resolve(root, KERNELS_PRODUCT), 'utf8').catch(() => '');
		return found === expected ? [] : [`${KERNELS_PRODUCT} is not what ${SOURCE} gives: run npm run kernels`];
	},
};
