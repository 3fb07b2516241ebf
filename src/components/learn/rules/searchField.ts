/** Calls back on every change of a search field; `/` goes to it from anywhere that is not typed in. */
export function onSearch(field: HTMLInputElement, search: (query: string) => void): void {
	field.addEventListener('input', () => search(field.value));
	document.addEventListener('keydown', (event) => {
		const isTyping =
			event.target instanceof HTMLElement &&
			event.target.closest('input[type="search"], textarea, select, [contenteditable]');
		if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
		event.preventDefault();
		field.focus();
		field.select();
	});
}
