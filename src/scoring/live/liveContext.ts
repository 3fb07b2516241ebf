import type { Region } from '../../protocol/protocol.ts';
import { placeOf } from '../findings/place.ts';
import type { FindingsPolicy } from '../findings/policy.ts';
import { resampleLabels } from '../findings/resample.ts';
import type { LiveCheck, LiveCode, LiveInput, LiveRegion } from './live.ts';
import { type LiveParts, livePartsOf } from './liveParts.ts';

/** What a detector works with: the input, what several of them need of it, and how a check is made. */
export interface LiveContext {
	readonly input: LiveInput;
	readonly limits: FindingsPolicy['limits'];
	/** A region as far as it is drawn; undefined where nothing is. */
	readonly region: (name: Region) => LiveRegion | undefined;
	readonly partsOf: (region: LiveRegion) => LiveParts;
	/** What is drawn of one region on the box of another. */
	readonly onGridOf: (of: LiveRegion, on: LiveRegion) => Uint8Array;
}

/** Prepares the checks of a drawing. Shared steps are done once, when first asked for. */
export function makeLiveContext(input: LiveInput, limits: FindingsPolicy['limits']): LiveContext {
	const parts = new Map<Region, LiveParts>();
	const onGrids = new Map<string, Uint8Array>();
	return {
		input,
		limits,
		region: (name) => input.regions.find(({ region }) => region === name),
		partsOf: (region) => {
			const found = parts.get(region.region) ?? livePartsOf(region, limits);
			parts.set(region.region, found);
			return found;
		},
		onGridOf: (of, on) => {
			const key = `${of.region} ${on.region}`;
			const found = onGrids.get(key) ?? resampleLabels(of.drawn, of.grid, on.grid);
			onGrids.set(key, found);
			return found;
		},
	};
}

type Told = Partial<Pick<LiveCheck, 'region' | 'where' | 'params'>>;

/** A check with nothing to be done. */
export function fine(code: LiveCode, rules: readonly string[], told: Told = {}): LiveCheck {
	return { code, rules, status: 'ok', region: null, where: null, params: {}, ...told };
}

/** A check that cannot be made yet. */
export function waiting(code: LiveCode, rules: readonly string[], told: Told = {}): LiveCheck {
	return { ...fine(code, rules, told), status: 'waiting' };
}

/** A check that asks to look again; with elements of the region's box, also where. */
export function attention(
	code: LiveCode,
	rules: readonly string[],
	told: Told,
	at?: { readonly region: Omit<LiveRegion, 'drawn'>; readonly elements: ArrayLike<number> },
): LiveCheck {
	const check = { ...fine(code, rules, told), status: 'attention' } as const;
	return at ? { ...check, region: at.region.region, where: placeOf(at.region, at.elements) } : check;
}

/** Voxels that are not 0. */
export function countOf(mask: Uint8Array): number {
	// A loop: with a function for each voxel it takes many times as long.
	let count = 0;
	for (let n = 0; n < mask.length; n++) if (mask[n] !== 0) count++;
	return count;
}
