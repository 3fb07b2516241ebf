import type { Pixels } from './dicomPixels.ts';

/** Segments on layers, or why not. */
export type SegmentPlaces =
	| {
			readonly layers: readonly Uint8Array[];
			/** Of the segments asked for in their order, then of `undeclared`. */
			readonly places: readonly { readonly layer: number; readonly value: number }[];
			/** Numbers that have voxels but were not asked for, rising. */
			readonly undeclared: readonly number[];
	  }
	| { readonly fault: 'tooLarge' | 'fractional' | 'damaged' | 'noSegmentNumber' };

/** How much the layers may take. */
export interface LayerLimits {
	/** Of one layer. */
	readonly voxels: number;
	/** Of all layers. */
	readonly maxBytes: number;
}

const MAX_LAYERS = 64;
const MAX_VALUE = 255;

/**
 * Puts segments that have frames of their own on as few layers as taking them one after another gives: each goes on the
 * first layer where it meets nothing, with the next value there. `slices` gives the slice of each frame, `owner` its
 * segment; a pixel is inside where it has the value `maximum`, outside where it is 0, and nothing else may be.
 */
export function layersOfFrames(
	pixels: Pixels,
	slices: readonly number[],
	numbers: readonly number[],
	owner: (frame: number) => number,
	maximum: number,
	limits: LayerLimits,
): SegmentPlaces {
	const size = pixels.rows * pixels.columns;
	const framesOf = new Map<number, number[]>();
	for (let n = 0; n < pixels.frames; n++) {
		const number = owner(n);
		if (!Number.isFinite(number)) return { fault: 'noSegmentNumber' };
		const frames = framesOf.get(number) ?? [];
		framesOf.set(number, frames);
		frames.push(n);
		const pixelsOfFrame = pixels.frame(n);
		if (!pixelsOfFrame) return { fault: 'damaged' };
		if (pixels.bitsAllocated > 1)
			for (let p = 0; p < size; p++)
				if (pixelsOfFrame[p] !== 0 && pixelsOfFrame[p] !== maximum) return { fault: 'fractional' };
	}
	const known = new Set(numbers);
	const undeclared = [...framesOf.keys()].filter((number) => !known.has(number)).sort((a, b) => a - b);
	const layers: Uint8Array[] = [];
	const used: number[] = [];
	const places: { layer: number; value: number }[] = [];
	for (const number of [...numbers, ...undeclared]) {
		const frames = framesOf.get(number) ?? [];
		let layer = layers.findIndex((labels, n) => used[n]! < MAX_VALUE && !frames.some((frame) => meets(labels, frame)));
		if (layer < 0) {
			if (layers.length === MAX_LAYERS || (layers.length + 1) * limits.voxels > limits.maxBytes)
				return { fault: 'tooLarge' };
			layer = layers.push(new Uint8Array(limits.voxels)) - 1;
			used.push(0);
		}
		const value = ++used[layer]!;
		for (const frame of frames) paint(layers[layer]!, frame, value);
		places.push({ layer, value });
	}
	return { layers, places, undeclared };

	function meets(labels: Uint8Array, frame: number): boolean {
		const [from, start] = [pixels.frame(frame)!, slices[frame]! * size];
		for (let p = 0; p < size; p++) if (from[p] !== 0 && labels[start + p] !== 0) return true;
		return false;
	}

	function paint(labels: Uint8Array, frame: number, value: number): void {
		const [from, start] = [pixels.frame(frame)!, slices[frame]! * size];
		for (let p = 0; p < size; p++) if (from[p] !== 0) labels[start + p] = value;
	}
}

/**
 * Puts the segments of a label map on layers, up to 255 on each: frames hold segment numbers, those of `background` mean
 * outside.
 */
export function layersOfLabels(
	pixels: Pixels,
	slices: readonly number[],
	numbers: readonly number[],
	background: readonly number[],
	limits: LayerLimits,
): SegmentPlaces {
	const size = pixels.rows * pixels.columns;
	const outside = new Uint8Array(65_536);
	for (const number of background) outside[number] = 1;
	const met = new Uint8Array(65_536);
	for (let n = 0; n < pixels.frames; n++) {
		const from = pixels.frame(n);
		if (!from) return { fault: 'damaged' };
		for (let p = 0; p < size; p++) met[from[p]!] = 1;
	}
	const known = new Set(numbers);
	const undeclared: number[] = [];
	for (let number = 0; number < met.length; number++)
		if (met[number] === 1 && outside[number] === 0 && !known.has(number)) undeclared.push(number);
	const all = [...numbers, ...undeclared];
	const places = all.map((_, n) => ({ layer: Math.floor(n / MAX_VALUE), value: (n % MAX_VALUE) + 1 }));
	const count = Math.max(1, Math.ceil(all.length / MAX_VALUE));
	if (count > MAX_LAYERS || count * limits.voxels > limits.maxBytes) return { fault: 'tooLarge' };
	const layers = Array.from({ length: count }, () => new Uint8Array(limits.voxels));
	const placeOf = new Map(all.map((number, n) => [number, places[n]!]));
	for (let n = 0; n < pixels.frames; n++) {
		const from = pixels.frame(n)!;
		const start = slices[n]! * size;
		for (let p = 0; p < size; p++) {
			const place = from[p] === 0 ? undefined : placeOf.get(from[p]!);
			if (place) layers[place.layer]![start + p] = place.value;
		}
	}
	return { layers, places, undeclared };
}
