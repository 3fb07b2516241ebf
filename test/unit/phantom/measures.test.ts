import { describe, expect, it } from 'vitest';
import policyFile from '../../../content/policy/difficulty.json' with { type: 'json' };
import type { Volume } from '../../../src/formats/volume.ts';
import { clauseAnchor } from '../../../src/i18n/clause.ts';
import { readBank } from '../../../src/node/readBank.ts';
import { gradeDifficulty } from '../../../src/phantom/difficulty.ts';
import { drawRecipe } from '../../../src/phantom/drawRecipe.ts';
import { gatherParts, measureCase } from '../../../src/phantom/measureCase.ts';
import { thumbnailOf } from '../../../src/phantom/thumbnail.ts';
import { trapsOf } from '../../../src/phantom/trapsOf.ts';
import { TRAP_CLAUSE, TRAPS } from '../../../src/protocol/trap.ts';
import type { CaseMeasures } from '../../../src/schemas/caseMeasures.ts';
import type { CaseRecipe } from '../../../src/schemas/caseRecipe.ts';
import { difficultyPolicySchema } from '../../../src/schemas/difficultyPolicy.ts';

const policy = difficultyPolicySchema.parse(policyFile);
const bank = await readBank(new URL('../../../content', import.meta.url).pathname);
const glioma = drawRecipe(bank, 'glioma', 'easy', 3);

const SIDE = 40;
/** Voxels of 1 mm; a value for each by its distance in mm from the middle and its x. */
const volume = (of: (mm: number, x: number) => number): Volume => {
	const middle = (SIDE - 1) / 2;
	const data = new Int16Array(SIDE ** 3);
	for (let n = 0; n < data.length; n++) {
		const [x, y, z] = [n % SIDE, Math.floor(n / SIDE) % SIDE, Math.floor(n / SIDE ** 2)];
		data[n] = of(Math.hypot(x - middle, y - middle, z - middle), x);
	}
	return { grid: { dims: [SIDE, SIDE, SIDE], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] }, data };
};
/** Brain of 300 ± 20, so that the quartiles lie 40 apart. */
const brain = (x: number) => (x % 2 === 0 ? 280 : 320);
const ball = (mm: number) => volume((d) => (d <= mm ? 1 : 0));

function measured() {
	const parts = gatherParts();
	const add = parts.add;
	add({ kind: 'series', sequence: 'FLAIR', volume: volume((d, x) => (d <= 8 ? 500 : brain(x))) });
	add({ kind: 'series', sequence: 'T1C', volume: volume((d, x) => (d <= 5 ? 600 : brain(x))) });
	add({ kind: 'series', sequence: 'ADC', volume: volume((_, x) => (x < 38 ? 800 : 3000)) });
	add({ kind: 'reference', region: 'WT', volume: ball(8) });
	add({ kind: 'reference', region: 'ET', volume: ball(5) });
	add({ kind: 'reference', region: 'TB', volume: ball(5) });
	add({ kind: 'layer', layer: 'csf', volume: volume((_, x) => (x >= 30 ? 1 : 0)) });
	add({ kind: 'layer', layer: 'confounders', volume: volume((d, x) => (d > 12 && x < 4 ? (x < 2 ? 1 : 2) : 0)) });
	add({ kind: 'layer', layer: 'uncertainWT', volume: volume((d) => (d > 7 && d <= 9 ? 1 : 0)) });
	return { parts, measures: measureCase(parts, glioma)! };
}

describe('measureCase', () => {
	it('measures a ball in even brain as geometry and the quartiles say', () => {
		const { measures } = measured();
		expect(measures.lesions).toBe(1);
		expect(measures.smallestMm).toBeCloseTo(10, 0);
		expect(measures.volumeMl).toBeCloseTo((4 / 3) * Math.PI * 8 ** 3 * 1e-3, 1);
		// The quartiles of the brain are 40 apart, as those of a standard deviation of 40 / 1.349.
		expect(Math.abs(measures.flairContrast! - (200 * 1.349) / 40)).toBeLessThan(0.8);
		expect(Math.abs(measures.t1cContrast! - (300 * 1.349) / 40)).toBeLessThan(0.8);
		expect(measures.uncertainShare).toBeCloseTo((9 ** 3 - 7 ** 3) / 9 ** 3, 1);
		expect(measures.confounders).toBe(2);
		// From the outermost voxel of the body, 24, to 30.
		expect(measures.ventricleMm).toBe(6);
		expect(measures).toMatchObject({ sliceMm: 4, gapMm: 0 });
	});

	it('has no figure for what is not there', () => {
		const { parts } = measured();
		const empty = gatherParts();
		for (const [sequence, each] of parts.series) empty.add({ kind: 'series', sequence, volume: each });
		expect(measureCase(empty, glioma)).toBeUndefined();
		empty.add({ kind: 'reference', region: 'WT', volume: ball(8) });
		empty.add({ kind: 'reference', region: 'ET', volume: ball(-1) });
		const measures = measureCase(empty, glioma)!;
		expect(measures.t1cContrast).toBeUndefined();
		expect(measures.ventricleMm).toBeUndefined();
		expect(measures).toMatchObject({ uncertainShare: 0, confounders: 0, confoundersMl: 0 });
		expect(measures.smallestMm).toBeCloseTo(16, 0);
	});
});

