import { formatDateTime } from '../../../i18n/format.ts';
import { saveDownload } from '../../../islands/saveDownload.ts';
import type { LearnerEvent, ProblemEvent } from '../../../schemas/learnerEvent.ts';
import { element } from '../element.ts';
import { failureOf, learnerStore } from '../learnerStore.ts';
import { part } from '../pageData.ts';
import type { HomeContext } from './homeData.ts';
import { notesFile } from './notesFile.ts';

/** The learner's own notes, the newest first, each with a way to delete it. */
export function drawNotes(events: readonly LearnerEvent[], context: HomeContext, onChange: () => void): void {
	const { data, t, now } = context;
	const notes = events.filter((event) => event.kind === 'problem').reverse();
	part('[data-no-notes]').hidden = notes.length > 0;
	const told = part('[data-notes-told]');
	const save = part<HTMLButtonElement>('[data-notes-export]');
	save.hidden = notes.length === 0;
	save.onclick = () => saveDownload(notesFile(notes, new Date()));
	part('[data-notes]').replaceChildren(
		...notes.map((note) => {
			const about = t('notes.about', { kind: t(`notes.kind.${note.about.kind}`), id: note.about.id });
			const remove = element(
				'button',
				{ class: 'btn qt s', type: 'button', 'aria-label': t('notes.deleteNamed', { about }) },
				t('notes.delete'),
			);
			remove.addEventListener('click', () => void removed(note));
			return element(
				'li',
				{ 'data-note': note.id },
				element('span', {}, element('b', {}, about), element('span', { class: 'text' }, note.text)),
				element('span', { class: 'mute sm nw' }, formatDateTime(new Date(note.at), data.locale, { now })),
				remove,
			);
		}),
	);

	async function removed(note: ProblemEvent): Promise<void> {
		if (!window.confirm(t('notes.deleteAsk'))) return;
		try {
			await (await learnerStore()).removeProblem(note);
			told.textContent = t('notes.deleted');
			onChange();
		} catch (error) {
			told.textContent = t(`notes.failed.${failureOf(error)}`);
		}
	}
}
