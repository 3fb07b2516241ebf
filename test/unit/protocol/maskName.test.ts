import { expect, test } from 'vitest';
import { jointMaskName, maskName, parseMaskName, patientOf, readMaskName } from '../../../src/protocol/maskName.ts';
import { REGIONS } from '../../../src/protocol/protocol.ts';

test('a name that we give is one that we read, of one region and of several', () => {
	for (const region of REGIONS) expect(parseMaskName(maskName('P-12', region))?.region).toBe(region);
	for (const extension of ['seg.nrrd', 'dcm'] as const) {
		const name = jointMaskName('P12', ['ET', 'NE'], extension);
		expect(readMaskName(name)).toEqual({ patient: 'P12', sequence: 'T1C', regions: ['ET', 'NE'], lesion: null });
		// Several regions are no one region.
		expect(parseMaskName(name)).toBeNull();
		expect(readMaskName(jointMaskName('P12', ['WT'], extension))?.regions).toEqual(['WT']);
	}
});

test('a lesion has its number; what is not by the rule is no name', () => {
	expect(readMaskName('P0012_T1C_EN_L03.nii.gz')).toMatchObject({ regions: ['EN'], lesion: 3 });
	for (const name of [
		'P0012-FLAIR-WT.nii.gz',
		'P0012_FLAIR_XX.nii',
		'张三_FLAIR_WT.nii',
		'P1_FLAIR_WT.png',
		'P1_T1C_ET-.dcm',
	])
		expect(readMaskName(name)).toBeNull();
});

test('a patient without a number is called after the case', () => {
	expect(patientOf('local_2026 张')).toBe('local-2026--');
	expect(patientOf('')).toBe('case');
});
