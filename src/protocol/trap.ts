/** What is easily drawn wrong in a case, in the order of the clauses that warn of it. */
export const TRAPS = [
	'artefacts',
	'bleeding',
	'noEnhancement',
	'partialEnhancement',
	'cysts',
	'duralTail',
	'nearVentricle',
	'leukoaraiosis',
	'lacunes',
	'infarcts',
	'calcification',
	'flowVoids',
	'blurredMargin',
	'severalLesions',
	'smallLesions',
	'thickSlices',
] as const;
export type Trap = (typeof TRAPS)[number];

/** The clause that each trap belongs to. */
export const TRAP_CLAUSE = {
	artefacts: '§2.1',
	bleeding: '§4-③',
	noEnhancement: '§4-③',
	partialEnhancement: '§4-④',
	cysts: '§4-④',
	duralTail: '§5',
	nearVentricle: '§6-①',
	leukoaraiosis: '§6-②',
	lacunes: '§6-②',
	infarcts: '§6-②',
	calcification: '§6-③',
	flowVoids: '§6-③',
	blurredMargin: '§6-⑤',
	severalLesions: '§6-⑥',
	smallLesions: '§6-⑥',
	thickSlices: '§6-⑧',
} as const satisfies Record<Trap, string>;
