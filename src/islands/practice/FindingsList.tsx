import { useState } from 'react';
import policy from '../../../content/policy/findings.json';
import { clauseHref, clauseOfRule } from '../../i18n/clause.ts';
import { findingSentence } from '../../i18n/findingSentence.ts';
import type { Finding, FindingCode } from '../../scoring/findings/finding.ts';
import type { ScoreReport } from '../../scoring/scoreReport.ts';
import { useRoom } from './context.ts';

/** Which rules were broken, the most important ones first, each with its clause and the way to its place. */
export function FindingsList({ findings }: { findings: NonNullable<ScoreReport['findings']> }) {
	const { t } = useRoom();
	const [all, setAll] = useState(false);
	const { list, unchecked } = findings;
	const shown = all ? list : list.slice(0, policy.shownPerCase);
	return (
		<section className="findings">
			<h2>
				{t('finding.heading')}
				<span>{list.length > 1 ? `${list.length} · ${t('finding.order')}` : list.length}</span>
			</h2>
			{list.length === 0 && <p>{t('finding.none')}</p>}
			<ol>
				{shown.map((finding, n) => (
					<Row
						key={`${finding.code} ${finding.region} ${finding.lesion} ${finding.where?.slice}`}
						finding={finding}
						number={n + 1}
					/>
				))}
			</ol>
			{list.length > shown.length && (
				<button type="button" className="btn s" onClick={() => setAll(true)}>
					{t('finding.more', { count: list.length - shown.length })}
				</button>
			)}
			<p className="def">
				{t('finding.defaults')}{' '}
				{unchecked.length > 0 && (
					<span data-unchecked={unchecked.join(' ')}>
						{t('finding.unchecked', { list: unchecked.map((each) => t(`unchecked.${each}`)).join(t('finding.and')) })}
					</span>
				)}
			</p>
		</section>
	);
}

function Row({ finding, number }: { finding: Finding; number: number }) {
	const { session, t, locale } = useRoom();
	const { code, region, lesion, rules, severity, where } = finding;
	const clauses = [...new Set(rules.map(clauseOfRule))];
	return (
		<li className={severity} data-finding={code} data-region={region}>
			<span className="n" aria-hidden="true">
				{number}
			</span>
			<div>
				<div className="h">
					<b>
						{t(`region.${region}`)}
						{lesion !== null && ` ${t('finding.lesion', { lesion })}`}
					</b>
					{clauses.map((clause) => (
						<a key={clause} className="cl" href={clauseHref(locale, clause)} target="_blank" rel="noreferrer">
							{clause}
						</a>
					))}
					{severity === 'hard' && <span className="bdg attn">{t('finding.hard')}</span>}
				</div>
				<p>
					{findingSentence<FindingCode>(finding, t)}{' '}
					{where && (
						<button type="button" className="go" onClick={() => session.scoring.showPlace(region, where)}>
							{t('finding.show', { slice: where.slice + 1 })}
						</button>
					)}
				</p>
			</div>
		</li>
	);
}
