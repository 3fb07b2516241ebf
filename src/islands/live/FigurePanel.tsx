import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Sequence } from '../../protocol/protocol.ts';
import { bindFigurePointer } from './bindFigurePointer.ts';
import { FigureIssues } from './FigureIssues.tsx';
import type { FigureSession } from './figureSession.ts';
import type { FigureState } from './state.ts';
import type { FigureWords } from './words.ts';

/** Slices that a page key turns. */
const PAGE = 5;

/** One panel of a live figure. The image inside belongs to the viewer, not to React. */
export function FigurePanel(props: {
	panel: number;
	sequence: Sequence;
	session: FigureSession;
	state: FigureState;
	t: FigureWords;
}) {
	const { panel: index, sequence, session, state, t } = props;
	const host = useRef<HTMLElement>(null);
	useEffect(() => {
		const element = host.current;
		if (!element) return;
		// Whoever opened the figure goes on with the keys where it opened.
		if (index === 0 && document.activeElement?.contains(element) && document.activeElement !== document.body)
			element.focus({ preventScroll: true });
		return session.mount(index, element);
	}, [session, index]);
	const panel = session.viewer.panel(String(index));
	// Bound anew whenever the viewer built the panel anew, which a lost WebGL context makes it do.
	useEffect(() => (panel ? bindFigurePointer(session, index, panel) : undefined), [session, index, panel]);

	const name = t(`sequence.${sequence}`);
	const stand = state.series.get(sequence);
	const isShown = panel?.series?.sequence === sequence;
	const slices = (isShown && panel?.view?.dims[2]) || 0;
	const slice = (panel?.slice ?? 0) + 1;
	const press = (event: KeyboardEvent) => {
		const now = panel?.slice ?? 0;
		const to: Readonly<Record<string, number>> = {
			ArrowUp: now + 1,
			ArrowDown: now - 1,
			PageUp: now + PAGE,
			PageDown: now - PAGE,
			Home: 0,
			End: slices - 1,
		};
		const next = to[event.key];
		if (next === undefined || slices === 0) return;
		event.preventDefault();
		session.goToSlice(index, next);
	};
	return (
		<figure
			ref={host}
			className="pl"
			data-panel={sequence}
			data-slice={slices > 0 ? slice : 0}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: the panel takes keys: up and down turn its slices
			tabIndex={0}
			aria-label={
				slices > 0 ? t('figure.panel', { sequence: name, slice, slices }) : t('figure.panelWaiting', { sequence: name })
			}
			onKeyDown={press}
		>
			<span className="k tl">
				<b>{name}</b>
			</span>
			{slices > 0 && (
				<>
					<span className="k tr">{t('figure.sliceOf', { slice, slices })}</span>
					<span className="k ml">{t('figure.right')}</span>
					<span className="k mrr">{t('figure.left')}</span>
				</>
			)}
			{slices === 0 && !Array.isArray(stand) && (
				<p className="told" role="status">
					{t('figure.reading', { sequence: name })}
				</p>
			)}
			{stand && typeof stand !== 'string' && (
				<div className="told" role="alert">
					<b>{t('figure.seriesFailed', { sequence: name })}</b>
					<FigureIssues issues={stand} t={t} />
					<button type="button" className="btn s" onClick={() => void session.load(sequence)}>
						{t('figure.retry')}
					</button>
				</div>
			)}
		</figure>
	);
}
