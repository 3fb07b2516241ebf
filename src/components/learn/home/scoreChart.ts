import type { ScorePoint } from '../../../learning/regionScores.ts';

/** Where a chart's lines lie, in its own units. */
export interface ScoreChart {
	/** Hairlines: at most three. */
	readonly ticks: readonly { readonly dice: number; readonly y: number }[];
	readonly marks: readonly { readonly x: number; readonly y: number; readonly point: ScorePoint }[];
	/** Path of the running mean. */
	readonly mean: string;
	/** Path of the 90 % interval around it; empty where no point has one. */
	readonly band: string;
	/** Height of the pass mark; undefined where there is none. */
	readonly pass: number | undefined;
}

export const CHART = { width: 440, height: 168, left: 34, right: 362, top: 12, bottom: 140 } as const;
/** Distance of the axis's steps; its foot is the step below the lowest score and the pass mark. */
const STEP = 0.2;
/** The foot of a chart of good scores. */
const HIGHEST_FOOT = 0.6;

/** Points from the oldest, at least one; equally far apart, as practice comes in bouts. */
export function scoreChart(points: readonly ScorePoint[], passMark: number | undefined): ScoreChart {
	const { left, right, top, bottom } = CHART;
	const lowest = Math.min(...points.map(({ dice }) => dice), passMark ?? 1);
	const foot = Math.max(0, Math.min(HIGHEST_FOOT, Math.floor(lowest / STEP + 1e-9) * STEP));
	const x = (index: number) => (points.length === 1 ? left : left + (index * (right - left)) / (points.length - 1));
	// The interval of few scores reaches further down than the axis.
	const y = (dice: number) => bottom - ((Math.max(dice, foot) - foot) / (1 - foot)) * (bottom - top);
	const at = (index: number, dice: number) => `${x(index).toFixed(1)} ${y(dice).toFixed(1)}`;
	const line = (corners: readonly string[]) => corners.map((corner, n) => `${n ? 'L' : 'M'}${corner}`).join('');
	const banded = points.flatMap(({ interval }, n) => (interval ? [{ n, interval }] : []));
	const upper = banded.map(({ n, interval }) => at(n, interval[1]));
	const lower = banded.map(({ n, interval }) => at(n, interval[0])).reverse();
	return {
		ticks: [foot, (foot + 1) / 2, 1].map((dice) => ({ dice, y: y(dice) })),
		marks: points.map((point, n) => ({ x: x(n), y: y(point.dice), point })),
		mean: line(points.map(({ mean }, n) => at(n, mean))),
		band: banded.length > 1 ? `${line([...upper, ...lower])}Z` : '',
		pass: passMark === undefined ? undefined : y(passMark),
	};
}
