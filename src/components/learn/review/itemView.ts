import type { Locale } from '../../../i18n/locales.ts';
import type { AnswerMark, Given } from '../../../learning/markAnswer.ts';
import { element, icon } from '../element.ts';
import { lessonLink, ruleChip } from '../links.ts';
import { choiceField } from './choiceField.ts';
import type { AnswerField, ReviewWords } from './field.ts';
import { matchField } from './matchField.ts';
import { orderField } from './orderField.ts';
import { pictureFigure } from './pictureDrawing.ts';
import { pointField } from './pointField.ts';
import type { Asked, ReviewBundle } from './reviewBundle.ts';

/** One question on the page. */
export interface ItemView {
	readonly element: HTMLElement;
	given(): Given | undefined;
	/** Shows how the answer just given turned out. */
	show(mark: AnswerMark): void;
	/** The same for an answer given before. */
	showAgain(given: Given, mark: AnswerMark): void;
	/** Uses a key of the page, and says whether it did. */
	press(key: string): boolean;
	/** Checks the answer, or goes on after it. */
	go(): void;
	focus(): void;
}

interface Around {
	readonly t: ReviewWords;
	readonly locale: Locale;
	/** Whether the session is over after it. */
	readonly isLast: boolean;
	readonly onCheck: () => void;
	readonly onNext: () => void;
}

export function itemView(asked: Asked, bundle: ReviewBundle, { t, locale, isLast, onCheck, onNext }: Around): ItemView {
	const field = fieldOf(asked, bundle, t, refresh);
	const stem = element('h2', { tabindex: -1 }, asked.stem);
	const go = element('button', { class: 'btn pri lg', type: 'button' });
	const told = element('div', { class: 'feedback', role: 'status' });
	const wanting = element('span', { class: 'mute sm' });
	let isShown = false;

	go.addEventListener('click', act);

	function act(): void {
		if (isShown) onNext();
		else if (field.given() === undefined) wanting.textContent = t('check.wanting');
		else onCheck();
	}

	/** The button stays in reach of the keyboard while there is nothing to check: it then says what is wanting. */
	function refresh(): void {
		const ready = isShown || field.given() !== undefined;
		go.setAttribute('aria-disabled', String(!ready));
		if (ready) wanting.textContent = '';
	}

	function label(): void {
		go.replaceChildren(t(!isShown ? 'check' : isLast ? 'finish' : 'next'), ...(isShown ? [icon('right')] : []));
	}

	function show(mark: AnswerMark): void {
		isShown = true;
		field.show(mark);
		told.replaceChildren(...feedback(asked, bundle, mark, { t, locale }));
		label();
		refresh();
		go.focus({ preventScroll: true });
		go.scrollIntoView({ block: 'nearest' });
	}

	const picture = asked.picture && asked.kind !== 'hotspot' ? bundle.pictures[asked.picture] : undefined;
	label();
	refresh();
	return {
		element: element(
			'article',
			{ class: 'item', 'data-item': asked.id, 'data-kind': asked.kind },
			element('p', { class: 'kick' }, t('item.section', { section: asked.section })),
			stem,
			picture && pictureFigure(picture),
			field.element,
			told,
			element('div', { class: 'go' }, go, wanting, element('span', { class: 'sp' }), problemButton(asked.id, t)),
		),
		given: () => field.given(),
		show,
		showAgain(given, mark) {
			field.restore(given);
			show(mark);
		},
		press: (key) => !isShown && (field.press?.(key) ?? false),
		go: act,
		focus: () => stem.focus(),
	};
}

function fieldOf(asked: Asked, { pictures }: ReviewBundle, t: ReviewWords, onChange: () => void): AnswerField {
	switch (asked.kind) {
		case 'single':
		case 'multiple':
			return choiceField(asked, t, onChange);
		case 'ordering':
			return orderField(asked, t);
		case 'matching':
			return matchField(asked, t, onChange);
		case 'hotspot': {
			const picture = pictures[asked.picture];
			if (!picture) throw new Error(`got no picture ${asked.picture}, expected the one of ${asked.id}`);
			return pointField(asked, picture, t, onChange);
		}
	}
}

function feedback(
	asked: Asked,
	{ rules, lessons }: ReviewBundle,
	{ score }: AnswerMark,
	{ t, locale }: Pick<Around, 't' | 'locale'>,
): Node[] {
	const verdict = score === 1 ? 'right' : score > 0 ? 'part' : 'wrong';
	const slugs = [...new Set(asked.rules.flatMap((id) => rules[id]?.lesson ?? []))];
	return [
		element('p', { class: 'outcome' }, icon(score === 1 ? 'check' : 'x'), element('b', {}, t(`outcome.${verdict}`))),
		element('p', { class: 'rationale' }, asked.rationale),
		element(
			'p',
			{ class: 'chips' },
			...asked.rules.flatMap((id) => (rules[id] ? [ruleChip(id, rules[id], locale)] : [])),
		),
		...(asked.note
			? [element('p', { class: 'default' }, element('span', { class: 'bdg' }, t('default')), asked.note)]
			: []),
		...slugs.map((slug) =>
			element(
				'p',
				{ class: 'lesson' },
				icon('book', true),
				lessonLink(slug, t('lesson', { title: lessons[slug]?.title ?? slug }), locale),
			),
		),
	];
}

function problemButton(id: string, t: ReviewWords): HTMLButtonElement {
	const words = { class: 'btn qt s', type: 'button', 'aria-haspopup': 'dialog', 'aria-label': t('report.of', { id }) };
	return element(
		'button',
		{ ...words, 'data-problem': 'question', 'data-problem-id': id },
		icon('flag', true),
		t('report'),
	);
}
