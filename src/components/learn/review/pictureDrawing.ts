import { drawn, element } from '../element.ts';
import type { ShownPicture } from './reviewBundle.ts';

/** The picture with its outlines, as one drawing in its pixels. */
export function pictureDrawing({ src, width, height, outlines, missed, extra }: ShownPicture): SVGSVGElement {
	return drawn(
		'svg',
		{ class: 'mr', viewBox: `0 0 ${width} ${height}` },
		drawn('image', { href: src, width, height }),
		...outlines.flatMap(({ region, path }) => [
			drawn('path', { class: 'halo', d: path }),
			drawn('path', { class: `ct ${region.toLowerCase()}`, d: path }),
		]),
		...missed.map(({ path }) => drawn('path', { class: 'cm-fn', d: path })),
		...extra.map(({ path }) => drawn('path', { class: 'cm-fp', d: path })),
	);
}

/** The picture as an illustration with words for who cannot see it. */
export function pictureImage(picture: ShownPicture): SVGSVGElement {
	const svg = pictureDrawing(picture);
	svg.setAttribute('role', 'img');
	svg.setAttribute('aria-label', picture.alt);
	return svg;
}

export function pictureFigure(picture: ShownPicture): HTMLElement {
	return element('figure', { class: 'plate', 'data-room': 'dark' }, pictureImage(picture));
}
