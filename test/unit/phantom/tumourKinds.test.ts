import { beforeAll, describe, expect, it } from 'vitest';
import type { Region, Sequence } from '../../../src/protocol/protocol.ts';
import { builtIn, closeUp } from './closeUp.ts';

type CloseUp = ReturnType<typeof closeUp>;
type Part = Parameters<CloseUp['shareOf']>[0];

const count = (values: ArrayLike<number>, test = (value: number) => value !== 0) =>
	Array.from(values).filter(test).length;
/** Mean of a sequence where a tissue fills nearly all of a voxel. */
const meanIn = (made: CloseUp, part: Part) => {
	const share = made.shareOf(part);
	return (sequence: Sequence) => made.mean(sequence, (n) => share[n]! > 0.95);
};
/** What contrast medium adds, in white matter's signal. */
const uptake = (mean: (sequence: Sequence) => number) => mean('T1C') - mean('T1');
/** The body is what enhances and what does not, and no voxel is both. */
const bodyIsBoth = (made: CloseUp) => {
	const [body, enhancing, dead] = (['TB', 'ET', 'NE'] as Region[]).map(made.gold) as [
		Uint8Array,
		Uint8Array,
		Uint8Array,
	];
	expect(count(enhancing.map((value, n) => value & dead[n]!))).toBe(0);
	expect(count(body.map((value, n) => Number(value === 1 && (enhancing[n]! | dead[n]!) === 0)))).toBe(0);
	return [count(body), count(enhancing), count(dead)] as const;
};

describe('a glioma that enhances in part', { timeout: 60_000 }, () => {
	const recipe = builtIn('fig-2');
	let made: CloseUp;
	beforeAll(() => {
		made = closeUp(recipe);
	}, 60_000);

	it('enhances in the share of its solid body that the recipe asks for, and holds the fluid it asks for', () => {
		const sum = (part: Part) => made.shareOf(part).reduce((total, share) => total + share, 0);
		const [rim, solid, cyst] = (['rim', 'solid', 'cyst'] as const).map(sum) as [number, number, number];
		expect(Math.abs(rim / (rim + solid) - recipe.tumour.enhancing!)).toBeLessThan(0.1);
		expect(Math.abs(cyst / (rim + solid + cyst) - recipe.tumour.cysts!)).toBeLessThan(0.06);
	});

	it('has a body that is made up by what enhances and what does not', () => {
		const [body, enhancing, dead] = bodyIsBoth(made);
		expect(body).toBe(enhancing + dead);
		expect(enhancing).toBeGreaterThan(1000);
		expect(dead).toBeGreaterThan(2000);
	});

	it('has solid parts that are bright on FLAIR and take up nothing, and cysts that are bright on T2 only', () => {
		const [rim, solid, cyst] = (['rim', 'solid', 'cyst'] as const).map((part) => meanIn(made, part));
		expect(uptake(rim!)).toBeGreaterThan(0.7);
		expect(uptake(solid!)).toBeLessThan(0.08);
		expect(solid!('FLAIR')).toBeGreaterThan(1.4);
		expect(cyst!('T2') / solid!('T2')).toBeGreaterThan(1.4);
		expect(cyst!('FLAIR') / solid!('FLAIR')).toBeLessThan(0.6);
		// Not as dark as the fluid of the ventricles.
		expect(cyst!('FLAIR')).toBeGreaterThan(0.2);
		expect(uptake(cyst!)).toBeLessThan(0.08);
		expect(cyst!('T1') / solid!('T1')).toBeLessThan(0.6);
		expect(cyst!('ADC')).toBeGreaterThan(2);
	});

	it('drawn as it is has no finding, and what does not enhance drawn as enhancing has', () => {
		expect(made.findings()).toEqual([]);
		const body = made.gold('TB');
		expect(made.findings({ ET: body.slice() })).not.toEqual([]);
	});
});

