import type { Volume } from '../formats/volume.ts';
import { type Grid, ijkToXyz, voxelCount } from '../grid/grid.ts';
import { isMeningeal, REGION_SEQUENCE, type Region, type Sequence } from '../protocol/protocol.ts';
import { type CaseRecipe, type Stack, stackOf } from '../schemas/caseRecipe.ts';
import { phaseAxis, spoiler } from './artefacts.ts';
import { clamp, log } from './math.ts';
import { noiseField } from './noise.ts';
import { numberParts } from './numberParts.ts';
import { normalStream } from './random.ts';
import { type Points, sampleSlice } from './sample.ts';
import { type BoxField, type Shares, WHOLE, weighted } from './shares.ts';
import { FAT_LEFT, type Measured, signal } from './signal.ts';
import type { TissueMap } from './spread.ts';
import { stackGrid } from './stackGrid.ts';
import { BODY, TISSUE_NAMES, type TissueName, tissuesOf } from './tissues.ts';

/** White matter has this value in every weighted sequence, before shading. */
const WHITE = 300;
const LAST_VALUE = 4095;
const CONFOUNDERS: readonly TissueName[] = ['leukoaraiosis', 'gliosis', 'cavity', 'haematoma', 'haemosiderin'];
const HEALTHY: readonly TissueName[] = ['white', 'grey', 'deepGrey', 'csf', 'ventricle'];
const BRAIN: readonly TissueName[] = [...HEALTHY, 'oedema', 'cuff', ...BODY, ...CONFOUNDERS];

/**
 * Measures one weighted sequence of a head on its own grid: signal, shading, the voxel's own blur, Rician noise.
 * White matter is near 300, air is 0. Voxels are Int16.
 */
export function acquire(from: Measurable, recipe: CaseRecipe, sequence: Exclude<Sequence, 'ADC'>): Volume {
	return measure(from, recipe, stackOf(recipe, sequence), sequence);
}

/**
 * The ADC map that belongs to a diffusion-weighted volume of the same recipe, in 10⁻⁶ mm²/s, 0 to 3600; 0 outside the
 * brain. Voxels are Int16 on the grid of `dwi`.
 */
export function adcMap(from: Measurable, recipe: CaseRecipe, dwi: Volume): Volume {
	const stack = recipe.sequences.DWI;
	const b = stack.bValue / 1000;
	const b0 = measure(from, recipe, stack, 'B0');
	const { white } = tissuesOf(recipe);
	const inside = shareOf(from.map.shares, BRAIN);
	const slice = new Float32Array(b0.grid.dims[0] * b0.grid.dims[1]);
	const data = new Int16Array(b0.data.length);
	for (let k = 0; k < b0.grid.dims[2]; k++) {
		if (stack.lost?.includes(k)) continue;
		sampleSlice(inside, b0.grid, k, pointsOf(stack), slice);
		for (let n = 0; n < slice.length; n++) {
			if (slice[n]! < 0.5) continue;
			const at = n + k * slice.length;
			// Both measurements are scaled to the same white matter, which takes its own diffusion out of the quotient.
			const quotient = Math.max(1, b0.data[at]!) / Math.max(1, dwi.data[at]!);
			data[at] = Math.round(1000 * clamp(log(quotient) / b + white.adc, 0, 3.6));
		}
	}
	return { grid: b0.grid, data };
}

/**
 * The gold standard of a region on its sequence's grid. A voxel is in WT where body, oedema and infiltrated brain
 * fill at least half of it, in ED where oedema does, in TB and EN where the body does; what the body fills is ET where at least half of that
 * enhances, NE otherwise: so ET and NE never overlap and make up the body. A vessel of fast flow, too thin to be drawn, counts
 * as what it runs through. Beside a meningeal tumour, dura that thickens and enhances is ET as well. Voxels are 0 or 1. Source: the consensus §4 and §5, DOI 10.19300/j.2021.S19165.
 */
export function goldMask(map: TissueMap, recipe: CaseRecipe, region: Region): Volume & { readonly data: Uint8Array } {
	const stack = stackOf(recipe, REGION_SEQUENCE[region]);
	const extent: readonly TissueName[] =
		region === 'WT'
			? [...BODY, 'oedema', 'cuff']
			: region === 'ED'
				? ['oedema']
				: region === 'ET' && isMeningeal(recipe.family)
					? [...BODY, 'tail']
					: BODY;
	const filled = shareIn(map.shares, extent, stack);
	if (region !== 'ET' && region !== 'NE') return maskOf(filled, stack, () => true);
	// One question for both regions, so that each voxel of the body is in one of them.
	const whole = shareIn(map.shares, [...BODY.filter((name) => name !== 'flowVoid'), 'tail'], stack);
	const enhancing = shareIn(map.shares, ['rim', 'tail'], stack);
	return maskOf(filled, stack, (n) => enhancing[n]! >= 0.5 * whole[n]! === (region === 'ET'));
}

