import { useEffect, useRef } from 'react';
import { formatNumber, formatQuantity } from '../../i18n/format.ts';
import type { Sequence } from '../../protocol/protocol.ts';
import { TARGET_SEQUENCE } from '../../protocol/target.ts';
import { IssueList } from '../IssueList.tsx';
import { useRead, useRoom } from './context.ts';
import { Icon } from './Icon.tsx';
import { panelsOnScreen } from './panels/arrangement.ts';
import { bindPointer } from './pointer.ts';
import type { PracticeSession } from './session.ts';

/** One panel with its corner labels. The images inside belong to the viewer, not to React. */
export function PanelFrame({ name }: { name: Sequence }) {
	const { session, t } = useRoom();
	const { panel, view, slice, sequence, series, front, place, maximised, window, region, reporting, hasAdc } = useRead(
		(session) => readPanel(session, name),
	);
	const host = useRef<HTMLElement>(null);
	const value = useRef<HTMLSpanElement>(null);
	useEffect(() => {
		if (!host.current) return;
		const unmount = session.images.mount(name, host.current);
		return unmount;
	}, [session, name]);

	// Bound anew whenever the viewer built the panel anew, which a lost WebGL context makes it do.
	useEffect(() => {
		if (!panel) return;
		return bindPointer(session, name, panel, (intensity) => {
			if (!value.current) return;
			value.current.textContent =
				intensity === undefined
					? ''
					: t('panel.value', { value: formatNumber(intensity, Number.isInteger(intensity) ? 0 : 2) });
		});
	}, [session, name, panel, t]);

	const issues = series?.kind === 'shown' ? series.warnings : [];
	const unoriented = issues.some(({ code }) => code === 'nifti.noOrientation');
	const slices = view?.dims[2] ?? 0;
	return (
		<figure
			ref={host}
			className={`pl${front ? ' big act' : ''}`}
			hidden={place < 0}
			style={{ order: place }}
			data-panel={name}
			data-slice={slice}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: the panel takes keys: Enter brings it forward
			tabIndex={0}
			aria-label={t('panel.label', { sequence: t(`sequence.${sequence}`), slice, slices })}
			onKeyDown={(event) => {
				if (event.key === 'Enter' && event.target === event.currentTarget) session.bringForward(name);
			}}
		>
			<span className="k tl">
				<b>{t(`sequence.${sequence}`)}</b>{' '}
				{front && view && (
					<i>
						{t('panel.axial', { spacing: formatQuantity(view.spacingMm[2], 'mm') })}
						{view.tiltDeg >= 1 && ` ${t('panel.tilt', { tilt: formatNumber(view.tiltDeg, 0) })}`}
					</i>
				)}
				{front && region && !reporting && (
					<span className={`rg ${region.toLowerCase()}`}>
						<i className="sw" />
						{t('panel.drawHere', { region: t(`region.${region}`) })}
					</span>
				)}
				{unoriented && <span className="attn">{t('panel.unoriented')}</span>}
			</span>
			{slices > 0 && (
				<span className="k tr">
					<b>{slice}</b> {front && <i>/ {slices}</i>}
				</span>
			)}
			{front && window && (
				<span className="k bl">
					{t('panel.window', {
						width: figure(window.high - window.low),
						level: figure((window.low + window.high) / 2),
					})}
					<br />
					<span ref={value} />
				</span>
			)}
			{view && (
				<>
					<span className="k ml">{unoriented ? '?' : t('panel.right')}</span>
					<span className="k mrr">{unoriented ? '?' : t('panel.left')}</span>
				</>
			)}
			<span className="panel-actions">
				{name === 'DWI' && hasAdc && (
					<button type="button" className="btn s" onClick={() => session.images.toggleAdc()}>
						{t('panel.switchTo', { sequence: t(`sequence.${sequence === 'ADC' ? 'DWI' : 'ADC'}`) })}
					</button>
				)}
				<button
					type="button"
					className="ib s"
					aria-pressed={maximised}
					aria-label={maximised ? t('panel.restore') : t('panel.maximise', { sequence: t(`sequence.${sequence}`) })}
					title={maximised ? t('panel.restore') : t('panel.maximise', { sequence: t(`sequence.${sequence}`) })}
					onClick={() => session.panels.toggleMaximised(name)}
				>
					<Icon name="grid" small />
				</button>
			</span>
			{series?.kind === 'failed' && (
				<div className="panel-failed" role="alert">
					<b>{t('panel.failed', { sequence: t(`sequence.${sequence}`) })}</b>
					<IssueList issues={series.issues} t={t} />
					<p>{t('panel.failedRest')}</p>
					<button type="button" className="btn s" onClick={() => void session.retrySeries(sequence)}>
						{t('panel.retry')}
					</button>
				</div>
			)}
		</figure>
	);
}

function readPanel(session: PracticeSession, name: Sequence) {
	const { state, viewer, windows } = session;
	const panel = viewer.panel(name);
	const sequence = session.sequenceOf(name);
	const front = state.front === name;
	return {
		panel,
		view: panel?.view,
		/** From 1; 0 where nothing is shown. */
		slice: panel?.view ? panel.slice + 1 : 0,
		sequence,
		series: state.series.get(sequence),
		front,
		place: panelsOnScreen(state).indexOf(name),
		maximised: front && state.layout === 'one',
		window: windows.get(sequence),
		region: state.region && TARGET_SEQUENCE[state.region] === sequence ? state.region : undefined,
		reporting: state.report !== undefined,
		hasAdc: state.series.has('ADC'),
	};
}

/** Windows of standardised images are small numbers: they need decimals. */
function figure(value: number): string {
	return formatNumber(value, Math.abs(value) < 20 ? 2 : 0);
}
