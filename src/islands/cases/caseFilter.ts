import { DIFFICULTIES, FAMILIES } from '../../protocol/protocol.ts';
import { TRAPS } from '../../protocol/trap.ts';
import type { Catalogue } from '../../schemas/caseManifest.ts';

type Listed = Pick<Catalogue['cases'][number], 'family' | 'difficulty' | 'traps'>;

/** What cases can be chosen by, each with its values in the order in which they are offered. */
export const FILTERS = { family: FAMILIES, difficulty: DIFFICULTIES, trap: TRAPS } as const;
export type FilterKey = keyof typeof FILTERS;
type Value<Key extends FilterKey> = (typeof FILTERS)[Key][number];
/** What was chosen; what is absent leaves every case. */
export type CaseFilter = { readonly [Key in FilterKey]?: Value<Key> };

const KEYS = Object.keys(FILTERS) as FilterKey[];

/** The filter that an address asks for; what is no value of ours is passed over. */
export function readFilter(search: string): CaseFilter {
	const params = new URLSearchParams(search);
	return Object.fromEntries(
		KEYS.flatMap((key) => {
			const value = params.get(key);
			return (FILTERS[key] as readonly (string | null)[]).includes(value) ? [[key, value]] : [];
		}),
	);
}

/** The query of an address that asks for a filter: `?family=glioma`; empty for none. */
export function filterSearch(filter: CaseFilter): string {
	const params = new URLSearchParams();
	for (const key of KEYS) if (filter[key]) params.set(key, filter[key]);
	return params.size === 0 ? '' : `?${params}`;
}

export function isFiltered(filter: CaseFilter): boolean {
	return KEYS.some((key) => filter[key] !== undefined);
}

/** The cases that a filter leaves, in their order. */
export function filtered<One extends Listed>(cases: readonly One[], filter: CaseFilter): readonly One[] {
	return cases.filter((one) =>
		KEYS.every((key) => filter[key] === undefined || valuesOf(one, key).includes(filter[key])),
	);
}

/** The values that can be chosen for one key with the rest of the filter as it is, each with how many cases it would leave; the chosen one is always there. */
export function choices(cases: readonly Listed[], filter: CaseFilter, key: FilterKey) {
	const others = filtered(cases, { ...filter, [key]: undefined });
	return FILTERS[key]
		.map((value) => ({ value, count: others.filter((one) => valuesOf(one, key).includes(value)).length }))
		.filter(({ value, count }) => count > 0 || value === filter[key]);
}

function valuesOf({ family, difficulty, traps = [] }: Listed, key: FilterKey): readonly string[] {
	if (key === 'family') return [family];
	return key === 'trap' ? traps : difficulty ? [difficulty] : [];
}
