import type { Locale } from '../../i18n/locales.ts';
import type { ShownPicture } from './review/reviewBundle.ts';

/** Every still picture by its id, with its words in one language, when the site is built. */
export async function shownPictures(_locale: Locale): Promise<Readonly<Record<string, ShownPicture>>> {
	return {};
}
