import type { Dims } from '../grid/grid.ts';
import { distanceFrom } from './distanceFrom.ts';
import type { Smooth } from './lattice.ts';
import { type Shares, SharesWriter } from './shares.ts';

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

/** A head without a tumour, as its file has it: the share of each tissue in voxels of 1 mm, in fifteenths, x fastest. */
export interface PackedAnatomy {
	readonly dims: Dims;
	/** RAS mm of the middle of the first voxel. */
	readonly originMm: Dims;
	/** In the order of ANATOMY_TISSUES, 0 to 15 each. */
	readonly fifteenths: readonly Uint8Array[];
}

/** A head without a tumour. */
export interface Anatomy {
	/** Of ANATOMY_TISSUES. */
	readonly shares: Shares;
	/** Signed distance in mm to the surface of the brain with its ventricles, negative inside; RAS mm. */
	readonly brainMm: Smooth;
	/** The same to the walls of the ventricles. */
	readonly chamberMm: Smooth;
}

const BRAIN: readonly AnatomyTissue[] = ['white', 'grey', 'deepGrey', 'csf', 'ventricle'];

const MAGIC = 0x41484e43;
const HEADER_WORDS = 8;

/** The bytes of an anatomy: magic, dims, origin, number of tissues as 32-bit words, then two voxels a byte, low half first. */
export function packAnatomy({ dims, originMm, fifteenths }: PackedAnatomy): Uint8Array<ArrayBuffer> {
	const voxels = dims[0] * dims[1] * dims[2];
	const half = Math.ceil(voxels / 2);
	const bytes = new Uint8Array(HEADER_WORDS * 4 + fifteenths.length * half);
	const header = new DataView(bytes.buffer);
	for (const [n, word] of [MAGIC, ...dims, ...originMm, fifteenths.length].entries())
		header.setInt32(n * 4, word, true);
	for (const [t, share] of fifteenths.entries())
		for (let n = 0; n < voxels; n++) {
			const at = HEADER_WORDS * 4 + t * half + (n >> 1);
			bytes[at] = bytes[at]! | ((share[n]! & 15) << ((n & 1) * 4));
		}
	return bytes;
}

/**
 * Reads what `packAnatomy` wrote. Where rounding left more than 15 in a voxel, the largest share gives way. Throws where
 * the bytes are something else.
 */
export function unpackAnatomy(bytes: Uint8Array): Anatomy {
	const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < HEADER_WORDS * 4 || header.getInt32(0, true) !== MAGIC)
		throw new Error('got bytes of something else, expected an anatomy');
	const word = (n: number) => header.getInt32(n * 4, true);
	const dims: Dims = [word(1), word(2), word(3)];
	const voxels = dims[0] * dims[1] * dims[2];
	const half = Math.ceil(voxels / 2);
	const count = ANATOMY_TISSUES.length;
	if (word(7) !== count || bytes.length !== HEADER_WORDS * 4 + word(7) * half)
		throw new Error(`got an anatomy of ${bytes.length} bytes, expected ${HEADER_WORDS * 4 + word(7) * half}`);
	const writer = new SharesWriter({ dims, originMm: [word(4), word(5), word(6)] });
	const mix = new Float64Array(count);
	for (let n = 0; n < voxels; n++) {
		let [sum, most] = [0, 0];
		for (let t = 0; t < count; t++) {
			const share = (bytes[HEADER_WORDS * 4 + t * half + (n >> 1)]! >> ((n & 1) * 4)) & 15;
			mix[t] = share / 15;
			sum += share;
			if (mix[t]! > mix[most]!) most = t;
		}
		if (sum > 15) mix[most]! -= (sum - 15) / 15;
		writer.add(mix);
	}
	const shares = writer.finish();
	const chamberMm = distanceFrom(shares, ANATOMY_TISSUES, ['ventricle']);
	return { shares, brainMm: distanceFrom(shares, ANATOMY_TISSUES, BRAIN), chamberMm };
}
