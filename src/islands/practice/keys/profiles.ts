import type { KeyProfile } from '../../../schemas/preferences.ts';

/**
 * What keys do, and our own keys for it. Keys are chords as `chordOf` names them. `drawing` and `report` tell the
 * actions that are there in one of the two only: their keys may mean something else in the other.
 */
const OWN = {
	sliceUp: ['ArrowUp', 'PageUp'],
	sliceDown: ['ArrowDown', 'PageDown'],
	brush: ['B'],
	eraser: ['E'],
	lasso: ['P'],
	fill: ['F'],
	grow: ['G'],
	threshold: ['T'],
	slices: ['I'],
	shape: ['O'],
	ruler: ['R'],
	crosshair: ['C'],
	pan: ['H'],
	window: ['L'],
	crosshairLeft: ['Ctrl+ArrowLeft'],
	crosshairRight: ['Ctrl+ArrowRight'],
	crosshairUp: ['Ctrl+ArrowUp'],
	crosshairDown: ['Ctrl+ArrowDown'],
	use: ['Space'],
	take: ['Enter'],
	discard: ['Escape'],
	smaller: ['[', '-'],
	larger: [']', '+', '='],
	undo: ['Ctrl+Z'],
	redo: ['Ctrl+Y', 'Ctrl+Shift+Z'],
	region1: ['1'],
	region2: ['2'],
	region3: ['3'],
	region4: ['4'],
	regionBefore: ['Q'],
	regionAfter: ['W'],
	hide: ['S'],
	fainter: ['A'],
	stronger: ['D'],
	crosshairShown: ['X'],
	maximise: ['M'],
	counterpart: ['V'],
	composite: ['K'],
	lesionBefore: ['U'],
	lesionAfter: ['J'],
	nextError: ['N'],
	compare: ['F'],
	help: ['?'],
} as const satisfies Record<string, readonly string[]>;

export type Action = keyof typeof OWN;
export const ACTIONS = Object.keys(OWN) as readonly Action[];

type Keys = Readonly<Record<Action, readonly string[]>>;

/** Actions whose keys are heard only while drawing, or only in a comparison with the reference. */
const ONLY: Partial<Record<Action, 'drawing' | 'report'>> = {
	fill: 'drawing',
	lesionBefore: 'drawing',
	lesionAfter: 'drawing',
	nextError: 'report',
	compare: 'report',
};

/** Digits choose tools in 3D Slicer and ITK-SNAP: there a region takes Shift. */
const SHIFTED_REGIONS = {
	region1: ['Shift+1'],
	region2: ['Shift+2'],
	region3: ['Shift+3'],
	region4: ['Shift+4'],
} as const;

/**
 * The keys of each profile. Those of other tools change what the tool does otherwise and leave ours elsewhere:
 * - 3D Slicer: ←/→ and B/F page, Z and Y undo and redo without Ctrl, G hides, and the digits choose the tool in the
 *   place of the Segment Editor's effect. So B is no brush there and F fills nothing: 2 and 5 do; J compares.
 * - ITK-SNAP: the digits choose its modes, < and > change the label. Its ↑/↓ move the cursor within the slice, which
 *   here the pointer does: they page.
 * - OHIF: its paging, brush and undo keys are ours; Z is the tool that zooms. Its digits are windows of CT: the
 *   regions keep them; its − and + zoom, here the wheel does.
 */
const PROFILES: Readonly<Record<KeyProfile, Keys>> = {
	own: OWN,
	slicer: {
		...OWN,
		...SHIFTED_REGIONS,
		sliceUp: ['ArrowRight', 'F', ...OWN.sliceUp],
		sliceDown: ['ArrowLeft', 'B', ...OWN.sliceDown],
		threshold: ['1', 'T'],
		brush: ['2'],
		lasso: ['3', 'P'],
		eraser: ['4', 'E'],
		fill: ['5'],
		grow: ['6'],
		slices: ['7', 'I'],
		shape: ['8', 'O'],
		undo: ['Z', ...OWN.undo],
		redo: ['Y', ...OWN.redo],
		hide: ['G', 'S'],
		compare: ['J'],
	},
	itksnap: {
		...OWN,
		...SHIFTED_REGIONS,
		sliceUp: ['PageUp', 'ArrowUp'],
		sliceDown: ['PageDown', 'ArrowDown'],
		crosshair: ['1', 'C'],
		pan: ['2', 'H'],
		lasso: ['3', 'P'],
		brush: ['4', 'B'],
		smaller: ['-', '['],
		larger: ['+', '=', ']'],
		redo: ['Ctrl+Shift+Z', 'Ctrl+Y'],
		regionBefore: ['<', ',', 'Q'],
		regionAfter: ['>', '.', 'W'],
	},
	ohif: { ...OWN, pan: ['Z', 'H'] },
};

/** Keys of an action in a profile, the one to be shown first. */
export function keysOf(profile: KeyProfile, action: Action): readonly string[] {
	return PROFILES[profile][action];
}

/** What a chord stands for in a profile; `reporting` while a comparison with the reference is shown. */
export function actionOf(profile: KeyProfile, chord: string, reporting: boolean): Action | undefined {
	const elsewhere = reporting ? 'drawing' : 'report';
	return ACTIONS.find((action) => ONLY[action] !== elsewhere && PROFILES[profile][action].includes(chord));
}

/** Name of the chord that a key makes, such as `B`, `Ctrl+Shift+Z`, `Shift+1`, `?` or `ArrowUp`. */
export function chordOf(event: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey'>): string {
	const command = event.ctrlKey || event.metaKey;
	// Shift makes another sign of a digit, and another one on every keyboard.
	const digit = event.shiftKey && !/^\d$/.test(event.key) ? /^Digit(\d)$/.exec(event.code)?.[1] : undefined;
	if (digit && !command) return `Shift+${digit}`;
	const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key;
	if (!command) return key;
	return event.shiftKey ? `Ctrl+Shift+${key}` : `Ctrl+${key}`;
}

const SIGNS: Readonly<Record<string, string>> = {
	ArrowUp: '↑',
	ArrowDown: '↓',
	ArrowLeft: '←',
	ArrowRight: '→',
	PageUp: 'PgUp',
	PageDown: 'PgDn',
	Escape: 'Esc',
	'-': '−',
};

/** A chord as it is written on the page, such as `Ctrl+←`. */
export function writtenKey(chord: string): string {
	const [, held = '', key = chord] = /^((?:Ctrl\+|Shift\+)*)(.+)$/.exec(chord) ?? [];
	return held + (SIGNS[key] ?? key);
}
