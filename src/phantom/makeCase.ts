import type { Volume } from '../formats/volume.ts';
import { FAMILY_REGIONS, type Region, SEQUENCES, type Sequence } from '../protocol/protocol.ts';
import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { acquire, adcMap, goldMask } from './acquire.ts';
import { addOedema } from './oedema.ts';
import { makeTissueMap } from './tissueMap.ts';

/** Any change of a voxel bumps it, so that cases kept on disk are made again. */
export const PHANTOM_VERSION = '1.0.0';

const WEIGHTED = ['T1', 'T2', 'FLAIR', 'T1C'] as const;

/** One volume of a generated case. */
export type MadeVolume =
	| { readonly kind: 'series'; readonly sequence: Sequence; readonly volume: Volume }
	| { readonly kind: 'reference'; readonly region: Region; readonly volume: Volume };

/** How many volumes `makeCase` gives for a recipe. */
export function madeVolumes({ family }: CaseRecipe): number {
	return SEQUENCES.length + FAMILY_REGIONS[family].length;
}

/**
 * Makes the volumes of a recipe one after the other, so that only one is held: every sequence on its own
 * grid, then the gold mask of every region of the family on the grid of the region's sequence. The same recipe gives the
 * same voxels everywhere. Throws for a family whose tumour is not intra-axial.
 */
export function* makeCase(recipe: CaseRecipe): Generator<MadeVolume> {
	if (recipe.family !== 'glioma') throw new Error(`got family ${recipe.family}, expected glioma: no other is made yet`);
	const map = makeTissueMap(recipe);
	addOedema(map, recipe);
	for (const sequence of WEIGHTED) yield { kind: 'series', sequence, volume: acquire(map, recipe, sequence) };
	const dwi = acquire(map, recipe, 'DWI');
	yield { kind: 'series', sequence: 'DWI', volume: dwi };
	yield { kind: 'series', sequence: 'ADC', volume: adcMap(map, recipe, dwi) };
	for (const region of FAMILY_REGIONS[recipe.family])
		yield { kind: 'reference', region, volume: goldMask(map, recipe, region) };
}
