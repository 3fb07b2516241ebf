import type { Dims } from '../grid/grid.ts';

/** Tissues of the anatomy, in the order in which its file has them. Air is what is left. */
export const ANATOMY_TISSUES = [
	'white',
	'grey',
	'deepGrey',
	'csf',
	'ventricle',
	'bone',
	'fat',
	'muscle',
	'dura',
	'vein',
] as const;
export type AnatomyTissue = (typeof ANATOMY_TISSUES)[number];

/** A head without a tumour: the share of each tissue in voxels of 1 mm, in fifteenths, x fastest. */
export interface Anatomy {
	readonly dims: Dims;
	/** RAS mm of the middle of the first voxel. */
	readonly originMm: Dims;
	/** In the order of ANATOMY_TISSUES, 0 to 15 each. */
	readonly shares: readonly Uint8Array[];
}

const MAGIC = 0x41484e43;
const HEADER_WORDS = 8;

/** The bytes of an anatomy: magic, dims, origin, number of tissues as 32-bit words, then two voxels a byte, low half first. */
export function packAnatomy({ dims, originMm, shares }: Anatomy): Uint8Array<ArrayBuffer> {
	const voxels = dims[0] * dims[1] * dims[2];
	const half = Math.ceil(voxels / 2);
	const bytes = new Uint8Array(HEADER_WORDS * 4 + shares.length * half);
	const header = new DataView(bytes.buffer);
	for (const [n, word] of [MAGIC, ...dims, ...originMm, shares.length].entries()) header.setInt32(n * 4, word, true);
	for (const [t, share] of shares.entries())
		for (let n = 0; n < voxels; n++) {
			const at = HEADER_WORDS * 4 + t * half + (n >> 1);
			bytes[at] = bytes[at]! | ((share[n]! & 15) << ((n & 1) * 4));
		}
	return bytes;
}

/** Reads what `packAnatomy` wrote. Throws where the bytes are something else. */
export function unpackAnatomy(bytes: Uint8Array): Anatomy {
	const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < HEADER_WORDS * 4 || header.getInt32(0, true) !== MAGIC)
		throw new Error('got bytes of something else, expected an anatomy');
	const word = (n: number) => header.getInt32(n * 4, true);
	const dims: Dims = [word(1), word(2), word(3)];
	const voxels = dims[0] * dims[1] * dims[2];
	const half = Math.ceil(voxels / 2);
	if (word(7) !== ANATOMY_TISSUES.length || bytes.length !== HEADER_WORDS * 4 + word(7) * half)
		throw new Error(`got an anatomy of ${bytes.length} bytes, expected ${HEADER_WORDS * 4 + word(7) * half}`);
	const shares = ANATOMY_TISSUES.map((_, t) => {
		const share = new Uint8Array(voxels);
		const start = HEADER_WORDS * 4 + t * half;
		for (let n = 0; n < voxels; n++) share[n] = (bytes[start + (n >> 1)]! >> ((n & 1) * 4)) & 15;
		return share;
	});
	return { dims, originMm: [word(4), word(5), word(6)], shares };
}
