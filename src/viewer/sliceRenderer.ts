import { Niivue, NVImage, SHOW_RENDER, SLICE_TYPE } from '@niivue/niivue';
import type { RasView } from '../grid/rasView.ts';
import type { ViewerSeries, Window } from './series.ts';
import type { Camera } from './slicePlacement.ts';

/**
 * One Niivue instance that shows the axial slices of one series on its native grid.
 * Niivue draws pixels only: it gets no events, no drawing and no crosshair of its own.
 */
export class SliceRenderer {
	readonly #nv: Niivue;
	readonly #canvas: HTMLCanvasElement;
	#image: NVImage | undefined;
	/** The series asked for last: an earlier one that is ready later is not shown. */
	#wanted: ViewerSeries | undefined;
	#disposed = false;

	private constructor(nv: Niivue, canvas: HTMLCanvasElement) {
		this.#nv = nv;
		this.#canvas = canvas;
	}

	/** Makes the instance on a canvas that is in the document. */
	static async create(canvas: HTMLCanvasElement): Promise<SliceRenderer> {
		const nv = new Niivue({
			backColor: [0, 0, 0, 1],
			sliceType: SLICE_TYPE.AXIAL,
			multiplanarShowRender: SHOW_RENDER.NEVER,
			isRadiologicalConvention: true,
			isSliceMM: false,
			isOrientationTextVisible: false,
			isColorbar: false,
			crosshairWidth: 0,
			show3Dcrosshair: false,
			loadingText: '',
			interactive: false,
			dragAndDropEnabled: false,
			isResizeCanvas: false,
			viewModeHotKey: '',
			clipPlaneHotKey: '',
			cycleClipPlaneHotKey: '',
			logLevel: 'error',
		});
		await nv.attachToCanvas(canvas, false);
		skipGradients(nv);
		return new SliceRenderer(nv, canvas);
	}

	/** Takes the size of the panel, in device pixels. Niivue would do it a frame later, and draw once more for it. */
	resize(width: number, height: number): void {
		const { gl } = this.#nv;
		this.#canvas.width = width;
		this.#canvas.height = height;
		gl.viewport(0, 0, width, height);
	}

	/** Shows a series in place of the one before. False where another was asked for meanwhile, or nothing is any more. */
	async show(series: ViewerSeries, window: Window): Promise<boolean> {
		this.#wanted = series;
		const image = await NVImage.loadFromUrl({
			url: series.nifti,
			name: `${series.sequence}.nii`,
			colormap: 'gray',
			cal_min: window.low,
			cal_max: window.high,
		});
		if (this.#disposed || this.#wanted !== series) return false;
		if (this.#image) this.#nv.removeVolume(this.#image);
		this.#image = image;
		this.#nv.addVolume(image);
		this.#freeGradients();
		return true;
	}

	/** Applies a display window. Niivue colours the whole volume again, so this is not for every mouse event. */
	setWindow({ low, high }: Window): void {
		if (!this.#image) return;
		this.#image.cal_min = low;
		this.#image.cal_max = high;
		this.#nv.updateGLVolume();
		this.#freeGradients();
	}

	/** Draws one slice. */
	draw(view: RasView, slice: number, camera: Camera): void {
		const image = this.#image;
		const corner = image?.extentsMinOrtho;
		const end = image?.extentsMaxOrtho;
		if (!corner || !end) return;
		const pan = [0, 1].map((axis) => {
			const middle = (corner[axis]! + end[axis]!) / 2;
			const centre = corner[axis]! + view.spacingMm[axis]! / 2 + camera.centreMm[axis]!;
			return middle - centre * camera.zoom;
		});
		this.#nv.scene.pan2Dxyzmm = [pan[0]!, pan[1]!, 0, camera.zoom];
		this.#nv.scene.crosshairPos = [0.5, 0.5, (slice + 0.5) / view.dims[2]];
		this.#nv.drawScene();
	}

	#freeGradients(): void {
		this.#nv.gl.deleteTexture(this.#nv.gradientTexture);
		this.#nv.gradientTexture = null;
	}

	/** Frees listeners and the WebGL context. */
	dispose(): void {
		if (this.#disposed) return;
		this.#disposed = true;
		this.#nv.cleanup();
		this.#canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
	}
}

/**
 * Niivue computes a gradient volume for 3-D rendering after every change of a series or window: two thirds of the
 * time on a machine without a graphics card. Nothing here is rendered in 3-D, so its shaders are replaced by one
 * that draws nothing.
 */
function skipGradients(nv: Niivue): void {
	const gl = nv.gl;
	const program = gl.createProgram();
	const compile = (type: number, source: string) => {
		const shader = gl.createShader(type);
		if (!shader) throw new Error('got no shader, expected one: is the WebGL context lost?');
		gl.shaderSource(shader, source);
		gl.compileShader(shader);
		gl.attachShader(program, shader);
	};
	compile(gl.VERTEX_SHADER, '#version 300 es\nvoid main() { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); }');
	compile(
		gl.FRAGMENT_SHADER,
		'#version 300 es\nprecision mediump float;\nout vec4 colour;\nvoid main() { colour = vec4(0.0); }',
	);
	gl.linkProgram(program);
	const nothing = { program, uniforms: {}, isMatcap: false, use: () => gl.useProgram(program) };
	Object.assign(nv, { blurShader: nothing, sobelFirstOrderShader: nothing, sobelSecondOrderShader: nothing });
}
