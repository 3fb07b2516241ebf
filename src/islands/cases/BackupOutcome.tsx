import { useRef } from 'react';
import { formatBytes, formatDateTime } from '../../i18n/format.ts';
import type { Backup, LeftOut } from '../../store/readBackup.ts';
import type { RestoreSummary } from '../../store/restoreBackup.ts';
import { amountIn } from './amount.ts';
import type { BackupState } from './useBackup.ts';
import { useFocusBack } from './useFocusBack.ts';
import type { IssueKey, Words } from './words.ts';

interface Props {
	readonly words: Words;
	readonly state: BackupState;
	/** Restores what is whole of a damaged backup. */
	readonly onRest: (rest: Backup) => void;
	/** Where the keyboard goes from a button that goes away. */
	readonly focusBack: () => HTMLElement | null;
}

/** What came of a backup, in words that a screen reader says; also that something has begun. */
export function BackupOutcome({ words, state, onRest, focusBack }: Props) {
	const { t } = words;
	switch (state.kind) {
		case 'idle':
			return null;
		case 'saving':
		case 'checking':
		case 'restoring':
			return <p className="vh">{t(`backup.begun.${state.kind}`)}</p>;
		case 'saved':
			return <p className="mid outcome">{t('backup.saved', { name: state.name, size: formatBytes(state.bytes) })}</p>;
		case 'restored':
			return <Summary words={words} summary={state.summary} leftOut={state.leftOut} />;
		case 'refused':
			return <Refused words={words} state={state} onRest={onRest} focusBack={focusBack} />;
		case 'failed':
			return (
				<div className="notice outcome">
					<b>{t(`backup.${state.reason}`)}</b>
					<p>{t(`backup.${state.reason}.body`)}</p>
				</div>
			);
	}
}

const SHOWN = 8;

interface RefusedProps extends Props {
	readonly state: Extract<BackupState, { kind: 'refused' }>;
}

function Refused({ words, state: { name, issues, rest }, onRest, focusBack }: RefusedProps) {
	const { t, issue } = words;
	const back = useFocusBack(focusBack);
	const amount = rest && amountIn(words, rest.index.attempts.length, rest.index.cases.length);
	return (
		<div className="notice outcome">
			<b>{t('backup.refused', { name })}</b>
			<ul>
				{issues.slice(0, SHOWN).map(({ code, path, params }) => (
					<li key={`${code} ${path} ${Object.values(params).join()}`}>
						{issue(`issue.${code}` as IssueKey, { path, ...params })}
					</li>
				))}
			</ul>
			{issues.length > SHOWN && <p>{t('backup.more', { count: issues.length - SHOWN })}</p>}
			{amount && <p>{t('backup.rest', { amount })}</p>}
			{rest && (
				<button ref={back} type="button" className="btn s" data-rest onClick={() => onRest(rest)}>
					{t('backup.restoreRest')}
				</button>
			)}
		</div>
	);
}

interface SummaryProps {
	readonly words: Words;
	readonly summary: RestoreSummary;
	readonly leftOut: readonly LeftOut[];
}

function Summary({ words, summary, leftOut }: SummaryProps) {
	const { t } = words;
	const { attempts, cases, learner, unreadable } = summary;
	const now = useRef(new Date());
	const rows: readonly (readonly [key: 'added' | 'continued' | 'same' | 'beside', attempts: number, cases: number])[] =
		[
			['added', attempts.added, cases.added],
			['continued', attempts.continued, 0],
			['same', attempts.same, cases.same],
			['beside', attempts.beside, cases.beside],
		];
	const shown = rows.filter(([, ...counts]) => counts.some((count) => count > 0));
	const learned = learner.added + learner.same;
	const headline =
		leftOut.length > 0 ? 'restoredRest' : unreadable + shown.length + learned === 0 ? 'empty' : 'restored';
	return (
		<div className="outcome">
			<b>{t(`backup.${headline}`)}</b>
			<ul className="mid">
				{shown.map(([key, attempts, cases]) => (
					<li key={key} data-restored={key} data-attempts={attempts} data-cases={cases}>
						{t(`backup.${key}`, { amount: amountIn(words, attempts, cases) })}
					</li>
				))}
				{learned > 0 && (
					<li data-restored="learner" data-added={learner.added}>
						{t('backup.learned', { added: learner.added, same: learner.same })}
					</li>
				)}
				{unreadable > 0 && <li>{t('backup.unreadable', { count: unreadable })}</li>}
				{leftOut.slice(0, SHOWN).map((each) => (
					<li key={each.kind === 'other' ? each.file : `${each.kind} ${each.id}`} data-left-out={each.kind}>
						{t('backup.leftOut', { what: nameOf(words, each, now.current) })}
					</li>
				))}
			</ul>
			{leftOut.length > SHOWN && <p>{t('backup.more', { count: leftOut.length - SHOWN })}</p>}
		</div>
	);
}

/** An attempt's id begins with the time at which it was started. */
const STARTED = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)\d{3}Z-/;

function nameOf({ t, locale }: Words, left: LeftOut, now: Date): string {
	if (left.kind === 'other') return t('backup.left.other', { file: left.file });
	if (left.kind === 'case') return t('backup.left.case', { title: left.title?.[locale] ?? left.id });
	const [, year, month, day, hour, minute, second] = STARTED.exec(left.id)?.map(Number) ?? [];
	const started =
		year === undefined || month === undefined
			? left.id
			: formatDateTime(new Date(Date.UTC(year, month - 1, day, hour, minute, second)), locale, { now });
	return t('backup.left.attempt', { started });
}
