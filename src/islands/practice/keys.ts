import type { PracticeSession } from './session.ts';

/** Runs what a key stands for. Says whether it stands for anything. */
export function handleKey(session: PracticeSession, event: KeyboardEvent): boolean {
	const { state, viewer } = session;
	const { front, regions, region, diameterMm, opacity } = state;
	const command = event.ctrlKey || event.metaKey;
	if (event.altKey) return false;
	if (session.drawing.busy) return true;
	if (command) {
		switch (event.key.toLowerCase()) {
			case 'z':
				if (event.shiftKey) session.drawing.redo();
				else session.drawing.undo();
				return true;
			case 'y':
				session.drawing.redo();
				return true;
			default:
				return false;
		}
	}
	const step = (by: number) => {
		const panel = front && viewer.panel(front);
		if (panel) viewer.goToSlice(front, panel.slice + by);
	};
	const neighbour = (by: number) => {
		const at = region ? regions.indexOf(region) : -1;
		const next = regions[(at + by + regions.length) % regions.length];
		if (next) session.chooseRegion(next);
	};
	const digit = /^[1-9]$/.test(event.key) ? regions[Number(event.key) - 1] : undefined;
	if (digit) {
		session.chooseRegion(digit);
		return true;
	}
	switch (event.key) {
		case 'Enter':
			if (!state.proposal) return false;
			session.drawing.proposals.accept();
			return true;
		case 'Escape':
			return session.drawing.proposals.cancel();
		case 'ArrowUp':
		case 'PageUp':
			step(1);
			return true;
		case 'ArrowDown':
		case 'PageDown':
			step(-1);
			return true;
		case '[':
		case '-':
			session.setDiameter(diameterMm - 1);
			return true;
		case ']':
		case '+':
		case '=':
			session.setDiameter(diameterMm + 1);
			return true;
		case '?':
			session.showDialog(state.dialog === 'help' ? undefined : 'help');
			return true;
	}
	switch (event.key.toLowerCase()) {
		case 'b':
			session.chooseTool('brush');
			return true;
		case 'e':
			session.chooseTool('eraser');
			return true;
		case 'p':
			session.chooseTool('lasso');
			return true;
		case 'g':
			session.chooseTool('grow');
			return true;
		case 't':
			session.chooseTool('threshold');
			return true;
		case 'i':
			session.chooseTool('slices');
			return true;
		case 'o':
			session.chooseTool('shape');
			return true;
		case 'r':
			session.chooseTool('ruler');
			return true;
		case 'c':
			session.chooseTool('crosshair');
			return true;
		case 'h':
			session.chooseTool('pan');
			return true;
		case 'l':
			session.chooseTool('window');
			return true;
		case 'q':
			neighbour(-1);
			return true;
		case 'w':
			neighbour(1);
			return true;
		case 's':
			session.toggleHidden();
			return true;
		case 'a':
			session.setOpacity(opacity - 0.1);
			return true;
		case 'd':
			session.setOpacity(opacity + 0.1);
			return true;
		case 'x':
			session.toggleCrosshair();
			return true;
		case 'm':
			session.toggleMaximised();
			return true;
		case 'n':
			session.scoring.goToWorstSlice(true);
			return state.report !== undefined;
		case 'f': {
			const order = ['difference', 'outlines', 'none'] as const;
			if (!state.report) {
				session.chooseTool('fill');
				return true;
			}
			const at = order.indexOf(state.comparison);
			session.scoring.setComparison(order[(at + 1) % order.length] ?? 'difference');
			return true;
		}
		default:
			return false;
	}
}
