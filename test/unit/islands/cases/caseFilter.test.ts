import { describe, expect, it } from 'vitest';
import { choices, filtered, filterSearch, readFilter } from '../../../../src/islands/cases/caseFilter.ts';

const cases = [
	{ id: 'a', family: 'glioma', difficulty: 'easy', traps: ['bleeding'] },
	{ id: 'b', family: 'glioma', difficulty: 'hard', traps: ['bleeding', 'thickSlices'] },
	{ id: 'c', family: 'pcnsl', difficulty: 'hard', traps: [] },
	{ id: 'd', family: 'pcnsl' },
] as const;
const ids = (filter: Parameters<typeof filtered>[1]) =>
	filtered(cases as never, filter).map((one) => (one as { id?: string }).id);

describe('the filter of cases', () => {
	it('leaves what has all that was chosen', () => {
		expect(ids({})).toEqual(['a', 'b', 'c', 'd']);
		expect(ids({ family: 'glioma' })).toEqual(['a', 'b']);
		expect(ids({ family: 'glioma', difficulty: 'hard', trap: 'bleeding' })).toEqual(['b']);
		expect(ids({ family: 'pcnsl', trap: 'bleeding' })).toEqual([]);
	});

	it('goes into an address and comes back; what is no value of ours is passed over', () => {
		const filter = { family: 'glioma', trap: 'thickSlices' } as const;
		expect(filterSearch(filter)).toBe('?family=glioma&trap=thickSlices');
		expect(readFilter(filterSearch(filter))).toEqual(filter);
		expect(filterSearch({})).toBe('');
		expect(readFilter('?family=x&difficulty=&trap=bleeding&case=a')).toEqual({ trap: 'bleeding' });
	});

	it('offers what would leave some, with how many, and always what is chosen', () => {
		expect(choices(cases as never, { difficulty: 'hard' }, 'family')).toEqual([
			{ value: 'glioma', count: 1 },
			{ value: 'pcnsl', count: 1 },
		]);
		expect(choices(cases as never, { family: 'pcnsl', trap: 'bleeding' }, 'trap')).toEqual([
			{ value: 'bleeding', count: 0 },
		]);
	});
});
