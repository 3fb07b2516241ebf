import { drawn, element } from '../element.ts';
import { type AnswerField, type ReviewWords, verdictMark, verdictOn } from './field.ts';
import { pictureDrawing } from './pictureDrawing.ts';
import type { AskedOf, ShownPicture } from './reviewBundle.ts';

/** Shares of the picture's width that an arrow key moves the cross: by itself, and with Shift. */
const STEP = 1 / 60;
const LEAP = 1 / 12;

/** A place on a picture: pointed at, or reached by a cross that the arrow keys move. */
export function pointField(
	{ area }: AskedOf<'hotspot'>,
	picture: ShownPicture,
	t: ReviewWords,
	onChange: () => void,
): AnswerField {
	const { width, height } = picture;
	const cross = drawn('g', { class: 'cross', hidden: true });
	// Outlines would give the answer away: they come with the verdict.
	const svg = pictureDrawing({ ...picture, outlines: [], missed: [], extra: [] });
	svg.setAttribute('aria-hidden', 'true');
	svg.append(cross);
	const told = element('p', { class: 'vh', role: 'status' });
	const plate = element(
		'div',
		{
			class: 'plate point',
			'data-room': 'dark',
			role: 'application',
			tabindex: 0,
			'aria-label': t('point.label', { alt: picture.alt }),
			'aria-describedby': 'point-how',
		},
		svg,
	);
	const result = element('p', { class: 'result' });
	let at: { x: number; y: number } | undefined;
	let isOpen = true;

	function put(x: number, y: number): void {
		if (!isOpen) return;
		const bounded = (value: number, most: number) => Math.round(Math.min(Math.max(value, 0), most - 1) * 10) / 10;
		at = { x: bounded(x, width), y: bounded(y, height) };
		draw();
		told.textContent = t('point.at', {
			x: Math.round((at.x / width) * 100),
			y: Math.round((at.y / height) * 100),
		});
		onChange();
	}

	function draw(): void {
		if (!at) return;
		const { x, y } = at;
		const [arm, gap] = [width / 20, width / 90];
		const arms = `M${x - arm} ${y}H${x - gap}M${x + gap} ${y}H${x + arm}M${x} ${y - arm}V${y - gap}M${x} ${y + gap}V${y + arm}`;
		cross.replaceChildren(drawn('path', { class: 'halo', d: arms }), drawn('path', { class: 'line', d: arms }));
		cross.removeAttribute('hidden');
	}

	svg.addEventListener('pointerdown', (event) => {
		if (event.button !== 0) return;
		const box = svg.getBoundingClientRect();
		put(((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height);
	});
	plate.addEventListener('keydown', (event) => {
		const by = width * (event.shiftKey ? LEAP : STEP);
		const ways: Readonly<Record<string, readonly [number, number]>> = {
			ArrowLeft: [-by, 0],
			ArrowRight: [by, 0],
			ArrowUp: [0, -by],
			ArrowDown: [0, by],
		};
		const way = ways[event.key];
		if (!way || !isOpen) return;
		event.preventDefault();
		// The first press shows where the cross is.
		put((at?.x ?? width / 2 - way[0]) + way[0], (at?.y ?? height / 2 - way[1]) + way[1]);
	});
	return {
		element: element(
			'div',
			{ class: 'field-point' },
			element('p', { class: 'ask' }, t('ask.hotspot')),
			plate,
			element('p', { class: 'mute sm', id: 'point-how' }, t('point.how')),
			result,
			told,
		),
		given: () => at,
		show(mark) {
			isOpen = false;
			const path = picture.areas[area];
			if (path) svg.insertBefore(drawn('path', { class: 'area', d: path }), cross);
			const said = verdictOn(area, mark) === 'right' ? 'right' : 'wrong';
			result.replaceChildren(verdictMark(said, t), t('point.outlined'));
		},
		restore(given) {
			const { x, y } = given as { readonly x: number; readonly y: number };
			at = { x, y };
			draw();
		},
	};
}
