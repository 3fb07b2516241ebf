import { expect, test } from 'vitest';
import policy from '../../../content/policy/acceptance.json' with { type: 'json' };
import { DICOM_HEAD_BYTES, seriesUidOf } from '../../../src/formats/dicomFile.ts';
import { readDicomSeries } from '../../../src/formats/dicomSeries.ts';
import { groupDicom, nameSeries } from '../../../src/importers/dicomGroups.ts';
import { dicomBytes, mrSlice, type TestElement } from '../formats/dicomBytes.ts';
import { evenly, type MadeSeries, STUDY, seriesFiles } from '../formats/dicomStudy.ts';

/** Name and role of the volumes in one folder. */
function named(folder: string, ...series: MadeSeries[]) {
	const files = new Map(series.flatMap((each, n) => [...seriesFiles(`${folder}/${n}`, each)]));
	const read = readDicomSeries(files);
	if (!read.ok) throw new Error(JSON.stringify(read.issues));
	return nameSeries(read.value, { folder }, policy).map(({ path, guess }) => [path, guess.role]);
}

const short = { places: evenly(2, 4) };

test('files are grouped by folder and series; a copy elsewhere is another group, a DICOMDIR and others none', () => {
	const groups = groupDicom([
		['a/1', 'x'],
		['a/2', 'y'],
		['a/3', 'x'],
		['b/1', 'x'],
		['top', ''],
		['DICOMDIR', ''],
		['notes.txt', undefined],
	]);
	expect(groups.map(({ folder, paths }) => [folder, paths])).toEqual([
		['a', ['a/1', 'a/3']],
		['a', ['a/2']],
		['b', ['b/1']],
		['', ['top']],
	]);
	expect(new Set(groups.map(({ id }) => id)).size).toBe(4);
});

test('the series of a file is in its head, or else further on; what is no DICOM has none', async () => {
	const whole = (more: readonly TestElement[] = []) => dicomBytes(mrSlice(0, [0, 1, 2, 3, 4, 5], more));
	const never = () => Promise.reject(new Error('expected the head to do'));
	expect(await seriesUidOf(whole(), never)).toBe('1.2.3');
	expect(await seriesUidOf(new Uint8Array(400), never)).toBeUndefined();
	expect(await seriesUidOf(whole().subarray(0, 200), never)).toBe('');
	const long = whole([[0x0009_1001, 'OB', new Uint8Array(2 * DICOM_HEAD_BYTES)]]);
	expect(await seriesUidOf(long.subarray(0, DICOM_HEAD_BYTES), async () => long)).toBe('1.2.3');
});

test('roles go by the description, the kind of image, and the folder', () => {
	expect(Object.entries(STUDY).map(([folder, series]) => named(folder, { ...series, ...short })[0]![1])).toEqual([
		'T1',
		'T2',
		'FLAIR',
		'T1C',
		'DWI',
		'ADC',
	]);
	expect(named('P1/flair', { uid: '1', description: '', ...short })).toEqual([['P1/flair/1.dcm', 'FLAIR']]);
	expect(named('P1', { uid: '1', description: 'T1/T2 \\ seg', ...short })).toEqual([['P1/T1 T2 seg', null]]);
	const localizer = { uid: '1', description: 'T2 scout', imageType: 'ORIGINAL\\PRIMARY\\LOCALIZER', ...short };
	expect(named('P1', localizer)).toEqual([['P1/T2 scout', null]]);
});

test('of a diffusion series the highest b-value allowed, else the highest, is the DWI, whatever it is called', () => {
	const weighted = (bValue: number, description = 'ep2d diff') => ({ uid: '1', description, bValue, ...short });
	expect(named('P', weighted(0), weighted(500), weighted(1000))).toEqual([
		['P/ep2d diff b0', null],
		['P/ep2d diff b500', null],
		['P/ep2d diff b1000', 'DWI'],
	]);
	expect(named('P', weighted(0, 'trace'), weighted(1000, 'trace'))).toEqual([
		['P/trace b0', null],
		['P/trace b1000', 'DWI'],
	]);
	const roles = (...bValues: number[]) => named('P', ...bValues.map((b) => weighted(b))).map(([, role]) => role);
	expect(roles(0, 1000, 2000)).toEqual([null, 'DWI', null]);
	expect(roles(0, 800, 990, 1500)).toEqual([null, null, 'DWI', null]);
	expect(roles(0, 700, 1500)).toEqual([null, null, 'DWI']);
	expect(named('P', { ...weighted(0), uid: '2' }, weighted(800)).map(([, role]) => role)).toEqual([null, 'DWI']);
	// A standard 0 on what is no diffusion says nothing.
	expect(named('P', weighted(0, 'Ax T2'))).toEqual([['P/Ax T2', 'T2']]);
});

test('a T1 with a contrast agent is a T1C, to be looked at (R2.2-5)', () => {
	const guess = (description: string, agent: string) => {
		const more: TestElement[] = [[0x0018_0010, 'LO', agent]];
		const read = readDicomSeries(seriesFiles('a', { uid: '1', description, ...short, more }));
		if (!read.ok) throw new Error(JSON.stringify(read.issues));
		const { role, confident } = nameSeries(read.value, { folder: 'a' }, policy)[0]!.guess;
		return [role, confident];
	};
	expect(guess('Ax T1', 'Gadovist')).toEqual(['T1C', false]);
	for (const none of ['', 'None', 'NO']) expect(guess('Ax T1', none)).toEqual(['T1', true]);
	expect(guess('Ax T1 +C', '')).toEqual(['T1C', true]);
	expect(guess('Ax T2', 'Gadovist')).toEqual(['T2', true]);
});

test('echoes are told apart, and what else is called the same is numbered', () => {
	const echo = (ms: string): MadeSeries => ({
		uid: '1',
		description: 'Ax PD T2',
		...short,
		more: [[0x0018_0081, 'DS', ms]],
	});
	expect(named('P', echo('20'), echo('90')).map(([path]) => path)).toEqual(['P/Ax PD T2 TE 20', 'P/Ax PD T2 TE 90']);
	const twin = { uid: '2', description: 'Ax T2', ...short };
	expect(named('P', { ...twin, uid: '1' }, twin).map(([path]) => path)).toEqual(['P/Ax T2', 'P/Ax T2 (2)']);
});
