import en from '../../i18n/en/problem.json';
import { type Locale, localePath } from '../../i18n/locales.ts';
import { translator } from '../../i18n/translate.ts';
import zh from '../../i18n/zh/problem.json';
import type { LearnerEvent, ProblemKind } from '../../schemas/learnerEvent.ts';
import { element } from './element.ts';
import { eventBase, failureOf, learnerStore } from './learnerStore.ts';

/** As long as a note may be. */
const MOST_CHARACTERS = 2000;

/** Text that was typed and not kept, by what it is about: closing the dialogue does not lose it. */
const drafts = new Map<string, string>();

/** Asks for a note about what the button names, and keeps it on this device. The focus goes back to the button. */
export function openProblemDialog(button: HTMLElement): void {
	const { problem: kind, problemId: id = '' } = button.dataset as { problem?: ProblemKind; problemId?: string };
	if (!kind) return;
	const locale: Locale = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';
	const t = translator(locale === 'zh' ? zh : en);
	const key = `${kind} ${id}`;

	const text = element('textarea', { rows: 6, maxlength: MOST_CHARACTERS, required: true, id: 'problem-text' });
	text.value = drafts.get(key) ?? '';
	const told = element('p', { class: 'told', role: 'alert' });
	const keep = element('button', { class: 'btn pri', type: 'submit' }, t('keep'));
	const cancel = element('button', { class: 'btn', type: 'button' }, t('cancel'));
	const form = element(
		'form',
		{ method: 'dialog', novalidate: true },
		element(
			'header',
			{},
			element('h2', { id: 'problem-title' }, t('report')),
			element('span', { class: 'mute' }, t('about', { kind: t(`kind.${kind}`), id })),
		),
		element(
			'div',
			{ class: 'body' },
			element('label', { for: 'problem-text' }, t('what')),
			text,
			element('p', { class: 'mute sm', id: 'problem-where' }, t('where')),
			told,
		),
		element('footer', {}, keep, cancel),
	);
	const dialog = element('dialog', { class: 'dlg problem', 'aria-labelledby': 'problem-title' }, form);
	text.setAttribute('aria-describedby', 'problem-where');

	cancel.addEventListener('click', () => dialog.close());
	// What is typed here is no key of the page.
	dialog.addEventListener('keydown', (event) => event.stopPropagation());
	text.addEventListener('input', () => drafts.set(key, text.value));
	dialog.addEventListener('close', () => {
		dialog.remove();
		button.focus();
	});
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		void submit();
	});
	document.body.append(dialog);
	dialog.showModal();
	text.focus();

	async function submit(): Promise<void> {
		const written = text.value.trim();
		if (written === '') {
			told.textContent = t('empty');
			text.focus();
			return;
		}
		keep.disabled = true;
		const event: LearnerEvent = { ...eventBase(), kind: 'problem', about: { kind: kind!, id }, text: written };
		try {
			await (await learnerStore()).appendLearner([event]);
			drafts.delete(key);
			showKept();
		} catch (error) {
			keep.disabled = false;
			told.textContent = t(`failed.${failureOf(error)}`);
		}
	}

	function showKept(): void {
		const done = element('button', { class: 'btn pri', type: 'button' }, t('close'));
		done.addEventListener('click', () => dialog.close());
		const notes = element('a', { href: `${localePath(locale, '/learn/')}#notes` }, t('kept.link'));
		form.querySelector('.body')?.replaceChildren(element('p', { role: 'status' }, t('kept')), element('p', {}, notes));
		form.querySelector('footer')?.replaceChildren(done);
		done.focus();
	}
}
