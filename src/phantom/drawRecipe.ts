import type { Difficulty } from '../protocol/protocol.ts';
import type { CaseRecipe, Stack } from '../schemas/caseRecipe.ts';
import type { BankLevel, RecipeBank } from '../schemas/recipeBank.ts';
import { randomStream } from './random.ts';

type Range = readonly [from: number, to: number];
type Place = CaseRecipe['tumour']['centreMm'];

/** What a body may be made of besides, where the bank asks for it. */
const PARTS = ['enhancing', 'cysts', 'calcification', 'flowVoids'] as const;

/** How far the slices reach from head to feet, mm. */
const COVERED_MM = 144;

const STACK = {
	matrix: [256, 256],
	slices: 36,
	pixelMm: 0.9375,
	sliceMm: 4,
	gapMm: 0,
	stored: 'LPS',
	snr: 30,
	shading: 0.06,
} as const;

/**
 * A recipe drawn by chance from the bank: the same family, difficulty and seed give the same one. Throws where the bank has
 * nothing of the family.
 */
export function drawRecipe(
	bank: RecipeBank,
	family: CaseRecipe['family'],
	difficulty: Difficulty,
	seed: number,
): CaseRecipe {
	const own = bank.get(family);
	if (!own) throw new Error(`got no ${family} in the bank, expected one of ${[...bank.keys()].join(', ')}`);
	const level = own.levels[difficulty];
	const next = randomStream(seed + 7919);
	const chance = () => next() / 0x100000000;
	const within = ([from, to]: Range) => round(from + chance() * (to - from));
	const whole = ([from, to]: Range) => Math.min(to, Math.floor(from + chance() * (to - from + 1)));
	const near = ([x, y, z]: Place, side: number): Place => [
		round(side * x + 6 * chance() - 3),
		round(y + 8 * chance() - 4),
		round(z + 6 * chance() - 3),
	];
	const head = { ventricles: within([0.8, 1.6]), sulci: within([0.7, 1.5]) };
	const places = [1, -1].flatMap((side) => own.places.map((place) => near(place, side)));
	const radii = Array.from({ length: whole(level.lesions) }, () => within(level.radiusMm)).sort((a, b) => b - a);
	// No two at one place.
	const [first, ...more] = radii.map((radiusMm) => {
		const [centreMm] = places.splice(Math.floor(chance() * places.length), 1);
		return { centreMm: centreMm!, radiusMm };
	});
	const tumour = {
		centreMm: first!.centreMm,
		radiusMm: Math.max(3, first!.radiusMm),
		lumpsMm: within(level.lumpsMm),
		rimMm: within(level.rimMm),
		pushMm: within(level.pushMm),
		oedemaMm: within(level.oedemaMm),
		cuffMm: within(level.cuffMm),
		bleeding: within(level.bleeding),
		...Object.fromEntries(PARTS.flatMap((part) => (level[part] ? [[part, within(level[part])]] : []))),
		...(more.length > 0 && { more }),
	};
	const confounders = {
		leukoaraiosis: within(level.confounders.leukoaraiosis),
		lacunes: whole(level.confounders.lacunes),
		infarcts: whole(level.confounders.infarcts),
	};
	return {
		schemaVersion: 1,
		family,
		seed,
		head,
		tumour,
		...(Object.values(confounders).some((count) => count > 0) && { confounders }),
		sequences: stacks(level.slices, within([0, 10])),
	};
}

/** The sequences of a protocol, tilted as one does by the anatomy; a thin T1C is acquired in 3-D. */
function stacks({ sliceMm, gapMm, t1cSliceMm }: BankLevel['slices'], tiltDeg: number): CaseRecipe['sequences'] {
	const stack = (changes: Partial<Stack>): Stack => ({
		...STACK,
		matrix: [STACK.matrix[0], STACK.matrix[1]],
		slices: Math.round(COVERED_MM / (sliceMm + gapMm)),
		sliceMm,
		gapMm,
		tiltDeg,
		centreMm: [0, -17, 14],
		...changes,
	});
	const fine = t1cSliceMm <= 2;
	return {
		FLAIR: stack({}),
		T2: stack({ tiltDeg: Math.max(0, tiltDeg - 2) }),
		T1: stack({ stored: 'RAS', snr: 48 }),
		T1C: fine
			? stack({
					matrix: [176, 216],
					slices: Math.round(COVERED_MM / t1cSliceMm) + 7,
					pixelMm: 1,
					sliceMm: t1cSliceMm,
					gapMm: 0,
					tiltDeg: 0,
					stored: 'LAS',
					snr: 34,
				})
			: stack({ sliceMm: t1cSliceMm, slices: Math.round(COVERED_MM / (t1cSliceMm + gapMm)), snr: 40 }),
		DWI: { ...stack({ matrix: [128, 128], pixelMm: 1.8, tiltDeg: 0, snr: 28, shading: 0.03 }), bValue: 1000 },
	};
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
