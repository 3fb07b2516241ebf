import type { Locale } from '../../../i18n/locales.ts';
import { translator } from '../../../i18n/translate.ts';
import type words from '../../../i18n/zh/review.json';
import { markAnswer } from '../../../learning/markAnswer.ts';
import { element } from '../element.ts';
import { Keeper } from '../keeper.ts';
import { eventBase, learnerStore } from '../learnerStore.ts';
import type { Learner } from '../loadLearner.ts';
import { pageData, part } from '../pageData.ts';
import type { ReviewWords } from './field.ts';
import { type ItemView, itemView } from './itemView.ts';
import type { Asked, ReviewBundle } from './reviewBundle.ts';
import {
	chooseItems,
	currentItem,
	keepSession,
	keptSession,
	modeOf,
	type ReviewSession,
	startSession,
	withAnswer,
	withNext,
} from './session.ts';
import { showKeeping } from './showKeeping.ts';
import { showMode } from './showMode.ts';
import { summaryView } from './summaryView.ts';

/** What the page was built with. */
interface PageData {
	readonly locale: Locale;
	readonly words: typeof words;
	readonly workedCases: readonly string[];
	/** Platform defaults: items of a session, and of new rules in it. */
	readonly limits: { readonly items: number; readonly fresh: number };
}

const { locale, words: dictionary, workedCases, limits } = pageData<PageData>('review');
const t: ReviewWords = translator(dictionary);
const room = part('[data-review]');
const progress = part('[data-progress]');
const mode = modeOf(location.search);

const storage = browserStorage('localStorage');
const keeper = new Keeper(
	learnerStore,
	(keeping) => showKeeping(part('[data-kept]'), keeping, { t, locale, retry }),
	storage,
);
function retry(): void {
	void keeper.retry();
}

let bundle: ReviewBundle;
let session: ReviewSession;
let view: ItemView | undefined;
let shownAt = 0;

/** Undefined where the browser blocks it: reading the property throws there. */
function browserStorage(name: 'localStorage' | 'sessionStorage'): Storage | undefined {
	try {
		return window[name];
	} catch {
		return undefined;
	}
}

/** What is known of the learner; undefined where the store cannot be read, and then questions are asked all the same. */
async function learner(): Promise<Learner | undefined> {
	try {
		const { loadLearner } = await import('../loadLearner.ts');
		return await loadLearner({ rules: Object.keys(bundle.rules), workedCases, unkept: keeper.unkept });
	} catch {
		return undefined;
	}
}

async function begin(goOn: boolean): Promise<void> {
	const tab = browserStorage('sessionStorage');
	const kept = goOn && tab ? keptSession(mode, bundle.questions, tab) : undefined;
	if (kept) session = kept;
	else {
		const known = await learner();
		const state = known?.state ?? { due: [], mastery: nothingKnown(), answered: new Map<string, string>() };
		const items = chooseItems(mode, bundle, state, limits);
		session = startSession(mode, items);
		if (items.length === 0) return showNothing(known);
	}
	showItem();
}

const nothingKnown = () => new Map(Object.keys(bundle.rules).map((id) => [id, 'new' as const]));

function advance(next: ReviewSession): void {
	session = next;
	const tab = browserStorage('sessionStorage');
	if (tab) keepSession(session, tab);
}

function question(): Asked | undefined {
	const id = currentItem(session);
	return bundle.questions.find((each) => each.id === id);
}

function showItem(): void {
	const asked = question();
	showProgress();
	if (!asked) return void showSummary();
	const isLast = session.at === session.items.length - 1;
	view = itemView(asked, bundle, { t, locale, isLast, onCheck: check, onNext: next });
	room.replaceChildren(view.element);
	const answered = session.answers[asked.id];
	if (answered) view.showAgain(answered.given, marked(asked, answered.given));
	shownAt = performance.now();
	view.focus();
}

function marked(asked: Asked, given: Parameters<typeof markAnswer>[1]) {
	return markAnswer(asked, given, asked.picture ? bundle.pictures[asked.picture]?.areas : undefined);
}

function check(): void {
	const asked = question();
	const given = view?.given();
	if (!asked || !view || given === undefined || session.answers[asked.id]) return;
	const mark = marked(asked, given);
	const seconds = Math.round((performance.now() - shownAt) / 100) / 10;
	advance(withAnswer(session, { given, score: mark.score }));
	view.show(mark);
	showProgress();
	void keeper.keep({
		...eventBase(),
		kind: 'answer',
		form: 'question',
		item: asked.id,
		rules: [...asked.rules],
		score: mark.score,
		given: JSON.parse(JSON.stringify(given)),
		seconds,
	});
}

function next(): void {
	advance(withNext(session));
	showItem();
}

function showProgress(): void {
	const { items, at, answers } = session;
	const isOver = at >= items.length;
	progress.hidden = isOver;
	part('[data-place]', progress).textContent = t('place', { at: Math.min(at + 1, items.length), count: items.length });
	part('[data-ticks]', progress).replaceChildren(
		...items.map((id, n) => {
			const score = answers[id]?.score;
			const kind = score === undefined ? (n === at ? 'now' : 'open') : score === 1 ? 'right' : 'wrong';
			return element('i', { class: kind });
		}),
	);
}

async function showSummary(): Promise<void> {
	view = undefined;
	room.replaceChildren(element('p', { class: 'mute', role: 'status' }, t('summary.waiting')));
	// What is asked when depends on the answer just given.
	await keeper.retry();
	const known = await learner();
	const again = element('button', { class: 'btn pri', type: 'button' }, t('summary.again'));
	again.addEventListener('click', () => void begin(false));
	room.replaceChildren(summaryView(session, bundle, known, { t, locale, again }));
	part('h2', room).focus();
}

function showNothing(known: Learner | undefined): void {
	progress.hidden = true;
	void import('./nothingView.ts').then(({ nothingView }) =>
		room.replaceChildren(nothingView(mode, known, { t, locale })),
	);
}

document.addEventListener('keydown', (event) => {
	if (!view || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
	const target = event.target instanceof Element ? event.target : undefined;
	if (target?.closest('textarea, select')) return;
	// What the key does by itself on a button or a link stays.
	if (event.key === 'Enter' && !target?.closest('button, a, summary')) {
		event.preventDefault();
		view.go();
	} else if (/^[a-z1-9]$/i.test(event.key) && view.press(event.key)) event.preventDefault();
});

async function open(): Promise<void> {
	try {
		const response = await fetch(part('[data-review]').dataset.review ?? '');
		if (!response.ok) throw new TypeError(`got status ${response.status}, expected 200`);
		bundle = (await response.json()) as ReviewBundle;
	} catch {
		room.replaceChildren(element('p', { role: 'alert' }, t('unreachable')));
		return;
	}
	showMode(mode, bundle, t);
	// What an earlier visit could not keep.
	retry();
	await begin(true);
}

void open();
