import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guessSequence, type SeriesRole } from '../../../src/importers/guessSequence.ts';
import { sharedFolder } from '../../sharedData.ts';

const real = sharedFolder('testdata/real');

const SURE: Record<SeriesRole | 'none', readonly string[]> = {
	T1: [
		't1.nii.gz',
		't1n.nii.gz',
		't1w.nii',
		'BraTS-GLI-00001-000-t1n.nii.gz',
		'BraTS-MET-00110-000/t1n.nii.gz',
		'BraTS2021_00000_t1.nii.gz',
		'IXI002-Guys-0828-T1.nii.gz',
		'UCSF-PDGM-0004_T1_bias.nii.gz',
		'sub-01/anat/sub-01_T1w.nii.gz',
		'TCGA-DU-7294_t1_bet.nii.gz',
		'T1_AX_OtherEXampleTCIA_TCGA-FG-6692_Si_TCGA-FG-6692_T1_AX_SE_10_se2d1_t1.nii.gz',
		'EGD-0001/1_T1/NIFTI/data.nii.gz',
		't1_pre.nii.gz',
		'T1 non-contrast.nii',
		'T1_without_contrast.nii.gz',
		'post-op_T1.nii.gz',
		't1_fl2d_sag.nii',
		'3DT1.nii',
		'T1平扫.nii.gz',
		'T1 (2).nii.gz',
	],
	T1C: [
		't1c.nii.gz',
		't1ce.nii.gz',
		't1gd.nii.gz',
		't1post.nii',
		't1_post_gad.nii.gz',
		'T1+C.nii',
		'T1WI+C.nii.gz',
		'AX T1 C+.nii.gz',
		'T1_C.nii.gz',
		'CE-T1.nii.gz',
		'BraTS2021_00000_t1ce.nii.gz',
		'BraTS-GLI-00001-000-t1c.nii.gz',
		'UPENN-GBM-00001_11_T1GD.nii.gz',
		'TCGA-02-0003_1997.06.08_t1Gd.nii.gz',
		'Patient-001/week-000/CT1.nii.gz',
		'mets_001/t1_gd/001.nii.gz',
		'sub-01/anat/sub-01_ce-gadolinium_T1w.nii.gz',
		'MRHR_T1_AX_POST_GAD_OtherEXampleTCIA_TCGA-FG-6692_Si_TCGA-FG-6692_MRHR_T1_AX_POST_GAD_SE_13_se2d1r_t1c.nii.gz',
		'T1c_subtrMeanDivStd.nii.gz',
		'preop_T1c.nii.gz',
		'张三_T1增强.nii.gz',
		'增强T1.nii.gz',
		'T1WI增强扫描.nii.gz',
	],
	T2: [
		't2.nii.gz',
		't2w.nii.gz',
		'BraTS20_Training_001_t2.nii',
		'IXI002-Guys-0828-T2.nii.gz',
		'MRHR_T2_AX_OtherEXampleTCIA_TCGA-FG-6692_Si_TCGA-FG-6692_MRHR_T2_AX_SE_2_tse2d1_11_t2.nii.gz',
		'AXT2.nii',
		'T1234_t2.nii.gz',
		'T1/T2.nii.gz',
		'T2平扫.nii.gz',
		'轴位T2WI.nii.gz',
	],
	FLAIR: [
		'flair.nii.gz',
		'fla.nii.gz',
		't2f.nii.gz',
		'Flair_subtrMeanDivStd.nii.gz',
		'BraTS-GLI-00001-000-t2f.nii.gz',
		'BraTS20_Training_001_flair.nii',
		'MRHR_FLAIR_AX_OtherEXampleTCIA_TCGA-FG-6692_Si_TCGA-FG-6692_MRHR_FLAIR_AX_SE_IR_5_tir2d1_21_fla.nii.gz',
		'Ax T2 FLAIR.nii.gz',
		'T2FLAIR.nii.gz',
		't2_tirm_tra_dark-fluid.nii.gz',
		'PT1-0034_flair.nii.gz',
		'brain_tumor_001_flair.nii.gz',
		'FLAIR\\0001.nii.gz',
		'T2压水.nii.gz',
		'水抑制T2.nii',
	],
	DWI: [
		'dwi.nii.gz',
		'b1000.nii.gz',
		'DWI b=1000.nii.gz',
		'sub-01_acq-b1000_dwi.nii.gz',
		'UCSF-PDGM-0004_DWI_bias.nii.gz',
		'ep2d_diff_3scan_trace_p2_TRACEW.nii.gz',
		'弥散.nii.gz',
		'扩散加权_b1000.nii.gz',
	],
	ADC: [
		'adc.nii.gz',
		'UCSF-PDGM-0004_ADC.nii.gz',
		'ep2d_diff_3scan_trace_p2_ADC.nii.gz',
		'dwi_adc.nii.gz',
		'ADC_map.nii.gz',
		'ADC图.nii.gz',
		'表观弥散系数.nii.gz',
	],
	reference: [
		'seg.nii.gz',
		'BraTS19_2013_10_1_seg.nii.gz',
		'BraTS-GLI-00001-000-seg.nii.gz',
		'seg_fusion_mav.nii.gz',
		'raters/isen-20.nii.gz',
		'fusion/simple.nii.gz',
		'OTMultiClass.nii.gz',
		'UCSF-PDGM-0004_tumor_segmentation.nii.gz',
		'UPENN-GBM-00001_11_automated_approx_segm.nii.gz',
		'EGD-0001/MASK.nii.gz',
		't1c_seg.nii.gz',
		'label.nii.gz',
		'金标准.nii.gz',
		'全肿瘤标注.nii.gz',
	],
	none: [
		'brainmask.nii.gz',
		't1/brainmask.nii.gz',
		't1_brain_mask.nii.gz',
		'UCSF-PDGM-0004_brain_segmentation.nii.gz',
		'UCSF-PDGM-0004_SWI_bias.nii.gz',
		'UCSF-PDGM-0004_DTI_eddy_FA.nii.gz',
		'IXI002-Guys-0828-PD.nii.gz',
		'IXI002-Guys-0828-MRA.nii.gz',
	],
};

