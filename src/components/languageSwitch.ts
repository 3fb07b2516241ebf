/** Where the reader's choice of language is kept; `/` reads it. */
const CHOICE = 'concord.language';

// Delegated, so that links drawn later by islands work too. The place is taken when the link is used:
// pages change their query without loading anew.
for (const type of ['click', 'auxclick', 'contextmenu'] as const) {
	document.addEventListener(
		type,
		(event) => {
			const link = event.target instanceof Element ? event.target.closest('a[data-language-switch]') : null;
			if (!(link instanceof HTMLAnchorElement)) return;
			link.search = location.search;
			link.hash = location.hash;
			try {
				localStorage.setItem(CHOICE, link.getAttribute('data-language-switch') ?? '');
			} catch {
				// Storage is blocked: the link works, the choice lasts for this visit.
			}
		},
		{ capture: true },
	);
}
