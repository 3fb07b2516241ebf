import { clauseHref, clauseOfRule } from '../../../i18n/clause.ts';
import { liveSentence } from '../../../i18n/liveSentence.ts';
import type { Region, Sequence } from '../../../protocol/protocol.ts';
import type { LiveCheck, LiveCode } from '../../../scoring/live/live.ts';
import { useRead, useRoom } from '../context.ts';
import { Icon } from '../Icon.tsx';

/** What is open comes first, then what is kept, then what cannot be checked yet. */
const ORDER = ['attention', 'ok', 'waiting'] as const satisfies readonly LiveCheck['status'][];

/** The rules that need no reference, checked while drawing: what to look at, with its clause and the way there. */
export function RulesPanel() {
	const { t } = useRoom();
	const { checks } = useRead(({ state }) => ({ checks: state.liveChecks }));
	if (checks.length === 0) return null;
	const open = checks.filter(({ status }) => status === 'attention').length;
	return (
		<section className="rules" data-open={open}>
			<h2>
				{t('live.heading')}
				<span>{open > 0 ? t('live.open', { count: open }) : t('live.none')}</span>
			</h2>
			<ul>
				{ORDER.flatMap((each) => checks.filter(({ status }) => status === each)).map((check) => (
					<Row key={`${check.code} ${check.region} ${check.rules}`} check={check} />
				))}
			</ul>
			<p className="def">{t('live.own')}</p>
		</section>
	);
}

function Row({ check }: { check: LiveCheck }) {
	const { session, t, locale } = useRoom();
	const { code, region, rules, status, where } = check;
	const { title, detail } = liveSentence<LiveCode, Region, Sequence>(check, t);
	const clauses = [...new Set(rules.map(clauseOfRule))];
	return (
		<li className={status} data-check={code} data-region={region ?? undefined} data-status={status}>
			<span className="mark">
				{status !== 'waiting' && <Icon name={status === 'ok' ? 'check' : 'alert'} small />}
				<span className="vh">{t(`live.status.${status}`)}</span>
			</span>
			<div className="h">
				<span className="title">{title}</span>
				{clauses.map((clause) => (
					<a key={clause} className="cl" href={clauseHref(locale, clause)} target="_blank" rel="noreferrer">
						{clause}
					</a>
				))}
			</div>
			{detail && (
				<p>
					{detail}{' '}
					{where && (
						<button type="button" className="go" onClick={() => session.rules.show(region, where)}>
							{t('live.go', { slice: where.slice + 1 })}
						</button>
					)}
				</p>
			)}
		</li>
	);
}
