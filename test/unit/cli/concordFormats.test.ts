import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { zlibGzip } from '../formats/bytes.ts';
import { metaImageHeader } from '../formats/metaImageBytes.ts';
import { mghBytes } from '../formats/mghBytes.ts';
import { niftiBytes } from '../formats/niftiBytes.ts';
import { runConcord as run } from './runConcord.ts';

const DIMS = [6, 5, 4] as const;
/** A block of 3 × 2 × 2 voxels, and the same moved by one. */
const block = (from: number) =>
	Array.from({ length: 120 }, (_, n) => {
		const [i, j, k] = [n % 6, Math.floor(n / 6) % 5, Math.floor(n / 30)];
		return i >= from && i < from + 3 && j > 1 && j < 4 && k > 0 && k < 3 ? 1 : 0;
	});
const PREDICTION = block(2);

let folder: string;
const file = (name: string) => join(folder, name);
const save = (name: string, ...parts: Uint8Array[]) => writeFile(file(name), Buffer.concat(parts));

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'concord-formats-'));
	const dims = [3, ...DIMS, 1, 1, 1, 1];
	const sform = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0];
	const voxels = Uint8Array.from(PREDICTION);
	await save('reference.nii', niftiBytes({ dims, sform, datatype: 2, values: block(1) }));
	await save('plain.nii', niftiBytes({ dims, sform, datatype: 2, values: PREDICTION }));
	const pair = niftiBytes({ dims, sform, datatype: 2, values: [], voxOffset: 0, magic: 'ni1\0' });
	await save('pair.hdr', pair);
	await save('pair.img', voxels);
	await save('packed.hdr', pair);
	await save('packed.img.gz', zlibGzip(voxels));
	await save('alone.hdr', pair);
	const keys = {
		DimSize: DIMS.join(' '),
		ElementType: 'MET_UCHAR',
		TransformMatrix: '-1 0 0 0 -1 0 0 0 1',
		ElementSpacing: '1 1 2',
	};
	await save('one.mha', metaImageHeader(keys), voxels);
	await save('two.mhd', metaImageHeader({ ...keys, CompressedData: 'True', ElementDataFile: 'two.zraw' }));
	await save('two.zraw', deflateSync(voxels));
	await save('away.mhd', metaImageHeader({ ...keys, ElementDataFile: '../two.zraw' }));
	const cosines = [1, 0, 0, 0, 1, 0, 0, 0, 1];
	const mgh = { lengths: [...DIMS, 1], type: 0, cosines, spacing: [1, 1, 2], centre: [3, 2.5, 4] } as const;
	await save('volume.mgz', zlibGzip(mghBytes({ ...mgh, values: PREDICTION })));
	await save('person.nii', niftiBytes({ dims, sform, datatype: 2, values: PREDICTION, description: 'Zhang^San' }));
});

const scored = async (name: string) => run('score', file('reference.nii'), file(name), '--json', '--lang', 'en');

for (const name of ['pair.hdr', 'packed.hdr', 'one.mha', 'two.mhd', 'volume.mgz', 'person.nii'])
	test(`${name} is scored as the same mask in plain NIfTI`, async () => {
		const plain = await scored('plain.nii');
		expect(JSON.parse(plain.out).regions.mask.dice).toBeCloseTo(2 / 3, 12);
		const { code, out } = await scored(name);
		expect(code).toBe(0);
		expect(out).toBe(plain.out);
	});

for (const [lang, sentence] of [
	['en', 'In descrip, the header holds text that may identify the patient.'],
	['zh', '文件头的 descrip 里有可能认出病人的文字'],
] as const)
	test(`a header that may name a person is told on the error stream in ${lang}, without the name`, async () => {
		const { code, out, error } = await run('score', file('reference.nii'), file('person.nii'), '--lang', lang);
		expect(code).toBe(0);
		expect(error).toContain(`${file('person.nii')}: ${sentence}`);
		expect(out + error).not.toContain('Zhang');
	});

for (const [name, sentence] of [
	['alone.hdr', 'This is only the header, and the voxels, in alone.img, alone.img.gz, were not found'],
	['away.mhd', 'The header says that the voxels are in “../two.zraw”, which is not one file of the same folder'],
	['pair.img', 'This file holds voxels without a header'],
] as const)
	test(`${name} is bad input that says what to do`, async () => {
		const { code, error } = await scored(name);
		expect(code).toBe(1);
		expect(error).toContain(`${file(name)}: ${sentence}`);
	});
