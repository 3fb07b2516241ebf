import { TISSUE_NAMES, type TissueName } from './tissues.ts';

/** Place of each tissue in a mixture. */
export const TISSUE_INDEX = Object.fromEntries(TISSUE_NAMES.map((name, n) => [name, n])) as Readonly<
	Record<TissueName, number>
>;

/** Shares of the tissues in one voxel, each 0 to 1, in the order of TISSUE_NAMES; air is what is left. */
export type Mixture = Float64Array;

/** Paints a tissue over `share` (0 to 1) of a voxel: what was there keeps the rest. Changes the mixture. */
export function paint(mixture: Mixture, tissue: number, share: number): void {
	if (share <= 0) return;
	for (let n = 0; n < mixture.length; n++) mixture[n]! *= 1 - share;
	mixture[tissue]! += share;
}

/** A share (0 to 1) of some tissues in a voxel becomes another. Changes the mixture. */
export function become(mixture: Mixture, tissue: number, share: number, of: readonly TissueName[]): void {
	if (share <= 0) return;
	for (const name of of) {
		const taken = share * mixture[TISSUE_INDEX[name]]!;
		mixture[TISSUE_INDEX[name]]! -= taken;
		mixture[tissue]! += taken;
	}
}
