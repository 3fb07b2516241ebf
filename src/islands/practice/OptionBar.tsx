import { formatNumber, formatPercent, formatQuantity } from '../../i18n/format.ts';
import { useRead, useRoom } from './context.ts';
import { Icon } from './Icon.tsx';
import { ZOOM } from './images.ts';
import { PanelOptions } from './panels/PanelOptions.tsx';
import { Slider } from './Slider.tsx';
import { BRUSH_MM } from './session.ts';
import {
	Choice,
	Extent,
	GrowOptions,
	RangeOptions,
	ShapeOptions,
	SliceOptions,
	ThresholdOptions,
	Told,
} from './ToolOptions.tsx';

/** Settings of the chosen tool. */
export function OptionBar() {
	const { session, t } = useRoom();
	const { tool, diameterMm, opacity, lassoErases, tells, linked } = useRead(({ state }) => ({
		tool: state.tool,
		diameterMm: state.diameterMm,
		opacity: state.opacity,
		lassoErases: state.lassoErases,
		tells: state.told !== undefined,
		linked: [...state.series.values()].filter(({ kind }) => kind === 'shown').length,
	}));
	return (
		<section className="opt bar" aria-label={t(`tool.${tool}`)}>
			<b>{t(`tool.${tool}`)}</b>
			{(tool === 'brush' || tool === 'eraser') && (
				<>
					<Slider
						label={t('option.diameter')}
						spoken={t('option.diameterLabel')}
						min={BRUSH_MM.min}
						max={BRUSH_MM.max}
						step={0.5}
						value={diameterMm}
						figure={formatQuantity(diameterMm, 'mm')}
						onChange={(mm) => session.setDiameter(mm)}
					/>
					<Extent />
					{tool === 'brush' && <RangeOptions />}
				</>
			)}
			{tool === 'lasso' && (
				<>
					<Choice
						label={t('option.lassoDoes')}
						value={lassoErases}
						ways={[
							[false, t('option.lassoDraws')],
							[true, t('option.lassoErases')],
						]}
						onChoose={(lassoErases) => session.setOptions({ lassoErases })}
					/>
					<RangeOptions />
				</>
			)}
			{tool === 'fill' && (tells ? <Told /> : <span>{t('option.fillHint')}</span>)}
			{tool === 'grow' && <GrowOptions />}
			{tool === 'threshold' && (
				<>
					<ThresholdOptions />
					<Told />
				</>
			)}
			{tool === 'slices' && <SliceOptions />}
			{tool === 'shape' && <ShapeOptions />}
			{tool === 'ruler' && <span>{t('option.rulerHint')}</span>}
			{tool === 'window' && <WindowOptions />}
			{tool === 'pan' && <ViewOptions />}
			{tool === 'crosshair' && <span>{t('option.crosshair')}</span>}
			<span className="sp" />
			<Slider
				className="hide-m"
				label={t('option.opacity')}
				spoken={t('option.opacityLabel')}
				min={0}
				max={1}
				step={0.05}
				value={opacity}
				figure={formatPercent(opacity)}
				onChange={(share) => session.setOpacity(share)}
			/>
			<PanelOptions />
			<span className="linked">
				{t('option.linked', { count: linked })}
				<Icon name="link" small />
			</span>
		</section>
	);
}

/** Window of the panel in front; the sliders do what a drag does, for keyboard and touch. */
function WindowOptions() {
	const { session, t } = useRoom();
	const { front, sequence, window } = useRead((session) => {
		const { front } = session.state;
		const sequence = front && session.sequenceOf(front);
		return { front, sequence, window: sequence && session.windows.get(sequence) };
	});
	const range = sequence && session.windows.range(sequence);
	if (!front || !window || !range) return null;
	const width = window.high - window.low;
	const level = (window.low + window.high) / 2;
	const span = range.high - range.low;
	const set = (to: { width: number; level: number }) =>
		session.images.setWindow(front, { low: to.level - to.width / 2, high: to.level + to.width / 2 });
	const figure = (value: number) => formatNumber(value, span < 20 ? 2 : 0);
	return (
		<>
			<Slider
				label={t('option.windowWidth')}
				min={0}
				max={span}
				step={span / 200}
				value={width}
				figure={figure(width)}
				onChange={(to) => set({ width: to, level })}
			/>
			<Slider
				label={t('option.windowLevel')}
				min={range.low}
				max={range.high}
				step={span / 200}
				value={level}
				figure={figure(level)}
				onChange={(to) => set({ width, level: to })}
			/>
			<button type="button" className="btn s" onClick={() => session.images.setWindow(front)}>
				{t('option.resetWindow')}
			</button>
		</>
	);
}

/** How close the panel in front looks. */
function ViewOptions() {
	const { session, t } = useRoom();
	const { front, zoom } = useRead(({ state: { front }, viewer }) => ({
		front,
		zoom: front && viewer.panel(front)?.camera.zoom,
	}));
	if (!front || !zoom) return null;
	return (
		<>
			<Slider
				label={t('option.zoom')}
				min={ZOOM.min}
				max={ZOOM.max}
				step={0.1}
				value={zoom}
				figure={formatPercent(zoom)}
				onChange={(to) => session.images.zoomTo(front, to)}
			/>
			<span className="hide-m">{t('option.pan')}</span>
			<button type="button" className="btn s" onClick={() => session.images.resetView(front)}>
				{t('option.resetView')}
			</button>
		</>
	);
}
