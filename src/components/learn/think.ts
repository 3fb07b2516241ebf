import { type Given, markAnswer } from '../../learning/markAnswer.ts';
import type { Question } from '../../schemas/question.ts';

/** One question of a page: marks what is answered, explains, and keeps the first answer. */
class Think {
	readonly #section: HTMLElement;
	readonly #form: HTMLFormElement;
	/** What marking asks for, without its texts. */
	readonly #question: Question;
	#shownAt: number | undefined;
	#isKept = false;

	constructor(section: HTMLElement) {
		this.#section = section;
		this.#form = part<HTMLFormElement>(section, '[data-answer]');
		this.#question = JSON.parse(section.dataset.think ?? '') as Question;
		part(section, '[data-check]').hidden = false;
		part(section, '[data-why]').hidden = true;
		this.#form.addEventListener('submit', (event) => {
			event.preventDefault();
			this.#check();
		});
		this.#form.addEventListener('reset', () => this.#clear());
		seen.observe(section);
	}

	/** From now on the time counts that an answer takes. */
	shown(): void {
		this.#shownAt ??= performance.now();
		seen.unobserve(this.#section);
	}

	#check(): void {
		const given = this.#given();
		const verdict = part(this.#section, '[data-verdict]');
		if ((Array.isArray(given) ? given : Object.keys(given)).length === 0) {
			verdict.textContent = verdict.dataset.empty ?? '';
			return;
		}
		const { score, right, wrong, missed } = markAnswer(this.#question, given);
		for (const label of this.#form.querySelectorAll<HTMLElement>('[data-option]')) {
			const id = label.dataset.option ?? '';
			part(label, '.mk.right').hidden = !right.includes(id);
			part(label, '.mk.wrong').hidden = !wrong.includes(id);
			part(label, '.mk.missed').hidden = !missed.includes(id);
		}
		const { right: all, part: some, wrong: none } = verdict.dataset;
		verdict.textContent = (score === 1 ? all : score > 0 ? some : none) ?? '';
		this.#isDone(true);
		// The button that had the focus is gone.
		part(this.#section, '[data-again]').focus();
		if (!this.#isKept) void this.#keep(given, score);
	}

	#given(): Given {
		const answers = new FormData(this.#form);
		if (this.#question.kind === 'single' || this.#question.kind === 'multiple')
			return answers.getAll('choice').map(String);
		const pairs = [...answers].flatMap(([option, target]) =>
			target === '' ? [] : [[option, String(target)] as const],
		);
		if (this.#question.kind === 'matching') return Object.fromEntries(pairs);
		return pairs.sort(([, a], [, b]) => Number(a) - Number(b)).map(([option]) => option);
	}

	/** Only the first answer is kept: after it the right one is on the page. */
	async #keep(given: Given, score: number): Promise<void> {
		this.#isKept = true;
		const told = part(this.#section, '[data-kept]');
		const seconds = Math.round((performance.now() - (this.#shownAt ?? performance.now())) / 1000);
		try {
			const { keepAnswer } = await import('./keepLearning.ts');
			await keepAnswer({ item: this.#question.id, rules: this.#question.rules, score, given, seconds });
		} catch {
			told.textContent = told.dataset.unkept ?? '';
		}
		told.hidden = false;
	}

	#clear(): void {
		for (const mark of this.#form.querySelectorAll<HTMLElement>('.mk')) mark.hidden = true;
		part(this.#section, '[data-verdict]').textContent = '';
		this.#isDone(false);
		this.#form.querySelector<HTMLElement>('input, select')?.focus();
	}

	#isDone(done: boolean): void {
		part(this.#section, '[data-check]').hidden = done;
		part(this.#section, '[data-again]').hidden = !done;
		const why = part<HTMLDetailsElement>(this.#section, '[data-why]');
		why.hidden = !done;
		why.open = done;
		part<HTMLFieldSetElement>(this.#form, 'fieldset').disabled = done;
	}
}

function part<Kind extends HTMLElement = HTMLElement>(within: Element, selector: string): Kind {
	const found = within.querySelector<Kind>(selector);
	if (!found) throw new Error(`got no ${selector} in a question, expected one`);
	return found;
}

const questions = new Map<Element, Think>();
const seen = new IntersectionObserver((entries) => {
	for (const { target, isIntersecting } of entries) if (isIntersecting) questions.get(target)?.shown();
});
for (const section of document.querySelectorAll<HTMLElement>('[data-think]'))
	questions.set(section, new Think(section));
