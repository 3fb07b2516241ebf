import type { Dims } from '../../grid/grid.ts';
import { distanceTo } from '../../mask/distance.ts';

/** A field over a lattice of 1 mm, x fastest. */
export type Field = Float32Array;

/** Distances are counted in voxels. */
export const UNIT: Dims = [1, 1, 1];

/** Blurs with a Gaussian of this standard deviation in voxels; edges are repeated. */
export function blurred(field: Field, dims: Dims, sigma: number): Field {
	const radius = Math.ceil(3 * sigma);
	const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, n) =>
		Math.exp(-((n - radius) ** 2) / (2 * sigma * sigma)),
	);
	const sum = kernel.reduce((total, weight) => total + weight, 0);
	return alongAxes(field, dims, (from, to) => {
		for (let n = 0; n < from.length; n++) {
			let value = 0;
			for (let k = -radius; k <= radius; k++)
				value += kernel[k + radius]! * from[Math.min(from.length - 1, Math.max(0, n + k))]!;
			to[n] = value / sum;
		}
	});
}

/** Mask of the voxels for which the test holds. */
export function maskWhere(length: number, test: (n: number) => boolean): Uint8Array {
	const mask = new Uint8Array(length);
	for (let n = 0; n < length; n++) if (test(n)) mask[n] = 1;
	return mask;
}

/** Closes gaps of up to twice this many voxels. */
export function closed(mask: Uint8Array, dims: Dims, voxels: number): Uint8Array {
	const away = distanceTo(1, mask, dims, UNIT);
	const outside = maskWhere(mask.length, (n) => away[n]! > voxels);
	const depth = distanceTo(1, outside, dims, UNIT);
	return maskWhere(mask.length, (n) => depth[n]! > voxels);
}

/** Takes off what is thinner than twice this many voxels. */
export function opened(mask: Uint8Array, dims: Dims, voxels: number): Uint8Array {
	return inverse(closed(inverse(mask), dims, voxels));
}

/** Fills what cannot be reached from the first voxel. */
export function filled(mask: Uint8Array, dims: Dims): Uint8Array {
	return inverse(reached(inverse(mask), dims, 0));
}

/** The parts (by faces) with at least so many voxels. */
export function largeParts(mask: Uint8Array, dims: Dims, voxels: number): Uint8Array {
	const rest = mask.slice();
	const kept = new Uint8Array(mask.length);
	for (let n = 0; n < rest.length; n++) {
		if (rest[n] === 0) continue;
		const part = reached(rest, dims, n);
		const large = part.reduce((sum, value) => sum + value, 0) >= voxels;
		for (let m = n; m < part.length; m++) {
			if (part[m] === 0) continue;
			rest[m] = 0;
			if (large) kept[m] = 1;
		}
	}
	return kept;
}

/** What is connected with a voxel by faces. */
function reached(mask: Uint8Array, [nx, ny, nz]: Dims, from: number): Uint8Array {
	const found = new Uint8Array(mask.length);
	const queue = [from];
	found[from] = mask[from]!;
	for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
		const [x, y, z] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))];
		const steps: readonly (readonly [boolean, number])[] = [
			[x > 0, -1],
			[x < nx - 1, 1],
			[y > 0, -nx],
			[y < ny - 1, nx],
			[z > 0, -nx * ny],
			[z < nz - 1, nx * ny],
		];
		for (const [there, step] of steps) {
			if (!there || mask[at + step] === 0 || found[at + step] !== 0) continue;
			found[at + step] = 1;
			queue.push(at + step);
		}
	}
	return found;
}

function inverse(mask: Uint8Array): Uint8Array {
	return mask.map((value) => (value === 0 ? 1 : 0));
}

/** Runs a filter of one dimension along every line of each axis in turn. */
function alongAxes(field: Field, dims: Dims, filter: (from: Float64Array, to: Float64Array) => void): Field {
	const out = field.slice();
	const strides = [1, dims[0], dims[0] * dims[1]];
	for (const [axis, stride] of strides.entries()) {
		const length = dims[axis]!;
		const [from, to] = [new Float64Array(length), new Float64Array(length)];
		const [other, last] = [0, 1, 2].filter((each) => each !== axis) as [number, number];
		for (let b = 0; b < dims[last]!; b++)
			for (let a = 0; a < dims[other]!; a++) {
				const start = a * strides[other]! + b * strides[last]!;
				for (let n = 0; n < length; n++) from[n] = out[start + n * stride]!;
				filter(from, to);
				for (let n = 0; n < length; n++) out[start + n * stride] = to[n]!;
			}
	}
	return out;
}
