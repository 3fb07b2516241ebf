import { formatNumber, formatPercent, formatQuantity, formatScore } from '../../i18n/format.ts';
import { markName, markValue } from '../../i18n/markWords.ts';
import type { Region } from '../../protocol/protocol.ts';
import { lowestTier, type Mark, type MarkMeasure, TIERS } from '../../scoring/marks.ts';
import type { UndefinedReason } from '../../scoring/measure.ts';
import type { RegionScore, ScoreReport } from '../../scoring/scoreReport.ts';
import { useRead, useRoom } from './context.ts';
import { FileButtons } from './FileButtons.tsx';
import { FindingsList } from './FindingsList.tsx';
import { Icon } from './Icon.tsx';
import { GradeReport } from './protocol/GradeReport.tsx';
import { RegionFigures } from './RegionFigures.tsx';

/** A score: what it comes to, the figures region by region against the marks, and what to mend first. */
export function ReportSide() {
	const { session, t } = useRoom();
	const { report, chosen, lost } = useRead(({ state }) => ({
		report: state.report,
		chosen: state.region,
		lost: state.reportLost,
	}));
	if (!report) return null;
	const figures = report.report;
	const shown = figures.regions.find(({ region }) => region === chosen);
	return (
		<>
			<section className="report">
				<Verdict report={figures} number={report.number} />
				<RegionTable report={figures} />
				{lost && (
					<p className="attn" role="alert">
						{t('report.lost')}
					</p>
				)}
				<ul className="notes">
					{figures.regions.map((score) => (
						<EmptyNote key={score.region} score={score} />
					))}
					{figures.unscored.map(({ region, reason }) => (
						<li key={region}>
							<b>{t(`region.${region}`)}</b> {t(`report.${reason}`)}
						</li>
					))}
				</ul>
				<OtherMarks marks={figures.marks?.list ?? []} />
				<p className="def">{t(figures.marks ? 'report.marked' : 'report.noMarks')}</p>
			</section>
			{figures.findings && <FindingsList findings={figures.findings} />}
			<GradeReport />
			{shown && (
				<section className="report-region">
					<h2>
						{t(`region.${shown.region}`)}
						<button type="button" className="btn s" onClick={() => session.scoring.goToWorstSlice(true)}>
							<Icon name="jump" small />
							{t('report.next')}
							<span className="kbd">N</span>
						</button>
					</h2>
					<p>
						{t('report.volumes')} {formatNumber(shown.predictionMl, 2)} / {formatNumber(shown.referenceMl, 2)}
					</p>
					{shown.slices.length === 0 && <p>{t('report.noErrors')}</p>}
					<RegionFigures score={shown} />
				</section>
			)}
			<div className="bot mute xs">
				<FileButtons />
				<p>{t('report.definitions')}</p>
				<p>{t('report.version', { version: figures.scoringVersion })}</p>
			</div>
		</>
	);
}

/** What the score comes to: hard fails first, then the lowest mark. */
function Verdict({ report, number }: { report: ScoreReport<Region>; number: number }) {
	const { t } = useRoom();
	const hard = report.findings?.list.filter(({ hardFail }) => hardFail !== null).length ?? 0;
	const lowest = lowestTier(report.marks?.list ?? []);
	const tier = lowest && t(lowest === 'below' ? 'report.below' : `tier.${lowest}`);
	const count = <span>{t('report.number', { n: number })}</span>;
	if (hard === 0 && lowest === null)
		return (
			<h2>
				{t('report.heading')}
				{count}
			</h2>
		);
	const bad = hard > 0 || lowest === 'below';
	return (
		<div className={bad ? 'verd bad' : 'verd'} data-verdict={hard > 0 ? 'hard' : lowest}>
			<Icon name={bad ? 'stop' : 'check'} />
			<h2>
				{hard > 0 ? t('report.hard', { count: hard }) : tier}
				{count}
			</h2>
			<p>{hard > 0 && tier ? t('report.hardThough', { tier }) : t('report.lowest')}</p>
		</div>
	);
}

