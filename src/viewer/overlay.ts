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

/** Draws outlines and crosshair over a slice. All lengths in CSS pixels. */
export class OverlayPainter {
	readonly #context: CanvasRenderingContext2D;
	#hatch: CanvasPattern | null = null;
	#dots: CanvasPattern | null = null;

	constructor(canvas: HTMLCanvasElement) {
		const context = canvas.getContext('2d');
		if (!context) throw new Error('got no 2-D context, expected one on a new canvas');
		this.#context = context;
	}

	/**
	 * Draws everything anew. `scale` is the canvas's pixels a CSS pixel: asking the canvas for its size on the page
	 * would lay the page out every time.
	 */
	paint(
		placement: SlicePlacement,
		{ layers, crosshair, cursor, sketch, opacity }: OverlayContent,
		scale: number,
	): void {
		const { canvas } = this.#context;
		this.#context.setTransform(1, 0, 0, 1, 0, 0);
		this.#context.clearRect(0, 0, canvas.width, canvas.height);
		this.#context.setTransform(scale, 0, 0, scale, 0, 0);
		if (crosshair) this.#crosshair(placement, crosshair, canvas.width / scale, canvas.height / scale);
		this.#context.globalAlpha = opacity;
		for (const layer of layers) if (layer.outlines.length > 0) this.#layer(layer, toPath(placement, layer.outlines));
		this.#context.globalAlpha = 1;
		if (sketch) this.#sketch(placement, sketch);
		if (cursor) this.#cursor(placement, cursor);
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
	#cursor({ pxPerMm }: SlicePlacement, { left, top, diameterMm }: BrushCursor): void {
		const c = this.#context;
		c.setLineDash([]);
		c.lineWidth = 1;
		for (const [strokeStyle, grow] of [
			['rgb(0 0 0 / 0.6)', 1],
			['#fff', 0],
		] as const) {
			c.strokeStyle = strokeStyle;
			c.beginPath();
			c.arc(left, top, Math.max(2, (diameterMm * pxPerMm) / 2) + grow, 0, 2 * Math.PI);
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

	#crosshair(placement: SlicePlacement, [x, y]: readonly [number, number], width: number, height: number): void {
		const [left, top] = placement.toPx(x, y).map((v) => Math.round(v) + 0.5) as [number, number];
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

function toPath(placement: SlicePlacement, outlines: readonly Outline[]): Path2D {
	const path = new Path2D();
	for (const outline of outlines) {
		for (let n = 0; n < outline.length; n += 2) {
			const [left, top] = placement.toPx(outline[n]!, outline[n + 1]!);
			if (n === 0) path.moveTo(left, top);
			else path.lineTo(left, top);
		}
		path.closePath();
	}
	return path;
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
