import { useState } from 'react';
import policy from '../../../content/policy/findings.json';
import { clauseHref, clauseOfRule } from '../../i18n/clause.ts';
import { findingSentence } from '../../i18n/findingSentence.ts';
import type { Finding, FindingCode } from '../../scoring/findings/finding.ts';
import type { ScoreReport } from '../../scoring/scoreReport.ts';
import { useRoom } from './context.ts';
import { Icon } from './Icon.tsx';

/** Which rules were broken, the most important ones first, each with its clause and the way to its place. */
export function FindingsList({ findings }: { findings: NonNullable<ScoreReport['findings']> }) {
	const { t } = useRoom();
	const [all, setAll] = useState(false);
	const { list } = findings;
	const shown = all ? list : list.slice(0, policy.shownPerCase);
	return (
		<section className="findings">
			<h2>
				{t('finding.heading')}
				<span>{list.length}</span>
			</h2>
			{list.length === 0 && <p>{t('finding.none')}</p>}
			<ol>
				{shown.map((finding) => (
					<Row key={`${finding.code} ${finding.region} ${finding.lesion} ${finding.where?.slice}`} finding={finding} />
				))}
			</ol>
			{list.length > shown.length && (
				<button type="button" className="btn s" onClick={() => setAll(true)}>
					{t('finding.more', { count: list.length - shown.length })}
				</button>
			)}
			<p className="mute xs">
				{t('finding.defaults')} {t('finding.unchecked')}
			</p>
		</section>
	);
}

function Row({ finding }: { finding: Finding }) {
	const { session, t, locale } = useRoom();
	const { code, region, lesion, rules, severity, where } = finding;
	const clauses = [...new Set(rules.map(clauseOfRule))];
	return (
		<li className={severity} data-finding={code} data-region={region}>
			<p>
				<b>
					{t(`region.${region}`)}
					{lesion !== null && ` ${t('finding.lesion', { lesion })}`}
				</b>{' '}
				{findingSentence<FindingCode>(finding, t)}{' '}
				{clauses.map((clause) => (
					<a key={clause} className="cl" href={clauseHref(locale, clause)} target="_blank" rel="noreferrer">
						{clause}
					</a>
				))}
			</p>
			<div className="row">
				{severity === 'hard' && <span className="attn">{t('finding.hard')}</span>}
				{where && (
					<button type="button" className="btn s" onClick={() => session.showPlace(region, where)}>
						<Icon name="jump" small />
						{t('finding.show')}
					</button>
				)}
			</div>
		</li>
	);
}
