import { useEffect, useRef, useState } from 'react';
import { formatBytes, formatPercent } from '../../i18n/format.ts';
import { storageKept, storageRoom } from '../../store/persist.ts';
import type { RestoreSummary } from '../../store/restoreBackup.ts';
import { Section } from './Section.tsx';
import type { Shelf } from './shelf.ts';
import { type BackupState, useBackup } from './useBackup.ts';
import type { IssueKey, Words } from './words.ts';

interface Props {
	readonly words: Words;
	readonly shelf: Extract<Shelf, { kind: 'there' }>;
	/** Grows with whatever may change the room that is used. */
	readonly changes: number;
	readonly onRestored: () => Promise<void>;
}

/** What a stroke and a report take in a backup: a guess, so that a large backup does not come as a surprise. */
const STROKE_BYTES = 400;
const REPORT_BYTES = 4000;

/** Everything on this device as one file, and back; and how much room there is. */
export function BackupSection({ words, shelf, changes, onRestored }: Props) {
	const { t } = words;
	const { state, save, restore, cancel } = useBackup(onRestored);
	const chooser = useRef<HTMLInputElement>(null);
	const busy = state.kind === 'saving' || state.kind === 'checking' || state.kind === 'restoring';
	const cases = shelf.cases.reduce((sum, { bytes }) => sum + bytes, 0);
	const attempts = shelf.attempts.reduce(
		(sum, { strokes, reports }) => sum + strokes * STROKE_BYTES + reports.length * REPORT_BYTES,
		0,
	);
	return (
		<Section id="backup" title={t('backup.title')} note={t('backup.note')}>
			<div className="bar">
				<button type="button" className="btn" disabled={busy} onClick={save}>
					{t('backup.save')}
				</button>
				<span className="mute sm">{t('backup.size', { size: formatBytes(cases + attempts) })}</span>
				<button type="button" className="btn" disabled={busy} onClick={() => chooser.current?.click()}>
					{t('backup.restore')}
				</button>
				<input
					ref={chooser}
					type="file"
					hidden
					accept=".zip,application/zip"
					aria-label={t('backup.restore')}
					onChange={({ currentTarget }) => {
						const file = currentTarget.files?.[0];
						if (file) restore(file);
						// The same file may be chosen again.
						currentTarget.value = '';
					}}
				/>
			</div>
			{busy && <Progress words={words} state={state} onCancel={cancel} />}
			<div role="status" data-backup={state.kind}>
				<Outcome words={words} state={state} />
			</div>
			<Room words={words} changes={changes} />
		</Section>
	);
}

type Busy = Extract<BackupState, { done: number }>;

function Progress({ words: { t }, state, onCancel }: { words: Words; state: Busy; onCancel: () => void }) {
	const { kind, done, total } = state;
	const label =
		kind === 'checking'
			? t('backup.checking', { share: formatPercent(total > 0 ? done / total : 0) })
			: t(kind === 'saving' ? 'backup.saving' : 'backup.restoring', { done, total });
	return (
		<div className="keeping outcome">
			<progress aria-label={label} value={done} max={total || 1} />
			<span className="mute sm nw">{label}</span>
			<button type="button" className="btn qt s" onClick={onCancel}>
				{t('backup.cancel')}
			</button>
		</div>
	);
}

function Outcome({ words, state }: { words: Words; state: BackupState }) {
	const { t, issue } = words;
	if (state.kind === 'saved')
		return <p className="mid outcome">{t('backup.saved', { name: state.name, size: formatBytes(state.bytes) })}</p>;
	if (state.kind === 'restored') return <Summary words={words} summary={state.summary} />;
	if (state.kind === 'refused')
		return (
			<div className="notice outcome">
				<b>{t('backup.refused', { name: state.name })}</b>
				<ul>
					{state.issues.slice(0, SHOWN_ISSUES).map(({ code, path, params }) => (
						<li key={`${code} ${path} ${Object.values(params).join()}`}>
							{issue(`issue.${code}` as IssueKey, { path, ...params })}
						</li>
					))}
				</ul>
				{state.issues.length > SHOWN_ISSUES && <p>{t('backup.more', { count: state.issues.length - SHOWN_ISSUES })}</p>}
			</div>
		);
	if (state.kind === 'failed')
		return (
			<div className="notice outcome">
				<b>{t(`backup.${state.reason}`)}</b>
				<p>{t(`backup.${state.reason}.body`)}</p>
			</div>
		);
	return null;
}

const SHOWN_ISSUES = 8;

function Summary({ words: { t }, summary }: { words: Words; summary: RestoreSummary }) {
	const { attempts, cases, unreadable } = summary;
	const rows: readonly (readonly [key: 'added' | 'continued' | 'same' | 'beside', attempts: number, cases: number])[] =
		[
			['added', attempts.added, cases.added],
			['continued', attempts.continued, 0],
			['same', attempts.same, cases.same],
			['beside', attempts.beside, cases.beside],
		];
	const isEmpty = unreadable === 0 && rows.every(([, attempts, cases]) => attempts + cases === 0);
	return (
		<div className="outcome">
			<b>{t(isEmpty ? 'backup.empty' : 'backup.restored')}</b>
			<ul className="mid">
				{rows
					.filter(([, ...counts]) => counts.some((count) => count > 0))
					.map(([key, attempts, cases]) => (
						<li key={key} data-restored={key} data-attempts={attempts} data-cases={cases}>
							{t(`backup.${key}`, { attempts, cases })}
						</li>
					))}
				{unreadable > 0 && <li>{t('backup.unreadable', { count: unreadable })}</li>}
			</ul>
		</div>
	);
}

/** How much of this browser's room is used, and whether the browser may clear it. */
function Room({ words: { locale, t }, changes }: { words: Words; changes: number }) {
	const [room, setRoom] = useState<Awaited<ReturnType<typeof storageRoom>>>();
	const [kept, setKept] = useState<boolean>();
	// biome-ignore lint/correctness/useExhaustiveDependencies: measured anew after every change
	useEffect(() => {
		void storageRoom().then(setRoom);
		void storageKept().then(setKept);
	}, [changes]);
	if (!room) return null;
	return (
		<p className="mute sm outcome" data-room-used={room.usedBytes}>
			{t('storage.used', { used: formatBytes(room.usedBytes), quota: formatBytes(room.quotaBytes) })}
			{locale === 'en' && ' '}
			{kept !== undefined && t(kept ? 'storage.kept' : 'storage.notKept')}
		</p>
	);
}
