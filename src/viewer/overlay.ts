import type { Outline } from '../mask/contour.ts';
import type { SlicePlacement } from './slicePlacement.ts';

/**
 * How an outline is drawn (design: contour and comparison). `active` is the region being edited,
 * `other` the rest, `filled` any in a composite, `proposal` what a tool would draw; `agree`, `missed` and `extra` compare with the reference.
 */
type OutlineStyle = 'active' | 'other' | 'filled' | 'proposal' | 'agree' | 'missed' | 'extra' | 'reference';

/** The outlines of one region, or of one part of a comparison, on the slice that is shown. */
export interface OutlineLayer {
	readonly style: OutlineStyle;
	readonly colour: string;
	readonly outlines: readonly Outline[];
}

/** The brush under the pointer, in CSS pixels of the panel. */
export interface BrushCursor {
	readonly left: number;
	readonly top: number;
	readonly diameterMm: number;
}

/** A line that is being drawn on a slice, or a length that is measured there: voxel positions. */
export interface Sketch {
	readonly slice: number;
	readonly points: readonly { readonly x: number; readonly y: number }[];
	/** Whether the line comes back to its start. */
	readonly closed: boolean;
	/** Written at the end of the line. */
	readonly label?: string;
}

/** What lies over a slice. */
interface OverlayContent {
	readonly layers: readonly OutlineLayer[];
	/** Voxel position on the slice; undefined where it is hidden. */
	readonly crosshair: readonly [number, number] | undefined;
	readonly cursor: BrushCursor | undefined;
	readonly sketch: Sketch | undefined;
	/** Of the outlines, 0 to 1. */
	readonly opacity: number;
}

/** Colours of the comparison, the same as the tokens --cmp-*: separable by hue, by line and by pattern. */
const MISSED = '#FF9E57';
const EXTRA = '#62D2F7';
const AGREE = '#F2F4F4';

/** Dark round a line, so that it shows on any grey. */
const HALO = 'rgb(0 0 0 / 0.55)';
const DARK = 'rgb(0 0 0 / 0.6)';
/** Ground of a pattern, so that it also shows on bright FLAIR. */
const GROUND = 'rgb(20 14 8 / 0.62)';
/** Stands for the region's colour in a style. */
const OWN = 'own';

type Attributes = Readonly<Record<string, string | number>>;

/** What outlines are filled and stroked with, from below. */
const STYLES: Readonly<Record<OutlineStyle, readonly Attributes[]>> = {
	active: [
		{ fill: OWN, 'fill-opacity': 0.1, stroke: HALO, 'stroke-width': 4 },
		{ stroke: OWN, 'stroke-width': 1.75 },
	],
	other: [{ stroke: OWN, 'stroke-width': 1.1, 'stroke-dasharray': '4 3' }],
	filled: [{ fill: OWN, 'fill-opacity': 0.38, stroke: OWN, 'stroke-width': 1 }],
	proposal: [
		{ fill: OWN, 'fill-opacity': 0.22, stroke: HALO, 'stroke-width': 3.5 },
		{ stroke: '#fff', 'stroke-width': 1.25, 'stroke-dasharray': '3 3' },
	],
	reference: [
		{ stroke: HALO, 'stroke-width': 3.5 },
		{ stroke: AGREE, 'stroke-width': 1.25 },
	],
	agree: [{ fill: '#fff', 'fill-opacity': 0.1, stroke: AGREE, 'stroke-width': 1.25 }],
	missed: [{ fill: 'hatch', stroke: MISSED, 'stroke-width': 1.5, 'stroke-dasharray': '5 3' }],
	extra: [{ fill: 'dots', stroke: EXTRA, 'stroke-width': 1.5 }],
};

/** Tiles by name: edge in CSS pixels and what is drawn on the ground. */
const TILES = {
	hatch: [7, 'path', { d: 'M-8 8 1-1M-1 8 8-1M6 8 15-1', stroke: MISSED, 'stroke-width': 2 }],
	dots: [6, 'circle', { cx: 3, cy: 3, r: 1.4, fill: EXTRA }],
} as const;

