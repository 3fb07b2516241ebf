import { noteRead, readLessons } from './progress.ts';

/** A lesson counts as read when its end came into the window; what comes after the text says which one it is. */
const end = document.querySelector<HTMLElement>('[data-lesson-end]');
const slug = end?.dataset.lessonEnd ?? '';
if (end && !readLessons().includes(slug)) {
	const reached = new IntersectionObserver((entries) => {
		if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
		reached.disconnect();
		noteRead(slug);
		// What cannot be kept is not worth a message at the end of a text.
		import('./keepLearning.ts').then(({ keepLesson }) => keepLesson(slug)).catch(() => {});
	});
	reached.observe(end);
}
