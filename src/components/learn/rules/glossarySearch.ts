import { part } from '../pageData.ts';
import { onSearch } from './searchField.ts';
import { searchable, searchFor } from './searchText.ts';

const page = part('[data-glossary]');
const field = part<HTMLInputElement>('[data-search]');
const told = part('[data-count-told]');
const rows = [...page.querySelectorAll<HTMLElement>('[data-term]')].map((row) => ({
	row,
	text: searchable(`${row.dataset.term} ${row.textContent}`),
}));

function show(query: string): void {
	const found = searchFor(query);
	let shown = 0;
	for (const { row, text } of rows) {
		row.hidden = !found(text);
		if (!row.hidden) shown++;
	}
	for (const group of page.querySelectorAll<HTMLElement>('[data-group]'))
		group.hidden = group.querySelector('[data-term]:not([hidden])') === null;
	const { one = '', many = '' } = told.dataset;
	told.textContent = shown === 1 ? one : many.replace('{count}', String(shown));
	part('[data-none]').hidden = shown > 0;
	const search = query.trim() === '' ? '' : `?${new URLSearchParams({ q: query.trim() })}`;
	if (search !== location.search) history.replaceState(null, '', `${location.pathname}${search}${location.hash}`);
}

part('[data-tool]').hidden = false;
field.value = new URLSearchParams(location.search).get('q') ?? '';
onSearch(field, show);
show(field.value);
