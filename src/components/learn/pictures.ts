import type { ImageMetadata } from 'astro';
import { parse } from 'yaml';
import { type Picture, type PictureDrawing, pictureDrawingSchema, pictureSchema } from '../../schemas/picture.ts';

const written = import.meta.glob<string>('../../../content/pictures/*.yaml', {
	query: '?raw',
	import: 'default',
	eager: true,
});
const drawings = import.meta.glob<unknown>('../../assets/pictures/*.json', { import: 'default', eager: true });
const images = import.meta.glob<ImageMetadata>('../../assets/pictures/*.webp', { import: 'default', eager: true });

/** A still picture with all that is drawn over it. */
export interface StillPicture {
	readonly id: string;
	readonly told: Picture;
	readonly drawing: PictureDrawing;
	/** Address of its greys. */
	readonly src: string;
}

/** Ids of all pictures, in alphabetical order. */
export const PICTURE_IDS: readonly string[] = Object.keys(written)
	.map((file) => file.replace(/^.*\/|\.yaml$/g, ''))
	.sort();

/** A still picture, when a page is built. Throws on one that is not there, or not drawn by `npm run pictures`. */
export function pictureOf(id: string): StillPicture {
	const text = written[`../../../content/pictures/${id}.yaml`];
	const drawn = drawings[`../../assets/pictures/${id}.json`];
	if (text === undefined || drawn === undefined)
		throw new Error(`got the picture "${id}", expected one of content/pictures that npm run pictures has drawn`);
	const drawing = pictureDrawingSchema.parse(drawn);
	const image = images[`../../assets/pictures/${drawing.image}.webp`];
	if (!image) throw new Error(`got no src/assets/pictures/${drawing.image}.webp for the picture "${id}"`);
	return { id, told: pictureSchema.parse(parse(text)), drawing, src: image.src };
}
