import type { ImageMetadata } from 'astro';
import { parse } from 'yaml';
import type { Locale } from '../../i18n/locales.ts';
import { pictureDrawingSchema, pictureSchema } from '../../schemas/picture.ts';
import type { ShownPicture } from './review/reviewBundle.ts';

const written = import.meta.glob<string>('../../../content/pictures/*.yaml', {
	eager: true,
	query: '?raw',
	import: 'default',
});
const drawings = import.meta.glob<unknown>('../../assets/pictures/*.json', { eager: true, import: 'default' });
const images = import.meta.glob<ImageMetadata>('../../assets/pictures/*.webp', { eager: true, import: 'default' });

/** Every still picture by its id, with its words in one language, when the site is built. Throws where one is not drawn yet. */
export function shownPictures(locale: Locale): Readonly<Record<string, ShownPicture>> {
	return Object.fromEntries(
		Object.entries(written).map(([file, text]) => {
			const id = file.replace(/^.*\/|\.yaml$/g, '');
			const image = images[`../../assets/pictures/${id}.webp`];
			const drawing = drawings[`../../assets/pictures/${id}.json`];
			if (!image || !drawing) throw new Error(`got no drawing of the picture ${id}, expected one of npm run pictures`);
			const { width, height, case: caseId, outlines, missed, extra, areas } = pictureDrawingSchema.parse(drawing);
			const { alt } = pictureSchema.parse(parse(text));
			return [id, { caseId, src: image.src, width, height, alt: alt[locale], outlines, missed, extra, areas }];
		}),
	);
}
