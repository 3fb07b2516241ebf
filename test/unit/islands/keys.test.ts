import { describe, expect, it } from 'vitest';
import { handleKey, releaseKey } from '../../../src/islands/practice/keys/handleKey.ts';
import {
	ACTIONS,
	type Action,
	actionOf,
	chordOf,
	keysOf,
	writtenKey,
} from '../../../src/islands/practice/keys/profiles.ts';
import type { PracticeSession } from '../../../src/islands/practice/session.ts';
import { KEY_PROFILES, type KeyProfile } from '../../../src/schemas/preferences.ts';

/** A key event as a keyboard with US letters makes it. */
function press(chord: string): KeyboardEvent {
	const key = chord === '+' ? '+' : (chord.split('+').at(-1) ?? '');
	const shiftKey = chord.includes('Shift+') || '?<>+'.includes(key);
	const ctrlKey = chord.includes('Ctrl+');
	const isDigit = /^\d$/.test(key);
	return {
		key:
			key === 'Space'
				? ' '
				: isDigit && shiftKey
					? '!@#$'[Number(key) - 1]
					: /^[A-Z]$/.test(key) && !shiftKey
						? key.toLowerCase()
						: key,
		code: isDigit ? `Digit${key}` : '',
		shiftKey,
		ctrlKey,
		metaKey: false,
		altKey: false,
	} as KeyboardEvent;
}

/** A session that writes down what is asked of it. */
function recorder(keyProfile: KeyProfile, reporting = false, busy = false) {
	const asked: string[] = [];
	const ask =
		(name: string, answer?: boolean) =>
		(...given: unknown[]) => {
			asked.push([name, ...given].join(' '));
			return answer;
		};
	const session = {
		state: {
			keyProfile,
			front: 'FLAIR',
			targets: ['WT', 'ET', 'TB', 'NE'],
			region: 'ET',
			diameterMm: 6,
			opacity: 0.5,
			proposal: {},
			report: reporting ? {} : undefined,
			comparison: 'difference',
			dialog: undefined,
		},
		viewer: { panel: () => ({ slice: 10 }), goToSlice: ask('slice') },
		drawing: {
			busy,
			undo: ask('undo'),
			redo: ask('redo'),
			proposals: { accept: ask('accept', true), cancel: ask('cancel', true) },
		},
		crosshairHand: { move: ask('move'), use: ask('use', true), close: () => false, cancel: () => false },
		protocol: { goToLesion: ask('lesion', true) },
		scoring: { goToWorstSlice: ask('worst'), setComparison: ask('comparison') },
		panels: {
			toggleMaximised: ask('maximise'),
			showCounterpart: ask('counterpart'),
			hideCounterpart: ask('back'),
			toggleComposite: ask('composite'),
		},
		chooseRegion: ask('region'),
		chooseTool: ask('tool'),
		setDiameter: ask('diameter'),
		setOpacity: ask('opacity'),
		toggleHidden: ask('hidden'),
		toggleCrosshair: ask('crosshair'),
		showDialog: ask('dialog'),
	};
	return { session: session as unknown as PracticeSession, asked };
}

const MEANS: Record<Action, string> = {
	sliceUp: 'slice FLAIR 11',
	sliceDown: 'slice FLAIR 9',
	brush: 'tool brush',
	eraser: 'tool eraser',
	lasso: 'tool lasso',
	fill: 'tool fill',
	grow: 'tool grow',
	threshold: 'tool threshold',
	slices: 'tool slices',
	shape: 'tool shape',
	ruler: 'tool ruler',
	crosshair: 'tool crosshair',
	pan: 'tool pan',
	window: 'tool window',
	crosshairLeft: 'move -1 0',
	crosshairRight: 'move 1 0',
	crosshairUp: 'move 0 1',
	crosshairDown: 'move 0 -1',
	use: 'use',
	take: 'accept',
	discard: 'cancel',
	smaller: 'diameter 5',
	larger: 'diameter 7',
	undo: 'undo',
	redo: 'redo',
	region1: 'region WT',
	region2: 'region ET',
	region3: 'region TB',
	region4: 'region NE',
	regionBefore: 'region WT',
	regionAfter: 'region TB',
	hide: 'hidden',
	fainter: 'opacity 0.4',
	stronger: 'opacity 0.6',
	crosshairShown: 'crosshair',
	maximise: 'maximise',
	counterpart: 'counterpart',
	composite: 'composite',
	lesionBefore: 'lesion -1',
	lesionAfter: 'lesion 1',
	nextError: 'worst true',
	compare: 'comparison outlines',
	help: 'dialog help',
};

