import type { Locale } from '../../i18n/locales.ts';
import { PICTURE_IDS, pictureOf } from './pictures.ts';
import type { ShownPicture } from './review/reviewBundle.ts';

/** Every still picture by its id, with its words in one language, when the site is built. Throws where one is not drawn yet. */
export function shownPictures(locale: Locale): Readonly<Record<string, ShownPicture>> {
	return Object.fromEntries(
		PICTURE_IDS.map((id) => {
			const { told, drawing, src } = pictureOf(id);
			const { width, height, case: caseId, outlines, missed, extra, areas } = drawing;
			return [id, { caseId, src, width, height, alt: told.alt[locale], outlines, missed, extra, areas }];
		}),
	);
}
