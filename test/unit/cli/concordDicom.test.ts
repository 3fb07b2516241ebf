import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeEach, expect, it } from 'vitest';
import { readNifti } from '../../../src/formats/nifti.ts';
import { writeNifti } from '../../../src/formats/niftiWrite.ts';
import { caseManifestSchema } from '../../../src/schemas/caseManifest.ts';
import { dicomBytes, mrSlice } from '../formats/dicomBytes.ts';
import {
	COLUMNS,
	evenly,
	type MadeSeries,
	PERSON,
	ROWS,
	STUDY,
	seriesFiles,
	sliceVoxels,
} from '../formats/dicomStudy.ts';
import { runConcord } from './runConcord.ts';

let from: string;
let data: string;
beforeEach(async () => {
	from = await mkdtemp(join(tmpdir(), 'concord-dicom-'));
	data = await mkdtemp(join(tmpdir(), 'concord-data-'));
});

async function put(path: string, bytes: Uint8Array) {
	await mkdir(dirname(join(from, path)), { recursive: true });
	await writeFile(join(from, path), bytes);
}

/** Writes the study with some of its series changed. */
async function study(over: Readonly<Record<string, Partial<MadeSeries>>> = {}) {
	for (const [folder, series] of Object.entries({ ...STUDY, ...over }))
		for (const [path, bytes] of seriesFiles(`ST1/${folder}`, { ...STUDY[folder]!, ...series })) await put(path, bytes);
}

const check = (...words: string[]) => runConcord('case', 'check', from, ...words);
const importStudy = (...words: string[]) =>
	runConcord('case', 'import', 'nifti', from, '--id', 'p1', '--into', data, '--family', 'glioma', ...words);

/** Sequence, check and reason of everything that failed. */
async function failed() {
	const { out } = await check('--json');
	const { series } = JSON.parse(out) as {
		series: { sequence: string; checks: { check: string; verdict: string; reason: string }[] }[];
	};
	return series.flatMap(({ sequence, checks }) =>
		checks.filter(({ verdict }) => verdict === 'fail').map(({ check: name, reason }) => [sequence, name, reason]),
	);
}

it('accepts a study of original DICOM with all sequences', async () => {
	await study();
	const { code, out, error } = await check('--json');
	expect([code, error]).toEqual([0, '']);
	const { verdict, series } = JSON.parse(out);
	// Whoever is named in the header is all there is to note.
	expect(verdict).toBe('warn');
	const checks = series.flatMap((each: { checks: { check: string; verdict: string }[] }) => each.checks);
	const noted = checks.filter((each: { verdict: string }) => each.verdict !== 'pass');
	expect(noted).toHaveLength(6);
	expect(noted[0]).toMatchObject({ check: 'header', rules: ['R3.1-1b'], params: { fields: 'PatientName' } });
	expect(out).not.toContain('Zhang');
	for (const check of ['sliceOrder', 'lossless', 'original'])
		expect([check, checks.filter((each: { check: string }) => each.check === check).length]).toEqual([
			check,
			check === 'original' ? 5 : 6,
		]);
	expect(series.map(({ name, sequence }: Record<string, string>) => [sequence, name])).toEqual([
		['T1', 'ST1/SE1/Ax T1 SE'],
		['T2', 'ST1/SE2/Ax T2 FSE'],
		['FLAIR', 'ST1/SE3/Ax T2 FLAIR'],
		['T1C', 'ST1/SE4/Ax T1 +C'],
		['DWI', 'ST1/SE5/Ax DWI'],
		['ADC', 'ST1/SE6/Ax Diffusion map'],
	]);
});

it('tells thick slices, wide gaps, a wrong b-value, missing and doubled slices', async () => {
	await study({
		SE1: { thicknessMm: 7, places: evenly(20, 7) },
		SE2: { thicknessMm: 4, places: evenly(20, 7) },
		SE3: { places: evenly(30, 4).filter((_, n) => n !== 11) },
		SE4: { places: [...evenly(30, 4), 16] },
		SE5: { bValue: 500 },
	});
	expect(await failed()).toEqual([
		['T1', 'thickness', 'thicknessOver'],
		['T2', 'gap', 'gapOver'],
		['FLAIR', 'missingSlices', 'slicesHole'],
		['T1C', 'doubledSlices', 'slicesSamePlace'],
		['DWI', 'bValue', 'bValueOff'],
	]);
	expect((await check()).code).toBe(1);
});

it('tells slices numbered out of order and images worked out from others, ADC aside', async () => {
	const places = evenly(30, 4);
	await study({
		SE2: { places: places.with(9, places[10]!).with(10, places[9]!) },
		SE3: { imageType: 'DERIVED\\PRIMARY\\M' },
	});
	expect(await failed()).toEqual([['T2', 'sliceOrder', 'slicesMisordered']]);
	const { out, error } = await check();
	expect(out).toContain('fail ST1/SE2/Ax T2 FSE: Slice 11 is numbered out of the order of its place');
	expect(out).toContain('note ST1/SE3/Ax T2 FLAIR: Worked out or reformatted from other images');
	expect(out.match(/Worked out/g)).toHaveLength(1);
	expect(error).toBe('The case fails');
});

