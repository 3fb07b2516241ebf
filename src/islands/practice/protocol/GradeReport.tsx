import { clauseHref } from '../../../i18n/clause.ts';
import { useRead, useRoom } from '../context.ts';
import { checkGrades, type GradeCheck } from './gradeCheck.ts';

/** How the grades of the pre-read compare with those that are known: shown once nothing can be gained by it. */
export function GradeReport() {
	const { t, locale } = useRoom();
	const { series, quality } = useRead(({ state, work }) => ({
		series: state.manifest?.series,
		quality: work?.preRead?.quality,
	}));
	const checks = checkGrades(series ?? [], quality);
	if (checks.length === 0) return null;
	const accepted = checks.filter((each) => each.accepted).map(({ sequence }) => t(`sequence.${sequence}`));
	const clause = (name: string) => (
		<a className="cl" href={clauseHref(locale, name)} target="_blank" rel="noreferrer">
			{name}
		</a>
	);
	return (
		<section className="report grades">
			<h2>
				{t('grades.heading')} {clause('§2.1')}
			</h2>
			<table className="tbl">
				<thead>
					<tr>
						<th scope="col">{t('grades.series')}</th>
						<th scope="col">{t('grades.told')}</th>
						<th scope="col">{t('grades.known')}</th>
						<th scope="col">
							<span className="vh">{t('grades.compared')}</span>
						</th>
					</tr>
				</thead>
				<tbody>
					{checks.map((each) => (
						<tr key={each.sequence} data-grade={each.sequence} data-off={offOf(each)}>
							<th scope="row">{t(`sequence.${each.sequence}`)}</th>
							<td>{t(each.told === undefined ? 'preRead.quality.none' : `preRead.quality.${each.told}`)}</td>
							<td>{t(`preRead.quality.${each.known}`)}</td>
							<td>{each.told !== undefined && t(`grades.off.${offOf(each)}`)}</td>
						</tr>
					))}
				</tbody>
			</table>
			{accepted.length > 0 && (
				<p className="attn" data-hard="HF8">
					<span className="bdg attn">{t('finding.hard')}</span>{' '}
					{t('grades.accepted', { series: accepted.join(t('protocol.comma')) })} {clause('§2.1-④')}
				</p>
			)}
		</section>
	);
}

function offOf({ known, told = known }: GradeCheck): 0 | 1 | 2 {
	return Math.abs(known - told) as 0 | 1 | 2;
}