describe('difficulty', () => {
	const easy: CaseMeasures = {
		volumeMl: 60,
		lesions: 1,
		smallestMm: 30,
		flairContrast: 8,
		t1cContrast: 9,
		uncertainShare: 0.1,
		confounders: 0,
		confoundersMl: 0,
		sliceMm: 4,
		gapMm: 0,
	};
	it('has a point for each limit that is passed', () => {
		expect(gradeDifficulty(easy, policy)).toMatchObject({ difficulty: 'easy', score: 0 });
		const { t1cContrast: _, ...dark } = easy;
		for (const [harder, points] of [
			[{ ...easy, smallestMm: 19.99 }, 1],
			[{ ...easy, smallestMm: 20 }, 0],
			[{ ...easy, smallestMm: 7.9 }, 2],
			[{ ...easy, flairContrast: 4.5 }, 1],
			[dark, 2],
			[{ ...easy, uncertainShare: 0.15 }, 1],
			[{ ...easy, lesions: 5 }, 2],
			[{ ...easy, confoundersMl: 12 }, 2],
			[{ ...easy, sliceMm: 5, gapMm: 1 }, 1],
			[{ ...easy, sliceMm: 5, gapMm: 1, lesions: 2, smallestMm: 10, uncertainShare: 0.2 }, 4],
		] as const)
			expect([harder, gradeDifficulty(harder, policy).score]).toEqual([harder, points]);
		expect(gradeDifficulty({ ...easy, lesions: 5 }, policy).difficulty).toBe('medium');
		expect(gradeDifficulty({ ...easy, lesions: 5, smallestMm: 3 }, policy).difficulty).toBe('hard');
	});
});

describe('traps', () => {
	it('come of the recipe and the measures, and a set for triage tells none', () => {
		const { measures } = measured();
		const plain: CaseRecipe = { ...glioma, tumour: { ...glioma.tumour, bleeding: 0 } };
		expect(trapsOf(plain, { ...measures, uncertainShare: 0.1 })).toEqual([]);
		const trapped: CaseRecipe = {
			...plain,
			tumour: { ...plain.tumour, bleeding: 0.4, enhancing: 0.5, cysts: 0.1, calcification: 0.1, flowVoids: 0.1 },
			confounders: { leukoaraiosis: 1, lacunes: 1, infarcts: 1, haemorrhages: 1, veins: 1, duraMm: 1.5 },
			artefacts: { FLAIR: { blur: 3 } },
		};
		const all = { ...measures, lesions: 3, smallestMm: 4, ventricleMm: 2, uncertainShare: 0.3, sliceMm: 5, gapMm: 1 };
		expect(trapsOf(trapped, all)).toEqual(TRAPS.filter((trap) => trap !== 'noEnhancement' && trap !== 'duralTail'));
		const { t1cContrast: _, ...dark } = measures;
		expect(trapsOf(plain, dark)).toContain('noEnhancement');
		expect(trapsOf({ ...plain, family: 'meningioma' }, measures)).toContain('duralTail');
		expect(trapsOf({ ...trapped, use: 'triage' }, undefined)).toEqual([]);
		for (const trap of TRAPS) expect(clauseAnchor(TRAP_CLAUSE[trap])).toMatch(/^clause-/);
	});
});

describe('thumbnails', () => {
	it('are a PNG of the slice with the most tumour, in grey', () => {
		const { parts } = measured();
		const { png, sequence } = thumbnailOf(parts, 'glioma')!;
		expect(sequence).toBe('FLAIR');
		expect([...png.subarray(1, 4)]).toEqual([80, 78, 71]);
		expect(new DataView(png.buffer).getUint32(16)).toBe(160);
		expect(thumbnailOf(parts, 'pcnsl')?.sequence).toBe('T1C');
		const plain = gatherParts();
		expect(thumbnailOf(plain, 'glioma')).toBeUndefined();
		plain.add({ kind: 'series', sequence: 'T2', volume: parts.series.get('FLAIR')! });
		expect(thumbnailOf(plain, 'glioma')?.sequence).toBe('T2');
	});
});
