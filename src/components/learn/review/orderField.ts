import { element, icon } from '../element.ts';
import { type AnswerField, type ReviewWords, verdictMark, verdictOn } from './field.ts';
import type { AskedOf, Named } from './reviewBundle.ts';

/** The options as they are first shown: as written, unless that is the right order; then the first goes last. */
export function shownOrder({ options, key }: Pick<AskedOf<'ordering'>, 'options' | 'key'>): readonly Named[] {
	const isSolved = options.every(({ id }, n) => key[n] === id);
	return isSolved ? [...options.slice(1), ...options.slice(0, 1)] : options;
}

interface Row extends Named {
	readonly row: HTMLLIElement;
	readonly grip: HTMLElement;
	readonly up: HTMLButtonElement;
	readonly down: HTMLButtonElement;
	readonly result: HTMLElement;
}

/** Things to bring into their order: buttons move one up and down, a grip drags it. */
export function orderField(question: AskedOf<'ordering'>, t: ReviewWords): AnswerField {
	const told = element('p', { class: 'vh', role: 'status' });
	const list = element('ol', { class: 'order' });
	let isOpen = true;
	const rows: Row[] = shownOrder(question).map(({ id, text }) => {
		const up = mover('up', text);
		const down = mover('down', text);
		const grip = element('span', { class: 'grip', 'aria-hidden': 'true' }, icon('more'));
		const result = element('span', { class: 'result' });
		const row = element('li', {}, grip, element('span', { class: 'text' }, text), result, up, down);
		const one: Row = { id, text, row, grip, up, down, result };
		up.addEventListener('click', () => move(one, -1));
		down.addEventListener('click', () => move(one, 1));
		grip.addEventListener('pointerdown', (event) => drag(event, grip, one));
		return one;
	});

	function mover(way: 'up' | 'down', text: string): HTMLButtonElement {
		return element('button', { type: 'button', class: 'ib', 'aria-label': t(`order.${way}`, { text }) }, icon(way));
	}

	function place(): void {
		list.replaceChildren(...rows.map(({ row }) => row));
		for (const [n, { up, down }] of rows.entries()) {
			up.disabled = !isOpen || n === 0;
			down.disabled = !isOpen || n === rows.length - 1;
		}
	}

	function move(one: Row, by: number): void {
		const from = rows.indexOf(one);
		moveTo(one, from + by);
		// The row was taken out and put back: the focus goes with it, to the other button at an end.
		const [own, other] = by < 0 ? [one.up, one.down] : [one.down, one.up];
		(own.disabled ? other : own).focus();
	}

	function moveTo(one: Row, to: number): void {
		const from = rows.indexOf(one);
		if (to < 0 || to >= rows.length || to === from) return;
		rows.splice(from, 1);
		rows.splice(to, 0, one);
		place();
		told.textContent = t('order.moved', { text: one.text, place: to + 1, count: rows.length });
	}

	function drag(event: PointerEvent, grip: HTMLElement, one: Row): void {
		if (!isOpen || event.button !== 0) return;
		event.preventDefault();
		one.row.classList.add('dragged');
		const onMove = ({ clientY }: PointerEvent) => {
			const over = rows.findIndex(({ row }) => clientY < row.getBoundingClientRect().bottom);
			moveTo(one, over < 0 ? rows.length - 1 : over);
		};
		const onEnd = () => {
			one.row.classList.remove('dragged');
			window.removeEventListener('pointermove', onMove);
			window.removeEventListener('pointerup', onEnd);
			window.removeEventListener('pointercancel', onEnd);
			grip.releasePointerCapture(event.pointerId);
		};
		grip.setPointerCapture(event.pointerId);
		window.addEventListener('pointermove', onMove);
		window.addEventListener('pointerup', onEnd);
		window.addEventListener('pointercancel', onEnd);
	}

	place();
	return {
		element: element('div', { class: 'field-order' }, element('p', { class: 'ask' }, t('ask.ordering')), list, told),
		given: () => rows.map(({ id }) => id),
		show(mark) {
			isOpen = false;
			place();
			for (const { id, row, grip, up, down, result } of rows) {
				grip.hidden = true;
				up.hidden = true;
				down.hidden = true;
				const said = verdictOn(id, mark);
				if (said) row.classList.add(said);
				const right = question.key.indexOf(id) + 1;
				if (said === 'wrong') result.replaceChildren(verdictMark(said, t), t('order.right', { place: right }));
				else if (said) result.replaceChildren(verdictMark(said, t));
			}
		},
		restore(given) {
			if (!Array.isArray(given)) return;
			rows.sort((a, b) => given.indexOf(a.id) - given.indexOf(b.id));
			place();
		},
	};
}
