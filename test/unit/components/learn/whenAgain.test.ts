import { expect, it } from 'vitest';
import { whenAgain } from '../../../../src/components/learn/whenAgain.ts';

const now = new Date(2026, 2, 28, 21, 30);

it.each([
	['what was due before', new Date(2026, 2, 28, 21, 0), { kind: 'now' }],
	['ten minutes', new Date(2026, 2, 28, 21, 40), { kind: 'minutes', count: 10 }],
	['an hour and more on the same day', new Date(2026, 2, 28, 22, 45), { kind: 'today' }],
	['the small hours after midnight', new Date(2026, 2, 29, 1, 0), { kind: 'tomorrow' }],
	['less than two days off, but two by the calendar', new Date(2026, 2, 30, 8, 0), { kind: 'days', count: 2 }],
	['over a month’s end and a change of the clock', new Date(2026, 3, 2, 23, 0), { kind: 'days', count: 5 }],
])('%s', (_, due, expected) => {
	expect(whenAgain(due, now)).toEqual(expected);
});
