import { element } from '../element.ts';
import { type AnswerField, type ReviewWords, verdictMark, verdictOn } from './field.ts';
import type { AskedOf } from './reviewBundle.ts';

/** One of several, or several of several. Keys: the number of an option, or its letter. */
export function choiceField(
	{ kind, options }: AskedOf<'single' | 'multiple'>,
	t: ReviewWords,
	onChange: () => void,
): AnswerField {
	const many = kind === 'multiple';
	const rows = options.map(({ id, text }) => {
		const input = element('input', { type: many ? 'checkbox' : 'radio', name: 'answer', value: id });
		const verdict = element('span', { class: 'result' });
		const row = element(
			'label',
			{ class: 'opt' },
			input,
			element('span', { class: 'kbd', 'aria-hidden': 'true' }, id),
			element('span', { class: 'text' }, text),
			verdict,
		);
		return { id, input, verdict, row };
	});
	const root = element(
		'fieldset',
		{ class: 'field-choice' },
		element('legend', {}, t(many ? 'ask.multiple' : 'ask.single')),
		...rows.map(({ row }) => row),
	);
	root.addEventListener('change', onChange);
	const chosen = () => rows.filter(({ input }) => input.checked).map(({ id }) => id);
	return {
		element: root,
		given() {
			const ids = chosen();
			return ids.length > 0 ? ids : undefined;
		},
		press(key) {
			const row = rows.find(({ id }) => id.toLowerCase() === key.toLowerCase()) ?? rows[Number(key) - 1];
			if (!row || row.input.disabled) return false;
			row.input.checked = many ? !row.input.checked : true;
			row.input.focus();
			onChange();
			return true;
		},
		show(mark) {
			for (const { id, input, verdict, row } of rows) {
				input.disabled = true;
				const said = verdictOn(id, mark);
				if (!said) continue;
				row.classList.add(said);
				verdict.replaceChildren(verdictMark(said, t));
			}
		},
		restore(given) {
			if (Array.isArray(given)) for (const { id, input } of rows) input.checked = given.includes(id);
		},
	};
}