it('wants one of several series named, by a part of its folder or description', async () => {
	await study({ SE7: { uid: '1.2.7', description: 'Cor T2 FLAIR' } });
	const several = await check();
	expect([several.code, several.error]).toEqual([
		1,
		expect.stringContaining('ST1/SE3/Ax T2 FLAIR, ST1/SE7/Cor T2 FLAIR; name one with --series FLAIR='),
	]);
	for (const word of ['SE7', 'cor t2', 'ST1/SE7', 'ST1/SE7/Cor T2 FLAIR']) {
		const { out } = await check('--json', '--series', `FLAIR=${word}`);
		expect(JSON.parse(out).series[2].name, word).toBe('ST1/SE7/Cor T2 FLAIR');
	}
	// A folder is meant as a whole.
	for (const [path, bytes] of seriesFiles('ST1/SE70', { uid: '1.2.70', description: 'Ax FLAIR' }))
		await put(path, bytes);
	const { out } = await check('--json', '--series', 'FLAIR=SE7');
	expect(JSON.parse(out).series[2].name).toBe('ST1/SE7/Cor T2 FLAIR');
	expect((await check('--series', 'FLAIR=T2 FLAIR')).error).toContain('fits several: ST1/SE3/Ax T2 FLAIR, ST1/SE7');
	expect((await check('--series', 'FLAIR=SE9')).error).toContain('SE9: There is no such file');
});

it('sets aside what cannot be read with a warning, and fails only where nothing is left', async () => {
	await put('x/1.dcm', dicomBytes(mrSlice(0, []), { syntax: '1.2.840.10008.1.2.4.90' }));
	await put('x/2.dcm', dicomBytes(mrSlice(4, []), { syntax: '1.2.840.10008.1.2.4.90' }));
	const none = await check();
	expect([none.code, none.lines[0], none.lines.at(-1)]).toEqual([
		1,
		expect.stringContaining('Note x/1.dcm (+1): The DICOM file is compressed (JPEG 2000)'),
		expect.stringContaining('There is no image series'),
	]);
	await study();
	const rest = await check();
	expect([rest.code, rest.error]).toEqual([0, expect.stringContaining('compressed')]);
});

it('imports DICOM beside NIfTI as NIfTI without any text, voxels and acquisition kept', async () => {
	for (const folder of ['SE3', 'SE5'])
		for (const [path, bytes] of seriesFiles(folder, { ...STUDY[folder]!, places: evenly(3, 5) }))
			await put(path, bytes);
	// The volume without weighting, in the same series and folder.
	const b0 = seriesFiles('SE5', { ...STUDY.SE5!, bValue: 0, offset: 9, places: evenly(3, 5) });
	for (const [path, bytes] of b0) await put(path.replace('.dcm', '.b0'), bytes);
	const affine = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1];
	await put(
		't2.nii',
		writeNifti({ grid: { dims: [4, 3, 2], affine }, data: Int16Array.from({ length: 24 }, (_, n) => n) }),
	);
	const done = await importStudy();
	expect(done.code).toBe(0);
	for (const field of ['PatientName', 'SeriesDescription'])
		expect(done.lines).toContain(`SE3/Ax T2 FLAIR: the header text ${field} was not taken along`);
	expect(done.error).not.toContain('Zhang');
	const folder = join(data, 'cases', 'p1');
	const { series } = caseManifestSchema.parse(JSON.parse(await readFile(join(folder, 'case.json'), 'utf8')));
	expect(series.map(({ file, acquisition }) => [file, acquisition])).toEqual([
		['T2.nii.gz', undefined],
		['FLAIR.nii.gz', { dimension: '2D', thicknessMm: 4, bitsStored: 12, derived: false, lossy: false }],
		['DWI.nii.gz', { dimension: '2D', thicknessMm: 4, bValue: 1000, bitsStored: 12, derived: false, lossy: false }],
	]);
	for (const file of ['FLAIR.nii.gz', 'DWI.nii.gz']) {
		const read = readNifti(new Uint8Array(await readFile(join(folder, file))), file);
		if (!read.ok) throw new Error(read.issues[0]!.code);
		expect(read.value.grid.dims).toEqual([COLUMNS, ROWS, 3]);
		expect([...read.value.data]).toEqual([0, 1, 2].flatMap((n) => sliceVoxels(n)));
	}
	for (const file of await readdir(folder)) {
		const bytes = await readFile(join(folder, file));
		const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
		expect(text.includes(PERSON) || text.includes('Ax T2'), file).toBe(false);
	}
});