/**
 * A layer of the reference on the grid of its sequence, its values as `Layer` says. A voxel has the value of what fills at
 * least half of it. Uncertain are the fading outer margin of oedema, and around the body brain that cells have infiltrated.
 */
export function goldLayer(
	{ shares, doubt }: TissueMap,
	recipe: CaseRecipe,
	layer: MadeLayer,
	lesionAt: (x: number, y: number, z: number) => number,
): Volume & { readonly data: Uint8Array } {
	const stack = stackOf(recipe, LAYER_SEQUENCE[layer]);
	const halfFilled = (...tissues: readonly TissueName[]) => maskOf(shareIn(shares, tissues, stack), stack, () => true);
	switch (layer) {
		case 'csf': {
			const chamber = shareIn(shares, ['ventricle'], stack);
			const fluid = shareIn(shares, ['ventricle', 'csf'], stack);
			const { grid, data } = maskOf(fluid, stack, () => true);
			return { grid, data: data.map((value, n) => (value === 0 ? 0 : chamber[n]! >= 0.5 * fluid[n]! ? 1 : 2)) };
		}
		case 'notEnhancing': {
			const vessels = halfFilled('vein', 'dura');
			const { data: bright } = halfFilled('blood', 'haematoma');
			return { grid: vessels.grid, data: vessels.data.map((value, n) => bright[n]! || value * 2) };
		}
		case 'confounders': {
			const { grid, data } = halfFilled(...CONFOUNDERS);
			const filled = shareIn(shares, CONFOUNDERS, stack);
			const pale = shareIn(shares, ['leukoaraiosis'], stack);
			const groups = [true, false].map((wanted) =>
				data.map((value, n) => (pale[n]! >= 0.5 * filled[n]! === wanted ? value : 0)),
			);
			return { grid, data: numberParts(groups, grid) };
		}
		case 'dura':
			return halfFilled('tail');
		case 'uncertainWT':
		case 'uncertainED': {
			const share = sampled(doubt, stack);
			return maskOf(
				share.map((value) => value / WHOLE),
				stack,
				() => true,
			);
		}
		case 'uncertainTB':
			return halfFilled('cuff');
		case 'lesions': {
			const { grid, data } = halfFilled(...BODY);
			const [nx, ny] = grid.dims;
			const numbers = data.map((value, n) => {
				if (value === 0) return 0;
				const ijk = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))] as const;
				return 1 + lesionAt(...ijkToXyz(grid, ijk));
			});
			return { grid, data: numbers };
		}
	}
}

/** Layers that are made: as `Layer` names them, the uncertain ones with their region. */
export type MadeLayer = keyof typeof LAYER_SEQUENCE;
const LAYER_SEQUENCE = {
	csf: 'FLAIR',
	confounders: 'FLAIR',
	notEnhancing: 'T1C',
	dura: 'T1C',
	lesions: 'T1C',
	uncertainWT: 'FLAIR',
	uncertainED: 'FLAIR',
	uncertainTB: 'T2',
} as const;

/** What a made layer is called in a manifest, and the region it belongs to where it belongs to one. */
export function layerEntry(layer: MadeLayer) {
	switch (layer) {
		case 'uncertainWT':
			return { kind: 'uncertain', region: 'WT' } as const;
		case 'uncertainED':
			return { kind: 'uncertain', region: 'ED' } as const;
		case 'uncertainTB':
			return { kind: 'uncertain', region: 'TB' } as const;
		case 'lesions':
			return { kind: 'lesions', region: 'EN' } as const;
		default:
			return { kind: layer, region: null } as const;
	}
}

function shareIn(shares: Shares, tissues: readonly TissueName[], stack: Stack): Float32Array {
	return sampled(shareOf(shares, tissues), stack);
}