describe.each(KEY_PROFILES)('the keys of %s', (profile) => {
	it('have one meaning each, and every action has a key', () => {
		for (const reporting of [false, true]) {
			const chords = ACTIONS.flatMap((action) =>
				keysOf(profile, action).filter((chord) => actionOf(profile, chord, reporting) !== undefined),
			);
			const other = (action: Action) =>
				reporting
					? ['fill', 'lesionBefore', 'lesionAfter'].includes(action)
					: ['nextError', 'compare'].includes(action);
			for (const action of ACTIONS.filter((each) => !other(each)))
				for (const chord of keysOf(profile, action))
					expect([chord, actionOf(profile, chord, reporting)]).toEqual([chord, action]);
			expect(chords.length).toBeGreaterThan(ACTIONS.length);
		}
		for (const action of ACTIONS) expect(keysOf(profile, action).length, action).toBeGreaterThan(0);
	});

	it('do what they say', () => {
		for (const action of ACTIONS) {
			for (const chord of keysOf(profile, action)) {
				const { session, asked } = recorder(profile, action === 'nextError' || action === 'compare');
				expect(handleKey(session, press(chord)), chord).toBe(true);
				expect(asked, chord).toEqual([MEANS[action]]);
			}
		}
	});
});

it('the keys of other tools are theirs', () => {
	const says = (profile: KeyProfile, chord: string) => actionOf(profile, chord, false);
	expect(['ArrowRight', 'F', 'ArrowLeft', 'B', 'Z', 'Y', 'G', '2', '4'].map((chord) => says('slicer', chord))).toEqual([
		'sliceUp',
		'sliceUp',
		'sliceDown',
		'sliceDown',
		'undo',
		'redo',
		'hide',
		'brush',
		'eraser',
	]);
	expect(['PageUp', '4', '3', '<', '>', 'Ctrl+Shift+Z', 'S', 'X'].map((chord) => says('itksnap', chord))).toEqual([
		'sliceUp',
		'brush',
		'lasso',
		'regionBefore',
		'regionAfter',
		'redo',
		'hide',
		'crosshairShown',
	]);
	expect(['ArrowUp', 'B', 'E', '[', ']', 'Ctrl+Y', 'Z'].map((chord) => says('ohif', chord))).toEqual([
		'sliceUp',
		'brush',
		'eraser',
		'smaller',
		'larger',
		'redo',
		'pan',
	]);
});

it('a chord is the same whatever Caps Lock, Shift and the layout make of the letter', () => {
	expect(chordOf(press('B'))).toBe('B');
	expect(chordOf({ ...press('B'), key: 'B' })).toBe('B');
	expect(chordOf({ ...press('Z'), ctrlKey: false, metaKey: true })).toBe('Ctrl+Z');
	expect(chordOf(press('Shift+2'))).toBe('Shift+2');
	// A French keyboard gives the digit with Shift.
	expect(chordOf({ ...press('2'), shiftKey: true, key: '2' })).toBe('2');
	expect(chordOf(press('?'))).toBe('?');
});

it('a chord is written with the signs of its keys', () => {
	const written = { ArrowUp: '↑', 'Ctrl+ArrowLeft': 'Ctrl+←', 'Ctrl+Shift+Z': 'Ctrl+Shift+Z', 'Shift+1': 'Shift+1' };
	for (const [chord, shown] of Object.entries({ ...written, '-': '−', '+': '+', B: 'B', Escape: 'Esc' }))
		expect(writtenKey(chord)).toBe(shown);
});

it('keys that stand for nothing, and those with Alt, stay the browser’s', () => {
	const { session, asked } = recorder('own');
	for (const chord of ['Y', 'Ctrl+B', 'Ctrl+S', 'Tab', 'F5', 'Shift+1'])
		expect(handleKey(session, press(chord)), chord).toBe(false);
	expect(handleKey(session, { ...press('B'), altKey: true })).toBe(false);
	expect(asked).toEqual([]);
});

it('no key is heard during a stroke', () => {
	const { session, asked } = recorder('own', false, true);
	expect(handleKey(session, press('Ctrl+Z'))).toBe(true);
	expect(asked).toEqual([]);
});

it('letting go of the counterpart’s key puts the panel back; other keys do not', () => {
	const { session, asked } = recorder('own');
	releaseKey(session, press('B'));
	expect(asked).toEqual([]);
	releaseKey(session, press('V'));
	expect(asked).toEqual(['back']);
});
