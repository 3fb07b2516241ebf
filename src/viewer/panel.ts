import { ijkToXyz, invertAffine, type XyzMm } from '../grid/grid.ts';
import { type RasView, rasView } from '../grid/rasView.ts';
import { type BrushCursor, type OutlineLayer, OverlayPainter, type Sketch } from './overlay.ts';
import type { ViewerSeries, Window } from './series.ts';
import { type Camera, cameraOn, placeSlice, type SlicePlacement } from './slicePlacement.ts';
import { SliceRenderer } from './sliceRenderer.ts';

/** Draws the outlines of whatever lies on a slice of a series. Called once a repaint. */
export type OutlineSource = (series: ViewerSeries, view: RasView, slice: number) => readonly OutlineLayer[];

/** A window that is applied within this time follows the pointer. */
const SMOOTH_MS = 40;
/** Else it is applied once the pointer has rested this long. */
const SETTLE_MS = 150;

/**
 * One panel of the reading room: an image canvas (Niivue) and above it outlines, crosshair and brush.
 * Repaints at most once a frame, and the image only where slice, camera, window or size changed.
 */
export class Panel {
	/** Takes the pointer events. */
	readonly surface: SVGSVGElement;
	/** Told when the browser takes the WebGL context back; the panel must then be built anew. */
	onContextLost: (() => void) | undefined;
	readonly #host: HTMLElement;
	readonly #image: HTMLCanvasElement;
	#cursor: BrushCursor | undefined;
	#sketch: Sketch | undefined;
	readonly #painter: OverlayPainter;
	readonly #outlines: OutlineSource;
	readonly #resize: ResizeObserver;
	#renderer: SliceRenderer | undefined;
	#starting: Promise<SliceRenderer> | undefined;
	/** The series that is shown or on its way. */
	#wanted: ViewerSeries | undefined;
	#series: ViewerSeries | undefined;
	#view: RasView | undefined;
	#window: Window = { low: 0, high: 1 };
	/** Undefined as long as nobody panned or zoomed: the panel then shows all of the head at any size. */
	#camera: Camera | undefined;
	/** The camera of before it looked like another panel. */
	#kept: { readonly camera: Camera | undefined } | undefined;
	/** CSS size of the host. Asking the page for it at every mouse event would make it lay itself out each time. */
	#width = 0;
	#height = 0;
	/** Device pixels of the image a CSS pixel, as it was last fitted. */
	#scale = 1;
	/** Worked out when it is asked for; undefined once view, camera or size changed. */
	#placement: SlicePlacement | undefined;
	#slice = 0;
	#crosshair: readonly [number, number] | undefined;
	/** Whether the place looked at is on the slice: not where the series ends before it. */
	#onSlice = false;
	#showsCrosshair = true;
	#opacity = 1;
	#frame = 0;
	#imageStale = false;
	#windowStale = false;
	#windowCostMs = 0;
	#windowTimer: ReturnType<typeof setTimeout> | undefined;
	#disposed = false;

	/** Builds the panel inside `host`, which is positioned and has a size of its own. */
	constructor(host: HTMLElement, outlines: OutlineSource) {
		this.#host = host;
		this.#outlines = outlines;
		const plate = document.createElement('div');
		plate.className = 'plate';
		this.#image = plate.appendChild(document.createElement('canvas'));
		this.#image.addEventListener('webglcontextlost', () => {
			if (!this.#disposed) this.onContextLost?.();
		});
		this.surface = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
		this.surface.classList.add('surface');
		this.surface.setAttribute('aria-hidden', 'true');
		host.prepend(plate, this.surface);
		this.#painter = new OverlayPainter(this.surface);
		this.#resize = new ResizeObserver(() => this.#fit());
		this.#resize.observe(host);
		addEventListener('resize', this.#onWindow);
	}

	get series(): ViewerSeries | undefined {
		return this.#series;
	}

	get view(): RasView | undefined {
		return this.#view;
	}

	/** Axial slice of the view that is shown, from 0. */
	get slice(): number {
		return this.#slice;
	}

