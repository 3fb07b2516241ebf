import { formatNumber, formatQuantity, formatScore } from '../../i18n/format.ts';
import type { Region } from '../../protocol/protocol.ts';
import type { Measure } from '../../scoring/measure.ts';
import type { RegionScore } from '../../scoring/scoreReport.ts';
import { useRoom } from './context.ts';
import { FindingsList } from './FindingsList.tsx';
import { Icon } from './Icon.tsx';
import { RegionFigures } from './RegionFigures.tsx';

/** The figures of a score, region by region, with what they mean. */
export function ReportSide() {
	const { session, state, t } = useRoom();
	const { report, region: chosen } = state;
	if (!report) return null;
	const figures = report.report;
	const shown = figures.regions.find(({ region }) => region === chosen);
	return (
		<>
			<section className="report">
				<h2>
					{t('report.heading')}
					<span>{t('report.number', { n: report.number })}</span>
				</h2>
				<table className="tbl">
					<thead>
						<tr>
							<th scope="col">{t('report.region')}</th>
							<th scope="col" className="num" title={t('define.dice')}>
								{t('report.dice')}
							</th>
							<th scope="col" className="num" title={t('define.sensitivity')}>
								{t('report.sensitivity')}
							</th>
							<th scope="col" className="num" title={t('define.precision')}>
								{t('report.precision')}
							</th>
							<th scope="col" className="num">
								{t('report.difference')}
							</th>
						</tr>
					</thead>
					<tbody>
						{figures.regions.map((score) => (
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
								<Figure measure={score.dice} name="dice" />
								<Figure measure={score.sensitivity} name="sensitivity" />
								<Figure measure={score.precision} name="precision" />
								<td className="num" data-measure="difference">
									{formatNumber(score.predictionMl - score.referenceMl, 1)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
				{state.reportLost && (
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
			</section>
			{figures.findings && <FindingsList findings={figures.findings} />}
			{shown && (
				<section className="report-region">
					<h2>
						{t(`region.${shown.region}`)}
						<button type="button" className="btn s" onClick={() => session.goToWorstSlice(true)}>
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
				<p>{t('report.definitions')}</p>
				<p>{t('report.noCuts')}</p>
				<p>{t('report.version', { version: figures.scoringVersion })}</p>
			</div>
		</>
	);
}

function Figure({ measure, name }: { measure: Measure; name: string }) {
	const { t } = useRoom();
	return (
		<td className="num" data-measure={name} data-value={measure.kind === 'value' ? measure.value : measure.reason}>
			{measure.kind === 'value' ? formatScore(measure.value) : t('report.none')}
		</td>
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
