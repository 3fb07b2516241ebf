import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { distanceFrom } from './distanceFrom.ts';
import type { Smooth } from './lattice.ts';
import { ramp, soft } from './math.ts';
import { become, type Mixture, TISSUE_INDEX as T } from './mixture.ts';
import { noiseField } from './noise.ts';
import { type OldDamage, placeDamage } from './oldDamage.ts';
import { type Shares, SharesWriter, WHOLE } from './shares.ts';
import type { TissueMap } from './spread.ts';
import { BODY, TISSUE_NAMES, type TissueName } from './tissues.ts';
import { placeVeins } from './veins.ts';

/** What grew; where it fills less than this share, nothing of it is seen. */
const TUMOUR: readonly TissueName[] = [...BODY, 'oedema', 'cuff', 'tail'];
const TRACE = 0.05;
/** Leukoaraiosis begins this far from the tumour, and is whole where it is farther. */
const APART_MM = [4, 10] as const;
/** It keeps to white matter that is not farther from the ventricles than this, and spares what lies next to the cortex. */
const DEEP_MM = 26;
const BELOW_CORTEX_MM = [2, 5] as const;
/** Above the temporal horns, and beside the corpus callosum. */
const ABOVE_MM = [-4, 3] as const;
const BESIDE_MM = [5, 10] as const;
/** The rim of gliosis around the fluid of a lacune. */
const LACUNE_RIM_MM = 1.8;
/** The rim of haemosiderin around an old haemorrhage. */
const BLOOD_RIM_MM = 1.4;
/** The same in an infarct, whose fluid has no sharp edge. */
const INFARCT_RIM_MM = 4;
const BRAIN: readonly TissueName[] = ['white', 'grey', 'deepGrey'];
/** The middle of the dura lies this far outside the brain, as that of a tail does. */
const DURA_MM = 2.4;
/** Below the tentorium and at the skull base it is left as it is. */
const DURA_ABOVE_MM = [-22, -10] as const;
/** Deeper than this in the brain, dura is the falx or the tentorium. */
const FALX_MM = -3;

/**
 * Puts leukoaraiosis, lacunes, old infarcts and haemorrhages, venous anomalies and enhancing dura into a head, as many as
 * the recipe asks for and there is room for. Only healthy tissue away from the tumour and its oedema becomes one of them, so
 * the gold of every region stays what it was.
 *
 * @param surfaceMm signed distance to the surface of the brain, negative inside
 */
export function addConfounders(map: TissueMap, recipe: CaseRecipe, surfaceMm: Smooth): TissueMap {
	if (!hasConfounders(recipe)) return map;
	const { shares } = map;
	const { box, starts, tissue, share } = shares;
	const [nx, ny, nz] = box.dims;
	const [ox, oy, oz] = box.originMm;
	const tumourMm = distanceFrom(shares, TISSUE_NAMES, TUMOUR, TRACE);
	const chamberMm = distanceFrom(shares, TISSUE_NAMES, ['ventricle']);
	const cortexMm = distanceFrom(shares, TISSUE_NAMES, ['grey']);
	const pale = paleness(recipe, { tumourMm, chamberMm, cortexMm });
	const ground = { tumourMm, chamberMm, surfaceMm, deepAt: deepIn(shares) };
	const damage = placeDamage(recipe, ground);
	const veins = (recipe.confounders?.veins ?? 0) > 0 ? placeVeins(recipe, ground) : undefined;
	const dura = thicken(recipe, tumourMm, surfaceMm);
	const writer = new SharesWriter(box);
	const mix = new Float64Array(TISSUE_NAMES.length);
	for (let voxel = 0, z = oz; z < oz + nz; z++)
		for (let y = oy; y < oy + ny; y++)
			for (let x = ox; x < ox + nx; x++, voxel++) {
				mix.fill(0);
				for (let n = starts[voxel]!; n < starts[voxel + 1]!; n++) mix[tissue[n]!] = share[n]! / WHOLE;
				const healthy = mix[T.white]! + mix[T.grey]! + mix[T.deepGrey]!;
				const around = mix[T.csf]! + mix[T.dura]!;
				if (healthy === 0 && (around === 0 || !(veins || dura))) {
					writer.copy(shares, voxel);
					continue;
				}
				if (mix[T.white]! > 0) become(mix, T.leukoaraiosis, pale(x, y, z), ['white']);
				if (healthy > 0) for (const each of damage) scar(mix, each, x, y, z);
				if (veins && mix[T.bone]! === 0)
					become(mix, T.vein, soft(veins(x, y, z), 1), ['csf', ...BRAIN, 'leukoaraiosis']);
				if (around > 0) dura?.(mix, x, y, z);
				writer.add(mix);
			}
	return { ...map, shares: writer.finish() };
}

