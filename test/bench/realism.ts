// `npm run bench -- realism`: contrast and noise of the built-in cases beside real ones, and how alike their heads are.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { readNifti } from '../../src/formats/nifti.ts';
import type { Volume } from '../../src/formats/volume.ts';
import { ijkToXyz, type XyzMm } from '../../src/grid/grid.ts';
import { unpackAnatomy } from '../../src/phantom/anatomy.ts';
import { type Head, makeHead } from '../../src/phantom/head.ts';
import { TISSUE_INDEX } from '../../src/phantom/mixture.ts';
import { TISSUE_NAMES } from '../../src/phantom/tissues.ts';
import { caseRecipeSchema } from '../../src/schemas/caseRecipe.ts';
import { resampleLabels } from '../../src/scoring/findings/resample.ts';
import { sharedFolder } from '../sharedData.ts';

const WEIGHTED = ['T1', 'T1C', 'T2', 'FLAIR'] as const;
type Weighted = (typeof WEIGHTED)[number];

/** What is measured of a case: its sequences, and which voxels of T1 are brain. */
interface Measured {
	readonly name: string;
	readonly volumes: Readonly<Record<Weighted, Volume>>;
	readonly brain: Uint8Array;
	/** Lesion labels as BraTS has them: 1 core, 2 oedema, 4 enhancing. */
	readonly tumour?: Volume;
}

const anatomy = unpackAnatomy(gunzipSync(readFileSync('content/anatomy/head.bin.gz')));
const recipes = readdirSync('content/cases').flatMap((id) => {
	const recipe = caseRecipeSchema.parse(parse(readFileSync(`content/cases/${id}/case.yaml`, 'utf8')));
	// Sets for triage have no masks, and some lack a sequence.
	return recipe.use === 'triage' ? [] : [{ id, recipe, head: makeHead(recipe, anatomy) }];
});

function read(path: string): Volume {
	const volume = readNifti(readFileSync(path), path);
	if (!volume.ok) throw new Error(JSON.stringify(volume.issues));
	return volume.value;
}

const placeOf = ({ grid }: Volume, n: number): XyzMm => {
	const [nx, ny] = grid.dims;
	return ijkToXyz(grid, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]);
};

function synthetic({ id, recipe, head }: (typeof recipes)[number]): Measured {
	const folder = join('.data/cases', id);
	const volumes = Object.fromEntries(WEIGHTED.map((name) => [name, read(join(folder, `${name}.nii.gz`))])) as Record<
		Weighted,
		Volume
	>;
	const brain = Uint8Array.from(volumes.T1.data, (_, n) => (head.surfaceMm(...placeOf(volumes.T1, n)) < -1 ? 1 : 0));
	const outer = recipe.family === 'meningioma' ? 'ED' : 'WT';
	const whole = read(join(folder, `${id}_FLAIR_${outer}.nii.gz`));
	const together = recipe.family === 'metastasis' || recipe.family === 'pcnsl';
	// Where nothing enhances there is no body apart.
	const inner = together ? 'T1C_EN' : recipe.tumour.enhancing === 0 ? 'T1C_ET' : 'T2_TB';
	const body = on(whole, read(join(folder, `${id}_${inner}.nii.gz`)));
	const bright = together ? body.map(() => 0) : on(whole, read(join(folder, `${id}_T1C_ET.nii.gz`)));
	const labels = Uint8Array.from(whole.data, (value, n) => (bright[n] ? 4 : body[n] ? 1 : value === 0 ? 0 : 2));
	return { name: id, volumes, brain, tumour: { grid: whole.grid, data: labels } };
}

/** Labels of a volume on the grid of another. */
const on = (target: Volume, { grid, data }: Volume) =>
	resampleLabels(
		Uint8Array.from(data, (value) => value),
		grid,
		target.grid,
	);

function real(root: string, name: string, files: Readonly<Record<Weighted, string>>): Measured {
	const at = (file: string) => read(join(root, name, file));
	const volumes = { T1: at(files.T1), T1C: at(files.T1C), T2: at(files.T2), FLAIR: at(files.FLAIR) };
	const brain = Uint8Array.from(volumes.T1.data, (value) => (value > 0 ? 1 : 0));
	const mask = join(root, name, 'seg_fusion_mav.nii.gz');
	return { name, volumes, brain, ...(existsSync(mask) && { tumour: read(mask) }) };
}

/** Classes of T1 within healthy brain by k-means: 1 fluid, 2 grey, 3 white. The same for real and for made cases. */
function classes({ volumes: { T1 }, brain, tumour }: Measured): Uint8Array {
	const sick = tumour ? on(T1, tumour) : new Uint8Array(brain.length);
	const values: number[] = [];
	for (let n = 0; n < brain.length; n++) if (brain[n] && !sick[n]) values.push(T1.data[n]!);
	const sorted = Float64Array.from(values).sort();
	let means = [0.05, 0.35, 0.8].map((share) => sorted[Math.floor(share * sorted.length)]!);
	const nearest = (value: number) =>
		means.reduce((best, mean, n) => (Math.abs(value - mean) < Math.abs(value - means[best]!) ? n : best), 0);
	for (let round = 0; round < 20; round++) {
		const sums = [0, 0, 0];
		const counts = [0, 0, 0];
		for (const value of values) {
			const n = nearest(value);
			sums[n]! += value;
			counts[n]!++;
		}
		means = means.map((mean, n) => (counts[n] ? sums[n]! / counts[n]! : mean));
	}
	return brain.map((inside, n) => (inside && !sick[n] ? nearest(T1.data[n]!) + 1 : 0));
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const two = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(2));

