import type { Dims } from '../grid/grid.ts';

/**
 * Distance in mm from every voxel centre to the nearest centre of a voxel that is `value`; 0 on those themselves,
 * `Infinity` where there is none. Exact but for the rounding to single precision. Nothing beyond the lattice counts.
 * With spacing 1, 1, 1 the distance is in voxels.
 *
 * @param data one byte a voxel, x fastest; only read
 * @param value 1: voxels that are not 0 are measured to; 0: those that are
 * @param spacingMm between voxel centres along the three axes, which are taken to be at right angles
 * @param inSlice measures within each plane of the first two axes by itself
 *
 * Source: Felzenszwalb & Huttenlocher 2012, 10.4086/toc.2012.v008a019.
 */
export function distanceTo(value: 0 | 1, data: Uint8Array, dims: Dims, spacingMm: Dims, inSlice = false): Float32Array {
	const field = alongRows(value, data, dims[0], spacingMm[0]);
	const [nx, ny, nz] = dims;
	const envelope = new Envelope(Math.max(ny, nz));
	if (ny > 1)
		for (let z = 0; z < nz; z++)
			for (let x = 0; x < nx; x++) envelope.lower(field, x + nx * ny * z, nx, ny, spacingMm[1]);
	if (nz > 1 && !inSlice) for (let n = 0; n < nx * ny; n++) envelope.lower(field, n, nx * ny, nz, spacingMm[2]);
	for (let n = 0; n < field.length; n++) field[n] = Math.sqrt(field[n]!);
	return field;
}

/** Squared distance in mm² along the first axis: there and back. */
function alongRows(value: 0 | 1, data: Uint8Array, length: number, spacing: number): Float32Array {
	const field = new Float32Array(data.length);
	for (let start = 0; start < data.length; start += length) {
		let last = Number.NEGATIVE_INFINITY;
		for (let n = start; n < start + length; n++) {
			if ((data[n] === 0 ? 0 : 1) === value) last = n;
			const mm = (n - last) * spacing;
			field[n] = mm * mm;
		}
		last = Number.POSITIVE_INFINITY;
		for (let n = start + length - 1; n >= start; n--) {
			if (field[n] === 0) last = n;
			const mm = (last - n) * spacing;
			if (mm * mm < field[n]!) field[n] = mm * mm;
		}
	}
	return field;
}

/** The lowest of the parabolas that stand on the values of a line. */
class Envelope {
	/** Where the parabolas stand that are lowest somewhere. */
	readonly #apexes: Int32Array;
	/** From where on each is the lowest. */
	readonly #borders: Float64Array;
	/** Their values where they stand. */
	readonly #values: Float64Array;
	/** Their values in squared steps, plus the square of where they stand. */
	readonly #heights: Float64Array;
	/** Half of one by a number of steps: what a division takes is the most of the time. */
	readonly #halves: Float64Array;

	constructor(longest: number) {
		this.#apexes = new Int32Array(longest);
		this.#borders = new Float64Array(longest + 1);
		this.#values = new Float64Array(longest);
		this.#heights = new Float64Array(longest);
		this.#halves = Float64Array.from({ length: longest }, (_, steps) => 0.5 / steps);
	}

	/** Replaces the squared distances of one line by those to the nearest along the line too. */
	lower(field: Float32Array, start: number, stride: number, length: number, spacing: number): void {
		const apexes = this.#apexes;
		const borders = this.#borders;
		const values = this.#values;
		const heights = this.#heights;
		const halves = this.#halves;
		const area = spacing * spacing;
		const perArea = 1 / area;
		let count = 0;
		let zeros = 0;
		for (let n = 0, at = start; n < length; n++, at += stride) {
			const value = field[at]!;
			if (value === Number.POSITIVE_INFINITY) continue;
			if (value === 0) zeros++;
			const height = value * perArea + n * n;
			let border = Number.NEGATIVE_INFINITY;
			while (count > 0) {
				border = (height - heights[count - 1]!) * halves[n - apexes[count - 1]!]!;
				if (border > borders[count - 1]!) break;
				count--;
				border = Number.NEGATIVE_INFINITY;
			}
			apexes[count] = n;
			borders[count] = border;
			values[count] = value;
			heights[count] = height;
			count++;
		}
		if (count === 0 || zeros === length) return;
		borders[count] = Number.POSITIVE_INFINITY;
		for (let n = 0, at = start, k = 0; n < length; n++, at += stride) {
			while (borders[k + 1]! < n) k++;
			const steps = n - apexes[k]!;
			field[at] = values[k]! + steps * steps * area;
		}
	}
}