/** Whether a recipe asks for any. */
function hasConfounders({ confounders }: Pick<CaseRecipe, 'confounders'>): boolean {
	return Object.values(confounders ?? {}).some((amount) => (amount ?? 0) > 0);
}

/** Whether a recipe asks for any that the layer of confounders holds: those that may be taken for tumour or oedema. */
export function hasNumberedConfounders({ confounders }: Pick<CaseRecipe, 'confounders'>): boolean {
	const { veins: _, duraMm: __, ...numbered } = confounders ?? {};
	return Object.values(numbered).some((amount) => (amount ?? 0) > 0);
}

/** Makes dura as thick as the recipe says, and as much of the falx enhance; undefined where it says nothing. */
function thicken({ confounders }: CaseRecipe, tumourMm: Smooth, surfaceMm: Smooth) {
	const thickMm = confounders?.duraMm ?? 0;
	if (thickMm === 0) return undefined;
	return (mix: Mixture, x: number, y: number, z: number): void => {
		const above = ramp(z, ...DURA_ABOVE_MM);
		if (above === 0) return;
		const surface = surfaceMm(x, y, z);
		const share =
			surface < FALX_MM
				? mix[T.dura]! > 0.05
					? 0.4 * thickMm
					: 0
				: soft(Math.abs(surface - DURA_MM) - thickMm / 2, 1);
		if (share === 0) return;
		const room = above * ramp(tumourMm(x, y, z), ...APART_MM);
		become(mix, T.dura, Math.min(1, share) * room, ['csf', 'bone', 'fat']);
	};
}

/** How much of the white matter at a place is leukoaraiosis, 0 to 1: a lining of the ventricles, caps on their horns, patches. */
function paleness(
	{ seed, confounders }: CaseRecipe,
	{ tumourMm, chamberMm, cortexMm }: Readonly<Record<'tumourMm' | 'chamberMm' | 'cortexMm', Smooth>>,
): Smooth {
	const grade = confounders!.leukoaraiosis;
	if (grade === 0) return () => 0;
	const edge = noiseField(seed + 81, 13);
	const patches = noiseField(seed + 82, 11);
	const reach = 3 * grade + 0.4 * grade * grade;
	const rare = 2.9 - 0.5 * grade;
	return (x, y, z) => {
		const chamber = chamberMm(x, y, z);
		if (chamber > DEEP_MM || z < ABOVE_MM[0]) return 0;
		const room = ramp(tumourMm(x, y, z), ...APART_MM) * ramp(z, ...ABOVE_MM) * ramp(Math.abs(x), ...BESIDE_MM);
		const left = room === 0 ? 0 : room * ramp(cortexMm(x, y, z), ...BELOW_CORTEX_MM);
		if (left === 0) return 0;
		const horns = ramp(y, 8, 24) + ramp(-y, 38, 54);
		const lining = ramp(reach * (1 + 0.7 * horns) * (1 + 0.4 * edge(x, y, z)) - chamber, -0.5, 1.5);
		const patch = ramp(DEEP_MM - chamber, 0, 4) * ramp(patches(x, y, z), rare, rare + 0.25);
		return left * Math.max(lining, patch);
	};
}

/** Whether a place is white matter or a nucleus throughout. */
function deepIn({
	box: { dims, originMm },
	starts,
	tissue,
	share,
}: Shares): (x: number, y: number, z: number) => boolean {
	return (x, y, z) => {
		const [i, j, k] = [x - originMm[0], y - originMm[1], z - originMm[2]].map(Math.round) as [number, number, number];
		if (i < 0 || j < 0 || k < 0 || i >= dims[0] || j >= dims[1] || k >= dims[2]) return false;
		const voxel = i + dims[0] * (j + dims[1] * k);
		let sum = 0;
		for (let n = starts[voxel]!; n < starts[voxel + 1]!; n++)
			if (tissue[n] === T.white || tissue[n] === T.deepGrey) sum += share[n]!;
		return sum >= 0.9 * WHOLE;
	};
}

/** Brain within old damage becomes gliosis, and within its rim fluid; within an old haemorrhage haemosiderin, then blood. */
function scar(mix: Mixture, { kind, insideMm }: OldDamage, x: number, y: number, z: number): void {
	const inside = insideMm(x, y, z);
	if (inside > 3) return;
	if (kind === 'haemorrhage') {
		become(mix, T.haemosiderin, soft(inside, 1.2), [...BRAIN, 'leukoaraiosis']);
		become(mix, T.haematoma, soft(inside + BLOOD_RIM_MM, 1), ['haemosiderin']);
		return;
	}
	const lacune = kind === 'lacune';
	become(mix, T.gliosis, soft(inside, lacune ? 1.2 : 2), [...BRAIN, 'leukoaraiosis']);
	become(mix, T.cavity, lacune ? soft(inside + LACUNE_RIM_MM, 1) : soft(inside + INFARCT_RIM_MM, 3), ['gliosis']);
}
