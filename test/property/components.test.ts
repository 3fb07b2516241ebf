import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Dims } from '../../src/grid/grid.ts';
import { type Connectivity, components } from '../../src/scoring/kernels/components.ts';

/** Numbers of the parts by spreading from voxel to voxel; two voxels touch where they differ along `most` axes at most. */
function spread(mask: Uint8Array, [nx, ny, nz]: Dims, most: number): Map<number, number> {
	const part = new Map<number, number>();
	let parts = 0;
	for (let first = 0; first < mask.length; first++) {
		if (mask[first] === 0 || part.has(first)) continue;
		parts++;
		const open = [first];
		part.set(first, parts);
		for (const at of open) {
			const [x, y, z] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))];
			for (let n = 0; n < 27; n++) {
				const [dx, dy, dz] = [(n % 3) - 1, (Math.floor(n / 3) % 3) - 1, Math.floor(n / 9) - 1] as const;
				if (Math.abs(dx) + Math.abs(dy) + Math.abs(dz) > most) continue;
				const [u, v, w] = [x + dx, y + dy, z + dz];
				if (u < 0 || v < 0 || w < 0 || u >= nx || v >= ny || w >= nz) continue;
				const next = u + nx * (v + ny * w);
				if (mask[next] === 0 || part.has(next)) continue;
				part.set(next, parts);
				open.push(next);
			}
		}
	}
	return part;
}

const length = fc.integer({ min: 1, max: 7 });

it.each([
	[6, 1],
	[18, 2],
	[26, 3],
] as const)('parts by %i neighbours are those of spreading from voxel to voxel', (connectivity: Connectivity, most) => {
	let several = 0;
	fc.assert(
		fc.property(
			fc.tuple(length, length, length).chain((dims) => {
				const count = dims[0] * dims[1] * dims[2];
				return fc.tuple(fc.constant(dims), fc.uint8Array({ minLength: count, maxLength: count, max: 2 }));
			}),
			([dims, values]) => {
				const mask = values.map((value) => (value === 2 ? 0 : value));
				const box = { min: [0, 0, 0], max: [dims[0] - 1, dims[1] - 1, dims[2] - 1] } as const;
				const found = components(mask, dims, box, connectivity);
				const expected = spread(mask, dims, most);
				// One voxel of room on every side.
				const [wide, high] = [dims[0] + 2, dims[1] + 2];
				const numbers = new Map<number, number>();
				for (let n = 0; n < mask.length; n++) {
					const [x, y, z] = [n % dims[0], Math.floor(n / dims[0]) % dims[1], Math.floor(n / (dims[0] * dims[1]))];
					const label = found.labels[x + 1 + wide * (y + 1 + high * (z + 1))]!;
					if (label !== 0) numbers.set(n, label);
				}
				expect(numbers).toEqual(expected);
				expect(found.voxels.length).toBe(Math.max(0, ...expected.values()));
				several += found.voxels.length > 1 ? 1 : 0;
			},
		),
		{ numRuns: 200 },
	);
	expect(several).toBeGreaterThan(20);
});
