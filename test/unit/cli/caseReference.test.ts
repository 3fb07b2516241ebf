import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { gzip } from '../../../src/formats/deflate.ts';
import { readNifti } from '../../../src/formats/nifti.ts';
import { writeNifti } from '../../../src/formats/niftiWrite.ts';
import type { Grid } from '../../../src/grid/grid.ts';
import { TARGET_SEQUENCE, type Target } from '../../../src/protocol/target.ts';
import { type CaseManifest, caseManifestSchema, catalogueSchema } from '../../../src/schemas/caseManifest.ts';
import { caseVersion } from '../../../src/schemas/caseVersion.ts';
import type { ReferencePackage } from '../../../src/schemas/referencePackage.ts';
import { zipFiles } from '../../../src/store/zip.ts';
import { buildReference, hashMasks } from '../../../src/workers/reference.ts';
import { runConcord } from './runConcord.ts';

const DIMS = [12, 10, 6] as const;
const [NX, NY, NZ] = DIMS;
const affine = (stepMm: number, xMm = 0) => [1, 0, 0, xMm, 0, 1, 0, 0, 0, 0, stepMm, 0, 0, 0, 0, 1];
/** Slices of FLAIR and T2 are thick, those of T1C thin. */
const GRIDS: Readonly<Record<string, Grid>> = {
	FLAIR: { dims: DIMS, affine: affine(5) },
	T2: { dims: DIMS, affine: affine(5) },
	T1C: { dims: DIMS, affine: affine(2) },
};

type Box = readonly [number, number, number, number, number, number];
/** A mask of boxes, from their first voxel up to before the last. */
function boxes(...all: readonly Box[]): Uint8Array {
	const data = new Uint8Array(NX * NY * NZ);
	for (const [x0, y0, z0, x1, y1, z1] of all)
		for (let z = z0; z < z1; z++)
			for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) data[x + NX * (y + NY * z)] = 1;
	return data;
}
const DRAWN: readonly (readonly [Target, Uint8Array])[] = [
	['WT', boxes([2, 2, 1, 9, 8, 5])],
	['ET', boxes([4, 4, 2, 7, 7, 4])],
	['TB', boxes([3, 3, 1, 8, 7, 4])],
	['NE', boxes([5, 5, 2, 6, 6, 3])],
	['ventricles', boxes([0, 0, 0, 2, 2, 2])],
	['sulci', boxes([0, 0, 0, 3, 1, 1])],
	['confounders', boxes([10, 0, 0, 11, 1, 1], [10, 8, 5, 12, 9, 6])],
	['uncertainWT', boxes([9, 2, 1, 10, 8, 5])],
	['vessels', boxes([0, 9, 0, 12, 10, 1])],
];

let data: string;
let file: string;
beforeEach(async () => {
	const from = await mkdtemp(join(tmpdir(), 'concord-from-'));
	data = await mkdtemp(join(tmpdir(), 'concord-data-'));
	file = join(from, 'p1-reference-v3.zip');
	await makeCase(from);
});

/** Imports images as a case without a reference. */
async function makeCase(from: string, id = 'p1', family = 'glioma', grids = GRIDS) {
	const at = join(from, id);
	await mkdir(at);
	for (const [sequence, grid] of Object.entries(grids)) {
		const voxels = Int16Array.from({ length: NX * NY * NZ }, (_, n) => (n * 7) % 100);
		await writeFile(join(at, `${sequence}.nii.gz`), gzip(writeNifti({ grid, data: voxels })));
	}
	expect((await runConcord('case', 'import', 'nifti', at, '--id', id, '--family', family, '--into', data)).code).toBe(
		0,
	);
}

const folder = (id = 'p1') => join(data, 'cases', id);
const manifest = async (id = 'p1'): Promise<CaseManifest> =>
	caseManifestSchema.parse(JSON.parse(await readFile(join(folder(id), 'case.json'), 'utf8')));
const catalogue = async () =>
	catalogueSchema.parse(JSON.parse(await readFile(join(data, 'cases', 'index.json'), 'utf8')));
