import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readNifti } from '../../../src/formats/nifti.ts';
import { type CaseMaker, mostMakers, startMaker } from '../../../src/node/caseMaker.ts';
import { readAuthoredCases } from '../../../src/node/caseRecipes.ts';
import { writeCatalogue } from '../../../src/node/catalogue.ts';
import { prepareCases as prepare } from '../../../src/node/prepareCases.ts';
import { writeCase } from '../../../src/node/writeCase.ts';
import type { Anatomy } from '../../../src/phantom/anatomy.ts';
import { FAMILY_REGIONS, SEQUENCES } from '../../../src/protocol/protocol.ts';
import { caseManifestSchema, catalogueSchema } from '../../../src/schemas/caseManifest.ts';

const calls = vi.hoisted(() => ({ made: 0, breakAt: -1 }));

/** The real generator takes many seconds; here each volume is two voxels. */
vi.mock('../../../src/phantom/makeCase.ts', async (original) => ({
	...(await original<typeof import('../../../src/phantom/makeCase.ts')>()),
	PHANTOM_VERSION: 'test',
	madeVolumes: () => 4,
	makeCase: function* () {
		calls.made++;
		const grid = { dims: [2, 1, 1], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };
		const volumes = [
			{ kind: 'series', sequence: 'FLAIR', volume: { grid, data: new Int16Array([3, 4]) } },
			{ kind: 'series', sequence: 'T1C', volume: { grid, data: new Int16Array([5, 6]) } },
			{ kind: 'reference', region: 'WT', volume: { grid, data: new Uint8Array([0, 1]) } },
			{ kind: 'layer', layer: 'csf', volume: { grid, data: new Uint8Array([2, 0]) } },
		];
		for (const [n, volume] of volumes.entries()) {
			if (n === calls.breakAt) throw new Error('cut off');
			yield volume;
		}
	},
}));

/** In this thread, where the mock above holds, which needs no head. */
const start = (): CaseMaker => ({
	make: (...[making, one, onVolume]) => writeCase(making, one, { anatomy: {} as Anatomy, notice: '' }, onVolume),
	end: async () => undefined,
});
const prepareCases = (options: Parameters<typeof prepare>[0]) => prepare({ makers: 1, start, ...options });

let root: string;
let contentDir: string;
let dataDir: string;
const recipeOf = (id: string) => join(contentDir, 'cases', id, 'case.yaml');
const made = (...path: string[]) => join(dataDir, 'cases', ...path);
const json = async (file: string) => JSON.parse(await readFile(file, 'utf8'));

beforeEach(async () => {
	root = mkdtempSync(join(tmpdir(), 'concord-'));
	contentDir = join(root, 'content');
	dataDir = join(root, 'data');
	calls.made = 0;
	calls.breakAt = -1;
	await cp(new URL('../../../content/cases/ring-01', import.meta.url), join(contentDir, 'cases', 'ring-01'), {
		recursive: true,
	});
});
afterEach(() => rmSync(root, { recursive: true }));

