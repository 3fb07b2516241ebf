import type { Locale } from '../../../i18n/locales.ts';
import { element, icon } from '../element.ts';
import type { Keeping } from '../keeper.ts';
import type { ReviewWords } from './field.ts';
import { formatTime } from './formatTime.ts';

interface Around {
	readonly t: ReviewWords;
	readonly locale: Locale;
	readonly retry: () => void;
}

/** Says whether answers are kept: quietly where they are, with the cause and a way on where they are not. */
export function showKeeping(place: HTMLElement, keeping: Keeping, { t, locale, retry }: Around): void {
	if (keeping.kind === 'waiting') return;
	place.classList.toggle('failed', keeping.kind === 'failed');
	if (keeping.kind === 'kept') {
		place.replaceChildren(icon('saved', true), t('kept', { time: formatTime(keeping.at, locale) }));
		return;
	}
	const { failure, count } = keeping;
	const again = element('button', { class: 'btn s', type: 'button' }, t('unkept.again'));
	again.addEventListener('click', retry);
	place.replaceChildren(
		icon('alert', true),
		element('span', { role: 'alert' }, t(`unkept.${failure}`, { count })),
		again,
	);
}