const voxels = async (name: string, id = 'p1') => {
	const read = readNifti(new Uint8Array(await readFile(join(folder(id), name))), name);
	if (!read.ok) throw new Error(read.issues[0]!.code);
	return [...read.value.data];
};
const put = (...words: string[]) => runConcord('case', 'reference', file, '--into', data, ...words);

interface Package {
	index: ReferencePackage;
	files: Map<string, Uint8Array<ArrayBuffer>>;
}

/** What the workbench makes of a drawing. */
async function drawnPackage(drawn = DRAWN, grids = GRIDS, version = 3): Promise<Package> {
	const targets = drawn.map(([region, data]) => ({ region, grid: grids[TARGET_SEQUENCE[region]]!, data }));
	const hashes = hashMasks(targets.map((each) => each.data));
	const built = buildReference(targets, new Map(targets.map(({ region }, n) => [region, hashes[n]!])), 'p1');
	if (!built.ok) throw new Error(built.issues[0]!.code);
	return {
		index: {
			format: 'concord-reference',
			schemaVersion: 1,
			caseId: 'p1',
			caseVersion: caseVersion(await manifest()),
			family: 'glioma',
			version,
			author: 'Li Min',
			at: '2026-03-01T08:00:00.000Z',
			confirmations: [
				{ expert: 'Wang Fang', at: '2026-03-04T23:30:00.000Z' },
				{ expert: 'li min', at: '2026-03-01T09:00:00.000Z' },
			],
			reference: built.value.reference,
			layers: [...built.value.layers],
		},
		files: new Map(built.value.files.map(({ name, bytes }) => [name, bytes])),
	};
}

async function save({ index, files }: { index: unknown; files: Package['files'] }, at = file): Promise<void> {
	const json = typeof index === 'string' ? index : JSON.stringify(index);
	const all = [...files].map(([name, bytes]) => ({ name, data: bytes }));
	const zip = await zipFiles([{ name: 'reference.json', data: new TextEncoder().encode(json) }, ...all]);
	await writeFile(at, new Uint8Array(await zip.arrayBuffer()));
}

/** Puts another file in the place of one of the package, which then says so. */
function swap({ index, files }: Package, name: string, bytes: Uint8Array<ArrayBuffer>, saying = name): void {
	files.delete(name);
	files.set(saying, bytes);
	for (const entry of [...index.reference.masks, ...index.layers])
		if (entry.file === name)
			Object.assign(entry, {
				file: saying,
				sha256: createHash('sha256').update(bytes).digest('hex'),
				bytes: bytes.length,
			});
}
/** Where a text stands in bytes. */
function find(bytes: Uint8Array, text: string, from = 0): number {
	const at = Buffer.from(bytes).indexOf(text, from, 'latin1');
	expect(at).toBeGreaterThanOrEqual(from);
	return at;
}
const nifti = (grid: Grid, data: Uint8Array | Float32Array) => gzip(writeNifti({ grid, data }));

/** Everything that the case's folder holds, so that a refusal can be seen to have changed nothing. */
async function state(id = 'p1') {
	const names = (await readdir(folder(id))).sort();
	const hash = async (name: string) =>
		createHash('sha256')
			.update(await readFile(join(folder(id), name)))
			.digest('hex');
	return Promise.all(names.map(async (name) => [name, await hash(name)]));
}

/** Refused with these lines, in this order, and the case as it was. */
async function refused(lines: readonly string[], ...words: string[]) {
	const before = await state();
	const done = await put(...words);
	expect([done.code, done.out, done.lines]).toEqual([
		1,
		'',
		[...lines.map((line) => expect.stringContaining(line)), `Nothing of ${file} was imported`],
	]);
	expect(await state()).toEqual(before);
}

/** As `refused`, where the package could not be read at all. */
async function unreadable(...lines: string[]) {
	const before = await state();
	const done = await put();
	expect([done.code, done.out, done.lines]).toEqual([1, '', lines.map((line) => expect.stringContaining(line))]);
	expect(await state()).toEqual(before);
}

