import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { randomStream } from './random.ts';

/** What one tissue does to the signal at 3 T. */
export interface Tissue {
	readonly t1Ms: number;
	readonly t2Ms: number;
	/** Proton density, 0 to 1, of water. */
	readonly pd: number;
	/** Apparent diffusion coefficient in 10⁻³ mm²/s. */
	readonly adc: number;
	/** Rise of 1/T1 after contrast medium, in 1/s. */
	readonly uptake: number;
	/** How much the signal varies within the tissue, as a share of it. */
	readonly texture: number;
}

/** The tissues of a head, in the order their shares are kept. Air is what is left. */
export const TISSUE_NAMES = [
	'white',
	'grey',
	'deepGrey',
	'csf',
	'ventricle',
	'oedema',
	'cuff',
	'rim',
	'necrosis',
	'blood',
	'fat',
	'muscle',
	'bone',
	'dura',
	'tail',
	'vein',
	'leukoaraiosis',
	'gliosis',
	'cavity',
	'solid',
	'cyst',
	'calcification',
	'flowVoid',
	'haematoma',
	'haemosiderin',
] as const;
export type TissueName = (typeof TISSUE_NAMES)[number];

/** What the body of a tumour is made of: `rim` is what enhances, `solid` what is alive and does not. */
export const BODY: readonly TissueName[] = ['rim', 'solid', 'necrosis', 'cyst', 'blood', 'calcification', 'flowVoid'];

/**
 * Values at 3 T within the range of the literature; those of the tumour tuned by eye.
 * Source: Stanisz et al. 2005, DOI 10.1002/mrm.20605 (T1, T2 of white and grey matter).
 */
const TISSUES: Readonly<Record<TissueName, Tissue>> = {
	white: { t1Ms: 840, t2Ms: 70, pd: 0.7, adc: 0.72, uptake: 0.03, texture: 0.012 },
	grey: { t1Ms: 1450, t2Ms: 96, pd: 0.82, adc: 0.84, uptake: 0.05, texture: 0.02 },
	deepGrey: { t1Ms: 1180, t2Ms: 74, pd: 0.79, adc: 0.76, uptake: 0.04, texture: 0.02 },
	csf: { t1Ms: 4200, t2Ms: 1400, pd: 1, adc: 3.05, uptake: 0, texture: 0 },
	ventricle: { t1Ms: 4200, t2Ms: 1400, pd: 1, adc: 3.05, uptake: 0, texture: 0 },
	oedema: { t1Ms: 1330, t2Ms: 138, pd: 0.84, adc: 1.35, uptake: 0.03, texture: 0.05 },
	cuff: { t1Ms: 1420, t2Ms: 122, pd: 0.84, adc: 1.1, uptake: 0.05, texture: 0.05 },
	rim: { t1Ms: 1500, t2Ms: 102, pd: 0.85, adc: 1.05, uptake: 0.95, texture: 0.15 },
	necrosis: { t1Ms: 3000, t2Ms: 420, pd: 0.97, adc: 2.1, uptake: 0.06, texture: 0.07 },
	blood: { t1Ms: 640, t2Ms: 48, pd: 0.8, adc: 0.7, uptake: 0, texture: 0.12 },
	fat: { t1Ms: 420, t2Ms: 75, pd: 0.8, adc: 0.2, uptake: 0, texture: 0.1 },
	muscle: { t1Ms: 1300, t2Ms: 38, pd: 0.75, adc: 1.4, uptake: 0.15, texture: 0.1 },
	bone: { t1Ms: 500, t2Ms: 3, pd: 0.08, adc: 0.1, uptake: 0, texture: 0.2 },
	dura: { t1Ms: 1400, t2Ms: 40, pd: 0.6, adc: 0.8, uptake: 1.6, texture: 0 },
	tail: { t1Ms: 1400, t2Ms: 60, pd: 0.72, adc: 0.85, uptake: 1.3, texture: 0.05 },
	vein: { t1Ms: 1900, t2Ms: 60, pd: 0.8, adc: 1.2, uptake: 3.2, texture: 0 },
	leukoaraiosis: { t1Ms: 1200, t2Ms: 110, pd: 0.82, adc: 1.05, uptake: 0.03, texture: 0.04 },
	gliosis: { t1Ms: 1400, t2Ms: 145, pd: 0.87, adc: 1.3, uptake: 0.03, texture: 0.05 },
	cavity: { t1Ms: 3900, t2Ms: 1000, pd: 0.99, adc: 2.8, uptake: 0, texture: 0.01 },
	solid: { t1Ms: 1260, t2Ms: 132, pd: 0.86, adc: 1.2, uptake: 0.05, texture: 0.045 },
	cyst: { t1Ms: 3400, t2Ms: 800, pd: 0.98, adc: 2.5, uptake: 0.02, texture: 0.01 },
	calcification: { t1Ms: 1000, t2Ms: 15, pd: 0.3, adc: 0.5, uptake: 0, texture: 0.1 },
	// Blood that leaves the slice before it is measured.
	flowVoid: { t1Ms: 1900, t2Ms: 40, pd: 0.06, adc: 1.5, uptake: 0, texture: 0 },
	// Methaemoglobin outside of cells shortens T1, what is left of it in the rim shortens T2.
	// Source: Bradley 1993, DOI 10.1148/radiology.189.1.8372185.
	haematoma: { t1Ms: 440, t2Ms: 105, pd: 0.85, adc: 0.95, uptake: 0, texture: 0.06 },
	haemosiderin: { t1Ms: 1100, t2Ms: 26, pd: 0.7, adc: 0.7, uptake: 0, texture: 0.04 },
};

