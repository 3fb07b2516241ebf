import type { Difficulty } from '../protocol/protocol.ts';
import type { CaseRecipe, Stack } from '../schemas/caseRecipe.ts';
import { randomStream } from './random.ts';

type Range = readonly [from: number, to: number];

/** What is drawn for each difficulty, mm. */
const GLIOMA: Readonly<Record<Difficulty, { radius: Range; lumps: Range; rim: Range; oedema: Range; push: Range }>> = {
	easy: { radius: [16, 20], lumps: [1.4, 2], rim: [4.5, 6], oedema: [14, 20], push: [6, 8] },
	medium: { radius: [12, 16], lumps: [2, 3], rim: [3.2, 4.5], oedema: [18, 26], push: [5, 8] },
	hard: { radius: [8, 12], lumps: [2.6, 3.6], rim: [2.2, 3.2], oedema: [24, 36], push: [3, 6] },
};
const MENINGIOMA: typeof GLIOMA = {
	easy: { radius: [17, 22], lumps: [1, 1.6], rim: [40, 40], oedema: [14, 20], push: [7, 9] },
	medium: { radius: [13, 17], lumps: [1.4, 2.2], rim: [40, 40], oedema: [10, 22], push: [5, 8] },
	hard: { radius: [9, 13], lumps: [1.6, 2.6], rim: [40, 40], oedema: [0, 12], push: [3, 5] },
};
const HAEMANGIOPERICYTOMA: typeof GLIOMA = {
	easy: { radius: [22, 26], lumps: [2.6, 3.4], rim: [40, 40], oedema: [8, 14], push: [7, 9] },
	medium: { radius: [19, 22], lumps: [3, 3.8], rim: [40, 40], oedema: [4, 12], push: [6, 8] },
	hard: { radius: [16, 19], lumps: [3.2, 4], rim: [40, 40], oedema: [0, 10], push: [4, 6] },
};
const METASTASES: Readonly<Record<Difficulty, { count: Range; radius: Range; oedema: Range }>> = {
	easy: { count: [2, 3], radius: [5, 9], oedema: [10, 14] },
	medium: { count: [4, 6], radius: [2.6, 8], oedema: [8, 14] },
	hard: { count: [7, 10], radius: [1.8, 6], oedema: [5, 12] },
};
const LYMPHOMAS: typeof METASTASES = {
	easy: { count: [1, 1], radius: [10, 14], oedema: [9, 13] },
	medium: { count: [2, 3], radius: [7, 12], oedema: [8, 12] },
	hard: { count: [4, 5], radius: [4, 9], oedema: [6, 11] },
};

/** Places in white matter of one side, RAS mm with x to the right; those of a glioma come first. */
const PLACES: readonly (readonly [number, number, number])[] = [
	[32, 22, 24],
	[30, -22, 34],
	[36, -48, 26],
	[40, -14, -14],
	[26, 42, 12],
	[26, -66, 18],
	[22, 6, 44],
	[22, -58, -32],
];
const FOR_GLIOMA = 6;

/** Places beside the ventricles and in deep white matter of one side, where lymphomas grow; far apart. */
const DEEP_PLACES: readonly (readonly [number, number, number])[] = [
	[20, 30, 14],
	[25, -6, 31],
	[28, -46, 18],
	[26, 4, -1],
	[16, -62, -30],
];

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

/** A recipe drawn by chance: the same family, difficulty and seed give the same one. */
export function drawRecipe(family: CaseRecipe['family'], difficulty: Difficulty, seed: number): CaseRecipe {
	const next = randomStream(seed + 7919);
	const chance = () => next() / 0x100000000;
	const within = ([from, to]: Range) => round(from + chance() * (to - from));
	const side = chance() < 0.5 ? -1 : 1;
	const near = ([x, y, z]: readonly [number, number, number], of: number): [number, number, number] => [
		round(of * x + 6 * chance() - 3),
		round(y + 8 * chance() - 4),
		round(z + 6 * chance() - 3),
	];
	return {
		schemaVersion: 1,
		family,
		difficulty,
		seed,
		head: { ventricles: within([0.8, 1.6]), sulci: within([0.7, 1.5]) },
		tumour: tumourOf(family),
		sequences: stacks(),
	};

	function tumourOf(of: CaseRecipe['family']): CaseRecipe['tumour'] {
		if (of === 'metastasis') return several(METASTASES, PLACES, { lumpsMm: 1.2, rimMm: 3, push: [1, 4] });
		if (of === 'pcnsl') return several(LYMPHOMAS, DEEP_PLACES, { lumpsMm: 2.2, rimMm: 40, push: [1, 3] });
		if (of === 'hpc_sft')
			return {
				...single(HAEMANGIOPERICYTOMA),
				enhancing: within([0.8, 0.95]),
				cysts: within([0, 0.12]),
				flowVoids: within([0.03, 0.07]),
			};
		return single(of === 'glioma' ? GLIOMA : MENINGIOMA);
	}

	function single(ranges: typeof GLIOMA): CaseRecipe['tumour'] {
		const { radius, lumps, rim, oedema, push } = ranges[difficulty];
		return {
			centreMm: near(PLACES[Math.floor(chance() * FOR_GLIOMA)]!, side),
			radiusMm: within(radius),
			lumpsMm: within(lumps),
			rimMm: within(rim),
			pushMm: within(push),
			oedemaMm: within(oedema),
			cuffMm: family === 'glioma' ? within([2, 5]) : 0,
			bleeding: family === 'glioma' ? within([0, 0.3]) : 0,
		};
	}

	/** The largest first, no two at one place. */
	function several(
		ranges: typeof METASTASES,
		on: typeof PLACES,
		{ lumpsMm, rimMm, push }: { readonly lumpsMm: number; readonly rimMm: number; readonly push: Range },
	): CaseRecipe['tumour'] {
		const { count, radius, oedema } = ranges[difficulty];
		const places = [...on.map((place) => near(place, 1)), ...on.map((place) => near(place, -1))];
		const radii = Array.from({ length: Math.round(within(count)) }, () => within(radius)).sort((a, b) => b - a);
		const [first, ...more] = radii.map((radiusMm) => {
			const [centreMm] = places.splice(Math.floor(chance() * places.length), 1);
			return { centreMm: centreMm!, radiusMm };
		});
		// The recipe's first lesion is at least 3 mm.
		const largest = { ...first!, radiusMm: Math.max(3, first!.radiusMm) };
		return {
			...largest,
			lumpsMm,
			rimMm,
			pushMm: within(push),
			oedemaMm: within(oedema),
			cuffMm: 0,
			bleeding: 0,
			more,
		};
	}

	function stacks(): CaseRecipe['sequences'] {
		const tilt = within([0, 10]);
		const stack = (changes: Partial<Stack>): Stack => ({
			...STACK,
			matrix: [STACK.matrix[0], STACK.matrix[1]],
			tiltDeg: tilt,
			centreMm: [0, -17, 14],
			...changes,
		});
		return {
			FLAIR: stack({}),
			T2: stack({ tiltDeg: Math.max(0, tilt - 2) }),
			T1: stack({ stored: 'RAS', snr: 48 }),
			T1C: stack({
				matrix: [176, 216],
				slices: 110,
				pixelMm: 1,
				sliceMm: 1.4,
				gapMm: 0,
				tiltDeg: 0,
				stored: 'LAS',
				snr: 34,
			}),
			DWI: { ...stack({ matrix: [128, 128], pixelMm: 1.8, tiltDeg: 0, snr: 28, shading: 0.03 }), bValue: 1000 },
		};
	}
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