/** Layers on the page, with what they were made of. */
interface Shown {
	readonly style: OutlineStyle;
	readonly colour: string;
	readonly paths: readonly SVGElement[];
	outlines: readonly Outline[] | undefined;
}

/** Painters so far: the tiles of each have names that nothing else on the page has. */
let painters = 0;

/**
 * Draws outlines, crosshair, sketch and brush over a slice, as SVG: the browser paints on other threads than the page's,
 * and only what changed. All lengths in CSS pixels.
 */
export class OverlayPainter {
	readonly #name = `overlay-${painters++}`;
	readonly #crosshair: SVGElement;
	readonly #outlines: SVGElement;
	readonly #sketch: SVGElement;
	readonly #cursor: SVGElement;
	#shown: readonly Shown[] = [];
	#placement: SlicePlacement | undefined;
	#last: Partial<OverlayContent> = {};

	/** Draws into an empty `svg` without a view box. */
	constructor(svg: SVGSVGElement) {
		const tiles = svg.appendChild(element('defs'));
		for (const [name, [size, tag, attributes]] of Object.entries(TILES)) {
			const square = { width: size, height: size };
			const tile = element('pattern', { id: `${this.#name}-${name}`, patternUnits: 'userSpaceOnUse', ...square });
			tile.append(element('rect', { ...square, fill: GROUND }), element(tag, attributes));
			tiles.append(tile);
		}
		this.#crosshair = svg.appendChild(element('path', { stroke: 'rgb(255 255 255 / 0.55)' }));
		this.#outlines = svg.appendChild(element('g', { 'fill-rule': 'evenodd', 'stroke-linejoin': 'round' }));
		this.#sketch = svg.appendChild(element('g', { fill: 'none', 'stroke-linejoin': 'round' }));
		this.#cursor = svg.appendChild(element('g', { fill: 'none' }));
		this.#cursor.append(element('circle', { stroke: DARK }), element('circle', { stroke: '#fff' }));
	}

	/** Draws what is not drawn yet, in a panel of the given size. */
	paint(placement: SlicePlacement, content: OverlayContent, width: number, height: number): void {
		const { layers, crosshair, cursor, sketch, opacity } = content;
		const moved = this.#placement !== placement;
		const last = this.#last;
		this.#placement = placement;
		this.#last = content;
		if (moved || crosshair?.[0] !== last.crosshair?.[0] || crosshair?.[1] !== last.crosshair?.[1])
			set(this.#crosshair, { d: crosshair ? crosshairPath(placement, crosshair, width, height) : '' });
		if (opacity !== last.opacity) set(this.#outlines, { opacity });
		this.#layers(placement, layers, moved);
		if (moved || sketch !== last.sketch) this.#sketch.replaceChildren(...sketched(placement, sketch));
		if (moved || cursor !== last.cursor) this.#moveCursor(placement, cursor);
	}

	#layers(placement: SlicePlacement, layers: readonly OutlineLayer[], moved: boolean): void {
		const shown = this.#shown;
		if (layers.length !== shown.length || layers.some((layer, n) => !looksLike(layer, shown[n]!))) {
			this.#shown = layers.map(({ style, colour }) => {
				const paths = STYLES[style].map((pass) => element('path', this.#coloured(pass, colour)));
				return { style, colour, paths, outlines: undefined };
			});
			this.#outlines.replaceChildren(...this.#shown.flatMap(({ paths }) => paths));
		}
		for (const [n, { outlines }] of layers.entries()) {
			const layer = this.#shown[n]!;
			if (!moved && layer.outlines === outlines) continue;
			layer.outlines = outlines;
			const d = outlines.map((outline) => written(placement, outline)).join('');
			for (const path of layer.paths) set(path, { d });
		}
	}

	#coloured(pass: Attributes, colour: string): Attributes {
		const paint = (value: string | number | undefined) => {
			if (value === OWN) return colour;
			return value && value in TILES ? `url(#${this.#name}-${value})` : (value ?? 'none');
		};
		return { ...pass, fill: paint(pass.fill), stroke: paint(pass.stroke) };
	}

