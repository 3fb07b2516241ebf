import { drawn, element } from '../element.ts';
import type { ShownPicture } from './reviewBundle.ts';

/** What was missed is hatched, what is extra dotted, both on a dark ground, in the picture's pixels. */
const PATTERNS = {
	missed: {
		size: 9,
		ground: '#2B1303',
		mark: () => drawn('path', { d: 'M2.25 0v9', stroke: '#FF9E57', 'stroke-width': 4 }),
	},
	extra: { size: 11, ground: '#03202B', mark: () => drawn('circle', { cx: 5.5, cy: 5.5, r: 2.8, fill: '#62D2F7' }) },
} as const;

function pattern(kind: keyof typeof PATTERNS): SVGPatternElement {
	const { size, ground, mark } = PATTERNS[kind];
	return drawn(
		'pattern',
		{
			id: `picture-${kind}`,
			width: size,
			height: size,
			patternUnits: 'userSpaceOnUse',
			patternTransform: 'rotate(45)',
		},
		drawn('rect', { width: size, height: size, fill: ground, 'fill-opacity': 0.62 }),
		mark(),
	);
}

/** The picture with its outlines, as one drawing in its pixels; one to a page. */
export function pictureDrawing({ src, width, height, outlines, missed, extra }: ShownPicture): SVGSVGElement {
	const filled = (kind: keyof typeof PATTERNS, name: string) => ({
		class: name,
		'fill-rule': 'evenodd',
		style: `fill:url(#picture-${kind})`,
	});
	return drawn(
		'svg',
		{ class: 'mr', viewBox: `0 0 ${width} ${height}` },
		drawn('image', { href: src, width, height }),
		...(missed.length > 0 ? [pattern('missed')] : []),
		...(extra.length > 0 ? [pattern('extra')] : []),
		...outlines.flatMap(({ region, path }) => [
			drawn('path', { class: 'hal', d: path }),
			drawn('path', { class: `ct ${region.toLowerCase()}`, d: path }),
		]),
		...missed.map(({ path }) => drawn('path', { ...filled('missed', 'cm-fn'), d: path })),
		...extra.map(({ path }) => drawn('path', { ...filled('extra', 'cm-fp'), d: path })),
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
