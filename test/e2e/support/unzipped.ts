import { unzipSync } from 'fflate';

/** Files of a zip by name, in its order; the one file itself, under the name given, where it is no zip. */
export function unzipped(bytes: Uint8Array, name = ''): ReadonlyMap<string, Uint8Array> {
	const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
	return new Map(isZip ? Object.entries(unzipSync(bytes)) : [[name, bytes]]);
}
