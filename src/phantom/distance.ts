import type { Dims } from '../grid/grid.ts';

const FAR = 1e9;

/**
 * Distance in voxels from every voxel of a lattice (x fastest) to the nearest one inside, 0 inside.
 * Source: Felzenszwalb & Huttenlocher 2012, DOI 10.4086/toc.2012.v008a019.
 */
export function distanceTo(inside: Uint8Array, dims: Dims): Float32Array {
	const field = Float32Array.from(inside, (value) => (value === 0 ? FAR : 0));
	const strides = [1, dims[0], dims[0] * dims[1]];
	for (const [axis, stride] of strides.entries()) {
		const length = dims[axis]!;
		const [other, last] = [0, 1, 2].filter((each) => each !== axis) as [number, number];
		const line = new Float64Array(length);
		const apexes = new Int32Array(length);
		const borders = new Float64Array(length + 1);
		for (let b = 0; b < dims[last]!; b++)
			for (let a = 0; a < dims[other]!; a++) {
				const start = a * strides[other]! + b * strides[last]!;
				for (let n = 0; n < length; n++) line[n] = field[start + n * stride]!;
				alongLine(line, apexes, borders);
				for (let n = 0, k = 0; n < length; n++) {
					while (borders[k + 1]! < n) k++;
					const apex = apexes[k]!;
					field[start + n * stride] = line[apex]! + (n - apex) * (n - apex);
				}
			}
	}
	return field.map(Math.sqrt);
}

/** The parabolas over a line that are lowest somewhere: where each stands, and from where on it is the lowest. */
function alongLine(line: Float64Array, apexes: Int32Array, borders: Float64Array): void {
	let last = 0;
	apexes[0] = 0;
	borders[0] = Number.NEGATIVE_INFINITY;
	for (let n = 1; n < line.length; n++) {
		let at = meeting(line, apexes[last]!, n);
		while (at <= borders[last]!) {
			last--;
			at = meeting(line, apexes[last]!, n);
		}
		last++;
		apexes[last] = n;
		borders[last] = at;
	}
	borders[last + 1] = Number.POSITIVE_INFINITY;
}

function meeting(line: Float64Array, a: number, b: number): number {
	return (line[b]! + b * b - line[a]! - a * a) / (2 * (b - a));
}
