import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { valueAt } from '../../formats/intensityQuantiles.ts';
import type { Grid } from '../../grid/grid.ts';
import { type RasView, rasView } from '../../grid/rasView.ts';
import { traceOutlines } from '../../mask/contour.ts';
import { readSlice } from '../../mask/slicePlane.ts';
import type { LoadedSeries } from '../../workers/tasks.ts';
import type { Words } from './words.ts';

/** What is outlined on a plate. */
interface PlateLayer {
	/** Its class: a region's, or `other`. */
	readonly look: string;
	readonly grid: Grid;
	readonly data: Uint8Array;
}

interface Props {
	readonly words: Words;
	readonly series: LoadedSeries;
	/** Axial slice of the series' view, from 0. */
	readonly slice: number;
	readonly layers?: readonly PlateLayer[];
	/** Marked places on this slice: view positions. */
	readonly marks?: readonly { readonly x: number; readonly y: number }[];
	/** Without it the plate shows one slice. */
	readonly onSlice?: ((slice: number) => void) | undefined;
	/** In the corner, beside the name of the sequence. */
	readonly note?: ReactNode;
}

/** Window of a plate, in per cent of the intensities without background. */
const WINDOW = { low: 1, high: 99.7 } as const;
const RING_MM = 5;

/** One axial slice as a reader sees it, the patient's right on the left, with outlines and marks over it. */
export function SlicePlate({ words: { t }, series, slice, layers = [], marks = [], onSlice, note }: Props) {
	const canvas = useRef<HTMLCanvasElement>(null);
	const view = useMemo(() => rasView(series.grid), [series.grid]);
	const { x, y } = series.content;
	const [sx, sy] = view.spacingMm;
	const [width, height] = [(x[1] - x[0] + 1) * sx, (y[1] - y[0] + 1) * sy];
	useEffect(() => {
		if (canvas.current) paint(canvas.current, series, view, slice);
	}, [series, view, slice]);
	/** From a view position to the plate, mm from its upper left corner. */
	const left = (at: number) => (x[1] + 0.5 - at) * sx;
	const top = (at: number) => (y[1] + 0.5 - at) * sy;
	const name = t(`sequence.${series.sequence}`);
	const slices = view.dims[2];
	return (
		<figure className="plate-box" data-sequence={series.sequence} data-slice={slice}>
			<div className="plate" style={{ aspectRatio: `${width} / ${height}` }}>
				<canvas ref={canvas} role="img" aria-label={t('plate.label', { sequence: name, slice: slice + 1, slices })} />
				<svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
					{layers.map((layer) => (
						<Outlines key={layer.look} {...{ layer, view, slice, left, top }} />
					))}
					{marks.map((mark) => (
						<g key={`${mark.x} ${mark.y}`} className="mark" transform={`translate(${left(mark.x)} ${top(mark.y)})`}>
							<circle className="hal" r={RING_MM} />
							<circle className="ring" r={RING_MM} />
						</g>
					))}
				</svg>
				<span className="k tl">
					{name} {note}
				</span>
				<span className="k tr">
					{slice + 1} / {slices}
				</span>
				<span className="k l" title={t('plate.right')}>
					{t('plate.r')}
				</span>
				<span className="k r" title={t('plate.left')}>
					{t('plate.l')}
				</span>
			</div>
			{onSlice && <SliceSlider t={t} slice={slice} slices={slices} name={name} onSlice={onSlice} />}
		</figure>
	);
}

interface SliderProps {
	readonly t: Words['t'];
	readonly slice: number;
	readonly slices: number;
	readonly name: string;
	readonly onSlice: (slice: number) => void;
}

/** Pages through the slices: a slider, a button on either side. */
function SliceSlider({ t, slice, slices, name, onSlice }: SliderProps) {
	const go = (to: number) => onSlice(Math.min(slices - 1, Math.max(0, to)));
	return (
		<figcaption className="slices">
			<button type="button" className="btn" data-step="-1" disabled={slice === 0} onClick={() => go(slice - 1)}>
				{t('plate.down')}
			</button>
			<input
				type="range"
				min={0}
				max={slices - 1}
				value={slice}
				aria-label={t('plate.slices')}
				aria-valuetext={t('plate.label', { sequence: name, slice: slice + 1, slices })}
				onChange={(event) => go(Number(event.target.value))}
				style={{ '--v': `${(100 * slice) / Math.max(1, slices - 1)}%` } as React.CSSProperties}
			/>
			<button type="button" className="btn" data-step="1" disabled={slice === slices - 1} onClick={() => go(slice + 1)}>
				{t('plate.up')}
			</button>
		</figcaption>
	);
}

interface OutlinesProps {
	readonly layer: PlateLayer;
	readonly view: RasView;
	readonly slice: number;
	left(x: number): number;
	top(y: number): number;
}

function Outlines({ layer, view, slice, left, top }: OutlinesProps) {
	const outlines = useMemo(
		() => traceOutlines(readSlice(layer.data, rasView(layer.grid), view, slice)),
		[layer, view, slice],
	);
	const d = outlines
		.map((points) => {
			const pairs = Array.from({ length: points.length / 2 }, (_, n) => {
				const [px, py] = [left(points[2 * n]!), top(points[2 * n + 1]!)];
				return `${px.toFixed(2)} ${py.toFixed(2)}`;
			});
			return `M${pairs.join('L')}Z`;
		})
		.join('');
	if (d === '') return null;
	return (
		<g className={layer.look} data-layer={layer.look}>
			<path className="hal" d={d} />
			<path className="ct" d={d} />
		</g>
	);
}

function paint(canvas: HTMLCanvasElement, series: LoadedSeries, view: RasView, slice: number): void {
	const { x, y } = series.content;
	const [width, height] = [x[1] - x[0] + 1, y[1] - y[0] + 1];
	canvas.width = width;
	canvas.height = height;
	const context = canvas.getContext('2d');
	if (!context) return;
	const image = context.createImageData(width, height);
	const low = valueAt(series.quantiles, WINDOW.low);
	const scale = 255 / Math.max(1e-6, valueAt(series.quantiles, WINDOW.high) - low);
	const [stepX, stepY, stepZ] = view.strides;
	for (let row = 0, at = 0; row < height; row++) {
		let element = view.origin + x[1] * stepX + (y[1] - row) * stepY + slice * stepZ;
		for (let column = 0; column < width; column++, element -= stepX, at += 4) {
			const grey = (series.data[element]! - low) * scale;
			image.data[at] = grey;
			image.data[at + 1] = grey;
			image.data[at + 2] = grey;
			image.data[at + 3] = 255;
		}
	}
	context.putImageData(image, 0, 0);
}
