/** Where the lessons that were read are kept beside the store, so that a page need not load it to show them. */
const KEY = 'concord.lessons';

export function readLessons(): string[] {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
		return Array.isArray(kept) ? kept.filter((slug) => typeof slug === 'string') : [];
	} catch {
		return [];
	}
}

/** Notes that a lesson was read, and shows it. */
export function noteRead(slug: string): void {
	const read = [...readLessons(), slug];
	try {
		localStorage.setItem(KEY, JSON.stringify(read));
	} catch {
		// Storage is blocked: the mark lasts as long as the page.
	}
	showRead(read);
}

function showRead(read: readonly string[]): void {
	for (const mark of document.querySelectorAll<HTMLElement>('[data-read]'))
		mark.hidden = !read.includes(mark.dataset.read ?? '');
}

showRead(readLessons());
