import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeNifti } from '../../../src/formats/niftiWrite.ts';
import type { Grid } from '../../../src/grid/grid.ts';
import { REGION_SEQUENCE } from '../../../src/protocol/protocol.ts';
import { plantedTruthSchema } from '../../../src/schemas/plantedTruth.ts';
import { drawn, inputOf, randomOf, tumourOf } from '../../property/findings/drawnCases.ts';
import { runConcord as run } from './runConcord.ts';

let folder: string;
const fresh = () => mkdtemp(join(tmpdir(), 'concord-plant-'));

/** A made-up meningioma with its layers, as a case's folder. */
beforeAll(async () => {
	folder = await fresh();
	const tumour = tumourOf('meningioma', randomOf(7));
	const { regions, layers } = inputOf(tumour, drawn(tumour, 1), 0);
	const save = async (file: string, grid: Grid, data: Uint8Array) => {
		await writeFile(join(folder, file), new Uint8Array(writeNifti({ grid, data })));
		return { file, bytes: 1 };
	};
	const masks = [];
	const series = new Map<string, object>();
	for (const { region, grid, reference } of regions) {
		masks.push({ region, ...(await save(`made_${region}.nii`, grid, reference)) });
		const sequence = REGION_SEQUENCE[region];
		series.set(sequence, { sequence, ...(await save(`${sequence}.nii`, grid, new Uint8Array(reference.length))) });
	}
	const kept = [];
	for (const { kind, grid, labels } of layers) kept.push({ kind, ...(await save(`layer_${kind}.nii`, grid, labels)) });
	const title = { zh: '例', en: 'Made up' };
	await writeFile(
		join(folder, 'case.json'),
		JSON.stringify({
			schemaVersion: 1,
			id: 'made',
			origin: 'catalogue',
			title,
			subtitle: title,
			family: 'meningioma',
			synthetic: true,
			series: [...series.values()],
			reference: { kind: 'perRegion', masks },
			layers: kept,
		}),
	);
});

describe('concord case plant', () => {
	it('writes masks with one error each and what is wrong in them, which concord findings finds', async () => {
		const out = join(await fresh(), 'sets');
		const codes = ['E10', 'E04', 'E25'].flatMap((code) => ['--code', code]);
		const made = await run('case', 'plant', folder, ...codes, '--seed', '2', '--out', out);
		expect([made.code, made.lines]).toEqual([
			0,
			['E04: this case cannot carry it. It takes several lesions that lie apart'],
		]);
		expect((await readdir(out)).sort()).toEqual(['E10', 'E25']);
		for (const code of ['E10', 'E25']) {
			const set = join(out, code);
			const truth = plantedTruthSchema.parse(JSON.parse(await readFile(join(set, 'truth.json'), 'utf8')));
			expect(truth).toMatchObject({ caseId: 'made', family: 'meningioma', seed: 2, code });
			const masks = truth.masks.map(({ region, file }) => `${region}=${join(set, file)}`);
			const log = truth.log === null ? [] : ['--log', join(set, truth.log)];
			const { findings } = JSON.parse((await run('findings', folder, ...masks, ...log, '--json')).out);
			const { region, rules } = truth;
			expect(findings).toContainEqual(expect.objectContaining({ code, region, rules }));
		}
	});

	it('says what is wrong with the command, the folder, and a type that the case cannot carry', async () => {
		const out = await fresh();
		const wrong = await run('case', 'plant', folder, '--code', 'E26', '--seed', 'x');
		expect(wrong.code).toBe(2);
		expect(wrong.lines.slice(0, 3)).toEqual([
			'--out is missing: where to write',
			'--seed is "x", expected a whole number from 0 to 4294967295',
			expect.stringMatching(/^--code is "E26", there are: E01, E02/),
		]);
		const none = await run('case', 'plant', folder, '--code', 'E04', '--out', out, '--lang', 'zh');
		expect([none.code, none.lines]).toEqual([1, ['E04：本病例无法埋入。需要多个彼此分开的病灶']]);
		await writeFile(join(out, 'there'), '');
		const full = await run('case', 'plant', folder, '--out', out);
		expect([full.code, full.lines]).toEqual([1, [`${out}: The folder is not empty: name another`]]);
	});
});