function sampled(field: BoxField, stack: Stack): Float32Array {
	const grid = stackGrid(stack);
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

/** A voxel with less of the head than this is air. */
const AIR = 0.3;
/** Shading is worked out every so many voxels along a row, and linear between. */
const COIL_STEP = 16;

function measure(from: Measurable, recipe: CaseRecipe, stack: Stack, sequence: Measured): Volume {
	const field = signalField(from, sequence, recipe);
	const grid = stackGrid(stack);
	const salt = recipe.seed + 100 + [...sequence].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 0);
	const coil = noiseField(salt, 130);
	const random = normalStream(salt);
	const spoilt = recipe.artefacts?.[sequence === 'B0' ? 'DWI' : sequence];
	const more = spoilt?.noise ?? 0;
	const sigma = WHITE * Math.sqrt(1 / (stack.snr * stack.snr) + more * more);
	const [ni, nj, nk] = grid.dims;
	const slice = new Float32Array(ni * nj);
	const present = new Float32Array(ni * nj);
	const shades = new Float64Array(Math.ceil(ni / COIL_STEP) + 1);
	const data = new Int16Array(ni * nj * nk);
	const spoil =
		spoilt &&
		spoiler(spoilt, { grid, sequence, head: from.head, extent: extentOf(from.head, grid, sequence), seed: salt });
	for (let k = 0; k < nk; k++) {
		if (stack.lost?.includes(k)) continue;
		sampleSlice(from.head, grid, k, { inPlane: 1, through: 1, filled: 1 }, present);
		sampleSlice(field, grid, k, pointsOf(stack), slice, { slice: present, least: AIR });
		spoil?.(slice, k);
		for (let n = 0, j = 0; j < nj; j++) {
			for (let s = 0; s < shades.length; s++)
				shades[s] = 1 + stack.shading * coil(...ijkToXyz(grid, [s * COIL_STEP, j, k]));
			for (let i = 0; i < ni; i++, n++) {
				// Where nothing is spoilt, air is kept empty: noise in it would double the files.
				if (!spoil && present[n]! < AIR) continue;
				const s = Math.floor(i / COIL_STEP);
				const shade = shades[s]! + (shades[s + 1]! - shades[s]!) * (i / COIL_STEP - s);
				const real = slice[n]! * shade + sigma * random();
				const imaginary = sigma * random();
				data[n + k * slice.length] = Math.min(LAST_VALUE, Math.round(Math.sqrt(real * real + imaginary * imaginary)));
			}
		}
	}
	return { grid, data };
}

/** The first and last voxel along the phase encoding at which some slice has head in it. */
function extentOf(head: BoxField, grid: Grid, sequence: Measured): readonly [first: number, last: number] {
	const axis = phaseAxis(sequence);
	const [ni, nj, nk] = grid.dims;
	const present = new Float32Array(ni * nj);
	let [first, last] = [grid.dims[axis] - 1, 0];
	for (let k = 0; k < nk; k++) {
		sampleSlice(head, grid, k, { inPlane: 1, through: 1, filled: 1 }, present);
		for (let n = 0; n < present.length; n++) {
			if (present[n]! < AIR) continue;
			const at = axis === 0 ? n % ni : Math.floor(n / ni);
			first = Math.min(first, at);
			last = Math.max(last, at);
		}
	}
	return [first, last];
}

/** What every measurement of a head needs: how much of a voxel is head, and how its tissues vary, alike in all sequences. */
export interface Measurable {
	readonly map: TissueMap;
	readonly head: BoxField;
	/** In GRAINS of a standard deviation. */
	readonly grain: Int8Array;
}
const GRAINS = 32;
const GRAIN_MM = 4.5;

export function measurable(map: TissueMap, { seed }: CaseRecipe): Measurable {
	const head = shareOf(map.shares, TISSUE_NAMES);
	const [nx, ny, nz] = head.box.dims;
	const [ox, oy, oz] = head.box.originMm;
	const grain = new Int8Array(nx * ny * nz);
	const field = noiseField(seed + 51, GRAIN_MM);
	for (let n = 0, z = oz; z < oz + nz; z++)
		for (let y = oy; y < oy + ny; y++)
			for (let x = ox; x < ox + nx; x++, n++)
				if (head.values[n]! > 0) grain[n] = Math.floor(clamp(GRAINS * field(x, y, z), -127, 127));
	return { map, head, grain };
}

/** Signal on the head's box, white matter at WHITE. */
function signalField({ map: { shares }, head, grain }: Measurable, sequence: Measured, recipe: CaseRecipe): BoxField {
	const tissues = tissuesOf(recipe);
	const { bValue } = recipe.sequences.DWI;
	const scale = WHITE / signal(sequence, tissues.white, bValue);
	const diffusion = sequence === 'B0' || sequence === 'DWI';
	const even = Float64Array.from(TISSUE_NAMES, (name) => {
		const left = diffusion && name === 'fat' ? FAT_LEFT : 1;
		return (signal(sequence, tissues[name], bValue) * scale * left) / WHOLE;
	});
	const varying = even.map((value, n) => (value * tissues[TISSUE_NAMES[n]!].texture) / GRAINS);
	const { starts, tissue, share } = shares;
	const values = new Float32Array(grain.length);
	for (let voxel = 0, n = 0; voxel < grain.length; voxel++) {
		const end = starts[voxel + 1]!;
		if (n === end) continue;
		const here = grain[voxel]!;
		let sum = 0;
		for (; n < end; n++) sum += share[n]! * (even[tissue[n]!]! + varying[tissue[n]!]! * here);
		values[voxel] = sum;
	}
	return { ...head, values };
}

function shareOf(shares: Shares, tissues: readonly TissueName[]): BoxField {
	return weighted(
		shares,
		TISSUE_NAMES.map((name) => (tissues.includes(name) ? 1 : 0)),
	);
}

function pointsOf({ pixelMm, sliceMm, gapMm }: Stack): Points {
	const filled = sliceMm / (sliceMm + gapMm);
	return { inPlane: pixelMm > 1.4 ? 2 : 1, through: Math.max(1, Math.round(sliceMm)), filled };
}
