import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readBank } from '../../../src/node/readBank.ts';
import { drawRecipe } from '../../../src/phantom/drawRecipe.ts';
import { DIFFICULTIES, FAMILIES } from '../../../src/protocol/protocol.ts';
import { caseManifestSchema } from '../../../src/schemas/caseManifest.ts';
import { caseRecipeSchema } from '../../../src/schemas/caseRecipe.ts';
import { runConcord as run } from './runConcord.ts';

const bank = await readBank(new URL('../../../content', import.meta.url).pathname);

const folder = () => mkdtemp(join(tmpdir(), 'concord-case-'));

describe('concord case', () => {
	it('makes a case of a family, drawn by chance, and draws it on a page', { timeout: 120_000 }, async () => {
		const at = join(await folder(), 'made');
		const made = await run(
			'case',
			'make',
			'--family',
			'meningioma',
			'--difficulty',
			'hard',
			'--seed',
			'5',
			'--out',
			at,
		);
		expect([made.code, made.out]).toEqual([0, at]);
		expect(made.lines.at(-1)).toBe('meningioma-hard-5: 15 of 15, meningioma-hard-5_layer_uncertainED.nii.gz');
		const manifest = caseManifestSchema.parse(JSON.parse(await readFile(join(at, 'case.json'), 'utf8')));
		const files = await readdir(at);
		for (const { file } of [...manifest.series, ...(manifest.layers ?? [])]) expect(files).toContain(file);
		expect(files).toEqual(expect.arrayContaining(['NOTICE.txt', 'recipe.json', 'meningioma-hard-5_T2_TB.nii.gz']));
		expect(await readFile(join(at, 'NOTICE.txt'), 'utf8')).toContain('McConnell Brain Imaging Centre');

		const again = await run('case', 'make', '--family', 'glioma', '--out', at);
		expect([again.code, again.lines]).toEqual([1, [`${at}: The folder is not empty: name another`]]);

		const picture = join(await folder(), 'sheet.png');
		expect((await run('case', 'sheet', at, '--out', picture)).code).toBe(0);
		const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
		expect([info.width, info.height]).toEqual([6 * 260, 4 * 260]);
		// The oedema's outline is there, in its colour.
		let yellow = 0;
		for (let n = 0; n < data.length; n += info.channels)
			if (data[n]! > 200 && data[n + 1]! > 160 && data[n + 2]! < 90) yellow++;
		expect(yellow).toBeGreaterThan(50);
	});

	it('says what is wrong with a recipe, all at once, and with the usage', async () => {
		const at = await folder();
		const file = join(at, 'case.yaml');
		const good = await readFile('content/cases/ring-01/case.yaml', 'utf8');
		await writeFile(
			file,
			`${good.replace('radiusMm: 17', 'radiusMm: 1700').replace('family: glioma', 'family: cyst')}\nextra: 1\n`,
		);
		const bad = await run('case', 'make', file, '--out', join(at, 'made'));
		expect(bad.code).toBe(1);
		expect(bad.lines.map((line) => line.split(': ')[1]).sort()).toEqual(['family', 'file', 'tumour.radiusMm']);
		// Wrong values, a key that is not known and places that cannot be: each with where, what was got and what is expected.
		await writeFile(
			file,
			good
				.replace('radiusMm: 17', 'radiusMm: 17\n  radiusCm: 1.7')
				.replace('ventricles: 1', 'ventricles: wide')
				.replace('centreMm: [-33, 22, 24]', 'centreMm: [-33, 22, 80]')
				.replace('bValue: 1000', 'bValue: 1'),
		);
		const wrong = await run('case', 'make', file, '--out', join(at, 'made'));
		const [ventricles, tumour, bValue, ...geometry] = wrong.lines.map((line) => line.slice(file.length + 2));
		expect([wrong.code, ventricles, bValue]).toEqual([
			1,
			'head.ventricles: got "wide", expected 0.5 to 2.5 times the average',
			'sequences.DWI.bValue: got 1, expected 500 to 3000 s/mm²',
		]);
		expect(tumour).toMatch(/^tumour: .*radiusCm.*, expected only centreMm, radiusMm, lumpsMm/);
		expect(geometry).toEqual([
			expect.stringMatching(/^tumour.centreMm: got a place outside the brain, expected one about/),
		]);
		expect((await run('case', 'make', join(at, 'none.yaml'), '--out', join(at, 'made'))).lines).toEqual([
			expect.stringContaining('missing'),
		]);
		for (const argv of [
			[],
			['frob'],
			['make'],
			['make', '--out', at],
			['make', file, '--family', 'glioma', '--out', at],
			['make', '--family', 'schwannoma', '--out', at],
			['make', '--family', 'glioma', '--difficulty', 'x', '--out', at],
			['make', '--family', 'glioma', '--seed', '-1', '--out', at],
			['sheet', '--out', 'x.png'],
			['sheet', at],
		]) {
			const { code, lines } = await run('case', ...argv);
			expect([argv, code]).toEqual([argv, 2]);
			expect(lines.at(-1)).toMatch(/Usage: concord case/);
		}
		const none = await run('case', 'sheet', at, '--out', join(at, 'x.png'));
		expect([none.code, none.lines]).toEqual([1, [expect.stringContaining('case.json')]]);
	});
});

describe('recipes drawn by chance', () => {
	it('are within every range, the same for a seed, another for another', () => {
		for (const family of FAMILIES)
			for (const difficulty of DIFFICULTIES)
				for (let seed = 0; seed < 60; seed++) {
					const recipe = drawRecipe(bank, family, difficulty, seed);
					expect(caseRecipeSchema.safeParse(recipe).error?.issues, `${family} ${difficulty} ${seed}`).toBeUndefined();
					expect(drawRecipe(bank, family, difficulty, seed)).toEqual(recipe);
					expect(drawRecipe(bank, family, difficulty, seed + 1).tumour).not.toEqual(recipe.tumour);
				}
	});

	it('are harder by size and number', () => {
		const mean = (of: (seed: number) => number) =>
			Array.from({ length: 40 }, (_, seed) => of(seed)).reduce((sum, value) => sum + value, 0) / 40;
		const radius = DIFFICULTIES.map((level) => mean((seed) => drawRecipe(bank, 'glioma', level, seed).tumour.radiusMm));
		const count = (family: 'metastasis' | 'pcnsl', level: (typeof DIFFICULTIES)[number], seed: number) =>
			1 + (drawRecipe(bank, family, level, seed).tumour.more?.length ?? 0);
		const lesions = DIFFICULTIES.map((level) => mean((seed) => count('metastasis', level, seed)));
		const lymphomas = DIFFICULTIES.map((level) =>
			[...new Set(Array.from({ length: 40 }, (_, seed) => count('pcnsl', level, seed)))].sort(),
		);
		expect(lymphomas).toEqual([[1], [2, 3], [4, 5]]);
		expect([...radius].sort((a, b) => b - a)).toEqual(radius);
		expect([...lesions].sort((a, b) => a - b)).toEqual(lesions);
	});
});
