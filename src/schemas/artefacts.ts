import { z } from 'zod';
import type { QualityGrade } from './preRead.ts';

type Range = readonly [from: number, to: number];

/** What a strength of each artefact is counted in, and the strengths that leave a series of grade 2 and of grade 1. */
export const ARTEFACT_STRENGTHS = {
	/** How far the head moves along the phase encoding while a slice is measured. */
	motion: { unit: 'mm', minor: [0.7, 1.2], severe: [3, 8] },
	/** How much of the head lies outside the field of view and is folded in from the other side. */
	wrap: { unit: 'mm', minor: [20, 26], severe: [60, 80] },
	/** From a piece of metal at the temple, where the image is displaced by 4 mm. */
	metal: { unit: 'mm', minor: [16, 24], severe: [45, 70] },
	/** Standard deviation beside the sequence's own. */
	noise: { unit: 'of the signal of white matter', minor: [0.07, 0.11], severe: [0.3, 0.6] },
	/** Width at half height of what a point becomes. */
	blur: { unit: 'mm', minor: [2.6, 3.4], severe: [6, 10] },
} as const satisfies Readonly<Record<string, { unit: string; minor: Range; severe: Range }>>;
export type Artefact = keyof typeof ARTEFACT_STRENGTHS;

/** A strength whose grade nobody would argue about: strengths between minor and severe are refused. */
function strength(artefact: Artefact) {
	const { unit, minor, severe } = ARTEFACT_STRENGTHS[artefact];
	const within = (x: number, [from, to]: Range) => x >= from && x <= to;
	const error = ({ input }: { readonly input?: unknown }) =>
		`got ${JSON.stringify(input) ?? 'nothing'}, expected ${minor.join(' to ')} (grade 2) or ${severe.join(' to ')} (grade 1) ${unit}`;
	return z.number({ error }).refine((x) => within(x, minor) || within(x, severe), { error });
}

/** What spoils the images of a sequence (§2.1-③). */
export const artefactsSchema = z.strictObject({
	motion: strength('motion').optional(),
	wrap: strength('wrap').optional(),
	metal: z.strictObject({ side: z.enum(['left', 'right']), reachMm: strength('metal') }).optional(),
	noise: strength('noise').optional(),
	blur: strength('blur').optional(),
});
export type Artefacts = z.infer<typeof artefactsSchema>;

/** Grade of a series with some artefacts (§2.1): that of the worst; 3 without any. */
export function artefactGrade({ motion, wrap, metal, noise, blur }: Artefacts): QualityGrade {
	const strengths = { motion, wrap, metal: metal?.reachMm, noise, blur };
	const grades = (Object.keys(strengths) as Artefact[]).flatMap((artefact): QualityGrade[] => {
		const value = strengths[artefact];
		return value === undefined ? [] : [value < ARTEFACT_STRENGTHS[artefact].severe[0] ? 2 : 1];
	});
	return grades.includes(1) ? 1 : grades.includes(2) ? 2 : 3;
}
