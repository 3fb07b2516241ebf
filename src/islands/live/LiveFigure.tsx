import { useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { FigureBar } from './FigureBar.tsx';
import { FigurePanel } from './FigurePanel.tsx';
import type { FigureSession } from './figureSession.ts';
import type { FigureWords } from './words.ts';

/** The panels of a live figure, and in the bar below what moves them. */
export function LiveFigure({ session, bar, t }: { session: FigureSession; bar: HTMLElement; t: FigureWords }) {
	const state = useSyncExternalStore(session.subscribe, () => session.state);
	const { failure, panels } = state;
	if (failure) {
		const key = failure === 'unknownCase' || failure === 'unreachable' ? failure : 'damaged';
		return (
			<div className="told" role="alert">
				<b>{t(`figure.${key}`)}</b>
				<p>{t(`figure.${key}Help`)}</p>
				<button type="button" className="btn s" onClick={() => void session.open()}>
					{t('figure.retry')}
				</button>
			</div>
		);
	}
	return (
		<>
			<div className={`panels n${panels.length}`}>
				{panels.map((sequence, panel) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: a panel is its place: it changes its sequence and keeps its canvas
					<FigurePanel key={panel} panel={panel} sequence={sequence} session={session} state={state} t={t} />
				))}
			</div>
			{createPortal(<FigureBar session={session} state={state} t={t} />, bar)}
		</>
	);
}
