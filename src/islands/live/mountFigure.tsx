import { createRoot } from 'react-dom/client';
import type { Locale } from '../../i18n/locales.ts';
import { openCaseBridge } from '../../workers/bridge.ts';
import type { FigureSpec, FigureView } from './figure.ts';
import { FigureSession } from './figureSession.ts';
import { LiveFigure } from './LiveFigure.tsx';
import { figureWords } from './words.ts';

/** A figure that is live on a page. */
export interface MountedFigure {
	/** Shows something else of the same case. */
	show(view: FigureView): void;
	/** Takes it off the page and frees images, worker and WebGL contexts. */
	close(): void;
}

/** Makes a figure live: the panels in `body`, what moves them in `bar`, both empty elements of the page. */
export function mountFigure(
	{ body, bar }: { readonly body: HTMLElement; readonly bar: HTMLElement },
	spec: FigureSpec,
	locale: Locale,
): MountedFigure {
	const session = new FigureSession(spec, openCaseBridge());
	const root = createRoot(body);
	root.render(<LiveFigure session={session} bar={bar} t={figureWords(locale)} />);
	void session.open();
	return {
		show: (view) => session.show(view),
		close() {
			root.unmount();
			session.close();
		},
	};
}
