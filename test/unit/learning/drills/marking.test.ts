import { describe, expect, it } from 'vitest';
import { chance, shuffled } from '../../../../src/learning/drills/chance.ts';
import { markGrades } from '../../../../src/learning/drills/grades.ts';
import { markName, namingItems } from '../../../../src/learning/drills/naming.ts';
import { markRegion, schemeOf, widestSlice } from '../../../../src/learning/drills/regions.ts';
import { markRepair, repairChoices } from '../../../../src/learning/drills/repair.ts';
import { markSet } from '../../../../src/learning/drills/sets.ts';
import { RegionMask } from '../../../../src/mask/regionMask.ts';
import { parseMaskName } from '../../../../src/protocol/maskName.ts';
import { FAMILIES, FAMILY_REGIONS, REGION_SEQUENCE } from '../../../../src/protocol/protocol.ts';
import { FINDING_CODES } from '../../../../src/scoring/findings/finding.ts';

describe('chance', () => {
	it('gives the same numbers for a seed, evenly from 0 to below 1', () => {
		const next = chance(7);
		const numbers = Array.from({ length: 4000 }, next);
		expect(numbers.every((value) => value >= 0 && value < 1)).toBe(true);
		expect(numbers.reduce((sum, value) => sum + value, 0) / 4000).toBeCloseTo(0.5, 1);
		const again = chance(7);
		expect(Array.from({ length: 4000 }, again)).toEqual(numbers);
	});

	it('shuffles all values, and otherwise by another seed', () => {
		const values = Array.from({ length: 12 }, (_, n) => n);
		expect(shuffled(values, 1).sort((a, b) => a - b)).toEqual(values);
		expect(shuffled(values, 1)).not.toEqual(shuffled(values, 2));
		expect(values[0]).toBe(0);
	});
});

describe('markGrades', () => {
	const known = [
		{ sequence: 'T1', grade: 3 },
		{ sequence: 'FLAIR', grade: 1 },
	] as const;

	it('weighs by how far a grade is off, and tells of poor images that were accepted', () => {
		const mark = (t1: 1 | 2 | 3, flair: 1 | 2 | 3) =>
			markGrades(known, new Map([['T1', t1] as const, ['FLAIR', flair] as const]));
		expect(mark(3, 1)).toMatchObject({ score: 1, series: [{ accepted: false }, { accepted: false }] });
		expect(mark(2, 1).score).toBe(0.75);
		expect(mark(1, 3)).toMatchObject({ score: 0, series: [{ accepted: false }, { accepted: true }] });
	});

	it('throws where a series was not graded, or there is none', () => {
		expect(() => markGrades(known, new Map([['T1', 3]]))).toThrow('FLAIR');
		expect(() => markGrades([], new Map())).toThrow('no series');
	});
});

describe('naming', () => {
	const item = {
		family: 'glioma',
		patient: 'P0012',
		region: 'ET',
		sequence: 'T1C',
		right: 'P0012_T1C_ET.nii.gz',
		wrong: undefined,
	} as const;

	it('takes the right name, in any open format', () => {
		for (const name of [item.right, 'P0012_T1C_ET.nii', ' P0012_T1C_ET.seg.nrrd', 'P0012_T1C_ET.dcm'])
			expect(markName(item, name).score).toBe(1);
	});

	it.each([
		['P0013_T1C_ET.nii.gz', { patient: false, sequence: true, region: true, form: true }],
		['P0012_FLAIR_ET.nii.gz', { patient: true, sequence: false, region: true, form: true }],
		['P0012_T1C_NE.nii.gz', { patient: true, sequence: true, region: false, form: true }],
		['P0012_T1C_ET.png', { patient: true, sequence: true, region: true, form: false }],
		['P0012_ET_T1C.nii.gz', { patient: true, sequence: false, region: false, form: false }],
		['P0012-T1C-ET.nii.gz', { patient: false, sequence: false, region: false, form: false }],
		['', { patient: false, sequence: false, region: false, form: false }],
	])('marks %s part by part', (name, parts) => {
		const mark = markName(item, name);
		expect(mark.parts).toEqual(parts);
		expect(mark.score).toBe(Object.values(parts).filter(Boolean).length / 4);
	});

	it.each([1, 2, 3, 4, 5, 6, 7, 8])('draws names to write and wrong ones to correct, seed %i', (seed) => {
		const items = namingItems(FAMILIES, 6, seed);
		expect(items).toHaveLength(6);
		for (const each of items) {
			expect(FAMILY_REGIONS[each.family]).toContain(each.region);
			expect(parseMaskName(each.right)).toMatchObject({
				patient: each.patient,
				sequence: REGION_SEQUENCE[each.region],
				region: each.region,
			});
			expect(markName(each, each.right).score).toBe(1);
			if (each.wrong !== undefined) expect(markName(each, each.wrong).score).toBeLessThan(1);
		}
		expect(items.map(({ wrong }) => wrong === undefined)).toEqual([true, false, true, false, true, false]);
	});
});

