import type { CSSProperties } from 'react';
import { formatPercent, formatQuantity } from '../../i18n/format.ts';
import { useRoom } from './context.ts';
import { Icon } from './Icon.tsx';
import { BRUSH_MM } from './session.ts';

/** Settings of the chosen tool, and of what is compared once there is a score. */
export function OptionBar() {
	const { session, state, t } = useRoom();
	const { tool, diameterMm, opacity, front } = state;
	const share = (value: number, min: number, max: number) =>
		({ '--v': `${((value - min) / (max - min)) * 100}%` }) as CSSProperties;
	return (
		<div className="opt bar">
			<b>{t(`tool.${tool}`)}</b>
			{(tool === 'brush' || tool === 'eraser') && (
				<>
					<label>
						{t('option.diameter')}
						<input
							type="range"
							min={BRUSH_MM.min}
							max={BRUSH_MM.max}
							step={0.5}
							value={diameterMm}
							style={share(diameterMm, BRUSH_MM.min, BRUSH_MM.max)}
							aria-label={t('option.diameterLabel')}
							onChange={(event) => session.setDiameter(event.target.valueAsNumber)}
						/>
						<b className="figure">{formatQuantity(diameterMm, 'mm')}</b>
					</label>
					<span className="hide-m">{t('option.inPlane')}</span>
				</>
			)}
			{tool === 'window' && (
				<>
					<span>{t('option.window')}</span>
					<button type="button" className="btn s" onClick={() => front && session.resetWindow(front)}>
						{t('option.resetWindow')}
					</button>
				</>
			)}
			{tool === 'pan' && (
				<>
					<span>{t('option.pan')}</span>
					<button type="button" className="btn s" onClick={() => front && session.resetView(front)}>
						{t('option.resetView')}
					</button>
				</>
			)}
			{tool === 'crosshair' && <span>{t('option.crosshair')}</span>}
			<span className="sp" />
			<label className="hide-m">
				{t('option.opacity')}
				<input
					type="range"
					min={0}
					max={1}
					step={0.05}
					value={opacity}
					style={share(opacity, 0, 1)}
					aria-label={t('option.opacityLabel')}
					onChange={(event) => session.setOpacity(event.target.valueAsNumber)}
				/>
				<b className="figure">{formatPercent(opacity)}</b>
			</label>
			<span className="linked">
				{t('option.linked', { count: [...state.series.values()].filter(({ kind }) => kind === 'shown').length })}
				<Icon name="link" small />
			</span>
		</div>
	);
}
