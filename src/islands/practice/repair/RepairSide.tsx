import { clauseHref, clauseOfRule } from '../../../i18n/clause.ts';
import { findingSentence } from '../../../i18n/findingSentence.ts';
import { formatPercent, formatQuantity } from '../../../i18n/format.ts';
import { localePath } from '../../../i18n/locales.ts';
import { REPAIR_LIMITS } from '../../../learning/drills/repair.ts';
import type { Finding, FindingCode } from '../../../scoring/findings/finding.ts';
import { useRead, useRoom } from '../context.ts';
import { Icon } from '../Icon.tsx';

/** What a repair came to: the name, the share that is put right, what is newly broken. */
export function RepairSide() {
	const { session, t, locale } = useRoom();
	const { repaired, task } = useRead(({ state }) => ({ repaired: state.repaired, task: state.repairTask }));
	if (!repaired || !task) return null;
	const { planted, rules, named, share, brokenMl, score, isNamed, isRepaired, newly, lost } = repaired;
	const clauses = [...new Set(rules.map(clauseOfRule))];
	const good = isNamed && isRepaired;
	return (
		<section className="repair done" data-share={share} data-score={score}>
			<div className={good ? 'verd' : 'verd bad'}>
				<Icon name={good ? 'check' : 'alert'} />
				<h2>{t('repair.share', { share: formatPercent(share) })}</h2>
				<p role="status">{t(isRepaired ? 'repair.isRepaired' : 'repair.notRepaired')}</p>
			</div>
			<dl>
				<dt>{t('repair.planted')}</dt>
				<dd>
					{t(`error.${planted}`)}{' '}
					{clauses.map((clause) => (
						<a key={clause} className="cl" href={clauseHref(locale, clause)} target="_blank" rel="noreferrer">
							{clause}
						</a>
					))}
				</dd>
				<dt>{t('repair.named')}</dt>
				<dd data-right={isNamed}>
					{isNamed ? t('repair.namedRight') : t('repair.namedWrong', { error: t(`error.${named}`) })}
				</dd>
				<dt>{t('repair.newly')}</dt>
				<dd>
					{t('repair.brokenMl', { volume: formatQuantity(brokenMl, 'mL', 2) })}
					{newly.length > 0 && (
						<ul>
							{newly.map((finding) => (
								<Newly key={`${finding.code} ${finding.region} ${finding.where?.slice}`} finding={finding} />
							))}
						</ul>
					)}
				</dd>
				<dt>{t('repair.score')}</dt>
				<dd>{formatPercent(score)}</dd>
			</dl>
			{lost && (
				<p className="attn" role="alert">
					{t('repair.lost')}
				</p>
			)}
			<p className="def">
				{t('repair.defaults', {
					share: formatPercent(REPAIR_LIMITS.shareMin),
					free: formatPercent(REPAIR_LIMITS.brokenFree),
				})}
			</p>
			<div className="row">
				<a className="btn pri" href={`${localePath(locale, '/drills/repair/')}?seed=${task.round}`}>
					{t('repair.next')}
				</a>
				<button type="button" className="btn" onClick={() => session.repair.showError()}>
					{t('repair.show')}
				</button>
			</div>
		</section>
	);
}

function Newly({ finding }: { finding: Finding }) {
	const { session, t } = useRoom();
	const { region, where } = finding;
	return (
		<li data-finding={finding.code}>
			{t(`region.${region}`)}: {findingSentence<FindingCode>(finding, t)}{' '}
			{where && (
				<button type="button" className="go" onClick={() => session.scoring.showPlace(region, where)}>
					{t('finding.show', { slice: where.slice + 1 })}
				</button>
			)}
		</li>
	);
}