describe('regions', () => {
	it('tells a region of another family from another one of the same', () => {
		expect(markRegion('glioma', 'WT', 'WT')).toEqual({ score: 1, fault: null });
		expect(markRegion('glioma', 'WT', 'TB')).toEqual({ score: 0, fault: 'other' });
		expect(markRegion('glioma', 'WT', 'ED')).toEqual({ score: 0, fault: 'family' });
		expect(markRegion('meningioma', 'ED', 'WT')).toEqual({ score: 0, fault: 'family' });
		expect(FAMILIES.map(schemeOf)).toEqual(['four', 'two', 'two', 'meningeal', 'meningeal']);
	});

	it('finds the slice in which a mask is widest', () => {
		const mask = new RegionMask({ dims: [4, 4, 3], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] });
		expect(widestSlice(mask)).toBeUndefined();
		mask.flip(Uint32Array.of(0, 16, 17, 18, 32));
		expect(widestSlice(mask)).toBe(1);
	});
});

describe('markRepair', () => {
	const made = { planted: 'E10', named: 'E10', share: 1, broken: 0 } as const;

	it('counts the name by a quarter and the repair by the rest', () => {
		expect(markRepair(made)).toEqual({ score: 1, isNamed: true, isRepaired: true });
		expect(markRepair({ ...made, named: 'E11' })).toEqual({ score: 0.75, isNamed: false, isRepaired: true });
		expect(markRepair({ ...made, share: 0 })).toEqual({ score: 0.25, isNamed: true, isRepaired: false });
		expect(markRepair({ ...made, share: 0.6 }).score).toBeCloseTo(0.7);
	});

	it('lets the margin of a hand pass, and takes off what is broken beyond', () => {
		expect(markRepair({ ...made, broken: 0.25 })).toMatchObject({ score: 1, isRepaired: true });
		expect(markRepair({ ...made, broken: 0.75 })).toMatchObject({ score: 0.625, isRepaired: false });
		expect(markRepair({ ...made, broken: 9 }).score).toBe(0.25);
	});

	it('offers four types, the planted one among them, in an order by the seed', () => {
		for (const code of FINDING_CODES) {
			const choices = repairChoices(code, 3);
			expect(new Set(choices).size).toBe(4);
			expect(choices).toContain(code);
		}
		const places = new Set(Array.from({ length: 20 }, (_, seed) => repairChoices('E10', seed).indexOf('E10')));
		expect(places.size).toBe(4);
	});
});

describe('markSet', () => {
	it('counts the decision by half and the faults by the rest', () => {
		expect(markSet([], { accept: true, faults: [] })).toMatchObject({ score: 1, isDecided: true });
		expect(markSet([], { accept: false, faults: ['gap'] })).toMatchObject({
			score: 0,
			isDecided: false,
			extra: ['gap'],
		});
		expect(markSet(['gap'], { accept: true, faults: [] })).toMatchObject({ score: 0, missed: ['gap'] });
		expect(markSet(['gap', 'plane'], { accept: false, faults: ['gap', 'plane'] }).score).toBe(1);
		expect(markSet(['gap', 'plane'], { accept: false, faults: ['gap'] })).toMatchObject({
			score: 0.75,
			missed: ['plane'],
		});
		expect(markSet(['gap'], { accept: false, faults: ['plane'] })).toMatchObject({
			score: 0.5,
			missed: ['gap'],
			extra: ['plane'],
		});
	});
});
