import type { Outline } from '../mask/contour.ts';
import { type Area, areaOf, differingArea, EVERYWHERE, joined } from './changedArea.ts';
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

/** Styles with a line that is broken: where it changes anywhere, its gaps move along all of it. */
const BROKEN: ReadonlySet<OutlineStyle> = new Set(['other', 'proposal', 'missed']);

/** What lines reach beyond their points, with what smoothing adds. */
const LINE_ROOM = 4;

/** Draws outlines and crosshair over a slice, and no more of it than what changed. All lengths in CSS pixels. */
export class OverlayPainter {
	readonly #context: CanvasRenderingContext2D;
	/** What was painted last and where it lay. */
	#last: { readonly placement: SlicePlacement; readonly content: OverlayContent } | undefined;
	/** Of whole outlines, at the present placement. */
	#paths = new WeakMap<readonly Outline[], Path2D>();
	#hatch: CanvasPattern | null = null;
	#dots: CanvasPattern | null = null;

	constructor(canvas: HTMLCanvasElement) {
		const context = canvas.getContext('2d');
		if (!context) throw new Error('got no 2-D context, expected one on a new canvas');
		this.#context = context;
	}

	/**
	 * Draws what is not drawn yet; all of it where the placement is another, as it is in a canvas of another size.
	 * `scale` is the canvas's pixels a CSS pixel: asking the canvas for its size on the page would lay the page out
	 * every time.
	 */
	paint(placement: SlicePlacement, content: OverlayContent, scale: number): void {
		const { canvas } = this.#context;
		const { layers, crosshair, cursor, sketch, opacity } = content;
		const moved = this.#last?.placement !== placement;
		if (moved) this.#paths = new WeakMap();
		const stale = moved || !this.#last ? EVERYWHERE : staleArea(placement, this.#last.content, content);
		this.#last = { placement, content };
		if (!stale) return;
		// Whole pixels, or the rim of what is drawn anew would show.
		const left = Math.max(0, Math.floor(stale.left * scale));
		const top = Math.max(0, Math.floor(stale.top * scale));
		const width = Math.min(canvas.width, Math.ceil(stale.right * scale)) - left;
		const height = Math.min(canvas.height, Math.ceil(stale.bottom * scale)) - top;
		if (width <= 0 || height <= 0) return;
		const c = this.#context;
		c.save();
		c.setTransform(1, 0, 0, 1, 0, 0);
		c.beginPath();
		c.rect(left, top, width, height);
		c.clip();
		c.clearRect(left, top, width, height);
		c.setTransform(scale, 0, 0, scale, 0, 0);
		if (crosshair) this.#crosshair(placement, crosshair, canvas.width / scale, canvas.height / scale);
		c.globalAlpha = opacity;
		const near = onSlice(placement, stale);
		for (const layer of layers) if (layer.outlines.length > 0) this.#layer(layer, this.#pathOf(placement, layer, near));
		c.globalAlpha = 1;
		if (sketch) this.#sketch(placement, sketch);
		if (cursor) this.#cursor(placement, cursor);
		c.restore();
	}

	/** Draws all of it the next time: the browser emptied the canvas. */
	forget(): void {
		this.#last = undefined;
	}

