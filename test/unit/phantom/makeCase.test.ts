import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Volume } from '../../../src/formats/volume.ts';
import { ijkToXyz, invertAffine, sameGrid, spacingMm, voxelVolumeMl, type XyzMm } from '../../../src/grid/grid.ts';
import { rasView } from '../../../src/grid/rasView.ts';
import { unpackAnatomy } from '../../../src/phantom/anatomy.ts';
import { layersOf, madeVolumes, makeCase } from '../../../src/phantom/makeCase.ts';
import { FAMILY_REGIONS, REGION_SEQUENCE, SEQUENCES } from '../../../src/protocol/protocol.ts';
import { type CaseRecipe, caseRecipeSchema } from '../../../src/schemas/caseRecipe.ts';
import golden from './ring-01.golden.json' with { type: 'json' };

const anatomy = unpackAnatomy(gunzipSync(readFileSync('content/anatomy/head.bin.gz')));
const recipeOf = (id: string) => caseRecipeSchema.parse(parse(readFileSync(`content/cases/${id}/case.yaml`, 'utf8')));

function madeOf(recipe: CaseRecipe): Record<string, Volume> {
	const made: Record<string, Volume> = {};
	for (const each of makeCase(recipe, anatomy))
		made[each.kind === 'series' ? each.sequence : each.kind === 'reference' ? each.region : each.layer] = each.volume;
	return made;
}

const recipe = recipeOf('ring-01');
let made: Record<string, Volume> = {};
const of = (name: string) => made[name] as Volume;

beforeAll(() => {
	made = madeOf(recipe);
}, 240_000);

/** Values of a volume at the voxels that a mask on the same grid marks. */
function* inside(mask: Volume, volume: Volume): Generator<number> {
	for (let n = 0; n < mask.data.length; n++) if (mask.data[n] === 1) yield volume.data[n] as number;
}

function mean(values: Iterable<number>): number {
	let sum = 0;
	let count = 0;
	for (const value of values) {
		sum += value;
		count++;
	}
	return sum / count;
}

const centres = ({ grid, data }: Volume) => {
	const [nx, ny] = grid.dims;
	const points: XyzMm[] = [];
	for (let n = 0; n < data.length; n++)
		if (data[n] === 1) points.push(ijkToXyz(grid, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]));
	return points;
};

describe('the built-in case', () => {
	it('has every sequence, every region of its family and its layers', () => {
		const expected = [...SEQUENCES, ...FAMILY_REGIONS.glioma, ...layersOf(recipe)];
		expect(Object.keys(made).sort()).toEqual([...expected].sort());
		expect(madeVolumes(recipe)).toBe(Object.keys(made).length);
	});

	it('has sequences on grids of their own: other tilts, matrices, thicknesses and directions of storage', () => {
		const grids = ['FLAIR', 'T2', 'T1', 'T1C', 'DWI'].map((name) => of(name).grid);
		for (const [n, grid] of grids.entries())
			for (const other of grids.slice(n + 1)) expect(sameGrid(grid, other)).toBe(false);
		expect(sameGrid(of('DWI').grid, of('ADC').grid)).toBe(true);
		expect(['FLAIR', 'T2', 'T1C'].map((name) => Math.round(rasView(of(name).grid).tiltDeg))).toEqual([8, 6, 0]);
		expect(['FLAIR', 'T1', 'T1C'].map((name) => rasView(of(name).grid).strides.map(Math.sign))).toEqual([
			[-1, -1, 1],
			[1, 1, 1],
			[-1, 1, 1],
		]);
		expect(spacingMm(of('T1C').grid)).toEqual([1, 1, 2]);
	});

	it('keeps 16-bit voxels, white matter near 300, no signal in air', () => {
		for (const sequence of SEQUENCES) {
			expect(of(sequence).data).toBeInstanceOf(Int16Array);
			expect(of(sequence).data[0]).toBe(0);
		}
		const counts = new Map<number, number>();
		for (const value of of('T1').data) {
			const bin = Math.round(value / 20) * 20;
			if (bin > 240) counts.set(bin, (counts.get(bin) ?? 0) + 1);
		}
		const [mode] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most));
		expect(mode).toBeGreaterThanOrEqual(260);
		expect(mode).toBeLessThanOrEqual(340);
	});

	it('has each gold mask on the native grid of its sequence, and a tumour of real size on the left', () => {
		for (const region of FAMILY_REGIONS.glioma) {
			expect(of(region).grid).toEqual(of(REGION_SEQUENCE[region]).grid);
			expect(mean(centres(of(region)).map(([x]) => x))).toBeLessThan(-20);
		}
		const ml = (region: string) => mean(of(region).data) * of(region).data.length * voxelVolumeMl(of(region).grid);
		expect(ml('WT')).toBeGreaterThan(50);
		expect(ml('WT')).toBeLessThan(150);
		// The body is one thing seen on two grids.
		expect(ml('TB') / (ml('ET') + ml('NE'))).toBeCloseTo(1, 1);
	});

	it('keeps enhancing and non-enhancing apart, and both within the whole tumour but for the slice thickness', () => {
		const { data: enhancing } = of('ET');
		const { data: dead } = of('NE');
		expect(enhancing.some((value, n) => value === 1 && dead[n] === 1)).toBe(false);
		const { grid, data } = of('WT');
		const inverse = { dims: grid.dims, affine: invertAffine(grid.affine) };
		let outside = 0;
		const body = [...centres(of('ET')), ...centres(of('NE'))];
		for (const point of body) {
			const [i, j, k] = ijkToXyz(inverse, point).map(Math.round) as [number, number, number];
			if (data[i + grid.dims[0] * (j + grid.dims[1] * k)] !== 1) outside++;
		}
		expect(outside / body.length).toBeLessThan(0.01);
	});

	it('has gold that can be seen: bright on FLAIR, dark body on T2, rim brighter on T1C, dark necrosis', () => {
		expect(mean(inside(of('WT'), of('FLAIR')))).toBeGreaterThan(1.3 * 300);
		expect(mean(inside(of('ET'), of('T1C')))).toBeGreaterThan(1.3 * 300);
		expect(mean(inside(of('NE'), of('T1C')))).toBeLessThan(0.5 * 300);
	});

	it('leaves fluid out of the whole tumour', () => {
		let dark = 0;
		let all = 0;
		for (const value of inside(of('WT'), of('FLAIR'))) {
			all++;
			if (value < 150) dark++;
		}
		expect(dark / all).toBeLessThan(0.005);
	});

	it('gives the same voxels as ever', () => {
		const hashes = Object.entries(made).map(([name, { data }]) => [
			name,
			createHash('sha256')
				.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
				.digest('hex'),
		]);
		expect(Object.fromEntries(hashes)).toEqual(golden);
	});
});

