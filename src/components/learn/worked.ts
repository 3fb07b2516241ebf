import type { FigureView } from '../../islands/live/figure.ts';
import { plateOf } from './live.ts';

/** A worked case on its page: one step at a time, and the plate above shows what the step is about. */
class Worked {
	readonly #root: HTMLElement;
	readonly #steps: readonly HTMLElement[];
	readonly #plate: HTMLElement;
	readonly #seen = new Set<number>();
	#step = 0;
	#isKept = false;

	constructor(root: HTMLElement) {
		this.#root = root;
		this.#steps = [...root.querySelectorAll<HTMLElement>('[data-step]')];
		this.#plate = part(root, '[data-live]');
		part(root, '[data-previous]').addEventListener('click', () => this.#go(this.#step - 1));
		part(root, '[data-next]').addEventListener('click', () => this.#go(this.#step + 1));
		for (const link of root.querySelectorAll<HTMLElement>('[data-to-step]'))
			link.addEventListener('click', (event) => {
				event.preventDefault();
				this.#go(Number(link.dataset.toStep) - 1);
			});
		document.addEventListener('keydown', (event) => this.#press(event));
		const asked = /^#step-(\d+)$/.exec(location.hash)?.[1] ?? new URLSearchParams(location.search).get('step');
		this.#show(this.#within(Number(asked) - 1 || 0));
	}

	#press(event: KeyboardEvent): void {
		if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
		// There the keys have a meaning of their own.
		if (event.target instanceof Element && event.target.closest('input, select, textarea, dialog')) return;
		const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
		if (by === undefined) return;
		event.preventDefault();
		this.#go(this.#step + by);
	}

	#within(step: number): number {
		return Math.min(this.#steps.length - 1, Math.max(0, Math.trunc(step)));
	}

	#go(to: number): void {
		const step = this.#within(to);
		if (step === this.#step) return;
		this.#show(step);
		const url = new URL(location.href);
		url.searchParams.set('step', String(step + 1));
		url.hash = '';
		history.replaceState(history.state, '', url);
		if (this.#plate.getBoundingClientRect().top < 0) this.#plate.scrollIntoView({ block: 'start' });
	}

	#show(step: number): void {
		this.#step = step;
		for (const [n, section] of this.#steps.entries()) section.classList.toggle('now', n === step);
		for (const link of this.#root.querySelectorAll<HTMLElement>('[data-to-step]')) {
			if (Number(link.dataset.toStep) === step + 1) link.setAttribute('aria-current', 'step');
			else link.removeAttribute('aria-current');
		}
		const section = this.#steps[step];
		if (!section) return;
		part(this.#plate, '.still').replaceChildren(
			...[...part(section, '[data-still]').children].map((child) => child.cloneNode(true)),
		);
		plateOf(this.#plate)?.show(JSON.parse(section.dataset.view ?? '') as FigureView);
		part(this.#root, '[data-where]').textContent = section.dataset.place ?? '';
		this.#disable('[data-previous]', step === 0);
		const isLast = step === this.#steps.length - 1;
		this.#disable('[data-next]', isLast);
		this.#root.classList.toggle('last', isLast);
		this.#seen.add(step);
		if (this.#seen.size === this.#steps.length && !this.#isKept) void this.#keep();
	}

	/** Every step was seen: that is noted with what the learner did. */
	async #keep(): Promise<void> {
		this.#isKept = true;
		try {
			const { keepWorked } = await import('./keepLearning.ts');
			await keepWorked(this.#root.dataset.worked ?? '');
		} catch {
			part(this.#root, '[data-unkept]').hidden = false;
		}
	}

	/** Disabled for the reader, but still there for the keyboard: a button that has the focus does not lose it. */
	#disable(selector: string, disabled: boolean): void {
		part(this.#root, selector).setAttribute('aria-disabled', String(disabled));
	}
}

function part(within: Element, selector: string): HTMLElement {
	const found = within.querySelector<HTMLElement>(selector);
	if (!found) throw new Error(`got no ${selector}, expected one`);
	return found;
}

for (const root of document.querySelectorAll<HTMLElement>('[data-worked]')) new Worked(root);