describe('prepareCases', () => {
	it('writes volumes, a manifest that is true, and the catalogue', async () => {
		const lines: string[] = [];
		const result = await prepareCases({ contentDir, dataDir, onProgress: (line) => lines.push(line) });
		expect(result).toEqual({ made: ['ring-01'], cached: [] });
		expect(lines).toEqual([
			'ring-01: 1 of 4, FLAIR.nii.gz',
			'ring-01: 2 of 4, T1C.nii.gz',
			'ring-01: 3 of 4, ring-01_FLAIR_WT.nii.gz',
			'ring-01: 4 of 4, ring-01_layer_csf.nii.gz',
			'1 of 1 cases ready, 4 of 4 files',
		]);
		const manifest = caseManifestSchema.parse(await json(made('ring-01', 'case.json')));
		expect(manifest).toMatchObject({ id: 'ring-01', origin: 'catalogue', family: 'glioma', synthetic: true });
		const masks = manifest.reference?.kind === 'perRegion' ? manifest.reference.masks : [];
		let bytes = 0;
		expect(manifest.layers?.map(({ kind }) => kind)).toEqual(['csf']);
		for (const file of [...manifest.series, ...masks, ...(manifest.layers ?? []), manifest.thumbnail!]) {
			const content = new Uint8Array(await readFile(made('ring-01', file.file)));
			expect(file.bytes).toBe(content.length);
			expect(file.sha256).toBe(createHash('sha256').update(content).digest('hex'));
			bytes += content.length;
		}
		const mask = readNifti(new Uint8Array(await readFile(made('ring-01', 'ring-01_FLAIR_WT.nii.gz'))), 'mask');
		expect(mask.ok && [...mask.value.data]).toEqual([0, 1]);
		const { cases } = catalogueSchema.parse(await json(made('index.json')));
		expect(cases.map(({ id, bytes }) => [id, bytes])).toEqual([['ring-01', bytes]]);
	});

	it('makes nothing twice', async () => {
		await prepareCases({ contentDir, dataDir });
		const before = await json(made('index.json'));
		expect(await prepareCases({ contentDir, dataDir })).toEqual({ made: [], cached: ['ring-01'] });
		expect(calls.made).toBe(1);
		expect(await json(made('index.json'))).toEqual(before);
	});

	it('makes no others than it is asked for, lists those that are there, and knows no strange ones', async () => {
		await cp(join(contentDir, 'cases', 'ring-01'), join(contentDir, 'cases', 'other'), { recursive: true });
		const listed = async () => {
			const { cases, making } = catalogueSchema.parse(await json(made('index.json')));
			return [...cases, ...making].map(({ id }) => id);
		};
		expect(await prepareCases({ contentDir, dataDir, only: ['other'] })).toEqual({ made: ['other'], cached: [] });
		expect(await listed()).toEqual(['other']);
		expect(await prepareCases({ contentDir, dataDir, only: ['ring-01'] })).toMatchObject({ made: ['ring-01'] });
		expect(await listed()).toEqual(['other', 'ring-01']);
		await expect(prepareCases({ contentDir, dataDir, only: ['no', 'other', 'none'] })).rejects.toThrow(
			'content/cases has no no\ncontent/cases has no none',
		);
	});

	it('makes a case again where its recipe has changed, but not where only its text has', async () => {
		await prepareCases({ contentDir, dataDir });
		const text = join(contentDir, 'cases', 'ring-01', 'en.md');
		await writeFile(text, (await readFile(text, 'utf8')).replace(/title: .*/, 'title: Another name'));
		expect((await prepareCases({ contentDir, dataDir })).cached).toEqual(['ring-01']);
		expect((await json(made('ring-01', 'case.json'))).title.en).toBe('Another name');
		expect((await json(made('index.json'))).cases[0].title.en).toBe('Another name');
		await writeFile(recipeOf('ring-01'), (await readFile(recipeOf('ring-01'), 'utf8')).replace(/seed: \d+/, 'seed: 5'));
		expect((await prepareCases({ contentDir, dataDir })).made).toEqual(['ring-01']);
	});

	it('says in the catalogue what is ready and what is being made, case by case, glioma first', async () => {
		for (const [id, family] of [
			['a-men', 'meningioma'],
			['z-met', 'metastasis'],
		] as const) {
			await cp(join(contentDir, 'cases', 'ring-01'), join(contentDir, 'cases', id), { recursive: true });
			await writeFile(
				recipeOf(id),
				(await readFile(recipeOf(id), 'utf8')).replace('family: glioma', `family: ${family}`),
			);
		}
		const seen: string[] = [];
		const onProgress = (line: string) => {
			const { cases, making } = catalogueSchema.parse(JSON.parse(readFileSync(made('index.json'), 'utf8')));
			const ids = (of: readonly { readonly id: string }[]) => of.map(({ id }) => id).join(' ');
			if (line.includes('ready') || line.includes('3 of 4')) seen.push(`${line} | ${ids(cases)} | ${ids(making)}`);
		};
		await prepareCases({ contentDir, dataDir, onProgress });
		expect(seen).toEqual([
			'ring-01: 3 of 4, ring-01_FLAIR_WT.nii.gz |  | ring-01 z-met a-men',
			'1 of 3 cases ready, 4 of 12 files | ring-01 | z-met a-men',
			'z-met: 3 of 4, z-met_FLAIR_WT.nii.gz | ring-01 | z-met a-men',
			'2 of 3 cases ready, 8 of 12 files | ring-01 z-met | a-men',
			'a-men: 3 of 4, a-men_FLAIR_WT.nii.gz | ring-01 z-met | a-men',
			'3 of 3 cases ready, 12 of 12 files | ring-01 z-met a-men | ',
		]);
		// What is there is offered at once, before anything is made.
		rmSync(made('z-met'), { recursive: true });
		seen.length = 0;
		await prepareCases({ contentDir, dataDir, onProgress });
		expect(seen[0]).toBe('2 of 3 cases ready, 8 of 12 files | ring-01 a-men | z-met');
	});

	it('makes the first case alone and the others beside each other; one that fails is named and leaves the others', async () => {
		const ids = ['ring-01', 'ring-02', 'ring-03', 'ring-04', 'ring-05'];
		for (const id of ids.slice(1))
			await cp(join(contentDir, 'cases', 'ring-01'), join(contentDir, 'cases', id), { recursive: true });
		const beside: string[] = [];
		const working = new Set<string>();
		const crowded = (): CaseMaker => {
			const maker = start();
			return {
				...maker,
				make: async (...[making, one, onVolume]) => {
					working.add(one.id);
					beside.push([...working].join(' '));
					try {
						if (one.id === 'ring-03') throw new Error('no more memory');
						return await maker.make(making, one, onVolume);
					} finally {
						working.delete(one.id);
					}
				},
			};
		};
		await expect(prepareCases({ contentDir, dataDir, makers: 2, start: crowded })).rejects.toThrow(
			/^ring-03: no more memory$/,
		);
		expect([beside[0], beside[1]!.includes('ring-01')]).toEqual(['ring-01', false]);
		expect(beside.some((those) => those.includes(' '))).toBe(true);
		expect(beside.every((those) => those.split(' ').length <= 2)).toBe(true);
		const { cases, making } = catalogueSchema.parse(await json(made('index.json')));
		expect(cases.map(({ id }) => id)).toEqual(ids.filter((id) => id !== 'ring-03'));
		expect(making.map(({ id }) => id)).toEqual(['ring-03']);
	});

	it('lists imported cases behind the made ones at any time, and never makes one in their place', async () => {
		await prepareCases({ contentDir, dataDir });
		const manifest = await json(made('ring-01', 'case.json'));
		expect(manifest.series[0].acquisition).toEqual({ dimension: '2D', thicknessMm: 4, bitsStored: 12, lossy: false });
		const put = async (folder: string, id = folder) => {
			await mkdir(made(folder));
			await writeFile(made(folder, 'case.json'), JSON.stringify({ ...manifest, id, synthetic: false }));
		};
		await put('own-2');
		await put('own-1');
		// Half-written, of another name, broken: none of these can be opened.
		await put('.importing-own-3', 'own-3');
		await put('own-4', 'own-5');
		await put('own-6');
		await writeFile(made('own-6', 'case.json'), '{');
		const ids = async () => (await json(made('index.json'))).cases.map(({ id }: { id: string }) => id);
		await writeCatalogue(made());
		expect(await ids()).toEqual(['ring-01', 'own-1', 'own-2']);
		rmSync(made('ring-01'), { recursive: true });
		const during: unknown[] = [];
		const onProgress = () => {
			const { cases, making } = JSON.parse(readFileSync(made('index.json'), 'utf8'));
			during.push([cases.length, making.length]);
		};
		await prepareCases({ contentDir, dataDir, onProgress });
		expect(during[0]).toEqual([2, 1]);
		expect(await ids()).toEqual(['ring-01', 'own-1', 'own-2']);
		rmSync(made('own-1'), { recursive: true });
		rmSync(made('ring-01'), { recursive: true });
		await put('ring-01');
		const lines: string[] = [];
		const result = await prepareCases({ contentDir, dataDir, onProgress: (line) => lines.push(line) });
		expect([result.made, lines]).toEqual([[], ['ring-01: not made, an imported case has this name']]);
		expect(await ids()).toEqual(['own-2', 'ring-01']);
	});

	it('brings the acquisition in an older manifest up to date without making the case again', async () => {
		await prepareCases({ contentDir, dataDir });
		const old = await json(made('ring-01', 'case.json'));
		for (const series of old.series) delete series.acquisition;
		await writeFile(made('ring-01', 'case.json'), JSON.stringify(old));
		expect((await prepareCases({ contentDir, dataDir })).made).toEqual([]);
		expect((await json(made('ring-01', 'case.json'))).series[1].acquisition).toMatchObject({ dimension: '3D' });
	});

	it('writes the catalogue whole where several do at once, and takes over a lock that was left behind', async () => {
		await prepareCases({ contentDir, dataDir });
		await Promise.all(Array.from({ length: 8 }, () => writeCatalogue(made())));
		expect((await json(made('index.json'))).cases).toHaveLength(1);
		await writeFile(made('index.lock'), '');
		await utimes(made('index.lock'), 1, 1);
		await writeCatalogue(made());
		expect((await readdir(made())).sort()).toEqual(['index.json', 'ring-01']);
	});

	it('makes a case again that was cut off, and one whose file was cut short or lost', async () => {
		calls.breakAt = 2;
		await expect(prepareCases({ contentDir, dataDir })).rejects.toThrow('ring-01: cut off');
		expect(await readdir(made())).toEqual(['.making-ring-01', 'index.json']);
		expect((await json(made('index.json'))).making).toMatchObject([{ id: 'ring-01', done: 2, total: 4 }]);
		calls.breakAt = -1;
		expect((await prepareCases({ contentDir, dataDir })).made).toEqual(['ring-01']);
		expect((await readdir(made())).sort()).toEqual(['index.json', 'ring-01']);
		await truncate(made('ring-01', 'T1C.nii.gz'), 9);
		expect((await prepareCases({ contentDir, dataDir })).made).toEqual(['ring-01']);
		rmSync(made('ring-01', 'FLAIR.nii.gz'));
		expect((await prepareCases({ contentDir, dataDir })).made).toEqual(['ring-01']);
		await writeFile(made('ring-01', 'case.json'), '{');
		expect((await prepareCases({ contentDir, dataDir })).made).toEqual(['ring-01']);
	});
});

