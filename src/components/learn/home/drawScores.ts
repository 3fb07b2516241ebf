import { formatDate, formatScore } from '../../../i18n/format.ts';
import type { RegionScores, ScorePoint } from '../../../learning/regionScores.ts';
import { REGION_SEQUENCE } from '../../../protocol/protocol.ts';
import { drawn, element } from '../element.ts';
import type { Learner } from '../loadLearner.ts';
import { part } from '../pageData.ts';
import type { HomeContext } from './homeData.ts';
import { CHART, scoreChart } from './scoreChart.ts';

/** A chart for each family and region that was scored; the sentence for none stays where there is none. */
export function drawScores({ state, titles }: Learner, context: HomeContext): void {
	const { regions } = state;
	part('[data-no-scores]').hidden = regions.length > 0;
	part('[data-scores]').replaceChildren(...regions.map((scores) => chart(scores, titles, context)));
}

function chart(
	{ family, region, points, passMark }: RegionScores,
	titles: Learner['titles'],
	{ data: { locale }, t, terms, now }: HomeContext,
): HTMLElement {
	const { ticks, marks, mean, band, pass } = scoreChart(points, passMark);
	const { left, right, height } = CHART;
	const last = points.at(-1);
	if (!last) throw new Error('got a chart without points, expected one at least');
	const name = terms(`region.${region}`);
	const latest = formatScore(last.mean);
	const range = last.interval
		? t('scores.range', { from: formatScore(last.interval[0]), to: formatScore(last.interval[1]) })
		: '';
	const date = (point: ScorePoint) => formatDate(new Date(point.at), locale, { now });
	const label = t('scores.chart', {
		family: terms(`family.${family}`),
		region: name,
		count: points.length,
		latest,
		pass: passMark === undefined ? t('scores.noPass') : t('scores.passAt', { pass: formatScore(passMark) }),
	});
	const said = (point: ScorePoint) =>
		t(point.hardFail ? 'scores.pointFailed' : 'scores.point', {
			title: titles.get(point.caseId)?.[locale] ?? point.caseId,
			date: date(point),
			dice: formatScore(point.dice),
		});
	return element(
		'figure',
		{ class: 'ch', 'data-region': region, 'data-family': family },
		element(
			'figcaption',
			{},
			element('span', { class: 'rg' }, element('i', { class: `sw ${region.toLowerCase()}` }), element('b', {}, name)),
			element(
				'span',
				{ class: 'mute sm' },
				`${terms(`family.${family}`)} · ${terms(`sequence.${REGION_SEQUENCE[region]}`)}`,
			),
			element('span', { class: 'v' }, latest, range && element('small', {}, ` ${range}`)),
		),
		drawn(
			'svg',
			{ viewBox: `0 0 ${CHART.width} ${height}`, role: 'img', 'aria-label': label },
			...ticks.flatMap(({ dice, y }) => [
				drawn('path', { class: 'hairline', d: `M${left} ${y}H${right}` }),
				drawn('text', { x: left - 8, y: y + 4, 'text-anchor': 'end' }, dice.toFixed(1)),
			]),
			band !== '' && drawn('path', { class: 'band', d: band }),
			pass !== undefined && drawn('path', { class: 'pass', d: `M${left} ${pass}H${right + 12}` }),
			pass !== undefined &&
				passMark !== undefined &&
				drawn(
					'text',
					{ class: 'passed', x: right + 16, y: pass + 4 },
					t('scores.pass', { pass: formatScore(passMark) }),
				),
			drawn('path', { class: 'mean', d: mean }),
			...marks.map(({ x, y, point }) => {
				const title = drawn('title', {}, said(point));
				return point.hardFail
					? drawn('path', { class: 'failed', d: `M${x - 3.5} ${y - 3.5}l7 7m0-7l-7 7` }, title)
					: drawn('circle', { cx: x, cy: y, r: 2.6 }, title);
			}),
			drawn('text', { x: left, y: height - 4 }, date(points[0] ?? last)),
			points.length > 1 && drawn('text', { x: right, y: height - 4, 'text-anchor': 'end' }, date(last)),
		),
	);
}
