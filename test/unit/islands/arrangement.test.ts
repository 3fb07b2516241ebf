import { describe, expect, it, vi } from 'vitest';
import type { Desk } from '../../../src/islands/practice/desk.ts';
import { Arrangement, counterpartOf, panelsOnScreen } from '../../../src/islands/practice/panels/arrangement.ts';
import type { PracticeState } from '../../../src/islands/practice/state.ts';
import type { Sequence } from '../../../src/protocol/protocol.ts';
import type { Layout } from '../../../src/schemas/preferences.ts';

const PANELS = ['FLAIR', 'T1C', 'T2', 'T1', 'DWI'] as const;

/** As much of a desk as the panels' order takes. */
function desk(front: Sequence, layout: Layout = 'all', panels: readonly Sequence[] = PANELS) {
	const looks = new Map(panels.map((name) => [name, vi.fn()]));
	const made = {
		state: { panels, front, layout, counterpart: undefined, composite: false } as unknown as PracticeState,
		set(change: Partial<PracticeState>) {
			made.state = { ...made.state, ...change };
		},
		noteLooks: vi.fn(),
		showOutlines: vi.fn(),
		viewer: { panel: (name: Sequence) => ({ name, lookLike: looks.get(name) }) },
	};
	return { made, looks, arrangement: new Arrangement(made as unknown as Desk) };
}

describe('the panels on the screen', () => {
	it('are all, the front one, or four with the front one among them', () => {
		expect(panelsOnScreen(desk('T2').made.state)).toEqual(PANELS);
		expect(panelsOnScreen(desk('T2', 'one').made.state)).toEqual(['T2']);
		expect(panelsOnScreen(desk('T2', 'four').made.state)).toEqual(['FLAIR', 'T1C', 'T2', 'T1']);
		expect(panelsOnScreen(desk('DWI', 'four').made.state)).toEqual(['FLAIR', 'T1C', 'T2', 'DWI']);
		expect(panelsOnScreen(desk('T2', 'four', ['FLAIR', 'T2']).made.state)).toEqual(['FLAIR', 'T2']);
	});

	it('go from one back to what was before', () => {
		const { made, arrangement } = desk('FLAIR');
		arrangement.setLayout('four');
		arrangement.toggleMaximised();
		expect(made.state.layout).toBe('one');
		arrangement.toggleMaximised();
		expect(made.state.layout).toBe('four');
		arrangement.toggleMaximised('T1');
		expect([made.state.layout, made.state.front]).toEqual(['one', 'T1']);
		arrangement.setLayout('all');
		arrangement.toggleMaximised();
		arrangement.toggleMaximised();
		expect(made.state.layout).toBe('all');
		expect(made.noteLooks).toHaveBeenCalledTimes(7);
	});
});

describe('the counterpart', () => {
	it('takes the front panel’s place as long as it is asked for, and looks at the same place', () => {
		for (const [layout, shown] of [
			['all', ['FLAIR', 'T1', 'T2', 'T1C', 'DWI']],
			['four', ['FLAIR', 'T1', 'T2', 'T1C']],
			['one', ['T1']],
		] as const) {
			const { made, looks, arrangement } = desk('T1C', layout);
			const before = panelsOnScreen(made.state);
			arrangement.showCounterpart();
			// A key that is held down repeats.
			arrangement.showCounterpart();
			expect(made.state.front).toBe('T1');
			expect(panelsOnScreen(made.state)).toEqual(shown);
			expect(counterpartOf(made.state)).toBe('T1');
			expect(looks.get('T1')).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'T1C' }));
			arrangement.hideCounterpart();
			expect(made.state.front).toBe('T1C');
			expect(panelsOnScreen(made.state)).toEqual(before);
			expect(looks.get('T1')).toHaveBeenLastCalledWith(undefined);
		}
	});

	it('leaves the panel in front that was brought there meanwhile', () => {
		const { made, arrangement } = desk('FLAIR');
		arrangement.showCounterpart();
		expect(made.state.front).toBe('T2');
		made.set({ front: 'DWI' });
		arrangement.hideCounterpart();
		expect([made.state.front, made.state.counterpart]).toEqual(['DWI', undefined]);
	});

	it('is not there for a sequence without one, or where the case has none', () => {
		for (const { made, arrangement } of [desk('DWI'), desk('T1C', 'all', ['FLAIR', 'T1C'])]) {
			const { front } = made.state;
			arrangement.showCounterpart();
			arrangement.hideCounterpart();
			expect([made.state.front, made.state.counterpart]).toEqual([front, undefined]);
		}
	});
});
