/** `npm run kernels`: compiles scoring's vector kernels. Their product is kept, so that nobody needs the compiler to score. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { compiledKernels, KERNELS_PRODUCT } from './check/kernels.ts';

const root = resolve(import.meta.dirname, '../..');
await writeFile(resolve(root, KERNELS_PRODUCT), await compiledKernels(root));
