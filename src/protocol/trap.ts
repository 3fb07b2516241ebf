/** What is easily drawn wrong in a case, in the order of the clauses that warn of it. */
export const TRAPS = [
	'bleeding',
	'noEnhancement',
	'duralTail',
	'nearVentricle',
	'leukoaraiosis',
	'lacunes',
	'infarcts',
	'blurredMargin',
	'severalLesions',
	'smallLesions',
	'thickSlices',
] as const;
export type Trap = (typeof TRAPS)[number];

/** The clause that each trap belongs to. */
export const TRAP_CLAUSE = {
	bleeding: '§4-③',
	noEnhancement: '§4-③',
	duralTail: '§5',
	nearVentricle: '§6-①',
	leukoaraiosis: '§6-②',
	lacunes: '§6-②',
	infarcts: '§6-②',
	blurredMargin: '§6-⑤',
	severalLesions: '§6-⑥',
	smallLesions: '§6-⑥',
	thickSlices: '§6-⑧',
} as const satisfies Record<Trap, string>;