describe('a haemangiopericytoma with calcification and blood', { timeout: 60_000 }, () => {
	const written = builtIn('hpc-01');
	let made: CloseUp;
	beforeAll(() => {
		made = closeUp({ ...written, tumour: { ...written.tumour, calcification: 0.08, bleeding: 0.3 } });
	}, 60_000);

	it('is dark in vessels of fast flow and in calcification on every sequence, and neither enhances', () => {
		const [rim, vessel, lime] = (['rim', 'flowVoid', 'calcification'] as const).map((part) => meanIn(made, part));
		for (const sequence of ['T1', 'T2', 'FLAIR', 'T1C'] as const) {
			expect(vessel!(sequence) / rim!(sequence), `flow void, ${sequence}`).toBeLessThan(0.5);
			expect(lime!(sequence) / rim!(sequence), `calcification, ${sequence}`).toBeLessThan(0.75);
		}
		expect(lime!('T2') / rim!('T2')).toBeLessThan(0.4);
		// Vessels are hardly wider than a voxel, which holds some of what is beside them.
		expect(Math.max(uptake(vessel!), uptake(lime!)) / uptake(rim!)).toBeLessThan(0.4);
	});

	it('has blood that is bright before contrast medium, not enhancing in its gold, and in the layer for it', () => {
		const [rim, blood] = (['rim', 'blood'] as const).map((part) => meanIn(made, part));
		expect(blood!('T1') / rim!('T1')).toBeGreaterThan(1.5);
		expect(uptake(blood!)).toBeLessThan(0.15);
		const clots = made.shareOf('blood');
		const [dead, bright] = [made.gold('NE'), made.layer('notEnhancing')];
		const whole = [...clots.keys()].filter((n) => clots[n]! > 0.9);
		expect(whole.length).toBeGreaterThan(50);
		// The share at a voxel's middle is not all of the voxel.
		expect(whole.filter((n) => dead[n] === 1 && bright[n] === 1).length / whole.length).toBeGreaterThan(0.9);
	});

	it('has gold of a meningeal tumour: the dura that enhances is more than the body, little as it is', () => {
		const [body, enhancing, dead] = bodyIsBoth(made);
		const tail = enhancing + dead - body;
		expect(tail).toBeGreaterThanOrEqual(0);
		expect(tail / body).toBeLessThan(0.05);
		expect(made.findings()).toEqual([]);
		expect(made.findings({ NE: new Uint8Array(made.gold('NE').length) })).not.toEqual([]);
	});

	it('is of the size, and lets water move as freely, as in patients', () => {
		// 4 cm or more in 30 of 34. Source: Chiechi et al. 1996, AJNR 17:1365.
		const ml = count(made.gold('TB')) * made.voxelMl;
		expect(2 * Math.cbrt((3 * ml) / (4 * Math.PI))).toBeGreaterThan(4);
		// (1.116 ± 0.127) · 10⁻³ mm²/s. Source: Liu et al. 2013, DOI 10.1002/jmri.24075.
		expect(Math.abs(meanIn(made, 'rim')('ADC') - 1.116)).toBeLessThan(0.127);
	});
});

describe('as in patients', { timeout: 60_000 }, () => {
	it('a meningioma is as bright as cortex before contrast medium, enhances evenly, and is as large and as dense', () => {
		const made = closeUp(builtIn('fig-4'));
		const [body, grey] = [meanIn(made, 'rim'), meanIn(made, 'grey')];
		// As bright as cortex or a little darker on T1, avid enhancement. Source: Huang et al. 2019, DOI 10.1093/neuonc/noy143.
		expect(body('T1') / grey('T1')).toBeGreaterThan(0.8);
		expect(body('T1') / grey('T1')).toBeLessThan(1.05);
		expect(body('T1C')).toBeGreaterThan(1.45);
		expect(made.spread('T1C', 'rim') / body('T1C')).toBeLessThan(0.1);
		// 0.97 ± 0.21 · 10⁻³ mm²/s in 106 typical ones. Source: DOI 10.1016/j.ejrad.2012.06.002.
		expect(Math.abs(body('ADC') - 0.97)).toBeLessThan(0.21);
		// On average 7.0 ml without symptoms, 24.5 ml with symptoms. Source: DOI 10.1016/j.clineuro.2023.107914.
		const ml = count(made.gold('TB')) * made.voxelMl;
		expect(ml).toBeGreaterThan(7);
		expect(ml).toBeLessThan(30);
	});

	it('a metastasis enhances, and lets water move, beside white matter as much as theirs', () => {
		const made = closeUp(builtIn('met-01'));
		const [body, white] = [meanIn(made, 'rim'), meanIn(made, 'white')];
		// 54 % brighter than brain after 0.1 mmol/kg, 92 % after 0.3. Source: “MR imaging detection of cerebral metastases with a single injection of high-dose gadoteridol”, 29 patients.
		expect(body('T1C') / white('T1C')).toBeGreaterThan(1.54);
		expect(body('T1C') / white('T1C')).toBeLessThan(1.92);
		// 1.47 ± 0.31 times the ADC of the other side, of lung cancer. Source: Müller et al. 2021, DOI 10.1186/s12880-021-00602-7.
		expect(Math.abs(body('ADC') / white('ADC') - 1.47)).toBeLessThan(0.31);
	});
});