describe('a package that the workbench made', () => {
	it('becomes the reference of its case, with its layers and who made it, and is listed', async () => {
		await save(await drawnPackage());
		const before = (await catalogue()).cases[0]!.bytes;
		const done = await put();
		expect([done.code, done.out, done.lines]).toEqual([
			0,
			folder(),
			['p1 has version 3 as its reference, by Li Min, Wang Fang'],
		]);
		const { reference, layers, series } = await manifest();
		expect(reference).toMatchObject({
			kind: 'perRegion',
			provenance: { authors: 'Li Min, Wang Fang', experts: 2, date: '2026-03-04', method: 'manual' },
			masks: [
				{ region: 'WT', file: 'p1_FLAIR_WT.nii.gz' },
				{ region: 'ET', file: 'p1_T1C_ET.nii.gz' },
				{ region: 'TB', file: 'p1_T2_TB.nii.gz' },
				{ region: 'NE', file: 'p1_T1C_NE.nii.gz' },
			],
		});
		expect(layers?.map(({ kind, file }) => [kind, file])).toEqual([
			['csf', 'p1_layer_csf.nii.gz'],
			['confounders', 'p1_layer_confounders.nii.gz'],
			['uncertain', 'p1_layer_uncertainWT.nii.gz'],
			['notEnhancing', 'p1_layer_notEnhancing.nii.gz'],
		]);
		expect(series.map(({ sequence }) => sequence)).toEqual(['T2', 'FLAIR', 'T1C']);
		expect(await voxels('p1_FLAIR_WT.nii.gz')).toEqual([...DRAWN[0]![1]]);
		// Ventricles before sulci, where both are drawn.
		const csf = await voxels('p1_layer_csf.nii.gz');
		expect([csf[0], csf[2], csf[3]]).toEqual([1, 2, 0]);
		expect(Math.max(...(await voxels('p1_layer_confounders.nii.gz')))).toBe(2);
		expect((await readdir(folder())).length).toBe(1 + 3 + 4 + 4);
		const { cases } = await catalogue();
		const files = reference?.kind === 'perRegion' ? [...reference.masks, ...layers!] : [];
		expect(cases[0]!.bytes - before).toBe(files.reduce((sum, { bytes }) => sum + bytes, 0));
	});

	it('is what a drawing is scored against: the same masks have Dice 1 and nothing to find', async () => {
		await save(await drawnPackage());
		expect((await put()).code).toBe(0);
		const masks = (await readdir(folder())).filter((name) => /_(?:WT|ET|TB|NE)\./.test(name));
		const report = async (...paths: string[]) => {
			const done = await runConcord('findings', folder(), ...paths, '--json');
			expect([done.code, done.error]).toEqual([0, '']);
			return JSON.parse(done.out) as { findings: unknown[]; marks: { measure: string; value: number }[] };
		};
		const same = await report(...masks.map((name) => join(folder(), name)));
		expect(same.findings).toEqual([]);
		const dice = ({ marks }: typeof same) =>
			marks.filter(({ measure }) => measure === 'dice').map(({ value }) => value);
		expect(dice(same)).toEqual([1, 1, 1, 1]);
		// Two of the whole tumour's four slices.
		const half = join(data, 'x_FLAIR_WT.nii.gz');
		await writeFile(half, nifti(GRIDS.FLAIR!, boxes([2, 2, 1, 9, 8, 3])));
		const less = await report(
			half,
			...masks.filter((name) => !name.includes('WT')).map((name) => join(folder(), name)),
		);
		expect(dice(less)[0]).toBeCloseTo(2 / 3, 10);
	});

	it('goes into the case that --id names, with a note where the images are others', async () => {
		await save(await drawnPackage());
		await makeCase(join(file, '..'), 'site-2');
		const done = await put('--id', 'site-2');
		expect([done.code, done.out]).toEqual([0, folder('site-2')]);
		expect(done.lines).toEqual([expect.stringContaining('site-2 has version 3')]);
		expect((await manifest()).reference).toBeUndefined();

		const { index, files } = await drawnPackage();
		await save({ index: { ...index, caseVersion: '00000000' }, files });
		const other = await put();
		expect(other.code).toBe(0);
		expect(other.lines[0]).toBe(
			`Note ${file}: It was drawn on other images than those of p1, though on the same grids: make sure that they are the same patient’s, at the same time`,
		);
	});
});

