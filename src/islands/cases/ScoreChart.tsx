import { formatDate, formatScore } from '../../i18n/format.ts';
import { REGION_SEQUENCE, type Region } from '../../protocol/protocol.ts';
import type { ScorePoint } from './scoreSeries.ts';
import type { Words } from './words.ts';

const LEFT = 34;
const RIGHT = 430;
const TOP = 12;
const BOTTOM = 132;
/** Distance of the axis's steps; its foot is the step below the lowest score. */
const STEP = 0.2;

interface Props {
	readonly words: Words;
	readonly region: Region;
	readonly points: readonly ScorePoint[];
	readonly titleOf: (caseId: string) => string;
}

/** Dice of one region over the attempts: circles for scores, an ink line for their running mean. */
export function ScoreChart({ words: { locale, t, terms }, region, points, titleOf }: Props) {
	const foot = Math.min(0.8, ...points.map(({ dice }) => Math.floor(dice / STEP) * STEP));
	const x = (index: number) =>
		(points.length === 1 ? LEFT : LEFT + (index * (RIGHT - LEFT - 6)) / (points.length - 1)) + 3;
	const y = (dice: number) => BOTTOM - ((dice - foot) / (1 - foot)) * (BOTTOM - TOP);
	const ticks = Array.from({ length: Math.round((1 - foot) / STEP) + 1 }, (_, index) => foot + index * STEP);
	// Three hairlines at most.
	const shown = ticks.length <= 3 ? ticks : [foot, (foot + 1) / 2, 1];
	const line = points
		.map(({ mean }, index) => `${index ? 'L' : 'M'}${x(index).toFixed(1)} ${y(mean).toFixed(1)}`)
		.join('');
	const latest = formatScore(points.at(-1)?.dice ?? 0);
	const clock = { now: new Date() };
	const dateOf = (point: ScorePoint | undefined) => (point ? formatDate(new Date(point.at), locale, clock) : '');
	const name = terms(`region.${region}`);
	return (
		<figure className="chart">
			<figcaption>
				<span className="rg">
					<i className={`sw ${region.toLowerCase()}`} />
					<b>{name}</b>
				</span>
				<span className="mute sm">{terms(`sequence.${REGION_SEQUENCE[region]}`)}</span>
				<span className="latest">{latest}</span>
			</figcaption>
			<svg
				viewBox="0 0 440 156"
				role="img"
				aria-label={t('scores.chart', { region: name, count: points.length, latest })}
			>
				{shown.map((dice) => (
					<g key={dice}>
						<path className="hairline" d={`M${LEFT} ${y(dice)}H${RIGHT}`} />
						<text x={LEFT - 8} y={y(dice) + 4} textAnchor="end">
							{dice.toFixed(1)}
						</text>
					</g>
				))}
				<path className="mean" d={line} />
				{points.map((point, index) => (
					<circle key={point.attempt.attempt.id} cx={x(index)} cy={y(point.dice)} r="3">
						<title>
							{t('scores.point', {
								title: titleOf(point.attempt.attempt.caseId),
								date: dateOf(point),
								dice: formatScore(point.dice),
							})}
						</title>
					</circle>
				))}
				<text x={LEFT} y={BOTTOM + 20}>
					{dateOf(points[0])}
				</text>
				{points.length > 1 && (
					<text x={RIGHT} y={BOTTOM + 20} textAnchor="end">
						{dateOf(points.at(-1))}
					</text>
				)}
			</svg>
		</figure>
	);
}
