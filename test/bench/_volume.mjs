// @ts-check
// Something like a head in something like noise. Runs in Node and in the page.

/**
 * The voxels of one series, the same at every call.
 * @param {readonly [number, number, number]} dims
 * @param {number} seed
 * @param {readonly [number, number, number]} [spacingMm]
 */
export function makeVolume(dims, seed, [sx, sy, sz] = [1, 1, 1]) {
	const [nx, ny, nz] = dims;
	const data = new Int16Array(nx * ny * nz);
	let state = (seed * 2654435761 + 1) >>> 0;
	for (let k = 0, n = 0; k < nz; k++)
		for (let j = 0; j < ny; j++)
			for (let i = 0; i < nx; i++, n++) {
				const r = ((i / nx - 0.5) / 0.38) ** 2 + ((j / ny - 0.5) / 0.44) ** 2 + ((k / nz - 0.5) / 0.46) ** 2;
				state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
				const blob = (i / nx - 0.62) ** 2 + (j / ny - 0.6) ** 2 + (k / nz - 0.5) ** 2 < 0.012 ? 260 : 0;
				if (r < 1) data[n] = 420 + blob + (r > 0.9 ? 300 : 0) + (state >>> 25);
			}
	const affine = [sx, 0, 0, (-nx * sx) / 2, 0, sy, 0, (-ny * sy) / 2, 0, 0, sz, (-nz * sz) / 2, 0, 0, 0, 1];
	return { grid: { dims, affine }, data };
}
