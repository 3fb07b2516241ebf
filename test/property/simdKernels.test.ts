import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dims } from '../../src/grid/grid.ts';
import type { Kernels, LabelPair } from '../../src/scoring/kernels/kernels.ts';
import { simdKernels } from '../../src/scoring/kernels/simd/simdKernels.ts';
import { typescriptKernels } from '../../src/scoring/kernels/typescriptKernels.ts';

const refuse = (): never => {
	throw new Error('the fallback was used');
};
const simd = simdKernels({ tally: refuse, surfaceDistances: refuse }) as Kernels;

/** Blocks of labels on an empty grid: solid, touching and apart, labels beyond 15 among them. */
const maps = (dims: Dims) =>
	fc
		.array(
			fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 1, 2, 3, 15, 16, 200)),
			{
				maxLength: 6,
			},
		)
		.map((blocks) => {
			const labels = new Uint8Array(dims[0] * dims[1] * dims[2]);
			for (const [x, y, z, size, label] of blocks)
				for (let k = z % dims[2]; k < Math.min(dims[2], (z % dims[2]) + size); k++)
					for (let j = y % dims[1]; j < Math.min(dims[1], (y % dims[1]) + size); j++)
						for (let i = x % dims[0]; i < Math.min(dims[0], (x % dims[0]) + size); i++)
							labels[i + dims[0] * (j + dims[1] * k)] = label;
			return labels;
		});

const length = fc.integer({ min: 1, max: 23 });
const spacing = fc.constantFrom(0.4, 0.9375, 1, 1.2, 3, 6);
const pairs: fc.Arbitrary<LabelPair> = fc
	.tuple(length, length, length)
	.chain((dims) => fc.tuple(fc.constant(dims), maps(dims), maps(dims), fc.tuple(spacing, spacing, spacing)))
	.map(([dims, reference, prediction, spacingMm]) => {
		const membership = new Uint8Array(256);
		for (const [label, bits] of [
			[1, 1],
			[2, 3],
			[3, 2],
			[15, 4],
			[16, 5],
			[200, 2],
		] as const)
			membership[label] = bits;
		return { reference, prediction, dims, spacingMm, membership };
	});

describe('the kernels on vectors', () => {
	it('count as the TypeScript kernels do (rule 2)', () => {
		fc.assert(
			fc.property(pairs, (pair) => {
				expect(simd.tally(pair)).toEqual(typescriptKernels.tally(pair));
			}),
			{ numRuns: 300 },
		);
	});

	it('give the bits of the TypeScript kernels, in volumes and in slices, for both kinds of surface (rules 11–12)', () => {
		const query = fc.record({
			region: fc.constantFrom(0, 1, 2),
			surface: fc.constantFrom('surfel' as const, 'voxel' as const),
			sliceAxis: fc.constantFrom(undefined, 0 as const, 1 as const, 2 as const),
		});
		let compared = 0;
		fc.assert(
			fc.property(pairs, query, (pair, { region, surface, sliceAxis }) => {
				const { box } = typescriptKernels.tally(pair)[region] ?? {
					box: { min: [0, 0, 0], max: [-1, -1, -1] } as const,
				};
				const asked = { region, box, surface, ...(sliceAxis !== undefined && { sliceAxis }) };
				const found = simd.surfaceDistances(pair, asked);
				expect(found).toEqual(typescriptKernels.surfaceDistances(pair, asked));
				compared += found.fromReference.distancesMm.length;
			}),
			{ numRuns: 500 },
		);
		expect(compared).toBeGreaterThan(500);
	});

	it('count maps larger than one stretch of memory, whose rows cross its end', () => {
		const dims: Dims = [131, 97, 101];
		const make = (seed: number) => {
			const labels = new Uint8Array(131 * 97 * 101);
			for (let n = seed; n < labels.length; n += 7919) labels.fill(1 + (n % 3), n, n + 40);
			return labels;
		};
		const membership = Uint8Array.from({ length: 256 }, (_, label) => (label === 0 ? 0 : label & 3));
		const pair = { reference: make(5), prediction: make(900), dims, spacingMm: [1, 1, 1] as const, membership };
		expect(simd.tally(pair)).toEqual(typescriptKernels.tally(pair));
	});

	it('leave to the TypeScript kernels what finds no room, and are absent where nothing compiles', () => {
		const original = WebAssembly.Instance;
		const pair = {
			reference: new Uint8Array(8).fill(1),
			prediction: new Uint8Array(8).fill(1),
			dims: [2, 2, 2] as const,
			spacingMm: [1, 1, 1] as const,
			membership: new Uint8Array(256).fill(1, 1),
		};
		try {
			const full = { buffer: new ArrayBuffer(65536), grow: () => refuse() };
			WebAssembly.Instance = class {
				exports = { memory: full };
			} as never;
			expect(simdKernels(typescriptKernels)?.tally(pair)).toEqual(typescriptKernels.tally(pair));
		} finally {
			WebAssembly.Instance = original;
		}
		const compile = WebAssembly.Module;
		try {
			WebAssembly.Module = class {
				constructor() {
					throw new Error('not allowed');
				}
			} as never;
			expect(simdKernels(typescriptKernels)).toBeNull();
		} finally {
			WebAssembly.Module = compile;
		}
	});
});