describe('a case that has a reference', () => {
	const later = async () =>
		drawnPackage([...DRAWN.slice(0, 1), ['ET', boxes([4, 4, 2, 8, 8, 4])], DRAWN[4]!], GRIDS, 4);

	it('keeps it unless it is to be replaced, and then has the files of the new one only', async () => {
		await save(await drawnPackage());
		expect((await put()).code).toBe(0);
		await save(await later());
		await refused([`${file}: The case p1 has a reference already: put this one in its place with --replace`]);
		expect((await put('--replace')).code).toBe(0);
		const { reference, layers } = await manifest();
		const named = [...(reference?.kind === 'perRegion' ? reference.masks : []), ...layers!].map((each) => each.file);
		// The old names were taken until the manifest no longer named them.
		expect(named).toEqual(['p1-2_FLAIR_WT.nii.gz', 'p1-2_T1C_ET.nii.gz', 'p1-2_layer_csf.nii.gz']);
		expect((await readdir(folder())).sort()).toEqual(
			[...named, 'FLAIR.nii.gz', 'T1C.nii.gz', 'T2.nii.gz', 'case.json'].sort(),
		);
		expect(await voxels('p1-2_T1C_ET.nii.gz')).toEqual([...boxes([4, 4, 2, 8, 8, 4])]);
		// And once more: the first names are free again.
		await save(await drawnPackage());
		expect((await put('--replace')).code).toBe(0);
		expect((await readdir(folder())).filter((name) => name.startsWith('p1')).sort()).toEqual(
			[...(await drawnPackage()).files.keys()].sort(),
		);
	});

	it('opens with the old one where writing fails half-way, and nothing of the new one is left', async () => {
		await save(await drawnPackage());
		expect((await put()).code).toBe(0);
		const before = await state();
		await save(await later());
		// Where the manifest is written before it takes its name.
		const half = join(folder(), `case.json.${process.pid}.half`);
		await mkdir(half);
		await expect(put('--replace')).rejects.toThrow('EISDIR');
		await rm(half, { recursive: true });
		expect(await state()).toEqual(before);
	});

	it('is not hindered by what a run that was stopped has left', async () => {
		await save(await drawnPackage());
		await writeFile(join(folder(), 'p1_FLAIR_WT.nii.gz'), 'half a mask');
		expect((await put()).code).toBe(0);
		expect(await voxels('p1_FLAIR_WT.nii.gz')).toEqual([...DRAWN[0]![1]]);
	});
});

describe('a file that is no package', () => {
	it('is refused with what to choose instead', async () => {
		await unreadable(`${file}: There is no such file`);
		await writeFile(file, 'no archive');
		await unreadable(`${file}: This is no package: choose the .zip`);
		const other = await zipFiles([{ name: 'backup.json', data: new TextEncoder().encode('{}') }]);
		await writeFile(file, new Uint8Array(await other.arrayBuffer()));
		await unreadable(`${file}: This archive holds no reference`);
		await save({ index: { format: 'concord-backup', schemaVersion: 1 }, files: new Map() });
		await unreadable(`${file}: This archive holds no reference`);
		await save({ index: '{', files: new Map() });
		await unreadable('reference.json: This is no JSON text');
		const many = Array.from({ length: 101 }, (_, n) => ({ name: `${n}`, data: new Uint8Array(1) }));
		await writeFile(file, new Uint8Array(await (await zipFiles(many)).arrayBuffer()));
		await unreadable(`${file}: The archive has more than 100 files`);
		// The list at the end says that the file unpacks to more.
		await save({ index: '{}', files: new Map() });
		const bomb = new Uint8Array(await readFile(file));
		new DataView(bomb.buffer).setUint32(find(bomb, 'PK\x01\x02') + 24, 256_000_001, true);
		await writeFile(file, bomb);
		await unreadable(`${file}: Stopped: the archive unpacks to more than 256 MB`);
		await truncate(file, 2 ** 29 + 1);
		await unreadable(`${file}: The file is larger than 512 MB`);
		await save({ index: ' '.repeat(1_000_001), files: new Map() });
		await unreadable(`${file}: This archive holds no reference`);
	});

	it('is told apart from one that is damaged, cut off or of a newer version', async () => {
		const made = await drawnPackage();
		await save(made);
		const bytes = new Uint8Array(await readFile(file));
		await writeFile(file, bytes.subarray(0, bytes.length - 100));
		await unreadable(`${file}: The package is cut off`);
		const hurt = bytes.slice();
		// In the voxels of the first mask, behind its name.
		hurt[find(hurt, 'p1_FLAIR_WT.nii.gz', find(hurt, 'PK\x03\x04', 1)) + 60]! ^= 0xff;
		await writeFile(file, hurt);
		await refused(['p1_FLAIR_WT.nii.gz: This is damaged in the package']);
		await save({ index: { ...made.index, schemaVersion: 2 }, files: made.files });
		await unreadable(`${file}: The package comes from a newer version (format 2)`);
	});

	it('names the fields that do not fit, and tells too few experts apart from them', async () => {
		const { index, files } = await drawnPackage();
		const [first] = index.confirmations;
		await save({ index: { ...index, family: 'cyst', version: 0, caseId: '../x' }, files });
		await unreadable('reference.json: This does not describe a reference (caseId, family, version)');
		const few = { ...index, confirmations: [first, { expert: ' WANG  fang', at: index.at }] };
		await save({ index: few, files });
		await unreadable('reference.json: Too few different experts confirmed this version, 2 are needed');
		await save({ index: { ...few, family: 'cyst' }, files });
		await unreadable('describe a reference (family)', 'Too few different experts');
	});
});