function row(measured: Measured): string {
	const label: Volume = { grid: measured.volumes.T1.grid, data: classes(measured) };
	const cells: string[] = [];
	for (const name of WEIGHTED) {
		const volume = measured.volumes[name];
		const tissue = on(volume, label);
		const sick = measured.tumour ? on(volume, measured.tumour) : tissue.map(() => 0);
		const of = (test: (n: number) => boolean) => {
			const found: number[] = [];
			for (let n = 0; n < tissue.length; n++) if (test(n)) found.push(volume.data[n]!);
			return median(found);
		};
		const white = of((n) => tissue[n] === 3);
		cells.push(two(of((n) => tissue[n] === 2) / white), two(of((n) => tissue[n] === 1) / white));
		cells.push(two(of((n) => sick[n] === (name === 'T1C' ? 4 : 2)) / white));
		// Differences between neighbours both of which are white matter, by their median.
		const steps: number[] = [];
		for (let n = 1; n < tissue.length; n++)
			if (tissue[n] === 3 && tissue[n - 1] === 3) steps.push(Math.abs(volume.data[n]! - volume.data[n - 1]!));
		cells.push(`${((median(steps) / 0.6745 / Math.SQRT2 / white) * 100).toFixed(1)} %`);
	}
	return `${measured.name.padEnd(21)}${cells.map((cell) => cell.padStart(7)).join('')}`;
}

console.log(
	'Signal over that of white matter, medians: grey, fluid, oedema (on T1C what enhances); noise in white matter\n',
);
console.log(`${''.padEnd(21)}${WEIGHTED.map((name) => name.padStart(7).padEnd(28)).join('')}`);
console.log(`${''.padEnd(21)}${WEIGHTED.map(() => '   grey  fluid lesion  noise').join('')}`);
for (const each of recipes) console.log(row(synthetic(each)));
const shared = sharedFolder('testdata/real');
if (shared !== undefined) {
	const BRATS = { T1: 't1n.nii.gz', T1C: 't1c.nii.gz', T2: 't2w.nii.gz', FLAIR: 't2f.nii.gz' };
	const TCGA = { T1: 't1.nii.gz', T1C: 't1c.nii.gz', T2: 't2.nii.gz', FLAIR: 'fla.nii.gz' };
	for (const name of ['BraTS-GLI-00001-000', 'BraTS-MET-00110-000']) console.log(row(real(shared, name, BRATS)));
	for (const name of ['TCGA-DU-7294', 'TCGA-FG-6692']) console.log(row(real(shared, name, TCGA)));
}

/** Brain and grey matter of a head on a lattice of its own: about the middle of its brain, in its standard deviations. */
function aligned(head: Head, mirrored: boolean): { brain: Uint8Array; grey: Uint8Array } {
	const STEP = 2;
	const inside: XyzMm[] = [];
	for (let z = -70; z < 100; z += STEP)
		for (let y = -125; y < 90; y += STEP)
			for (let x = -90; x < 90; x += STEP) if (head.surfaceMm(x, y, z) < 0) inside.push([x, y, z]);
	const middle = [0, 1, 2].map((axis) => inside.reduce((sum, place) => sum + place[axis]!, 0) / inside.length);
	const spread = middle.map((mean, axis) =>
		Math.sqrt(inside.reduce((sum, place) => sum + (place[axis]! - mean) ** 2, 0) / inside.length),
	);
	const HALF = 48;
	const brain = new Uint8Array((2 * HALF) ** 3);
	const grey = new Uint8Array(brain.length);
	const place = new Float64Array(3);
	const mix = new Float64Array(TISSUE_NAMES.length);
	for (let n = 0, k = -HALF; k < HALF; k++)
		for (let j = -HALF; j < HALF; j++)
			for (let i = -HALF; i < HALF; i++, n++) {
				const [x, y, z] = [mirrored ? -i : i, j, k].map(
					(v, axis) => middle[axis]! + (v / HALF) * 2.4 * spread[axis]!,
				) as [number, number, number];
				if (head.surfaceMm(x, y, z) >= 0) continue;
				brain[n] = 1;
				head.warp(place, x, y, z);
				mix.fill(0);
				head.tissues(mix, place[0]!, place[1]!, place[2]!);
				if (mix[TISSUE_INDEX.grey]! >= 0.5) grey[n] = 1;
			}
	return { brain, grey };
}

const dice = (a: Uint8Array, b: Uint8Array) => {
	let [both, all] = [0, 0];
	for (let n = 0; n < a.length; n++) {
		both += a[n]! & b[n]!;
		all += a[n]! + b[n]!;
	}
	return (2 * both) / all;
};

console.log('\nDice of two heads, aligned by middle and extent, mirrored if that fits better: brain / grey matter\n');
const heads = recipes.map(({ head }) => [aligned(head, false), aligned(head, true)] as const);
console.log(`${''.padEnd(9)}${recipes.map(({ id }) => id.padStart(13)).join('')}`);
for (const [a, { id }] of recipes.entries()) {
	const cells = heads.slice(0, a).map((other) => {
		const fits = heads[a]!.map((head) => ({
			brain: dice(head.brain, other[0].brain),
			grey: dice(head.grey, other[0].grey),
		}));
		const best = fits.reduce((most, fit) => (fit.grey > most.grey ? fit : most));
		return `${best.brain.toFixed(2)} / ${best.grey.toFixed(2)}`.padStart(13);
	});
	console.log(`${id.padEnd(9)}${cells.join('')}`);
}
