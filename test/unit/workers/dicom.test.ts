import { expect, test } from 'vitest';
import { readVolume } from '../../../src/formats/readVolume.ts';
import { copyDicom, inspectDicom, sortDicom } from '../../../src/workers/dicom.ts';
import { COLUMNS, evenly, PERSON, ROWS, STUDY, seriesFiles, sliceVoxels } from '../formats/dicomStudy.ts';

const signal = new AbortController().signal;
const blobs = (...made: ReadonlyMap<string, Uint8Array<ArrayBuffer>>[]) =>
	new Map(made.flatMap((files) => [...files].map(([path, bytes]) => [path, new Blob([bytes])] as const)));
const three = { places: evenly(3, 5) };

test('DICOM is found by its bytes, whatever it is called', async () => {
	const files = blobs(
		seriesFiles('a', { ...STUDY.SE1!, ...three }),
		seriesFiles('b', { ...STUDY.SE2!, ...three }),
		new Map([['a/flair.nii', new Uint8Array(400)]]),
	);
	const renamed = new Map([...files].map(([path, file]) => [path.replace('.dcm', '.nii'), file]));
	const groups = await sortDicom(renamed, { signal });
	expect(groups.map(({ folder, paths }) => [folder, paths])).toEqual([
		['a', ['a/1.nii', 'a/2.nii', 'a/3.nii']],
		['b', ['b/1.nii', 'b/2.nii', 'b/3.nii']],
	]);
});

test('a series is told lightly, and its copy has its voxels and no text', async () => {
	const diffusion = (bValue: number, offset: number) => {
		const made = seriesFiles('a', { ...STUDY.SE5!, bValue, offset, ...three });
		return new Map([...made].map(([path, bytes]) => [`${path}.${bValue}`, bytes]));
	};
	const files = blobs(diffusion(0, 500), diffusion(1000, 0));
	const { series, setAside } = await inspectDicom('a', files);
	expect(setAside).toEqual([]);
	expect(series).toMatchObject([
		{ name: 'a/Ax DWI b0', guess: { role: null }, files: 3, acquisition: { bValue: 0 } },
		{
			name: 'a/Ax DWI b1000',
			guess: { role: 'DWI', confident: true },
			files: 3,
			grid: { dims: [COLUMNS, ROWS, 3] },
			acquisition: { dimension: '2D', thicknessMm: 4, bitsStored: 12, bValue: 1000 },
			orientation: 'known',
			places: [0, 5, 10].map((mm, slice) => ({ slice, mm, instance: slice + 1 })),
			warnings: [{ code: 'header.identifies', path: 'a/Ax DWI b1000', params: { fields: 'PatientName' } }],
		},
	]);
	expect(series[1]!.bytes).toBe([...files.values()].slice(3).reduce((sum, { size }) => sum + size, 0));
	const copy = await copyDicom(files, 1);
	const read = readVolume(new Uint8Array(await copy!.arrayBuffer()), 'copy.nii.gz');
	if (!read.ok) throw new Error(JSON.stringify(read.issues));
	expect([...read.value.data]).toEqual([0, 1, 2].flatMap((n) => sliceVoxels(n)));
	expect(read.value.texts).toEqual([]);
	expect(JSON.stringify(series)).not.toContain(PERSON);
	expect(await copyDicom(files, 2)).toBeUndefined();
});