function RegionTable({ report }: { report: ScoreReport<Region> }) {
	const { session, t } = useRoom();
	const { chosen } = useRead(({ state }) => ({ chosen: state.region }));
	const markOf = (region: Region, measure: MarkMeasure) =>
		report.marks?.list.find((mark) => mark.region === region && mark.measure === measure);
	return (
		<table className="tbl">
			<thead>
				<tr>
					<th scope="col">{t('report.region')}</th>
					<th scope="col" className="num" title={t('define.dice')}>
						{t('report.dice')}
					</th>
					<th scope="col">
						<span className="vh">{t('report.place')}</span>
						<span aria-hidden="true">{t('report.ticks')}</span>
					</th>
					<th scope="col" title={t('mark.defaults')}>
						{t('mark.heading')}
					</th>
					<th scope="col" className="num" title={t('report.edgeDefined')}>
						{t('report.edge')}
					</th>
					<th scope="col" className="num">
						{t('report.difference')}
					</th>
				</tr>
			</thead>
			<tbody>
				{report.regions.map((score) => {
					const mark = markOf(score.region, 'dice');
					const edge = markOf(score.region, 'nsdSlices');
					return (
						<tr
							key={score.region}
							className={score.region.toLowerCase()}
							aria-current={score.region === chosen ? 'true' : undefined}
							data-region={score.region}
						>
							<th scope="row">
								<button type="button" className="region rg" onClick={() => session.chooseRegion(score.region)}>
									<i className="sw" />
									{t(`region.${score.region}`)}
								</button>
							</th>
							<td
								className="num"
								data-measure="dice"
								data-value={score.dice.kind === 'value' ? score.dice.value : score.dice.reason}
							>
								{score.dice.kind === 'value' ? formatScore(score.dice.value) : t('report.none')}
							</td>
							<td>{mark && <Meter mark={mark} />}</td>
							<td className="tier" data-tier={mark?.tier ?? 'none'} title={mark && cutsOf(mark, t)}>
								{mark?.tier ? t(`tier.${mark.tier}`) : '–'}
							</td>
							<td className="num" data-measure="edge" title={edge && cutsOf(edge, t)}>
								{edge?.value.kind === 'value' ? formatPercent(edge.value.value) : '–'}
							</td>
							<td className="num" data-measure="difference">
								{formatNumber(score.predictionMl - score.referenceMl, 1)}
							</td>
						</tr>
					);
				})}
			</tbody>
		</table>
	);
}

/** Where Dice lies from 0.5 to 1, with the marks as ticks. */
function Meter({ mark: { value, cuts } }: { mark: Mark }) {
	const along = (dice: number) => `${Math.max(0, (dice - 0.5) * 200)}%`;
	const style = { '--v': value.kind === 'value' ? along(value.value) : '0' } as React.CSSProperties;
	return (
		<span className="mt" style={style} aria-hidden="true">
			<i />
			{TIERS.map((tier) => (
				<b key={tier} style={{ left: along(cuts[tier]) }} />
			))}
		</span>
	);
}

function cutsOf({ cuts }: Mark, t: ReturnType<typeof useRoom>['t']): string {
	const tiers = TIERS.map((tier) => `${t(`tier.${tier}`)} ${formatNumber(cuts[tier], 2)}`);
	return `${tiers.join(' · ')} (${t('mark.defaults')})`;
}

/** Marks that are not of a region's Dice or outline: of its lesions, its dura. */
function OtherMarks({ marks }: { marks: readonly Mark[] }) {
	const { t } = useRoom();
	const others = marks.filter(({ measure }) => measure !== 'dice' && measure !== 'nsdSlices');
	if (others.length === 0) return null;
	return (
		<table className="tbl others">
			<tbody>
				{others.map((mark) => (
					<tr key={`${mark.measure} ${mark.fromMm}`} data-mark={mark.measure} data-from={mark.fromMm}>
						<th scope="row">{markName<Region, MarkMeasure>(mark, t)}</th>
						<td className="num">{markValue<MarkMeasure, UndefinedReason>(mark, t)}</td>
						<td className="tier" data-tier={mark.tier ?? 'none'} title={cutsOf(mark, t)}>
							{mark.tier ? t(`tier.${mark.tier}`) : '–'}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

/** Says in words why a figure is missing: an empty mask on one side or on both. */
function EmptyNote({ score }: { score: RegionScore<Region> }) {
	const { t } = useRoom();
	const drawn = score.counts.tp + score.counts.fp > 0;
	const expected = score.counts.tp + score.counts.fn > 0;
	if (drawn && expected) return null;
	const volume = formatQuantity(drawn ? score.predictionMl : score.referenceMl, 'mL', 2);
	return (
		<li>
			<b>{t(`region.${score.region}`)}</b>{' '}
			{t(drawn ? 'report.referenceEmpty' : expected ? 'report.predictionEmpty' : 'report.bothEmpty', { volume })}
		</li>
	);
}
