import { readFileSync } from 'node:fs';
import { gzipSync, type ZlibOptions } from 'node:zlib';

/** Packs bytes with zlib, not with code of the project. A plain array, as a Buffer's `slice` copies nothing. */
export function zlibGzip(bytes: Uint8Array, options?: ZlibOptions): Uint8Array<ArrayBuffer> {
	return new Uint8Array(gzipSync(bytes, options));
}

/** Bytes of a file. */
export function fileBytes(path: string): Uint8Array<ArrayBuffer> {
	return new Uint8Array(readFileSync(path));
}