describe('a package whose files are not what it says', () => {
	it('is refused where a file is missing or another one, all of them at once', async () => {
		const made = await drawnPackage();
		const wt = made.files.get('p1_FLAIR_WT.nii.gz')!;
		made.files.delete('p1_T1C_NE.nii.gz');
		made.files.set('p1_FLAIR_WT.nii.gz', nifti(GRIDS.FLAIR!, boxes([2, 2, 1, 9, 8, 4])));
		made.index.reference.masks.find(({ region }) => region === 'TB')!.bytes++;
		delete made.index.layers[0]!.sha256;
		await save(made);
		await refused([
			'p1_T1C_NE.nii.gz: The package names this file but lacks it',
			'p1_FLAIR_WT.nii.gz: The file is not the one that was packed, its size or SHA-256 differs',
			'p1_T2_TB.nii.gz: The file is not the one',
			'p1_layer_csf.nii.gz: The file is not the one',
		]);
		const whole = await drawnPackage();
		expect(whole.files.get('p1_FLAIR_WT.nii.gz')).toEqual(wt);
		await save(whole);
		expect((await put()).code).toBe(0);
	});

	it('is refused where labels are not those of a region or of the layer', async () => {
		const made = await drawnPackage();
		const value = (label: number) => boxes([0, 0, 0, 2, 2, 2]).map((inside) => inside * label);
		swap(made, 'p1_FLAIR_WT.nii.gz', nifti(GRIDS.FLAIR!, value(2)));
		swap(
			made,
			'p1_T1C_ET.nii.gz',
			nifti(
				GRIDS.T1C!,
				Float32Array.from(value(1), (inside) => inside / 2),
			),
		);
		swap(made, 'p1_T2_TB.nii.gz', new Uint8Array(new TextEncoder().encode('no image')));
		swap(made, 'p1_layer_csf.nii.gz', nifti(GRIDS.FLAIR!, value(3)));
		swap(made, 'p1_layer_uncertainWT.nii.gz', nifti(GRIDS.FLAIR!, value(2)));
		swap(made, 'p1_layer_notEnhancing.nii.gz', nifti(GRIDS.T1C!, value(3)));
		await save(made);
		await refused([
			'p1_FLAIR_WT.nii.gz: Labels must be whole numbers from 0 to 1, the mask has 2',
			'p1_T1C_ET.nii.gz: 8 voxels have labels that are not whole numbers, such as 0.5',
			'p1_T2_TB.nii.gz: The file has only 8 bytes',
			'p1_layer_csf.nii.gz: Labels must be whole numbers from 0 to 2, the mask has 3',
			'p1_layer_uncertainWT.nii.gz: Labels must be whole numbers from 0 to 1, the mask has 2',
			'p1_layer_notEnhancing.nii.gz: Labels must be whole numbers from 0 to 2, the mask has 3',
		]);
		const fine = await drawnPackage();
		swap(fine, 'p1_layer_csf.nii.gz', nifti(GRIDS.FLAIR!, value(2)));
		swap(fine, 'p1_layer_notEnhancing.nii.gz', nifti(GRIDS.T1C!, value(2)));
		swap(fine, 'p1_layer_confounders.nii.gz', nifti(GRIDS.FLAIR!, value(255)));
		await save(fine);
		expect((await put()).code).toBe(0);
	});

	it('is refused where a mask lies elsewhere than its images; a layer may lie on any of them', async () => {
		const made = await drawnPackage();
		swap(made, 'p1_FLAIR_WT.nii.gz', nifti({ dims: DIMS, affine: affine(5, 9) }, DRAWN[0]![1]));
		// On the grid of FLAIR instead of its own.
		swap(made, 'p1_T1C_ET.nii.gz', nifti(GRIDS.FLAIR!, DRAWN[1]![1]));
		swap(made, 'p1_T2_TB.nii.gz', nifti({ dims: DIMS, affine: [-1, 0, 0, 11, ...affine(5).slice(4)] }, DRAWN[2]![1]));
		swap(made, 'p1_layer_csf.nii.gz', nifti({ dims: DIMS, affine: affine(3) }, DRAWN[4]![1]));
		await save(made);
		await refused([
			'p1_T2_TB.nii.gz: The voxels lie where those of T2 do but are stored in another order',
			'p1_FLAIR_WT.nii.gz: Shifted 9.0 mm towards the right against FLAIR',
			'p1_T1C_ET.nii.gz: The voxel spacing is 1.000 × 1.000 × 5.000 mm, T1C has 1.000 × 1.000 × 2.000 mm',
			'p1_layer_csf.nii.gz: The voxel spacing is 1.000 × 1.000 × 3.000 mm, FLAIR has 1.000 × 1.000 × 5.000 mm',
		]);
		const fine = await drawnPackage();
		swap(fine, 'p1_layer_csf.nii.gz', nifti(GRIDS.T1C!, DRAWN[4]![1]));
		await save(fine);
		expect((await put()).code).toBe(0);
	});

	it('is refused where it is NRRD or the like under the name of NIfTI, which scoring does not read', async () => {
		const made = await drawnPackage();
		const header = `NRRD0004\ntype: uint8\ndimension: 3\nsizes: ${DIMS.join(' ')}\nencoding: raw\n\n`;
		const nrrd = new Uint8Array([...new TextEncoder().encode(header), ...DRAWN[0]![1]]);
		swap(made, 'p1_FLAIR_WT.nii.gz', nrrd);
		await save(made);
		await refused(['p1_FLAIR_WT.nii.gz: The header lacks the NIfTI mark']);
	});

	it('is refused where names do not say what is in the files, or lead elsewhere', async () => {
		for (const name of [
			'case.json',
			'FLAIR.nii.gz',
			'..',
			'p1_FLAIR_ED.nii.gz',
			'p1_FLAIR_WT_L01.nii.gz',
			'p 1_FLAIR_WT.nii.gz',
		]) {
			const made = await drawnPackage();
			swap(made, 'p1_FLAIR_WT.nii.gz', made.files.get('p1_FLAIR_WT.nii.gz')!, name);
			await save(made);
			// An archive with a name that leads out of a folder is damaged as a whole.
			if (name === '..') await unreadable(`${file}: This is damaged in the package`);
			else await refused([`${name}: The name does not say what is in the file, expected one like p1_FLAIR_WT.nii.gz`]);
		}
		const layer = await drawnPackage();
		swap(layer, 'p1_layer_csf.nii.gz', layer.files.get('p1_layer_csf.nii.gz')!, 'p1_layer_CSF.nii.gz');
		await save(layer);
		await refused([
			'p1_layer_CSF.nii.gz: The name does not say what is in the file, expected one like p1_layer_csf.nii.gz',
		]);
	});
});

