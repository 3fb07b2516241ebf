import type { Kernels } from './kernels.ts';
import { simdKernels } from './simd/simdKernels.ts';
import { typescriptKernels } from './typescriptKernels.ts';

/** The kernels to score with: on vectors where the engine has them. Both give the same bits. */
export const fastestKernels: Kernels = simdKernels(typescriptKernels) ?? typescriptKernels;
