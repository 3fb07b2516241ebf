import { gzipSync } from 'fflate';

/**
 * Packs bytes as one gzip member without a clock in its header, so that equal bytes give equal files.
 * `level` 1 (fast) to 9 (small). Hashes are taken over voxels, never over this: the packing may change with the library.
 */
export function gzip(bytes: Uint8Array, level: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 = 6): Uint8Array<ArrayBuffer> {
	return gzipSync(bytes, { level, mtime: 0 }) as Uint8Array<ArrayBuffer>;
}
