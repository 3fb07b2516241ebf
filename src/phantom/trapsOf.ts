import { isMeningeal } from '../protocol/protocol.ts';
import { TRAPS, type Trap } from '../protocol/trap.ts';
import type { CaseMeasures } from '../schemas/caseMeasures.ts';
import { type CaseRecipe, gradeOf } from '../schemas/caseRecipe.ts';
import { regionsOf, sequencesOf } from './makeCase.ts';
import { diffuse } from './spread.ts';

/** Whether a recipe, or what was measured on the case made of it, has a trap. */
const HAS: Readonly<Record<Trap, (recipe: CaseRecipe, measures: Partial<CaseMeasures>) => boolean>> = {
	artefacts: (recipe) => sequencesOf(recipe).some((sequence) => gradeOf(recipe, sequence) < 3),
	// Of less hardly a clot is seen.
	bleeding: ({ tumour }) => tumour.bleeding >= 0.2,
	haemorrhages: ({ confounders }) => (confounders?.haemorrhages ?? 0) > 0,
	vessels: ({ confounders }) => (confounders?.veins ?? 0) > 0,
	smoothDura: ({ confounders }) => (confounders?.duraMm ?? 0) > 0,
	noEnhancement: (recipe, { t1cContrast }) => regionsOf(recipe).includes('ET') && t1cContrast === undefined,
	partialEnhancement: ({ tumour: { enhancing = 1 } }) => enhancing > 0 && enhancing < 1,
	cysts: ({ tumour: { cysts = 0 } }) => cysts >= 0.05,
	duralTail: ({ family }) => isMeningeal(family),
	nearVentricle: (_, { ventricleMm = Infinity }) => ventricleMm <= 3,
	leukoaraiosis: ({ confounders }) => (confounders?.leukoaraiosis ?? 0) > 0,
	lacunes: ({ confounders }) => (confounders?.lacunes ?? 0) > 0,
	infarcts: ({ confounders }) => (confounders?.infarcts ?? 0) > 0,
	calcification: ({ tumour: { calcification = 0 } }) => calcification > 0,
	flowVoids: ({ tumour: { flowVoids = 0 } }) => flowVoids > 0,
	blurredMargin: (recipe, { uncertainShare = 0 }) => diffuse(recipe) || uncertainShare >= 0.25,
	severalLesions: (_, { lesions = 0 }) => lesions > 1,
	smallLesions: (_, { smallestMm = Infinity }) => smallestMm < 5,
	thickSlices: (_, { sliceMm = 0, gapMm = 0 }) => sliceMm >= 5 && gapMm > 0,
};

/**
 * The traps of a case, in the order of TRAPS; without measures those that its recipe tells. None of a set for triage: they
 * would give the answer away.
 */
export function trapsOf(recipe: CaseRecipe, measures: CaseMeasures | undefined): Trap[] {
	if (recipe.use === 'triage') return [];
	return TRAPS.filter((trap) => HAS[trap](recipe, measures ?? {}));
}
