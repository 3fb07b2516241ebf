import { element, icon } from '../element.ts';
import { ruleChip } from '../links.ts';
import { part } from '../pageData.ts';
import { pictureImage } from '../review/pictureDrawing.ts';
import type { ShownPicture } from '../review/reviewBundle.ts';
import type { HomeContext, StepPicture } from './homeData.ts';
import type { ToldStep } from './toldStep.ts';

/** The one thing to do now, large, with its reason and a picture. */
export function drawNext(step: ToldStep, context: HomeContext): void {
	const { t } = context;
	const place = part('[data-next]');
	const { picture } = step;
	place.replaceChildren(
		element(
			'div',
			{},
			element('p', { class: 'kick' }, t('next')),
			element('h1', {}, step.title),
			element(
				'p',
				{ class: 'why' },
				step.why,
				' ',
				element('span', { class: 'nw' }, t('about', { minutes: t('minutes', { count: step.minutes }) })),
			),
			element(
				'div',
				{ class: 'bar' },
				element('a', { class: 'btn pri lg', href: step.href }, step.action, icon('right')),
				...chips(step.rules, context),
			),
		),
		...(picture ? [figure(picture, context)] : []),
	);
}

/** What else there is to do, a line each; nothing where there is no more. */
export function drawThen(steps: readonly ToldStep[], context: HomeContext): void {
	const { t } = context;
	part('[data-then-section]').hidden = steps.length === 0;
	part('[data-then]').replaceChildren(
		...steps.map((step) =>
			element(
				'li',
				{},
				icon(step.icon),
				element(
					'span',
					{},
					element('b', {}, step.title),
					element('span', { class: 'mute sm why' }, step.why, ...chips(step.rules, context)),
				),
				element('span', { class: 'mute sm nw' }, t('minutes', { count: step.minutes })),
				element(
					'a',
					{ class: 'btn s', href: step.href, 'aria-label': t('open', { action: step.action, title: step.title }) },
					step.action,
				),
			),
		),
	);
}

function chips(ids: readonly string[], { data }: HomeContext): HTMLElement[] {
	return ids.flatMap((id) => {
		const rule = data.rules.find((one) => one.id === id);
		return rule ? [ruleChip(id, rule, data.locale)] : [];
	});
}

/** The picture's place; a still is drawn into it once it is fetched. */
function figure(picture: StepPicture, { data }: HomeContext): HTMLElement {
	if (picture.kind === 'thumbnail')
		return element('figure', {}, element('img', { src: picture.src, width: 160, height: 160, alt: picture.alt }));
	const place = element('figure', { 'data-room': 'dark' });
	void fetch(data.picturesUrl)
		.then((response) => response.json() as Promise<Readonly<Record<string, ShownPicture>>>)
		.then(({ [picture.id]: shown }) => {
			if (shown) place.replaceChildren(pictureImage(shown));
			else place.remove();
		})
		// Out of reach: the step is told without it.
		.catch(() => place.remove());
	return place;
}