	get camera(): Camera {
		if (this.#camera) return this.#camera;
		if (!this.#view || !this.#series) return { centreMm: [0, 0], zoom: 1 };
		return cameraOn(this.#view, this.#series.content, this.#width, this.#height);
	}

	/**
	 * Shows a series, keeping the place in the head where there was one before. Of several asked for in a row, the last
	 * is shown. Resolves once it is, or once it is clear that it will not be; rejects where nothing can be shown here.
	 */
	async show(series: ViewerSeries, window: Window): Promise<void> {
		if (this.#wanted === series) return;
		this.#wanted = series;
		this.#window = window;
		try {
			await this.#load(series, window);
		} catch (error) {
			if (this.#wanted === series) this.#wanted = undefined;
			if (!this.#renderer) this.#starting = undefined;
			throw error;
		}
	}

	async #load(series: ViewerSeries, window: Window): Promise<void> {
		this.#starting ??= SliceRenderer.create(this.#image);
		const renderer = await this.#starting;
		if (this.#renderer !== renderer) this.#fitRenderer(renderer);
		this.#renderer = renderer;
		if (this.#disposed) return renderer.dispose();
		if (this.#wanted !== series || !(await renderer.show(series, window))) return;
		this.#sketch = undefined;
		const before = this.#view;
		const place = this.#crosshair && before ? this.positionAt(...this.#crosshair) : undefined;
		this.#series = series;
		this.#view = rasView(series.grid);
		// The window may have been changed while the series was on its way.
		this.#windowStale = this.#window !== window;
		this.#camera = undefined;
		this.#crosshair = undefined;
		this.#slice = Math.floor(this.#view.dims[2] / 2);
		if (place) this.lookAt(place);
		this.#placement = undefined;
		this.#imageStale = true;
		this.repaint();
	}

	/** World position of a voxel position on the slice that is shown. */
	positionAt(x: number, y: number, slice = this.#slice): XyzMm {
		if (!this.#view) throw new Error('got a panel without a series, expected one');
		return ijkToXyz({ dims: this.#view.dims, affine: this.#view.affine }, [x, y, slice]);
	}

	/**
	 * Goes to the slice nearest to a place in the head and puts the crosshair there. Beyond the first or last slice it
	 * stays at that one and draws no crosshair.
	 */
	lookAt(position: XyzMm): void {
		if (!this.#view) return;
		const [x, y, z] = ijkToXyz({ dims: this.#view.dims, affine: invertAffine(this.#view.affine) }, position);
		this.#crosshair = [x, y];
		const slice = Math.min(this.#view.dims[2] - 1, Math.max(0, Math.round(z)));
		if (slice !== this.#slice) this.#imageStale = true;
		this.#slice = slice;
		this.#onSlice = Math.abs(z - slice) <= 0.5 + 1e-6;
		this.repaint();
	}

	/** Voxel position of the crosshair on the slice, or undefined before it was set. */
	get crosshair(): readonly [number, number] | undefined {
		return this.#crosshair;
	}

	/** Looks somewhere else, or at all of the head again. */
	setCamera(camera: Camera | undefined): void {
		this.#camera = camera;
		this.#placement = undefined;
		this.#imageStale = true;
		this.repaint();
	}

	/**
	 * Shows the same part of the head as another panel of the same size, in the same scale; without one, what it
	 * showed before.
	 */
	lookLike(other: Panel | undefined): void {
		if (!other) {
			if (this.#kept) this.setCamera(this.#kept.camera);
			this.#kept = undefined;
			return;
		}
		if (!this.#view || !other.#view) return;
		const [x, y] = other.camera.centreMm.map((mm, axis) => mm / other.#view!.spacingMm[axis]!) as [number, number];
		const middle = other.positionAt(x, y);
		const here = ijkToXyz({ dims: this.#view.dims, affine: invertAffine(this.#view.affine) }, middle);
		this.#kept = { camera: this.#camera };
		this.setCamera({
			centreMm: [here[0] * this.#view.spacingMm[0], here[1] * this.#view.spacingMm[1]],
			zoom: other.camera.zoom * zoomRatio(this.#view, other.#view, other.#width, other.#height),
		});
	}

	/**
	 * Sets the display window. Where colouring the volume is slow (no graphics card), it waits until the window has
	 * been left alone for a moment, so that a drag does not freeze the page.
	 */
	setWindow(window: Window): void {
		this.#window = window;
		clearTimeout(this.#windowTimer);
		const apply = () => {
			this.#windowStale = true;
			this.repaint();
		};
		if (this.#windowCostMs <= SMOOTH_MS) apply();
		else this.#windowTimer = setTimeout(apply, SETTLE_MS);
	}

	setCrosshairShown(shown: boolean): void {
		this.#showsCrosshair = shown;
		this.repaint();
	}

	/** Opacity of the outlines, 0 to 1. */
	setOpacity(opacity: number): void {
		this.#opacity = opacity;
		this.repaint();
	}

	/** Where the slices lie on the panel now. */
	placement(): SlicePlacement | undefined {
		if (this.#view) this.#placement ??= placeSlice(this.#view, this.camera, this.#width, this.#height);
		return this.#placement;
	}

	/** Voxel position under a pointer. */
	voxelUnder(event: { clientX: number; clientY: number }): [number, number] | undefined {
		const box = this.#host.getBoundingClientRect();
		return this.placement()?.toVoxel(event.clientX - box.left, event.clientY - box.top);
	}

	/** Value of the voxel under a voxel position of the slice, or undefined outside the series. */
	valueAt(x: number, y: number): number | undefined {
		const [i, j] = [Math.round(x), Math.round(y)];
		const view = this.#view;
		if (!view || i < 0 || j < 0 || i >= view.dims[0] || j >= view.dims[1]) return undefined;
		return this.#series?.data[view.origin + i * view.strides[0] + j * view.strides[1] + this.#slice * view.strides[2]];
	}

	/** Shows the outline of the brush around a point of the panel, or hides it. */
	setBrushCursor(at: { clientX: number; clientY: number } | undefined, diameterMm = 0): void {
		if (!at && !this.#cursor) return;
		const box = at && this.#host.getBoundingClientRect();
		this.#cursor = at && box && { left: at.clientX - box.left, top: at.clientY - box.top, diameterMm };
		this.repaint();
	}

	/** Shows a line on its slice, or takes it away. */
	setSketch(sketch: Sketch | undefined): void {
		if (!sketch && !this.#sketch) return;
		this.#sketch = sketch;
		this.repaint();
	}

	/** Paints in the next frame. Cheap to call often. */
	repaint(): void {
		if (this.#frame === 0 && !this.#disposed) this.#frame = requestAnimationFrame(() => this.#paint());
	}

	/** Removes the panel and frees its WebGL context. */
	dispose(): void {
		this.#disposed = true;
		cancelAnimationFrame(this.#frame);
		clearTimeout(this.#windowTimer);
		this.#resize.disconnect();
		removeEventListener('resize', this.#onWindow);
		this.#renderer?.dispose();
		this.#image.parentElement?.remove();
		this.surface.remove();
	}

	/** A page that goes to another screen may have other pixels with the same size. */
	readonly #onWindow = () => this.#fit();

	/** Takes the size of the host and paints at once, in the frame that has the size. */
	#fit(): void {
		const { clientWidth: width, clientHeight: height } = this.#host;
		if (width === this.#width && height === this.#height && this.#scale === devicePixelRatio) return;
		this.#scale = devicePixelRatio;
		this.#width = width;
		this.#height = height;
		this.#placement = undefined;
		// Hidden behind a maximised one.
		if (width === 0 || height === 0) return;
		if (this.#renderer) this.#fitRenderer(this.#renderer);
		this.#imageStale = true;
		cancelAnimationFrame(this.#frame);
		this.#paint();
	}

	#fitRenderer(renderer: SliceRenderer): void {
		renderer.resize(Math.round(this.#width * this.#scale), Math.round(this.#height * this.#scale));
	}

	#paint(): void {
		this.#frame = 0;
		const placement = this.placement();
		// Not where the panel is hidden behind a maximised one: it is painted once it has a size again.
		if (!placement || !this.#view || !this.#series || this.#width === 0) return;
		if (this.#windowStale) {
			const start = performance.now();
			this.#renderer?.setWindow(this.#window);
			this.#windowCostMs = performance.now() - start;
		}
		if (this.#imageStale || this.#windowStale) this.#renderer?.draw(this.#view, this.#slice, this.camera);
		this.#windowStale = false;
		this.#imageStale = false;
		const layers = this.#outlines(this.#series, this.#view, this.#slice);
		const crosshair = this.#showsCrosshair && this.#onSlice ? this.#crosshair : undefined;
		const sketch = this.#sketch?.slice === this.#slice ? this.#sketch : undefined;
		const content = { layers, crosshair, sketch, cursor: this.#cursor, opacity: this.#opacity };
		this.#painter.paint(placement, content, this.#width, this.#height);
	}
}

/** Zoom that shows one view in the scale of another at zoom 1, in a panel of the given size. */
function zoomRatio(view: RasView, as: RasView, width: number, height: number): number {
	const whole = { centreMm: [0, 0], zoom: 1 } as const;
	return placeSlice(as, whole, width, height).pxPerMm / placeSlice(view, whole, width, height).pxPerMm;
}