describe('startMaker', () => {
	it('tells what goes wrong in its thread, and that it was ended', async () => {
		const [one] = await readAuthoredCases(contentDir);
		const maker = startMaker(join(root, 'nowhere'));
		await expect(maker.make(root, one!, () => undefined)).rejects.toThrow('ENOENT');
		const cut = maker.make(root, one!, () => undefined);
		await Promise.all([maker.end(), expect(cut).rejects.toThrow('its thread ended with 1')]);
		expect(mostMakers()).toBeGreaterThanOrEqual(1);
	});
});

describe('readAuthoredCases', () => {
	it('tells every problem of every case at once, and nothing is made', async () => {
		const yaml = await readFile(recipeOf('ring-01'), 'utf8');
		await writeFile(recipeOf('ring-01'), `${yaml.replace('radiusMm: 17', 'radiusMm: 99')}\nextra: 1\n`);
		for (const id of ['b_2', 'c']) await mkdir(join(contentDir, 'cases', id));
		await writeFile(recipeOf('b_2'), 'a: [1');
		await writeFile(join(contentDir, 'cases', 'b_2', 'zh.md'), 'no front matter');
		await writeFile(join(contentDir, 'cases', 'b_2', 'en.md'), '---\ntitle: T\n---\n');
		const problems = await prepareCases({ contentDir, dataDir }).then(
			() => [],
			(error: Error) => error.message.replaceAll(join(contentDir, 'cases'), '').split('\n'),
		);
		expect(problems.map((line) => line.replace(/(: .*?):.*/, '$1'))).toEqual([
			expect.stringMatching(/^\/b_2: got the name b_2, expected/),
			expect.stringMatching(/^\/b_2\/case.yaml: /),
			'/b_2/zh.md: no front matter between two lines of ---',
			'/b_2/en.md: subtitle',
			'/b_2/en.md: teaches',
			'/c/case.yaml: missing',
			'/c/zh.md: missing',
			'/c/en.md: missing',
			'/ring-01/case.yaml: tumour.radiusMm',
			'/ring-01/case.yaml: file',
		]);
		expect(calls.made).toBe(0);
	});

	it('reads the cases that the project ships', async () => {
		const cases = await readAuthoredCases(new URL('../../../content', import.meta.url).pathname);
		expect(cases.length).toBeGreaterThan(0);
		for (const { recipe } of cases) {
			expect(FAMILY_REGIONS[recipe.family].length).toBeGreaterThan(0);
			expect(Object.keys(recipe.sequences).length).toBe(SEQUENCES.length - 1);
		}
	});
});