	/** A path that looks as the outlines do in an area of the slice; where a line is broken, all of it. */
	#pathOf(placement: SlicePlacement, { style, outlines }: OutlineLayer, near: Area): Path2D {
		if (!BROKEN.has(style)) return toPath(placement, outlines, near);
		const path = this.#paths.get(outlines) ?? toPath(placement, outlines, EVERYWHERE);
		this.#paths.set(outlines, path);
		return path;
	}

	/** White on black, as the cursor. */
	#sketch(placement: SlicePlacement, { points, closed, label }: Sketch): void {
		const c = this.#context;
		const path = new Path2D();
		for (const [n, { x, y }] of points.entries()) path[n === 0 ? 'moveTo' : 'lineTo'](...placement.toPx(x, y));
		c.lineJoin = 'round';
		for (const [strokeStyle, width] of [
			['rgb(0 0 0 / 0.6)', 3.5],
			['#fff', 1.5],
		] as const) {
			c.strokeStyle = strokeStyle;
			c.lineWidth = width;
			c.setLineDash([]);
			c.stroke(path);
		}
		const [first, last] = [points[0], points.at(-1)];
		if (!first || !last) return;
		const [left, top] = placement.toPx(last.x, last.y);
		if (closed && points.length > 2) {
			c.setLineDash([3, 3]);
			c.beginPath();
			c.moveTo(left, top);
			c.lineTo(...placement.toPx(first.x, first.y));
			c.stroke();
		}
		if (!label) return;
		c.font = '13px system-ui, sans-serif';
		c.setLineDash([]);
		c.lineWidth = 3;
		c.strokeStyle = 'rgb(0 0 0 / 0.75)';
		c.strokeText(label, left + 10, top - 8);
		c.fillStyle = '#fff';
		c.fillText(label, left + 10, top - 8);
	}

	/** The rim of the brush: white inside black, so that it shows on any grey. */
	#cursor(placement: SlicePlacement, cursor: BrushCursor): void {
		const c = this.#context;
		c.setLineDash([]);
		c.lineWidth = 1;
		for (const [strokeStyle, grow] of [
			['rgb(0 0 0 / 0.6)', 1],
			['#fff', 0],
		] as const) {
			c.strokeStyle = strokeStyle;
			c.beginPath();
			c.arc(cursor.left, cursor.top, radiusPx(placement, cursor) + grow, 0, 2 * Math.PI);
			c.stroke();
		}
	}

	#layer({ style, colour }: OutlineLayer, path: Path2D): void {
		const c = this.#context;
		const stroke = (strokeStyle: string, width: number, dash: number[] = []) => {
			c.strokeStyle = strokeStyle;
			c.lineWidth = width;
			c.setLineDash(dash);
			c.stroke(path);
		};
		c.lineJoin = 'round';
		switch (style) {
			case 'active':
				c.fillStyle = colour;
				c.globalAlpha *= 0.1;
				c.fill(path, 'evenodd');
				c.globalAlpha *= 10;
				stroke('rgb(0 0 0 / 0.55)', 4);
				stroke(colour, 1.75);
				break;
			case 'proposal':
				c.fillStyle = colour;
				c.globalAlpha *= 0.22;
				c.fill(path, 'evenodd');
				c.globalAlpha /= 0.22;
				stroke('rgb(0 0 0 / 0.55)', 3.5);
				stroke('#fff', 1.25, [3, 3]);
				break;
			case 'filled':
				c.fillStyle = colour;
				c.globalAlpha *= 0.38;
				c.fill(path, 'evenodd');
				c.globalAlpha /= 0.38;
				stroke(colour, 1);
				break;
			case 'other':
				stroke(colour, 1.1, [4, 3]);
				break;
			case 'reference':
				stroke('rgb(0 0 0 / 0.55)', 3.5);
				stroke(AGREE, 1.25);
				break;
			case 'agree':
				c.fillStyle = 'rgb(255 255 255 / 0.1)';
				c.fill(path, 'evenodd');
				stroke(AGREE, 1.25);
				break;
			case 'missed':
				this.#hatch ??= pattern(c, 7, (p) => {
					p.strokeStyle = MISSED;
					p.lineWidth = 2;
					p.beginPath();
					for (const from of [-7, 0, 7]) {
						p.moveTo(from - 1, 8);
						p.lineTo(from + 8, -1);
					}
					p.stroke();
				});
				c.fillStyle = this.#hatch ?? MISSED;
				c.fill(path, 'evenodd');
				stroke(MISSED, 1.5, [5, 3]);
				break;
			case 'extra':
				this.#dots ??= pattern(c, 6, (p) => {
					p.fillStyle = EXTRA;
					p.beginPath();
					p.arc(3, 3, 1.4, 0, 2 * Math.PI);
					p.fill();
				});
				c.fillStyle = this.#dots ?? EXTRA;
				c.fill(path, 'evenodd');
				stroke(EXTRA, 1.5);
				break;
		}
	}

	#crosshair(placement: SlicePlacement, at: readonly [number, number], width: number, height: number): void {
		const [left, top] = crosshairPx(placement, at);
		const gap = 14;
		const c = this.#context;
		c.strokeStyle = 'rgb(255 255 255 / 0.55)';
		c.lineWidth = 1;
		c.setLineDash([]);
		c.beginPath();
		c.moveTo(left, 0);
		c.lineTo(left, top - gap);
		c.moveTo(left, top + gap);
		c.lineTo(left, height);
		c.moveTo(0, top);
		c.lineTo(left - gap, top);
		c.moveTo(left + gap, top);
		c.lineTo(width, top);
		c.stroke();
	}
}

