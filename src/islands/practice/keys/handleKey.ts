import type { PracticeSession } from '../session.ts';
import type { Tool } from '../state.ts';
import { type Action, actionOf, chordOf } from './profiles.ts';

/** What an action does. False where there was nothing to do: the key is then the browser's. */
type Deed = (session: PracticeSession) => boolean | undefined;

/** A deed that is always done. */
const always =
	(run: (session: PracticeSession) => void): Deed =>
	(session) => {
		run(session);
		return true;
	};
const chooses = (tool: Tool) => always((session) => session.chooseTool(tool));
const steps = (by: number) =>
	always(({ state: { front }, viewer }) => {
		const panel = front && viewer.panel(front);
		if (panel) viewer.goToSlice(front, panel.slice + by);
	});
const picks =
	(number: number): Deed =>
	(session) => {
		const region = session.state.targets[number - 1];
		if (region) session.chooseRegion(region);
		return region !== undefined;
	};
const neighbour = (by: number) =>
	always((session) => {
		const { region, targets } = session.state;
		const at = region ? targets.indexOf(region) : -1;
		const next = targets[(at + by + targets.length) % targets.length];
		if (next) session.chooseRegion(next);
	});

const moves = (right: number, up: number) => always((session) => session.crosshairHand.move(right, up));

const COMPARISONS = ['difference', 'outlines', 'none'] as const;

const DEEDS: Readonly<Record<Action, Deed>> = {
	sliceUp: steps(1),
	sliceDown: steps(-1),
	brush: chooses('brush'),
	eraser: chooses('eraser'),
	lasso: chooses('lasso'),
	fill: chooses('fill'),
	grow: chooses('grow'),
	threshold: chooses('threshold'),
	slices: chooses('slices'),
	shape: chooses('shape'),
	ruler: chooses('ruler'),
	crosshair: chooses('crosshair'),
	pan: chooses('pan'),
	window: chooses('window'),
	crosshairLeft: moves(-1, 0),
	crosshairRight: moves(1, 0),
	crosshairUp: moves(0, 1),
	crosshairDown: moves(0, -1),
	use: (session) => session.crosshairHand.use(),
	take: (session) => session.crosshairHand.close() || session.drawing.proposals.accept(),
	discard: (session) => session.crosshairHand.cancel() || session.drawing.proposals.cancel(),
	smaller: always((session) => session.setDiameter(session.state.diameterMm - 1)),
	larger: always((session) => session.setDiameter(session.state.diameterMm + 1)),
	undo: always((session) => session.drawing.undo()),
	redo: always((session) => session.drawing.redo()),
	region1: picks(1),
	region2: picks(2),
	region3: picks(3),
	region4: picks(4),
	regionBefore: neighbour(-1),
	regionAfter: neighbour(1),
	hide: always((session) => session.toggleHidden()),
	fainter: always((session) => session.setOpacity(session.state.opacity - 0.1)),
	stronger: always((session) => session.setOpacity(session.state.opacity + 0.1)),
	crosshairShown: always((session) => session.toggleCrosshair()),
	maximise: always((session) => session.panels.toggleMaximised()),
	counterpart: always((session) => session.panels.showCounterpart()),
	composite: always((session) => session.panels.toggleComposite()),
	lesionBefore: (session) => session.protocol.goToLesion(-1),
	lesionAfter: (session) => session.protocol.goToLesion(1),
	nextError: always((session) => session.scoring.goToWorstSlice(true)),
	compare: always((session) => {
		const at = COMPARISONS.indexOf(session.state.comparison);
		session.scoring.setComparison(COMPARISONS[(at + 1) % COMPARISONS.length] ?? 'difference');
	}),
	help: always((session) => session.showDialog(session.state.dialog === 'help' ? undefined : 'help')),
};

/** Runs what a key stands for. Says whether it stands for anything. */
export function handleKey(session: PracticeSession, event: KeyboardEvent): boolean {
	if (event.altKey) return false;
	if (session.drawing.busy) return true;
	const { keyProfile, report } = session.state;
	const action = actionOf(keyProfile, chordOf(event), report !== undefined);
	return action !== undefined && DEEDS[action](session) === true;
}

/** Ends what is there only as long as its key is held. */
export function releaseKey(session: PracticeSession, event: KeyboardEvent): void {
	const { keyProfile, report } = session.state;
	if (actionOf(keyProfile, chordOf(event), report !== undefined) === 'counterpart') session.panels.hideCounterpart();
}
