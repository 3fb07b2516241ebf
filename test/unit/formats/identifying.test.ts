import { expect, test } from 'vitest';
import { readableText } from '../../../src/formats/headerText.ts';
import { identifyingTexts, identifyingWarnings } from '../../../src/formats/identifying.ts';

const told = (text: string, field = 'descrip') => identifyingTexts([{ field, text }]).length === 1;

for (const text of [
	'Zhang^San',
	'ZHANG^SAN^^^',
	'DOE JANE 19500101',
	'PatientName=DOE^JANE MRN 123456',
	'Name: Zhang San',
	'name = Müller',
	'"PatientName": "Li"',
	"Patient's Name: Ada B",
	'Patient ID: 0012',
	'last_name: Doe',
	'full name: J. Doe',
	'张三',
	'T1 增强 李小明',
	'欧阳修',
	'姓名：张三',
	'患者 12 床',
	'北京天坛医院',
	'住院号 778812',
	'110101199003078515',
	'11010119900307851X',
	'13800138000',
	'138 0013 8000',
	'010-67096611',
	'0012345678',
	'A1234567',
	'MRN 123456',
	'medical record 12',
	'DOB 12/03/1950',
	'date of birth: 1950',
	'born 1950',
	'1950-03-12',
	'1950年3月12日',
	'Doe, Jane',
	'zhang san',
	'WANG XIAOMING',
	'Li_Na',
	'St. Mary Hospital',
	'"InstitutionName": "General Hospital"',
	'Universitätsklinikum Essen',
	'M 045Y',
	'jane.doe@example.org',
	'1.2.840.113619.2.55.3.2831868886.123',
	'Patient: Smith',
	"Patient's: Smith",
	'Pt. Smith',
	'scan of Pt: Smith',
	'John Smith 1956',
	'SMITH, JOHN (1956)',
	'Anna Maria Smith 2001',
	'ZHANGSAN',
	'LIXIAOMING',
])
	test(`told: ${text}`, () => expect(told(text)).toBe(true));

for (const text of [
	'TE=2.3;Time=142300.000',
	'TE=1.1e+02;Time=224246.728;phase=1',
	'FSL5.0',
	'6.0.5:9e026117',
	'SPM12',
	'spm - 3D normalized',
	'3T 3D GR TR=2300ms/TE=2.98ms/FA=9deg 13-Jun-2005 11:35:16 Mosaic',
	'FreeSurfer May 13, 2013',
	'mri_convert -c orig/001.mgz orig.mgz ProgramVersion: $Name: stable5 $ TimeStamp: 2013/05/13-16:21:07-GMT BuildTimeStamp: May 13 2013 10:01:58 CVS: $Id: mri_convert.c,v 1.179 2011/03/16 User: root Machine: node Platform: Linux PlatformVersion: 3.2.0 CompilerName: GCC CompilerVersion: 40400',
	'Concord phantom glioma-medium-1',
	'ITK 5.3.0',
	'3D Slicer 5.6.2',
	'{"ProtocolName": "t1_mprage_sag", "SeriesDescription": "T1", "EchoTime": 0.00298123456, "Manufacturer": "Siemens"}',
	'Protocol Name: t1_mprage',
	'series name = ep2d_diff',
	'Prisma fit, Siemens',
	'Brain extraction',
	'b=1000 s/mm^2',
	'10^3',
	'aparc+aseg',
	'none',
	'gray',
	'Patient name: anonymous',
	'PatientName=',
	'atr_name="HISTORY_NOTE" DATASET_NAME" > "zyxt"',
	'增强后',
	'轴位',
	'commit 3a0093c1f2, 12345678abcdef',
	'0.30000001192092896',
	'LAS 256x256x176 1.0x1.0x1.0',
	'Time=142300000.5',
	'Patient: anonymous',
	'patient: none',
	'FreeSurfer May 2013',
	'MNI ICBM 2009',
	'Siemens Prisma 2019',
	'BraTS Challenge 2018',
	'Brain Extraction Tool 2015',
	'5 pt. Helvetica',
	'PT. 3',
	'LINEAR',
	'LUMINA',
	'HUMAN',
	'MAGNITUDE',
	'FUSION',
	'TANGENT',
	'RENDER',
	'SHADING',
	'PHASE',
	'FLAIR',
	'MNIBRAIN',
	'WEIGHTED',
	'XIAOPIX',
])
	test(`let through: ${text.slice(0, 60)}`, () => expect(told(text)).toBe(false));

test('fields that hold a person by their name are told whatever they say, unless that was taken out', () => {
	for (const field of [
		'extension 2',
		'PatientName',
		'patient_id',
		'PatientBirthDate',
		'ReferringPhysicianName',
		'姓名',
	])
		expect(told('x7', field)).toBe(true);
	for (const text of ['anonymous', 'Anonymized', 'unknown', '0000', 'N/A', ''])
		expect(told(text, 'PatientName')).toBe(false);
	expect(told('x7', 'Comment')).toBe(false);
});

test('a Chinese name in the old encoding is told though it cannot be read', () => {
	// 张三 in GB 2312.
	const text = readableText(Uint8Array.of(0xd5, 0xc5, 0xc8, 0xfd));
	expect(told(text)).toBe(true);
	expect(told(readableText(Uint8Array.from('Müller-Lyer', (c) => c.charCodeAt(0))))).toBe(false);
});

test('the warning names each field once and repeats no text', () => {
	const texts = [
		{ field: 'descrip', text: 'Zhang^San' },
		{ field: 'extension 6', text: 'MRN 1' },
		{ field: 'extension 6', text: 'DOB 1' },
		{ field: 'aux_file', text: 'none' },
	];
	expect(identifyingWarnings(texts, 'a.nii')).toEqual([
		{ code: 'header.identifies', path: 'a.nii', params: { fields: 'descrip, extension 6' } },
	]);
	expect(identifyingWarnings(texts.slice(3), 'a.nii')).toEqual([]);
});

test('a long text is looked through in no time, whatever it is made of', () => {
	const began = performance.now();
	for (const piece of [
		'a',
		'name ',
		'patient ',
		'1',
		'1.',
		'a@',
		'Aa ',
		'张',
		'^',
		' ',
		'a-',
		'zhang ',
		'M 1',
		'Zhang',
		'ZHANG',
		'Patient: ',
		'Pt.',
		'Ab ',
	])
		told(piece.repeat(65_536 / piece.length));
	expect(performance.now() - began).toBeLessThan(3000);
});
