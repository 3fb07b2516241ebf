import { FILTERS, type FilterKey } from './ruleFacts.ts';

/** What is looked for in the catalogue. */
export interface Wanted {
	readonly query: string;
	/** Chosen values; a filter without any lets all pass, several values of one are alternatives. */
	readonly filters: Readonly<Record<FilterKey, readonly string[]>>;
	readonly byError: boolean;
}

const KEYS = Object.keys(FILTERS) as FilterKey[];

/** What an address asks for: `?q=首层&section=6&force=must,may&view=error`. What is no value of a filter is passed over. */
export function readWanted(search: string): Wanted {
	const params = new URLSearchParams(search);
	const chosen = (key: FilterKey) => {
		const asked = (params.get(key) ?? '').split(',');
		return FILTERS[key].filter((value) => asked.includes(value));
	};
	return {
		query: params.get('q') ?? '',
		filters: Object.fromEntries(KEYS.map((key) => [key, chosen(key)])) as unknown as Wanted['filters'],
		byError: params.get('view') === 'error',
	};
}

/** The query of an address that asks for the same; empty where all is shown. */
export function wantedSearch({ query, filters, byError }: Wanted): string {
	const params = new URLSearchParams();
	if (query.trim() !== '') params.set('q', query.trim());
	for (const key of KEYS) if (filters[key].length > 0) params.set(key, filters[key].join(','));
	if (byError) params.set('view', 'error');
	return params.size === 0 ? '' : `?${params.toString().replaceAll('%2C', ',')}`;
}

/** Whether a rule has one of the chosen values of every filter. */
export function passes(filters: Wanted['filters'], valuesOf: (key: FilterKey) => readonly string[]): boolean {
	return KEYS.every((key) => filters[key].length === 0 || filters[key].some((value) => valuesOf(key).includes(value)));
}

export function isNarrowed({ query, filters }: Wanted): boolean {
	return query.trim() !== '' || KEYS.some((key) => filters[key].length > 0);
}