/** What differs where another tumour grows than a glioblastoma. */
const GROWN: Readonly<Partial<Record<CaseRecipe['family'], Partial<Record<TissueName, Tissue>>>>> = {
	meningioma: { rim: { t1Ms: 1490, t2Ms: 90, pd: 0.82, adc: 0.9, uptake: 0.95, texture: 0.05 } },
	metastasis: { rim: { t1Ms: 1450, t2Ms: 105, pd: 0.84, adc: 0.95, uptake: 1.1, texture: 0.13 } },
	// Dense cells: dark on T2 beside oedema, and water that hardly moves. Source: Toh et al. 2008, DOI 10.3174/ajnr.A0872.
	pcnsl: { rim: { t1Ms: 1350, t2Ms: 92, pd: 0.82, adc: 0.62, uptake: 0.95, texture: 0.05 } },
	// As bright as cortex before contrast medium, and very vascular. Source: Chiechi et al. 1996, AJNR 17:1365.
	hpc_sft: {
		rim: { t1Ms: 1450, t2Ms: 97, pd: 0.83, adc: 1.08, uptake: 0.9, texture: 0.08 },
		solid: { t1Ms: 1500, t2Ms: 112, pd: 0.84, adc: 1.2, uptake: 0.25, texture: 0.1 },
	},
};

/** How far people differ, as a share: relaxation and water, and the uptake of contrast medium. */
const PEOPLE_DIFFER = 0.03;
const UPTAKE_DIFFERS = 0.12;

/** The tissues of one person's head in which a tumour of a family grows. */
export function tissuesOf({ family, seed }: Pick<CaseRecipe, 'family' | 'seed'>): Readonly<Record<TissueName, Tissue>> {
	const next = randomStream(seed + 71);
	const about = (value: number, differ: number) => value * (1 + differ * ((next() / 0xffffffff) * 2 - 1));
	const mean = { ...TISSUES, ...GROWN[family] };
	const own = Object.fromEntries(
		TISSUE_NAMES.map((name) => {
			const { t1Ms, t2Ms, pd, uptake, ...same } = mean[name];
			const water = {
				t1Ms: about(t1Ms, PEOPLE_DIFFER),
				t2Ms: about(t2Ms, PEOPLE_DIFFER),
				pd: Math.min(1, about(pd, 0.01)),
			};
			return [name, { ...same, ...water, uptake: about(uptake, UPTAKE_DIFFERS) }];
		}),
	) as Record<TissueName, Tissue>;
	// All fluid is one.
	return { ...own, ventricle: own.csf };
}