for (const [role, names] of Object.entries(SURE))
	for (const name of names)
		test(`${name} is ${role} for sure`, () => {
			expect(guessSequence(name)).toEqual({ role: role === 'none' ? null : role, confident: true });
		});

test.each([
	['post.nii.gz', 'T1C'],
	['YG_00ABC_POST.nii.gz', 'T1C'],
	['增强.nii.gz', 'T1C'],
	['pre.nii.gz', 'T1'],
	['平扫.nii.gz', 'T1'],
	['mets_001/bravo.nii.gz', 'T1'],
	['sub-T1_FLAIR.nii.gz', 'FLAIR'],
	['Ax T1 FLAIR.nii.gz', 'FLAIR'],
	['flair_post.nii.gz', 'FLAIR'],
	['tumor.nii.gz', 'reference'],
	['flat.nii.gz', null],
	['flash3d.nii.gz', null],
	['sub-01_T2starw.nii.gz', null],
	['T1_map.nii.gz', null],
	['eADC.nii.gz', null],
	['Task01/BRATS_001_0000.nii.gz', null],
	['', null],
] as const)('%s is %s at best, and said to be a guess', (name, role) => {
	expect(guessSequence(name)).toEqual({ role, confident: false });
});

test('the file name counts before its folders, and the nearer folder before the farther', () => {
	expect(guessSequence('T1/flair.nii.gz').role).toBe('FLAIR');
	expect(guessSequence('T1/FLAIR/0001.nii.gz').role).toBe('FLAIR');
	expect(guessSequence('T1/x/y/z/0001.nii.gz').role).toBe(null);
});

test('a name whose parts can be read in two ways, many times over, costs no time', () => {
	const before = process.cpuUsage();
	for (const part of ['fse', 'tra', 'mpr', 'axi']) guessSequence(`${part.repeat(26)}x.nii.gz`);
	expect(process.cpuUsage(before).user / 1000).toBeLessThan(300);
});

test('any name is answered', () => {
	const piece = fc.constantFrom('fse', 'tra', 'ax', 't1', 'sag', '+c', '增强', '/', '\\', '.', 'e', 'b=1000', '\0');
	const name = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(piece, { maxLength: 80 }).map((all) => all.join('')),
	);
	fc.assert(
		fc.property(name, (text) => {
			expect(guessSequence(text)).toHaveProperty('confident');
		}),
	);
});

test.skipIf(!real)('every real file is known by its name', () => {
	const found = readdirSync(real!, { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.nii.gz'))
		.map((path) => {
			const { role, confident } = guessSequence(join('real', path));
			expect({ path, confident }).toEqual({ path, confident: true });
			return role;
		});
	const count = (role: SeriesRole | null) => found.filter((r) => r === role).length;
	expect([count('T1'), count('T1C'), count('T2'), count('FLAIR'), count('reference'), count(null)]).toEqual([
		5, 6, 5, 6, 13, 1,
	]);
});
