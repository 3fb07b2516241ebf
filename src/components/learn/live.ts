import type { Locale } from '../../i18n/locales.ts';
import type { FigureSpec, FigureView } from '../../islands/live/figure.ts';
import type { MountedFigure } from '../../islands/live/mountFigure.tsx';

/** Figures that are live at once: browsers take WebGL contexts back from pages that have many. */
const MOST_LIVE = 2;

/** A plate of the page, which is a still until somebody touches it. */
class Plate {
	readonly #element: HTMLElement;
	#spec: FigureSpec;
	#mounted: MountedFigure | undefined;
	#opening = false;

	constructor(element: HTMLElement) {
		this.#element = element;
		this.#spec = JSON.parse(element.dataset.live ?? '') as FigureSpec;
		this.#start.hidden = false;
		this.#start.addEventListener('click', () => void this.open());
		this.#part('.still').addEventListener('click', () => void this.open());
		element.classList.add('ready');
	}

	/** Shows something else of its case: now where it is live, else once it is opened. */
	show(view: FigureView): void {
		this.#spec = { ...this.#spec, ...view, window: view.window };
		this.#mounted?.show(view);
	}

	/** Loads the viewer and puts it in the place of the still; only here is any of it loaded. */
	async open(): Promise<void> {
		if (this.#mounted || this.#opening) return;
		this.#opening = true;
		const { starting, failed } = this.#start.dataset;
		const told = this.#part('[data-live-told]');
		told.textContent = starting ?? '';
		try {
			const { mountFigure } = await import('../../islands/live/mountFigure.tsx');
			// Before this one takes its contexts.
			for (const plate of live.splice(0, live.length - MOST_LIVE + 1)) plate.close();
			live.push(this);
			this.#setLive(true);
			const [body, bar] = [this.#part('[data-live-body]'), this.#part('[data-live-controls]')];
			this.#mounted = mountFigure({ body, bar }, this.#spec, this.#element.dataset.locale as Locale);
			told.textContent = '';
			this.#element.focus({ preventScroll: true });
			far.observe(this.#element);
		} catch {
			told.textContent = failed ?? '';
		} finally {
			this.#opening = false;
		}
	}

	/** Back to the still. */
	close(): void {
		const at = live.indexOf(this);
		if (at >= 0) live.splice(at, 1);
		far.unobserve(this.#element);
		this.#mounted?.close();
		this.#mounted = undefined;
		this.#setLive(false);
	}

	#setLive(isLive: boolean): void {
		this.#element.classList.toggle('live', isLive);
		this.#start.hidden = isLive;
		this.#part('[data-live-body]').hidden = !isLive;
		this.#part('[data-live-controls]').hidden = !isLive;
	}

	get #start(): HTMLButtonElement {
		return this.#part('[data-live-start]') as HTMLButtonElement;
	}

	#part(selector: string): HTMLElement {
		const part = this.#element.querySelector<HTMLElement>(selector);
		if (!part) throw new Error(`got no ${selector} in the plate, expected one`);
		return part;
	}
}

/** Those that are live, the one opened first in front. */
const live: Plate[] = [];

/** Closes what was scrolled more than a screen and a half away. */
const far = new IntersectionObserver(
	(entries) => {
		for (const { target, isIntersecting } of entries) if (!isIntersecting) plates.get(target)?.close();
	},
	{ rootMargin: '150% 0px' },
);

const plates = new Map<Element, Plate>();
for (const element of document.querySelectorAll<HTMLElement>('[data-live]')) plates.set(element, new Plate(element));

/** The plate of an element that has one. */
export function plateOf(element: Element): Plate | undefined {
	return plates.get(element);
}
