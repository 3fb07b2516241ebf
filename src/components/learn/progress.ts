/** Where the lessons that were read are kept beside the store, so that a page need not load it to show them. */
const KEY = 'concord.lessons';

function readLessons(): string[] {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
		return Array.isArray(kept) ? kept.filter((slug) => typeof slug === 'string') : [];
	} catch {
		return [];
	}
}

/** Shows the marks of lessons that were read. */
function showRead(): void {
	const read = readLessons();
	for (const mark of document.querySelectorAll<HTMLElement>('[data-read]'))
		mark.hidden = !read.includes(mark.dataset.read ?? '');
}

async function finish(slug: string): Promise<void> {
	const read = readLessons();
	if (read.includes(slug)) return;
	try {
		localStorage.setItem(KEY, JSON.stringify([...read, slug]));
	} catch {
		// Storage is blocked: the mark lasts as long as nothing.
	}
	showRead();
	try {
		const { keepLesson } = await import('./keepLearning.ts');
		await keepLesson(slug);
	} catch {
		// What cannot be kept is not worth a message at the end of a text.
	}
}

showRead();
const end = document.querySelector<HTMLElement>('[data-lesson-end]');
if (end) {
	const reached = new IntersectionObserver((entries) => {
		if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
		reached.disconnect();
		void finish(end.dataset.lessonEnd ?? '');
	});
	reached.observe(end);
}
