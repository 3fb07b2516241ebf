import type { Volume } from '../formats/volume.ts';
import { voxelCount } from '../grid/grid.ts';
import { REGION_SEQUENCE, type Region, type Sequence } from '../protocol/protocol.ts';
import { type CaseRecipe, type Stack, stackOf } from '../schemas/caseRecipe.ts';
import { clamp, log } from './math.ts';
import { noiseField } from './noise.ts';
import { normalStream } from './random.ts';
import { type Points, sampleSlice } from './sample.ts';
import { FAT_LEFT, type Measured, signal } from './signal.ts';
import { stackGrid } from './stackGrid.ts';
import { HEAD_BOX, type TissueMap } from './tissueMap.ts';
import { TISSUE_NAMES, TISSUES, type TissueName } from './tissues.ts';

/** White matter has this value in every weighted sequence, before shading. */
const WHITE = 300;
const LAST_VALUE = 4095;
const BODY: readonly TissueName[] = ['rim', 'necrosis'];
const BRAIN: readonly TissueName[] = ['white', 'grey', 'csf', 'oedema', 'rim', 'necrosis'];

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
			data[at] = Math.round(1000 * clamp(log(quotient) + TISSUES.white.adc, 0, 3.6));
		}
	}
	return { grid: b0.grid, data };
}

/**
 * The gold standard of a region on its sequence's grid. A voxel is in WT where body and oedema fill at least half of
 * it, in TB and EN where the body does; what the body fills is ET where at least half of that is rim, NE otherwise: so ET
 * and NE never overlap and make up the body. Voxels are 0 or 1. Throws for ED, which belongs to tumours this head
 * does not have. Source: the consensus §4, DOI 10.19300/j.2021.S19165.
 */
export function goldMask(map: TissueMap, recipe: CaseRecipe, region: Region): Volume & { readonly data: Uint8Array } {
	if (region === 'ED') throw new Error('got region ED, expected one of an intra-axial tumour');
	const stack = stackOf(recipe, REGION_SEQUENCE[region]);
	const grid = stackGrid(stack);
	const extent = shareOf(map, region === 'WT' ? [...BODY, 'oedema'] : BODY);
	const rim = region === 'ET' || region === 'NE' ? shareOf(map, ['rim']) : undefined;
	const filled = new Float32Array(grid.dims[0] * grid.dims[1]);
	const enhancing = new Float32Array(filled.length);
	const data = new Uint8Array(voxelCount(grid.dims));
	for (let k = 0; k < grid.dims[2]; k++) {
		sampleSlice(extent, grid, k, pointsOf(stack), filled);
		if (rim !== undefined) sampleSlice(rim, grid, k, pointsOf(stack), enhancing);
		for (let n = 0; n < filled.length; n++) {
			if (filled[n]! < 0.5) continue;
			if (rim !== undefined && enhancing[n]! >= 0.5 * filled[n]! !== (region === 'ET')) continue;
			data[n + k * filled.length] = 1;
		}
	}
	return { grid, data };
}

function measure(map: TissueMap, { seed }: CaseRecipe, stack: Stack, sequence: Measured): Volume {
	const field = signalField(map, sequence, seed);
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
function signalField(map: TissueMap, sequence: Measured, seed: number): Float32Array {
	const scale = WHITE / signal(sequence, TISSUES.white);
	const diffusion = sequence === 'B0' || sequence === 'DWI';
	const parts = TISSUE_NAMES.map((name) => ({
		share: map[name],
		signal: (signal(sequence, TISSUES[name]) * scale * (diffusion && name === 'fat' ? FAT_LEFT : 1)) / 255,
		texture: TISSUES[name].texture,
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
