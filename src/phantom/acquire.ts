import type { Volume } from '../formats/volume.ts';
import { ijkToXyz, voxelCount } from '../grid/grid.ts';
import { type Family, isMeningeal, REGION_SEQUENCE, type Region, type Sequence } from '../protocol/protocol.ts';
import { type CaseRecipe, type Stack, stackOf } from '../schemas/caseRecipe.ts';
import { clamp, log } from './math.ts';
import { noiseField } from './noise.ts';
import { normalStream } from './random.ts';
import { type Points, sampleSlice } from './sample.ts';
import { FAT_LEFT, type Measured, signal } from './signal.ts';
import { stackGrid } from './stackGrid.ts';
import { HEAD_BOX, type TissueMap } from './tissueMap.ts';
import { TISSUE_NAMES, type TissueName, tissuesOf } from './tissues.ts';

/** White matter has this value in every weighted sequence, before shading. */
const WHITE = 300;
const LAST_VALUE = 4095;
const BODY: readonly TissueName[] = ['rim', 'necrosis'];
const BRAIN: readonly TissueName[] = ['white', 'grey', 'deepGrey', 'csf', 'ventricle', 'oedema', 'rim', 'necrosis'];

/**
 * Measures one weighted sequence of a head on its own grid: signal, shading, the voxel's own blur, Rician noise.
 * White matter is near 300, air is 0. Voxels are Int16.
 */
export function acquire(map: TissueMap, recipe: CaseRecipe, sequence: Exclude<Sequence, 'ADC'>): Volume {
	return measure(map, recipe, stackOf(recipe, sequence), sequence);
}

/**
 * The ADC map that belongs to a diffusion-weighted volume of the same recipe, in 10⁻⁶ mm²/s, 0 to 3600; 0 outside the
 * brain. Voxels are Int16 on the grid of `dwi`.
 */
export function adcMap(map: TissueMap, recipe: CaseRecipe, dwi: Volume): Volume {
	const stack = stackOf(recipe, 'ADC');
	const b0 = measure(map, recipe, stack, 'B0');
	const { white } = tissuesOf(recipe.family);
	const inside = shareOf(map, BRAIN);
	const slice = new Float32Array(b0.grid.dims[0] * b0.grid.dims[1]);
	const data = new Int16Array(b0.data.length);
	for (let k = 0; k < b0.grid.dims[2]; k++) {
		sampleSlice(inside, b0.grid, k, pointsOf(stack), slice);
		for (let n = 0; n < slice.length; n++) {
			if (slice[n]! < 0.5) continue;
			const at = n + k * slice.length;
			// Both measurements are scaled to the same white matter, which takes its own diffusion out of the quotient.
			const quotient = Math.max(1, b0.data[at]!) / Math.max(1, dwi.data[at]!);
			data[at] = Math.round(1000 * clamp(log(quotient) + white.adc, 0, 3.6));
		}
	}
	return { grid: b0.grid, data };
}

/**
 * The gold standard of a region on its sequence's grid. A voxel is in WT where body and oedema fill at least half of
 * it, in ED where oedema does, in TB and EN where the body does; what the body fills is ET where at least half of that
 * enhances, NE otherwise: so ET and NE never overlap and make up the body. Beside a meningioma, dura that thickens and
 * enhances is ET as well. Voxels are 0 or 1. Source: the consensus §4 and §5, DOI 10.19300/j.2021.S19165.
 */
export function goldMask(map: TissueMap, recipe: CaseRecipe, region: Region): Volume & { readonly data: Uint8Array } {
	const stack = stackOf(recipe, REGION_SEQUENCE[region]);
	const extent: readonly TissueName[] =
		region === 'WT'
			? [...BODY, 'oedema']
			: region === 'ED'
				? ['oedema']
				: region === 'ET' && isMeningeal(recipe.family)
					? [...BODY, 'tail']
					: BODY;
	const filled = shareIn(map, extent, stack);
	if (region !== 'ET' && region !== 'NE') return maskOf(filled, stack, () => true);
	const enhancing = shareIn(map, ['rim', 'tail'], stack);
	return maskOf(filled, stack, (n) => enhancing[n]! >= 0.5 * filled[n]! === (region === 'ET'));
}

/**
 * A layer of the reference, its values as `Layer` says: `csf` on FLAIR; `notEnhancing` (vessels), `dura` and `lesions` on
 * T1C. A voxel has the value of what fills at least half of it.
 */
export function goldLayer(
	map: TissueMap,
	recipe: CaseRecipe,
	layer: MadeLayer,
	lesionAt: (x: number, y: number, z: number) => number,
): Volume & { readonly data: Uint8Array } {
	const stack = stackOf(recipe, LAYER_SEQUENCE[layer]);
	if (layer === 'csf') {
		const chamber = shareIn(map, ['ventricle'], stack);
		const fluid = shareIn(map, ['ventricle', 'csf'], stack);
		const { grid, data } = maskOf(fluid, stack, () => true);
		return { grid, data: data.map((value, n) => (value === 0 ? 0 : chamber[n]! >= 0.5 * fluid[n]! ? 1 : 2)) };
	}
	if (layer === 'notEnhancing') {
		const { grid, data } = maskOf(shareIn(map, ['vein', 'dura'], stack), stack, () => true);
		return { grid, data: data.map((value) => value * 2) };
	}
	if (layer === 'dura') return maskOf(shareIn(map, ['tail'], stack), stack, () => true);
	const { grid, data } = maskOf(shareIn(map, BODY, stack), stack, () => true);
	const [nx, ny] = grid.dims;
	const numbers = data.map((value, n) => {
		if (value === 0) return 0;
		const ijk = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))] as const;
		return 1 + lesionAt(...ijkToXyz(grid, ijk));
	});
	return { grid, data: numbers };
}