/** Voxels of a mask or layer with a value, counted; any but 0 where none is given. */
const count = ({ data }: Volume, value?: number) => {
	let sum = 0;
	for (const each of data) if (value === undefined ? each !== 0 : each === value) sum++;
	return sum;
};
/** Voxels that two masks on one grid share. */
const shared = (a: Volume, b: Volume) => {
	let sum = 0;
	for (let n = 0; n < a.data.length; n++) if (a.data[n] !== 0 && b.data[n] !== 0) sum++;
	return sum;
};

describe('a meningioma', { timeout: 240_000 }, () => {
	let men: Record<string, Volume> = {};
	beforeAll(() => {
		men = madeOf(recipeOf('men-01'));
	}, 240_000);

	it('is solid, and enhances with the dura beside it', () => {
		expect(count(men.NE!)).toBe(0);
		expect(count(men.TB!)).toBeGreaterThan(2000);
		expect(mean(inside(men.ET!, men.T1C!))).toBeGreaterThan(1.5 * 300);
		expect(count(men.dura!)).toBeGreaterThan(100);
		// A voxel at the edge may hold body and dura by halves.
		expect(shared(men.dura!, men.ET!) / count(men.dura!)).toBeGreaterThan(0.98);
	});

	it('keeps its body out of the oedema, and presses on the brain from the dura', () => {
		const inverse = { dims: men.TB!.grid.dims, affine: invertAffine(men.TB!.grid.affine) };
		const [nx, ny] = inverse.dims;
		const wet = centres(men.ED!);
		expect(wet.length).toBeGreaterThan(1000);
		const within = wet.filter((point) => {
			const [i, j, k] = ijkToXyz(inverse, point).map(Math.round) as [number, number, number];
			return men.TB!.data[i + nx * (j + ny * k)] === 1;
		});
		expect(within.length / wet.length).toBeLessThan(0.03);
	});
});

describe('metastases', { timeout: 240_000 }, () => {
	let met: Record<string, Volume> = {};
	beforeAll(() => {
		met = madeOf(recipeOf('met-01'));
	}, 240_000);

	it('are instances that make up their region, the smallest still seen', () => {
		const sizes = [1, 2, 3, 4, 5, 6].map((lesion) => count(met.lesions!, lesion));
		expect(Math.min(...sizes)).toBeGreaterThan(8);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(count(met.EN!));
		expect(count(met.lesions!, 7)).toBe(0);
		expect([Math.max(...sizes), Math.min(...sizes)]).toEqual([sizes[0], sizes[5]]);
	});

	it('are as large as in patients: 1 to 30 mm across, 7 mm in the middle of 100', () => {
		// Source: Jeon et al. 2014, DOI 10.3348/kjr.2014.15.1.145.
		const voxelMl = voxelVolumeMl(met.lesions!.grid);
		const across = [1, 2, 3, 4, 5, 6].map(
			(lesion) => 20 * Math.cbrt((count(met.lesions!, lesion) * voxelMl * 3) / (4 * Math.PI)),
		);
		expect(Math.min(...across)).toBeGreaterThan(1);
		expect(Math.max(...across)).toBeLessThan(30);
		expect(Math.abs((across[2]! + across[3]!) / 2 - 7)).toBeLessThan(3);
	});

	it('have gold without fluid, and vessels that are not in it', () => {
		expect(shared(met.csf!, met.WT!) / count(met.WT!)).toBeLessThan(0.01);
		expect(count(met.csf!, 1)).toBeGreaterThan(500);
		expect(count(met.csf!, 2)).toBeGreaterThan(5000);
		expect(shared(met.notEnhancing!, met.EN!) / count(met.EN!)).toBeLessThan(0.01);
	});
});

it('another seed gives another head', { timeout: 240_000 }, () => {
	const [first] = makeCase(recipe, anatomy);
	const [other] = makeCase({ ...recipe, seed: recipe.seed + 1 }, anatomy);
	let [differ, all] = [0, 0];
	for (let n = 0; n < first!.volume.data.length; n++) {
		const [a, b] = [first!.volume.data[n]!, other!.volume.data[n]!];
		if (a === 0 && b === 0) continue;
		all++;
		if (Math.abs(a - b) > 60) differ++;
	}
	expect(differ / all).toBeGreaterThan(0.2);
});

it('a recipe of a family that cannot be made is refused', () => {
	const read = caseRecipeSchema.safeParse({ ...recipe, family: 'schwannoma' });
	expect(read.error?.issues.map(({ path }) => path.join('.'))).toEqual(['family']);
});
