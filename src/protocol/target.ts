import {
	type Family,
	isMeningeal,
	type Layer,
	REGION_SEQUENCE,
	REGIONS,
	type Region,
	type Sequence,
} from './protocol.ts';

/**
 * What the author of a reference draws beside the regions, a mask each: where a margin of a region cannot be settled (§6-⑤),
 * and what must not be taken for tumour, or must not be left out. `brightBefore`: bright on T1 before contrast, such as
 * blood or fat; `vessels`: vessels and dura that enhance anyway; `dura`: thickened dura that counts as tumour (§5).
 */
const LAYER_TARGETS = [
	'uncertainWT',
	'uncertainED',
	'uncertainTB',
	'ventricles',
	'sulci',
	'confounders',
	'dura',
	'brightBefore',
	'vessels',
] as const;
export type LayerTarget = (typeof LAYER_TARGETS)[number];

/** Whatever can be drawn: in practice regions only. */
export type Target = Region | LayerTarget;
export const TARGETS = [...REGIONS, ...LAYER_TARGETS] as const;

/** The sequence whose native grid carries each target's mask. */
export const TARGET_SEQUENCE = {
	...REGION_SEQUENCE,
	uncertainWT: 'FLAIR',
	uncertainED: 'FLAIR',
	uncertainTB: 'T2',
	ventricles: 'FLAIR',
	sulci: 'FLAIR',
	confounders: 'FLAIR',
	dura: 'T1C',
	brightBefore: 'T1C',
	vessels: 'T1C',
} as const satisfies Record<Target, Sequence>;

/** The layer of the reference that a target becomes, and its value there; null: each of its parts has its number. */
export const TARGET_LAYER = {
	uncertainWT: { kind: 'uncertain', region: 'WT', value: 1 },
	uncertainED: { kind: 'uncertain', region: 'ED', value: 1 },
	uncertainTB: { kind: 'uncertain', region: 'TB', value: 1 },
	ventricles: { kind: 'csf', value: 1 },
	sulci: { kind: 'csf', value: 2 },
	confounders: { kind: 'confounders', value: null },
	dura: { kind: 'dura', value: 1 },
	brightBefore: { kind: 'notEnhancing', value: 1 },
	vessels: { kind: 'notEnhancing', value: 2 },
} as const satisfies Record<LayerTarget, { kind: Layer; region?: Region; value: 1 | 2 | null }>;

/** The clause that asks for each layer, or names what it holds apart. */
export const LAYER_CLAUSE = {
	uncertainWT: '§6-⑤',
	uncertainED: '§6-⑤',
	uncertainTB: '§6-⑤',
	ventricles: '§4-①',
	sulci: '§4-①',
	confounders: '§4-①',
	dura: '§5',
	brightBefore: '§4-③',
	vessels: '§4-③',
} as const satisfies Record<LayerTarget, string>;

/** The layers that the author of a reference draws in a family: margins of its regions, dura in the meningeal ones. */
export function layerTargetsOf(family: Family, regions: readonly Region[]): LayerTarget[] {
	return LAYER_TARGETS.filter((target) => {
		const layer = TARGET_LAYER[target];
		return 'region' in layer ? regions.includes(layer.region) : layer.kind !== 'dura' || isMeningeal(family);
	});
}

export function isRegion(target: Target): target is Region {
	return (REGIONS as readonly Target[]).includes(target);
}
