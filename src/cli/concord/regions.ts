import type { Say } from './say.ts';

/** Regions of a label map as asked for on the command line. */
export interface Regions {
	readonly names: readonly string[];
	/** For `LabelPair.membership`. */
	readonly membership: Uint8Array;
}

const MOST_REGIONS = 8;

/**
 * Reads `NAME=1,2,3` words; none gives one region `mask` of all labels. Problems are added to the list, one sentence each.
 */
export function parseRegions(words: readonly string[], say: Say, problems: string[]): Regions {
	const membership = new Uint8Array(256);
	if (words.length === 0) return { names: ['mask'], membership: membership.fill(1, 1) };
	if (words.length > MOST_REGIONS) problems.push(say('cli.tooManyRegions', { most: MOST_REGIONS }));
	const names: string[] = [];
	for (const word of words.slice(0, MOST_REGIONS)) {
		const [, name, list] = /^([A-Za-z][\w-]*)=(\d{1,3}(?:,\d{1,3})*)$/.exec(word) ?? [];
		const labels = (list ?? '').split(',').map(Number);
		if (name === undefined || labels.some((label) => label < 1 || label > 255))
			problems.push(say('cli.badRegion', { word }));
		else if (names.includes(name)) problems.push(say('cli.regionTwice', { name }));
		else {
			for (const label of labels) membership[label]! |= 1 << names.length;
			names.push(name);
		}
	}
	return { names, membership };
}

/** The mask of one region of a label map: 1 inside. */
export function regionMask(labels: Uint8Array, { membership }: Regions, region: number): Uint8Array {
	const inside = membership.map((bits) => (bits >> region) & 1);
	return labels.map((label) => inside[label]!);
}
