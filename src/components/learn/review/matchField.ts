import { element } from '../element.ts';
import { type AnswerField, type ReviewWords, verdictMark, verdictOn } from './field.ts';
import type { AskedOf } from './reviewBundle.ts';

/** Each thing on the left gets one of the things on the right, chosen from a list. */
export function matchField(
	{ options, targets, key }: AskedOf<'matching'>,
	t: ReviewWords,
	onChange: () => void,
): AnswerField {
	const rows = options.map(({ id, text }) => {
		const select = element(
			'select',
			{ class: 'choice' },
			element('option', { value: '' }, t('match.none')),
			...targets.map((target) => element('option', { value: target.id }, target.text)),
		);
		const result = element('span', { class: 'result' });
		const row = element('li', {}, element('label', {}, element('span', { class: 'text' }, text), select), result);
		return { id, select, row, result };
	});
	const root = element(
		'div',
		{ class: 'field-match' },
		element('p', { class: 'ask' }, t('ask.matching')),
		element('ul', {}, ...rows.map(({ row }) => row)),
	);
	root.addEventListener('change', onChange);
	return {
		element: root,
		given() {
			const pairs = Object.fromEntries(rows.flatMap(({ id, select }) => (select.value ? [[id, select.value]] : [])));
			return Object.keys(pairs).length === rows.length ? pairs : undefined;
		},
		show(mark) {
			for (const { id, select, row, result } of rows) {
				select.disabled = true;
				const said = verdictOn(id, mark);
				if (!said) continue;
				row.classList.add(said);
				const target = targets.find((each) => each.id === key[id])?.text ?? '';
				const right = said === 'right' ? undefined : t('match.right', { target });
				result.replaceChildren(verdictMark(said, t), ...(right ? [right] : []));
			}
		},
		restore(given) {
			const pairs = given as Readonly<Record<string, string>>;
			for (const { id, select } of rows) select.value = pairs[id] ?? '';
		},
	};
}