/** Layers that are made. */
export type MadeLayer = 'csf' | 'notEnhancing' | 'dura' | 'lesions';
const LAYER_SEQUENCE = { csf: 'FLAIR', notEnhancing: 'T1C', dura: 'T1C', lesions: 'T1C' } as const;

function shareIn(map: TissueMap, tissues: readonly TissueName[], stack: Stack): Float32Array {
	const grid = stackGrid(stack);
	const field = shareOf(map, tissues);
	const pixels = grid.dims[0] * grid.dims[1];
	const all = new Float32Array(voxelCount(grid.dims));
	for (let k = 0; k < grid.dims[2]; k++)
		sampleSlice(field, grid, k, pointsOf(stack), all.subarray(k * pixels, (k + 1) * pixels));
	return all;
}

/** 1 where a share is at least a half and the test holds. */
function maskOf(share: Float32Array, stack: Stack, test: (n: number) => boolean) {
	const data = new Uint8Array(share.length);
	for (let n = 0; n < data.length; n++) if (share[n]! >= 0.5 && test(n)) data[n] = 1;
	return { grid: stackGrid(stack), data };
}

function measure(map: TissueMap, { seed, family }: CaseRecipe, stack: Stack, sequence: Measured): Volume {
	const field = signalField(map, sequence, seed, family);
	const head = shareOf(map, TISSUE_NAMES);
	const grid = stackGrid(stack);
	const salt = seed + 100 + [...sequence].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 0);
	const coil = noiseField(salt, 130);
	const random = normalStream(salt);
	const sigma = WHITE / stack.snr;
	const slice = new Float32Array(grid.dims[0] * grid.dims[1]);
	const present = new Float32Array(slice.length);
	const data = new Int16Array(voxelCount(grid.dims));
	const { affine: a } = grid;
	for (let k = 0; k < grid.dims[2]; k++) {
		sampleSlice(field, grid, k, pointsOf(stack), slice);
		sampleSlice(head, grid, k, { inPlane: 1, through: 1 }, present);
		for (let n = 0; n < slice.length; n++) {
			if (present[n]! < 0.3) continue;
			const i = n % grid.dims[0];
			const j = (n - i) / grid.dims[0];
			const x = a[0]! * i + a[1]! * j + a[2]! * k + a[3]!;
			const y = a[4]! * i + a[5]! * j + a[6]! * k + a[7]!;
			const z = a[8]! * i + a[9]! * j + a[10]! * k + a[11]!;
			const real = slice[n]! * (1 + stack.shading * coil(x, y, z)) + sigma * random();
			const imaginary = sigma * random();
			data[n + k * slice.length] = Math.min(LAST_VALUE, Math.round(Math.sqrt(real * real + imaginary * imaginary)));
		}
	}
	return { grid, data };
}

/** Signal on the head's box, white matter at WHITE; every tissue varies a little, alike in all sequences. */
function signalField(map: TissueMap, sequence: Measured, seed: number, family: Family): Float32Array {
	const tissues = tissuesOf(family);
	const scale = WHITE / signal(sequence, tissues.white);
	const diffusion = sequence === 'B0' || sequence === 'DWI';
	const parts = TISSUE_NAMES.map((name) => ({
		share: map[name],
		signal: (signal(sequence, tissues[name]) * scale * (diffusion && name === 'fat' ? FAT_LEFT : 1)) / 255,
		texture: tissues[name].texture,
	}));
	const grain = noiseField(seed + 51, 4.5);
	const [nx, ny, nz] = HEAD_BOX.dims;
	const field = new Float32Array(nx * ny * nz);
	for (let n = 0, z = 0; z < nz; z++)
		for (let y = 0; y < ny; y++)
			for (let x = 0; x < nx; x++, n++) {
				let even = 0;
				let varying = 0;
				for (const { share, signal: s, texture } of parts) {
					const v = share[n]! * s;
					even += v;
					varying += v * texture;
				}
				field[n] = even === 0 ? 0 : even + varying * grain(x, y, z);
			}
	return field;
}

function shareOf(map: TissueMap, tissues: readonly TissueName[]): Float32Array {
	const field = new Float32Array(map.white.length);
	for (const name of tissues) {
		const share = map[name];
		for (let n = 0; n < field.length; n++) field[n]! += share[n]! / 255;
	}
	return field;
}

function pointsOf({ pixelMm, sliceMm }: Stack): Points {
	return { inPlane: pixelMm > 1.4 ? 2 : 1, through: Math.max(1, Math.round(sliceMm)) };
}