describe('a package that is not for this case', () => {
	it('is refused where the family differs', async () => {
		const { index, files } = await drawnPackage();
		await save({ index: { ...index, family: 'meningioma' }, files });
		await refused([
			`${file}: This is a reference for meningioma, the case is glioma`,
			'p1_FLAIR_WT.nii.gz: WT is no region of the family, there are: ED, ET, TB, NE',
			'p1_layer_uncertainWT.nii.gz: Nothing of the family is drawn as the layer uncertainWT',
		]);
	});

	it('is refused where it has what the family does not, or the same twice', async () => {
		const made = await drawnPackage();
		const { masks } = made.index.reference;
		const wt = made.files.get('p1_FLAIR_WT.nii.gz')!;
		const add = (name: string, entry: object, to: object[]) => {
			made.files.set(name, wt);
			to.push({ ...masks[0]!, file: name, ...entry });
		};
		add('p1_FLAIR_ED.nii.gz', { region: 'ED' }, masks);
		add('p9_FLAIR_WT.nii.gz', { region: 'WT' }, masks);
		add('p1_layer_dura.nii.gz', { kind: 'dura', region: undefined }, made.index.layers);
		add('p1_layer_lesionsET.nii.gz', { kind: 'lesions', region: 'ET' }, made.index.layers);
		add('p9_layer_csf.nii.gz', { kind: 'csf', region: undefined }, made.index.layers);
		await save(made);
		await refused([
			'p1_FLAIR_ED.nii.gz: ED is no region of the family, there are: WT, ET, TB, NE',
			'p9_FLAIR_WT.nii.gz: The package has WT twice',
			'p1_layer_dura.nii.gz: Nothing of the family is drawn as the layer dura',
			'p1_layer_lesionsET.nii.gz: Nothing of the family is drawn as the layer lesionsET',
			'p9_layer_csf.nii.gz: The package has csf twice',
		]);
	});

	it('takes the dura of a meningeal case', async () => {
		await makeCase(join(file, '..'), 'men', 'meningioma');
		const drawn = [
			['ED', DRAWN[0]![1]],
			['dura', boxes([0, 0, 0, 2, 2, 2])],
			['uncertainED', DRAWN[7]![1]],
		] as const;
		const { index, files } = await drawnPackage(drawn);
		await save({ index: { ...index, family: 'meningioma' }, files });
		expect((await put('--id', 'men')).code).toBe(0);
		const { layers } = await manifest('men');
		expect(layers?.map(({ file }) => file)).toEqual(['p1_layer_dura.nii.gz', 'p1_layer_uncertainED.nii.gz']);
	});

	it('is refused where the case lacks the sequence of a region, or a series cannot be read', async () => {
		const { T2, ...others } = GRIDS;
		await makeCase(join(file, '..'), 'two', 'glioma', others);
		await save(await drawnPackage());
		const two = await put('--id', 'two');
		expect(two.lines[0]).toContain('p1_T2_TB.nii.gz: TB is drawn on T2, which the case does not have');
		expect([two.code, two.lines.length, T2!.dims]).toEqual([1, 2, DIMS]);
		await rm(join(folder(), 'T1C.nii.gz'));
		await writeFile(join(folder(), 'T2.nii.gz'), 'no image');
		await refused([`${join(folder(), 'T1C.nii.gz')}: There is no such file`, 'T2.nii.gz: The file has only 8 bytes']);
	});

	it('is refused where there is no such case, and for a built-in one', async () => {
		await save(await drawnPackage());
		await refused([`${file}: The data folder has no imported case p2 that can be opened`], '--id', 'p2');
		await writeFile(join(folder(), 'recipe.sha256'), 'x');
		await refused([`${folder()}: p1 is a built-in case`], '--replace');
	});
});

it('says how it is used', async () => {
	for (const words of [[], [file, file], [file, '--id', '../x'], [file, '--mask', 'WT=a'], [file, '--into']]) {
		const { code, error } = await runConcord('case', 'reference', ...words);
		expect([words, code]).toEqual([words, 2]);
		expect(error).toContain('concord case reference <package.zip> [--id CASE] [--into DATA] [--replace]');
	}
	expect((await runConcord('case', 'reference')).lines[0]).toContain('Give one package of a reference');
});
