import { findingSentence } from '../../i18n/findingSentence.ts';
import { formatNumber } from '../../i18n/format.ts';
import { markName, markValue } from '../../i18n/markWords.ts';
import type { Region } from '../../protocol/protocol.ts';
import type { FindingCode } from '../../scoring/findings/finding.ts';
import type { MarkMeasure } from '../../scoring/marks.ts';
import type { Measure, UndefinedReason } from '../../scoring/measure.ts';
import type { ScoreReport } from '../../scoring/scoreReport.ts';
import type { Words } from '../words.ts';

/** A score as plain text, for a reader without this site: figures, marks, rules that were broken, and what they mean. */
export function reportText(report: ScoreReport<Region>, heading: readonly string[], t: Words): string {
	const shown = (measure: Measure, decimals: number) =>
		measure.kind === 'value' ? formatNumber(measure.value, decimals) : t(`undefined.${measure.reason}`);
	const lines = [...heading, t('report.version', { version: report.scoringVersion }), ''];
	for (const score of report.regions) {
		lines.push(
			t(`region.${score.region}`),
			...(['dice', 'sensitivity', 'precision'] as const).map(
				(measure) => `  ${t(`measure.${measure}`)}: ${shown(score[measure], 4)}`,
			),
			`  ${t('report.volumes')} ${formatNumber(score.predictionMl, 2)} / ${formatNumber(score.referenceMl, 2)}`,
			`  ${t('measure.hd95')}: ${shown(score.hd95Mm, 2)}`,
		);
	}
	for (const { region, reason } of report.unscored) lines.push(`${t(`region.${region}`)}: ${t(`report.${reason}`)}`);
	const marks = report.marks?.list ?? [];
	if (marks.length > 0) lines.push('', t('mark.heading'));
	for (const mark of marks) {
		const tier = mark.tier ? t(`tier.${mark.tier}`) : '–';
		lines.push(
			`  ${markName<Region, MarkMeasure>(mark, t)}: ${markValue<MarkMeasure, UndefinedReason>(mark, t)} ${tier}`,
		);
	}
	const findings = report.findings?.list ?? [];
	if (findings.length > 0) lines.push('', t('finding.heading'));
	for (const finding of findings)
		lines.push(
			`  ${finding.code} ${t(`region.${finding.region}`)}: ${findingSentence<FindingCode>(finding, t)} [${finding.rules.join(' ')}]`,
		);
	return `${[...lines, '', t('report.marked')].join('\n')}\n`;
}
