import { expect, it } from 'vitest';
import { CHART, scoreChart } from '../../../../src/components/learn/home/scoreChart.ts';
import type { ScorePoint } from '../../../../src/learning/regionScores.ts';

const point = (dice: number, interval: ScorePoint['interval'] = null): ScorePoint => ({
	at: '2026-03-01T08:00:00.000Z',
	attemptId: `a-${dice}`,
	caseId: 'fig-1',
	dice,
	hardFail: false,
	mean: dice,
	interval,
});

it('puts the first and the last score at the ends, and 1 at the top', () => {
	const { marks, ticks } = scoreChart([point(0.7), point(0.8), point(1)], undefined);
	expect(marks.map(({ x }) => x)).toEqual([CHART.left, (CHART.left + CHART.right) / 2, CHART.right]);
	expect(marks.at(-1)?.y).toBe(CHART.top);
	expect(ticks.map(({ dice }) => dice)).toEqual([0.6, 0.8, 1]);
});

it('reaches down to the lowest of scores and pass mark, and cuts the interval there', () => {
	expect(scoreChart([point(0.7)], undefined).ticks[0]?.dice).toBe(0.6);
	expect(scoreChart([point(0.31)], undefined).ticks[0]?.dice).toBeCloseTo(0.2);
	const wide = scoreChart([point(0.7), point(0.8, [0.1, 1]), point(0.8, [0.7, 0.9])], undefined);
	expect(wide.ticks[0]?.dice).toBe(0.6);
	expect(wide.band).toContain(` ${CHART.bottom.toFixed(1)}`);
	expect(scoreChart([point(0.9)], 0.5).ticks[0]?.dice).toBeCloseTo(0.4);
	expect(scoreChart([point(0)], 0.5).ticks[0]?.dice).toBe(0);
});

it('has the pass mark at its own height, and none where there is none', () => {
	const { pass, marks } = scoreChart([point(0.85)], 0.85);
	expect(pass).toBeCloseTo(marks[0]?.y ?? 0);
	expect(scoreChart([point(0.85)], undefined).pass).toBeUndefined();
});

it('has a band only between points that have an interval', () => {
	expect(scoreChart([point(0.7), point(0.8, [0.7, 0.9])], undefined).band).toBe('');
	const { band } = scoreChart([point(0.7), point(0.8, [0.7, 0.9]), point(0.9, [0.8, 1])], undefined);
	expect(band).toMatch(/^M[\d.]+ [\d.]+(L[\d.]+ [\d.]+){3}Z$/);
	expect(band).toContain(`${CHART.right.toFixed(1)} ${CHART.top.toFixed(1)}`);
});
