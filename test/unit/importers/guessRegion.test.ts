import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guessRegion } from '../../../src/importers/guessRegion.ts';
import { FAMILIES, FAMILY_REGIONS, type Family, type Region } from '../../../src/protocol/protocol.ts';

const SURE: Record<Family, Partial<Record<Region | 'none', readonly string[]>>> = {
	glioma: {
		WT: [
			'WT',
			'wt.nii.gz',
			'P0012_FLAIR_WT.nii.gz',
			'P0012_FLAIR_WT_L02.nii.gz',
			'case/3_WT.seg.nrrd',
			'whole tumor',
			'WholeTumour',
			'Whole_Tumor (WT)',
			'entire tumour',
			'全肿瘤',
			'整个肿瘤',
			'张三_全肿瘤标注.nii.gz',
		],
		TB: ['TB', 'TC', 'tumor core', 'Tumour body', 'core', 'body', '瘤体', '肿瘤瘤体', '肿瘤核心', 'tumor core (TC)'],
		ET: [
			'ET',
			'P0012_T1C_ET.nii.gz',
			'enhancing',
			'enhancing tumor',
			'GD-enhancing tumor (ET)',
			'Enhancement',
			'enhancing core',
			'强化',
			'强化区',
			'肿瘤强化部分',
			'增强肿瘤',
		],
		NE: [
			'NE',
			'non-enhancing',
			'nonenhancing',
			'non enhancing tumor',
			'Non_Enhancing_Tumor_Core',
			'NCR',
			'NCR/NET',
			'necrosis',
			'Necrotic core',
			'非强化',
			'无强化区',
			'不强化',
			'未明显强化',
			'坏死',
			'坏死及非强化',
		],
		none: ['ED', 'edema', '水肿', 'SNFH', 'surrounding non-enhancing FLAIR hyperintensity'],
	},
	pcnsl: {
		WT: ['WT', '全肿瘤'],
		EN: ['EN', 'P1_T1C_EN.nii.gz', 'ET+NE', 'ET_NE', 'enhancing and non-enhancing', '强化+非强化', '强化及坏死'],
		none: ['P1_T1C_ET.nii.gz', '强化', 'non-enhancing'],
	},
	metastasis: { WT: ['whole tumor'], EN: ['enhancing + necrosis', '强化与非强化合并'] },
	meningioma: {
		ED: ['ED', 'edema', 'oedema', 'Peritumoral edema', '水肿', '瘤周水肿', '肿瘤水肿区'],
		ET: ['强化'],
		TB: ['瘤体', 'tumour'.concat(' body')],
		none: ['WT', 'whole tumour', '全肿瘤'],
	},
	hpc_sft: { ED: ['P3_FLAIR_ED.dcm'], NE: ['非强化'] },
};

for (const [family, regions] of Object.entries(SURE) as [Family, (typeof SURE)[Family]][])
	for (const [region, names] of Object.entries(regions))
		for (const name of names)
			test(`${name} is ${region} of ${family} for sure`, () => {
				const expected = region === 'none' ? null : region;
				expect(guessRegion(name, family)).toEqual({ region: expected, confident: true });
			});

test.each([
	['T1增强_mask', 'glioma', 'ET'],
	['contrast enhanced', 'glioma', 'ET'],
	['unenhanced', 'glioma', 'NE'],
	['瘤周', 'meningioma', 'ED'],
	['et_final_mask', 'glioma', 'ET'],
	['ET+NE', 'glioma', 'TB'],
	['tumor core', 'metastasis', 'EN'],
	['EN', 'meningioma', 'TB'],
	['oedema and whole tumour', 'glioma', 'WT'],
	['Segment_1', 'glioma', null],
	['tumor', 'glioma', null],
	['wtf', 'glioma', null],
	['score', 'glioma', null],
	['1', 'pcnsl', null],
	['', 'glioma', null],
] as const)('%s in %s is %s at best, and said to be a guess', (name, family, region) => {
	expect(guessRegion(name, family)).toEqual({ region, confident: false });
});

test('any name is answered, with a region of the family, in no time', () => {
	const piece = fc.constantFrom(
		'non',
		'-',
		'_',
		'enhanc',
		'ing',
		'flair',
		't2',
		'非',
		'强化',
		'tumor',
		'core',
		'et',
		'ne',
		'/',
		'.nii',
		'İ',
		'\0',
	);
	const name = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(piece, { maxLength: 400 }).map((all) => all.join('')),
	);
	const before = process.cpuUsage();
	fc.assert(
		fc.property(name, fc.constantFrom(...FAMILIES), (text, family) => {
			const { region } = guessRegion(text, family);
			if (region) expect(FAMILY_REGIONS[family]).toContain(region);
		}),
		{ numRuns: 1000, seed: 20210818 },
	);
	expect(process.cpuUsage(before).user / 1000).toBeLessThan(5000);
});