	/** The rim of the brush: white inside black. */
	#moveCursor(placement: SlicePlacement, cursor: BrushCursor | undefined): void {
		set(this.#cursor, { visibility: cursor ? 'visible' : 'hidden' });
		if (!cursor) return;
		const radius = Math.max(2, (cursor.diameterMm * placement.pxPerMm) / 2);
		for (const [n, circle] of [...this.#cursor.children].entries())
			set(circle, { cx: cursor.left, cy: cursor.top, r: radius + 1 - n });
	}
}

function looksLike(layer: OutlineLayer, { style, colour }: Shown): boolean {
	return layer.style === style && layer.colour === colour;
}

/** Four lines on whole pixels that leave the middle free. */
function crosshairPath(
	placement: SlicePlacement,
	[x, y]: readonly [number, number],
	width: number,
	height: number,
): string {
	const [left, top] = placement.toPx(x, y).map((at) => Math.round(at) + 0.5) as [number, number];
	const gap = 14;
	const upright = `M${left} 0V${top - gap}M${left} ${top + gap}V${height}`;
	return `${upright}M0 ${top}H${left - gap}M${left + gap} ${top}H${width}`;
}

/** White on black, as the cursor. */
function sketched(placement: SlicePlacement, sketch: Sketch | undefined): SVGElement[] {
	const points = sketch?.points.map(({ x, y }) => placement.toPx(x, y)) ?? [];
	const [first, last] = [points[0], points.at(-1)];
	if (!sketch || !first || !last) return [];
	const d = `M${points.map(at).join('L')}`;
	const drawn = [
		element('path', { d, stroke: DARK, 'stroke-width': 3.5 }),
		element('path', { d, stroke: '#fff', 'stroke-width': 1.5 }),
	];
	if (sketch.closed && points.length > 2) {
		const closing = `M${at(last)}L${at(first)}`;
		drawn.push(element('path', { d: closing, stroke: '#fff', 'stroke-width': 1.5, 'stroke-dasharray': '3 3' }));
	}
	if (sketch.label) {
		const place = { x: last[0] + 10, y: last[1] - 8, 'font-size': 13, 'font-family': 'system-ui, sans-serif' };
		const halo = { stroke: 'rgb(0 0 0 / 0.75)', 'stroke-width': 3, 'paint-order': 'stroke' };
		const label = element('text', { ...place, fill: '#fff', ...halo });
		label.textContent = sketch.label;
		drawn.push(label);
	}
	return drawn;
}

/** An outline as a path writes it; points on a straight run are left out. */
function written(placement: SlicePlacement, outline: Outline): string {
	const corners: string[] = [];
	const last = outline.length - 2;
	let [x, y] = [outline[last]!, outline[last + 1]!];
	for (let n = 0; n <= last; n += 2) {
		const [nowX, nowY] = [outline[n]!, outline[n + 1]!];
		const next = n < last ? n + 2 : 0;
		const straight = (nowX - x) * (outline[next + 1]! - nowY) === (nowY - y) * (outline[next]! - nowX);
		if (!straight) corners.push(at(placement.toPx(nowX, nowY)));
		[x, y] = [nowX, nowY];
	}
	return `M${corners.join('L')}Z`;
}

/** To a tenth of a pixel. */
function at([left, top]: readonly [number, number]): string {
	return `${Math.round(10 * left) / 10} ${Math.round(10 * top) / 10}`;
}

function element(tag: string, attributes: Attributes = {}): SVGElement {
	const made = document.createElementNS('http://www.w3.org/2000/svg', tag) as SVGElement;
	set(made, attributes);
	return made;
}

/** What is set anew costs the browser as much as a change. */
function set(on: Element, attributes: Attributes): void {
	for (const [name, value] of Object.entries(attributes))
		if (on.getAttribute(name) !== String(value)) on.setAttribute(name, String(value));
}
