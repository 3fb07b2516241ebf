import { useEffect, useState } from 'react';
import { type CaseFilter, filterSearch, readFilter } from './caseFilter.ts';

/** The filter that the address asks for, and what changes both; going back brings the one before. */
export function useFilter(): readonly [CaseFilter, (next: CaseFilter) => void] {
	// The address is not known where the page is built.
	const [filter, setFilter] = useState<CaseFilter>({});
	useEffect(() => {
		const read = () => setFilter(readFilter(location.search));
		read();
		addEventListener('popstate', read);
		return () => removeEventListener('popstate', read);
	}, []);
	return [
		filter,
		(next) => {
			history.pushState(null, '', `${location.pathname}${filterSearch(next)}`);
			setFilter(next);
		},
	];
}
