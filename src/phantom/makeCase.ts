import type { Volume } from '../formats/volume.ts';
import { FAMILY_REGIONS, isMeningeal, type Region, SEQUENCES, type Sequence } from '../protocol/protocol.ts';
import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { acquire, adcMap, goldLayer, goldMask, type MadeLayer, measurable } from './acquire.ts';
import type { Anatomy } from './anatomy.ts';
import { addConfounders, hasNumberedConfounders } from './confounders.ts';
import { makeHead } from './head.ts';
import { diffuse, letSpread } from './spread.ts';
import { makeTissueMap } from './tissueMap.ts';
import { makeTumour, placedTumour } from './tumour.ts';

/** Any change of a voxel bumps it, so that cases kept on disk are made again. */
export const PHANTOM_VERSION = '3.2.0';

const WEIGHTED = ['T1', 'T2', 'FLAIR', 'T1C'] as const;

/** One volume of a generated case. */
export type MadeVolume =
	| { readonly kind: 'series'; readonly sequence: Sequence; readonly volume: Volume }
	| { readonly kind: 'reference'; readonly region: Region; readonly volume: Volume }
	| { readonly kind: 'layer'; readonly layer: MadeLayer; readonly volume: Volume };

/** The layers of a recipe's reference; none of a set for triage. */
export function layersOf(recipe: CaseRecipe): readonly MadeLayer[] {
	const { family, tumour, use } = recipe;
	if (use === 'triage') return [];
	const layers: MadeLayer[] = ['csf', 'notEnhancing'];
	if (hasNumberedConfounders(recipe)) layers.push('confounders');
	if (isMeningeal(family)) layers.push('dura');
	if (family === 'metastasis' || family === 'pcnsl') layers.push('lesions');
	if (tumour.oedemaMm > 0 || diffuse(recipe)) layers.push(isMeningeal(family) ? 'uncertainED' : 'uncertainWT');
	if (tumour.cuffMm > 0 && regionsOf(recipe).includes('TB')) layers.push('uncertainTB');
	return layers;
}

/** The sequences of a recipe's images. */
export function sequencesOf({ without = [] }: CaseRecipe): readonly Sequence[] {
	return SEQUENCES.filter((sequence) => !without.includes(sequence));
}

/**
 * The regions of a recipe's reference; none of a set for triage. Of a glioma that does not enhance only the whole tumour is drawn, and that nothing
 * enhances. Source: Fig 3 of the consensus.
 */
export function regionsOf({ family, tumour, use }: CaseRecipe): readonly Region[] {
	if (use === 'triage') return [];
	return tumour.enhancing === 0 ? ['WT', 'ET'] : FAMILY_REGIONS[family];
}

/** How many volumes `makeCase` gives for a recipe. */
export function madeVolumes(recipe: CaseRecipe): number {
	return sequencesOf(recipe).length + regionsOf(recipe).length + layersOf(recipe).length;
}

/**
 * Makes the volumes of a recipe one after the other, so that only one is held: every sequence on its own grid, the gold
 * mask of every region of the recipe on the grid of the region's sequence, then the layers of the reference. The same
 * recipe and anatomy give the same voxels everywhere.
 */
export function* makeCase(written: CaseRecipe, anatomy: Anatomy): Generator<MadeVolume> {
	const head = makeHead(written, anatomy);
	const recipe = placedTumour(written, head.surfaceMm);
	const tumour = makeTumour(recipe);
	const grown = letSpread(makeTissueMap(recipe, head, tumour), recipe, tumour);
	const map = addConfounders(grown, recipe, head.surfaceMm);
	const from = measurable(map, recipe);
	const wanted = sequencesOf(recipe);
	for (const sequence of WEIGHTED)
		if (wanted.includes(sequence)) yield { kind: 'series', sequence, volume: acquire(from, recipe, sequence) };
	const dwi = acquire(from, recipe, 'DWI');
	if (wanted.includes('DWI')) yield { kind: 'series', sequence: 'DWI', volume: dwi };
	if (wanted.includes('ADC')) yield { kind: 'series', sequence: 'ADC', volume: adcMap(from, recipe, dwi) };
	for (const region of regionsOf(recipe)) yield { kind: 'reference', region, volume: goldMask(map, recipe, region) };
	for (const layer of layersOf(recipe))
		yield { kind: 'layer', layer, volume: goldLayer(map, recipe, layer, tumour.nearest) };
}
