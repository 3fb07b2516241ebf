import { translator } from '../../../i18n/translate.ts';
import { nextSteps } from '../../../learning/nextSteps.ts';
import { type Learner, loadLearner } from '../loadLearner.ts';
import { pageData, part } from '../pageData.ts';
import { drawNotes } from './drawNotes.ts';
import { drawRoad } from './drawRoad.ts';
import { drawRules } from './drawRules.ts';
import { drawScores } from './drawScores.ts';
import { drawNext, drawThen } from './drawSteps.ts';
import type { HomeContext, HomeData } from './homeData.ts';
import { toldStep } from './toldStep.ts';

const data = pageData<HomeData>('learn');
const t = translator(data.words);
const terms = translator(data.terms);

/** Draws the home page anew from what the store has now. Rejects with a `StoreError`. */
export async function drawHome(): Promise<{ readonly isNew: boolean }> {
	const workedCases = data.workedCases.map(({ id }) => id);
	const learner = await loadLearner({ rules: data.rules.map(({ id }) => id), workedCases });
	const context: HomeContext = { data, t, terms, now: new Date() };
	// A newcomer's page is as it was built.
	if (!learner.isNew) drawSteps(learner, context);
	drawRoad(learner, context);
	drawScores(learner, context);
	drawRules(learner.state, context);
	drawNotes(learner.events, context, () => void drawHome());
	const unreadable = part('[data-unreadable]');
	unreadable.hidden = learner.unreadable === 0;
	unreadable.textContent = t('unreadable', { count: learner.unreadable });
	return { isNew: learner.isNew };
}

function drawSteps(learner: Learner, context: HomeContext): void {
	const offer = { lessons: data.lessons, cases: learner.cases, workedCases: data.workedCases.map(({ id }) => id) };
	const steps = nextSteps(learner.state, offer, learner.policy).map((step) => toldStep(step, learner, context));
	const [first, ...rest] = steps;
	if (!first) return;
	drawNext(first, context);
	drawThen(rest, context);
}
