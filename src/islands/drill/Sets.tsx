import { useMemo, useState } from 'react';
import { acceptanceSentence } from '../../i18n/acceptanceSentence.ts';
import { clauseHref } from '../../i18n/clause.ts';
import { formatNumber } from '../../i18n/format.ts';
import type { AcceptanceReason } from '../../importers/acceptance.ts';
import { markSet, SET_FAULTS, type SetFault, type SetSeries } from '../../learning/drills/sets.ts';
import type { Sequence } from '../../protocol/protocol.ts';
import type { Turn } from './Round.tsx';
import { judgeSet, type SetCheck } from './setFacts.ts';
import { useKeys } from './useKeys.ts';
import type { Words } from './words.ts';

/** One set to decide about. */
export interface SetItem {
	/** A case, or `chance` and the seed that it is drawn by. */
	readonly id: string;
	readonly series: readonly SetSeries[];
}

interface Props {
	readonly words: Words;
	readonly item: SetItem;
	readonly turn: Turn;
}

/** Accepts or refuses a set by how its series were acquired. */
export function Sets({ words, item, turn }: Props) {
	const { t, locale } = words;
	const { told } = turn;
	const verdict = useMemo(() => judgeSet(item.series), [item]);
	const [accept, setAccept] = useState<boolean>();
	const [faults, setFaults] = useState<readonly SetFault[]>([]);
	const decide = (value: boolean) => !told && setAccept(value);
	useKeys({ a: () => decide(true), r: () => decide(false) });
	const isWhole = accept === true || (accept === false && faults.length > 0);
	const decision = { accept: accept === true, faults: accept ? [] : faults };
	const mark = markSet(verdict.faults, decision);
	const check = () =>
		turn.answer({ score: mark.score, given: { ...decision, faults: [...decision.faults] }, rules: verdict.rules });
	return (
		<div className="ask">
			<h3>{t('set.question')}</h3>
			<SetTable words={words} series={item.series} />
			<fieldset className="seg decide" aria-label={t('set.decide')}>
				<button type="button" data-decide="accept" aria-pressed={accept === true} onClick={() => decide(true)}>
					{t('set.accept')}
				</button>
				<button type="button" data-decide="refuse" aria-pressed={accept === false} onClick={() => decide(false)}>
					{t('set.refuse')}
				</button>
			</fieldset>
			{accept === false && (
				<fieldset className="faults" disabled={told !== undefined}>
					<legend>{t('set.why')}</legend>
					{SET_FAULTS.map((fault) => (
						<label key={fault} className="chk">
							<input
								type="checkbox"
								data-fault={fault}
								checked={faults.includes(fault)}
								onChange={() =>
									setFaults(faults.includes(fault) ? faults.filter((each) => each !== fault) : [...faults, fault])
								}
							/>
							{t(`acceptance.check.${fault}`)}
						</label>
					))}
				</fieldset>
			)}
			{!told && (
				<button type="button" className="btn pri" data-check disabled={!isWhole} onClick={check}>
					{t('round.check')}
				</button>
			)}
			{told && (
				<div className="told" data-faults={verdict.faults.join(' ')}>
					<p>{t(verdict.failed.length > 0 ? 'set.isRefused' : 'set.isAccepted')}</p>
					<CheckList words={words} checks={verdict.failed} />
					{mark.extra.length > 0 && (
						<p>
							{t('set.extra', {
								list: mark.extra.map((fault) => t(`acceptance.check.${fault}`)).join(t('list.comma')),
							})}
						</p>
					)}
					{verdict.noted.length > 0 && <p>{t('set.noted')}</p>}
					<CheckList words={words} checks={verdict.noted} />
					<p className="mute xs">
						{t('set.defaults')}{' '}
						<a className="cl" href={clauseHref(locale, '§2.2')}>
							§2.2
						</a>
					</p>
				</div>
			)}
			<p className="mute xs keys">{t('set.keys')}</p>
		</div>
	);
}

function SetTable({ words: { t }, series }: { readonly words: Words; readonly series: readonly SetSeries[] }) {
	const mm = (value: number) => formatNumber(value, value % 1 === 0 ? 0 : 1);
	return (
		<div className="scroll">
			<table className="tbl set">
				<thead>
					<tr>
						<th scope="col">{t('set.column.sequence')}</th>
						<th scope="col">{t('acceptance.check.plane')}</th>
						<th scope="col">{t('acceptance.check.dimension')}</th>
						<th scope="col" className="num">
							{t('set.column.thickness')}
						</th>
						<th scope="col" className="num">
							{t('set.column.gap')}
						</th>
						<th scope="col" className="num">
							{t('set.column.bValue')}
						</th>
						<th scope="col" className="num">
							{t('set.column.slices')}
						</th>
						<th scope="col" className="num">
							{t('set.column.grade')}
						</th>
					</tr>
				</thead>
				<tbody>
					{series.map((each) => (
						<tr key={each.sequence} data-series={each.sequence}>
							<th scope="row">
								{t(`sequence.${each.sequence}`)}
								{each.derived && each.sequence !== 'ADC' && <small> {t('set.derived')}</small>}
							</th>
							<td>{t(`acceptance.word.${each.plane}`)}</td>
							<td>{each.dimension}</td>
							<td className="num">{mm(each.thicknessMm)}</td>
							<td className="num">{mm(each.gapMm)}</td>
							<td className="num">{each.bValue ?? t('acceptance.none')}</td>
							<td className="num">
								{each.slices}
								{each.lost.length > 0 && (
									<small> {t('set.lost', { list: each.lost.map((slice) => slice + 1).join(t('list.comma')) })}</small>
								)}
							</td>
							<td className="num">{each.grade}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

function CheckList({ words: { t, locale }, checks }: { readonly words: Words; readonly checks: readonly SetCheck[] }) {
	if (checks.length === 0) return null;
	return (
		<ul>
			{checks.map((check) => (
				<li key={`${check.of} ${check.check}`}>
					{check.check !== 'sequence' && t('acceptance.sequence', { sequence: t(`sequence.${check.of as Sequence}`) })}
					{acceptanceSentence<AcceptanceReason>(check, t, (sequence) => t(`sequence.${sequence as Sequence}`))}{' '}
					<a className="cl" href={clauseHref(locale, check.clause)}>
						{check.clause}
					</a>
				</li>
			))}
		</ul>
	);
}