/** Where the panel has to be drawn anew; undefined where nowhere. */
function staleArea(placement: SlicePlacement, before: OverlayContent, after: OverlayContent): Area | undefined {
	if (
		before.layers.length !== after.layers.length ||
		before.sketch !== after.sketch ||
		before.opacity !== after.opacity ||
		!sameCrosshair(placement, before.crosshair, after.crosshair)
	)
		return EVERYWHERE;
	let stale: Area | undefined;
	for (const [n, layer] of after.layers.entries()) {
		const last = before.layers[n]!;
		if (last.style !== layer.style || last.colour !== layer.colour) return EVERYWHERE;
		if (last.outlines === layer.outlines) continue;
		const differing = BROKEN.has(layer.style)
			? joined(areaOf(last.outlines), areaOf(layer.outlines))
			: differingArea(last.outlines, layer.outlines);
		stale = joined(stale, onPanel(placement, differing));
	}
	const [last, cursor] = [before.cursor, after.cursor];
	if (last?.left === cursor?.left && last?.top === cursor?.top && last?.diameterMm === cursor?.diameterMm) return stale;
	return joined(stale, joined(cursorArea(placement, last), cursorArea(placement, cursor)));
}

/** The crosshair lies on whole pixels. */
function crosshairPx(placement: SlicePlacement, [x, y]: readonly [number, number]): [left: number, top: number] {
	const [left, top] = placement.toPx(x, y);
	return [Math.round(left) + 0.5, Math.round(top) + 0.5];
}

function sameCrosshair(
	placement: SlicePlacement,
	a: OverlayContent['crosshair'],
	b: OverlayContent['crosshair'],
): boolean {
	if (!a || !b) return a === b;
	const [before, after] = [crosshairPx(placement, a), crosshairPx(placement, b)];
	return before[0] === after[0] && before[1] === after[1];
}

function radiusPx({ pxPerMm }: SlicePlacement, { diameterMm }: BrushCursor): number {
	return Math.max(2, (diameterMm * pxPerMm) / 2);
}

function cursorArea(placement: SlicePlacement, cursor: BrushCursor | undefined): Area | undefined {
	if (!cursor) return undefined;
	const reach = radiusPx(placement, cursor) + LINE_ROOM;
	const { left, top } = cursor;
	return { left: left - reach, top: top - reach, right: left + reach, bottom: top + reach };
}

/** An area of the slice on the panel, with what lines reach beyond it. */
function onPanel(placement: SlicePlacement, area: Area | undefined): Area | undefined {
	if (!area) return undefined;
	const [[x0, y0], [x1, y1]] = [placement.toPx(area.left, area.top), placement.toPx(area.right, area.bottom)];
	return {
		left: Math.min(x0, x1) - LINE_ROOM,
		top: Math.min(y0, y1) - LINE_ROOM,
		right: Math.max(x0, x1) + LINE_ROOM,
		bottom: Math.max(y0, y1) + LINE_ROOM,
	};
}

/** An area of the panel on the slice, with room for lines that reach into it. */
function onSlice(placement: SlicePlacement, { left, top, right, bottom }: Area): Area {
	const [x0, y0] = placement.toVoxel(left - LINE_ROOM, top - LINE_ROOM);
	const [x1, y1] = placement.toVoxel(right + LINE_ROOM, bottom + LINE_ROOM);
	return { left: Math.min(x0, x1), top: Math.min(y0, y1), right: Math.max(x0, x1), bottom: Math.max(y0, y1) };
}

/** A path that looks as the outlines do in an area of the slice: the points of a run on one side of it are left out. */
function toPath(placement: SlicePlacement, outlines: readonly Outline[], near: Area): Path2D {
	const path = new Path2D();
	for (const outline of outlines) {
		const last = outline.length - 2;
		const sideAt = (n: number) => sideOf(near, outline[n]!, outline[n + 1]!);
		let begun = false;
		let before = sideAt(last);
		let side = sideAt(0);
		for (let n = 0; n <= last; n += 2) {
			const after = sideAt(n < last ? n + 2 : 0);
			if (side === 0 || side !== before || side !== after) {
				path[begun ? 'lineTo' : 'moveTo'](...placement.toPx(outline[n]!, outline[n + 1]!));
				begun = true;
			}
			before = side;
			side = after;
		}
		if (begun) path.closePath();
	}
	return path;
}

/** On which side of an area a point lies; 0 inside. */
function sideOf({ left, top, right, bottom }: Area, x: number, y: number): number {
	if (x < left) return 1;
	if (x > right) return 2;
	if (y < top) return 3;
	return y > bottom ? 4 : 0;
}

/** A repeating tile on a dark ground, so that it also shows on bright FLAIR. */
function pattern(
	c: CanvasRenderingContext2D,
	size: number,
	draw: (p: CanvasRenderingContext2D) => void,
): CanvasPattern | null {
	const tile = document.createElement('canvas');
	tile.width = size;
	tile.height = size;
	const p = tile.getContext('2d');
	if (!p) return null;
	p.fillStyle = 'rgb(20 14 8 / 0.62)';
	p.fillRect(0, 0, size, size);
	draw(p);
	return c.createPattern(tile, 'repeat');
}
