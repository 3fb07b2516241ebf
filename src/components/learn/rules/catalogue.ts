import { element } from '../element.ts';
import { part } from '../pageData.ts';
import { isNarrowed, passes, readWanted, type Wanted, wantedSearch } from './address.ts';
import type { FilterKey } from './ruleFacts.ts';
import { onSearch } from './searchField.ts';
import { searchable, searchFor } from './searchText.ts';

const page = part('[data-rules]');
const field = part<HTMLInputElement>('[data-search]');
const filters = part<HTMLDetailsElement>('[data-filters]');
const chosen = part('[data-chosen]');
const boxes = [...filters.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')];
const rows = [...page.querySelectorAll<HTMLElement>('.ru')].map((row) => ({
	row,
	text: searchable(row.dataset.words ?? ''),
}));
const errors = [...page.querySelectorAll<HTMLElement>('[data-error]')];
const views = [...page.querySelectorAll<HTMLButtonElement>('[data-view]')];

let wanted: Wanted = readWanted(location.search);

/** Shows what is wanted, says how much that is, and keeps the address at it. */
function show(): void {
	const found = searchFor(wanted.query);
	const shown = new Set<string>();
	for (const { row, text } of rows) {
		const isShown = found(text) && passes(wanted.filters, (key) => (row.dataset[key] ?? '').split(' '));
		row.hidden = !isShown;
		if (isShown) shown.add(row.id);
	}
	for (const group of page.querySelectorAll<HTMLElement>('[data-group]'))
		group.hidden = group.querySelector('.ru:not([hidden])') === null;
	for (const error of errors) {
		for (const one of error.querySelectorAll<HTMLElement>('[data-of]')) one.hidden = !shown.has(one.dataset.of ?? '');
		error.hidden = error.querySelector('[data-of]:not([hidden])') === null;
	}
	part('[data-by-clause]').hidden = wanted.byError;
	part('[data-by-error]').hidden = !wanted.byError;
	placePictures(wanted.byError);
	for (const view of views)
		view.setAttribute('aria-pressed', String((view.dataset.view === 'error') === wanted.byError));
	for (const box of boxes) box.checked = wanted.filters[box.name as FilterKey].includes(box.value);
	const { one, many } = part('[data-count-told]').dataset;
	part('[data-count-told]').textContent =
		shown.size === 1 ? (one ?? '') : (many ?? '').replace('{count}', String(shown.size));
	part('[data-none]').hidden = shown.size > 0;
	part('[data-clear]').hidden = !isNarrowed(wanted);
	chosen.replaceChildren(...boxes.filter(({ checked }) => checked).map(badge));
	const address = `${location.pathname}${wantedSearch(wanted)}${location.hash}`;
	if (address !== `${location.pathname}${location.search}${location.hash}`) history.replaceState(null, '', address);
}

/** Pictures are in the page once: they stand with the rule, or with the error where those are shown. */
function placePictures(byError: boolean): void {
	for (const slot of page.querySelectorAll<HTMLElement>('[data-slot]')) {
		const pair = page.querySelector<HTMLElement>(`[data-pair="${slot.dataset.slot}"]`);
		if (!pair) continue;
		if (byError) {
			pair.dataset.home = pair.closest<HTMLElement>('.ru')?.id ?? pair.dataset.home;
			slot.append(pair);
		} else if (pair.dataset.home) document.getElementById(pair.dataset.home)?.querySelector('.side')?.prepend(pair);
	}
}

/** A filter that is set, as a button that takes it off. */
function badge(box: HTMLInputElement): HTMLElement {
	const name = box.dataset.name ?? '';
	const button = element('button', { class: 'bdg', type: 'button' }, name, ' ×');
	button.setAttribute('aria-label', (chosen.dataset.remove ?? '').replace('{name}', `${name} ×`));
	button.addEventListener('click', () => {
		box.checked = false;
		readBoxes();
		field.focus();
	});
	return button;
}

function readBoxes(): void {
	const named = (key: string) => boxes.filter(({ name, checked }) => name === key && checked).map(({ value }) => value);
	const keys = [...new Set(boxes.map(({ name }) => name))];
	wanted = {
		...wanted,
		filters: Object.fromEntries(keys.map((key) => [key, named(key)])) as unknown as Wanted['filters'],
	};
	show();
}

function clear(): void {
	wanted = { ...readWanted(''), byError: wanted.byError };
	field.value = '';
	show();
}

/** Unfolds what the address points at, and shows it whatever was looked for. */
function goToHash(): void {
	const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
	if (!target) return;
	const row = target.closest<HTMLElement>('.ru');
	const isError = target.matches('[data-error]');
	if (!row && !isError) return;
	if (wanted.byError !== isError) wanted = { ...wanted, byError: isError };
	if ((row ?? target).hidden) clear();
	show();
	const details = row?.querySelector('details');
	if (details) details.open = true;
	(row ?? target).scrollIntoView({ block: 'start' });
}

async function showState(): Promise<void> {
	const told = part('[data-state-told]');
	try {
		const { loadLearner } = await import('../loadLearner.ts');
		const { state } = await loadLearner({ rules: rows.map(({ row }) => row.id), workedCases: [] });
		const names = new Map(
			boxes.filter(({ name }) => name === 'state').map(({ value, dataset }) => [value, dataset.name]),
		);
		for (const { row } of rows) {
			const mastery = state.mastery.get(row.id) ?? 'new';
			row.dataset.state = mastery;
			const mark = part('[data-mastery]', row);
			mark.textContent = mastery === 'new' ? '' : `${names.get(mastery)} · `;
			mark.hidden = mastery === 'new';
		}
		for (const count of filters.querySelectorAll<HTMLElement>('[data-count]'))
			count.textContent = String(rows.filter(({ row }) => row.dataset.state === count.dataset.count).length);
		part('[data-states]').hidden = false;
		part('[data-show-state]').hidden = true;
		told.textContent = '';
		show();
	} catch {
		// The catalogue is all there without it.
		told.textContent = told.dataset.failed ?? '';
	}
}

for (const tool of page.querySelectorAll<HTMLElement>('[data-tool]')) tool.hidden = false;
filters.hidden = false;
// On a narrow screen the filters would push the rules out of sight.
if (matchMedia('(max-width: 860px)').matches) filters.open = false;
field.value = wanted.query;
onSearch(field, (query) => {
	wanted = { ...wanted, query };
	show();
});
for (const box of boxes) box.addEventListener('change', readBoxes);
for (const view of views)
	view.addEventListener('click', () => {
		wanted = { ...wanted, byError: view.dataset.view === 'error' };
		show();
	});
part('[data-clear]').addEventListener('click', () => {
	clear();
	field.focus();
});
part('[data-show-state]').addEventListener('click', () => void showState());
addEventListener('hashchange', goToHash);
show();
goToHash();
if (wanted.filters.state.length > 0) void showState();
