import { formatDateTime, formatDuration, formatScore } from '../../i18n/format.ts';
import { localePath } from '../../i18n/locales.ts';
import type { AttemptSummary } from '../../store/store.ts';
import { ConfirmedDelete } from './ConfirmedDelete.tsx';
import type { Words } from './words.ts';

interface Props {
	readonly words: Words;
	readonly attempts: readonly AttemptSummary[];
	/** The case's title; undefined where the case is gone. */
	readonly titleOf: (caseId: string) => string | undefined;
	/** Whether scores are told. */
	readonly scored?: boolean;
	onDelete(attempt: AttemptSummary): void;
}

export function AttemptTable({ words, attempts, titleOf, scored = true, onDelete }: Props) {
	const { locale, t } = words;
	const clock = { now: new Date() };
	const when = (iso: string) => formatDateTime(new Date(iso), locale, clock);
	return (
		<table className="tbl attempts">
			<thead>
				<tr>
					<th scope="col">{t('attempts.case')}</th>
					<th scope="col">{t('attempts.started')}</th>
					<th scope="col">{t('attempts.changed')}</th>
					<th scope="col" className="num">
						{t('attempts.time')}
					</th>
					<th scope="col" className="num">
						{t('attempts.strokes')}
					</th>
					{scored && <th scope="col">{t('attempts.dice')}</th>}
					<th scope="col">
						<span className="vh">{t('attempts.actions')}</span>
					</th>
				</tr>
			</thead>
			<tbody>
				{attempts.map((summary) => {
					const { id, caseId, startedAt } = summary.attempt;
					const title = titleOf(caseId);
					const named = { title: title ?? caseId, started: when(startedAt) };
					const address = `${localePath(locale, '/practice/')}?case=${encodeURIComponent(caseId)}&attempt=${encodeURIComponent(id)}`;
					return (
						<tr key={id}>
							<th scope="row">
								{title ?? caseId}
								{title === undefined && <small>{t('attempts.gone')}</small>}
							</th>
							<td className="nw">{named.started}</td>
							<td className="nw">{when(summary.lastAt)}</td>
							<td className="num">{formatDuration(summary.activeMs, locale)}</td>
							<td className="num">{summary.strokes}</td>
							{scored && (
								<td>
									<LatestDice words={words} summary={summary} />
								</td>
							)}
							<td className="num">
								<span className="actions">
									<ConfirmedDelete
										words={words}
										label={t('attempts.delete')}
										name={t('attempts.deleteNamed', named)}
										question={t('attempts.deleteAsk')}
										onDelete={() => onDelete(summary)}
									/>
									{title !== undefined && (
										<a className="btn s" href={address} aria-label={t('attempts.continueNamed', named)}>
											{t('attempts.continue')}
										</a>
									)}
								</span>
							</td>
						</tr>
					);
				})}
			</tbody>
		</table>
	);
}

function LatestDice({ words: { t, terms }, summary }: { words: Words; summary: AttemptSummary }) {
	const report = summary.reports.at(-1)?.report;
	if (!report || report.regions.length === 0) return <span className="mute">{t('attempts.unscored')}</span>;
	return (
		<ul className="dice">
			{report.regions.map(({ region, dice }) => (
				<li key={region} className="rg">
					<i className={`sw ${region.toLowerCase()}`} />
					<span>{terms(`region.${region}`)}</span>
					<b>{dice.kind === 'value' ? formatScore(dice.value) : t('attempts.none')}</b>
				</li>
			))}
		</ul>
	);
}
