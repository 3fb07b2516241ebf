import { useEffect, useRef, useState } from 'react';
import { formatBytes, formatPercent } from '../../i18n/format.ts';
import { storageKept, storageRoom } from '../../store/persist.ts';
import { BackupOutcome } from './BackupOutcome.tsx';
import { Section } from './Section.tsx';
import type { Shelf } from './shelf.ts';
import { type BackupState, useBackup } from './useBackup.ts';
import { useFocusBack } from './useFocusBack.ts';
import type { Words } from './words.ts';

interface Props {
	readonly words: Words;
	readonly shelf: Extract<Shelf, { kind: 'there' }>;
	/** Grows with whatever may change the room that is used. */
	readonly changes: number;
	/** Finishes what is being deleted on this page. */
	readonly beforeRestore: () => Promise<void>;
	readonly onRestored: () => Promise<void>;
}

/** What a stroke and a report take in a backup: a guess, so that a large backup does not come as a surprise. */
const STROKE_BYTES = 400;
const REPORT_BYTES = 4000;

/** Everything on this device as one file, and back; and how much room there is. */
export function BackupSection({ words, shelf, changes, beforeRestore, onRestored }: Props) {
	const { t } = words;
	const { state, save, restore, restoreRest, cancel } = useBackup({ beforeRestore, onRestored });
	const chooser = useRef<HTMLInputElement>(null);
	const saving = useRef<HTMLButtonElement>(null);
	const restoring = useRef<HTMLButtonElement>(null);
	const busy = state.kind === 'saving' || state.kind === 'checking' || state.kind === 'restoring';
	const cases = shelf.cases.reduce((sum, { bytes }) => sum + bytes, 0);
	const attempts = shelf.attempts.reduce(
		(sum, { strokes, reports }) => sum + strokes * STROKE_BYTES + reports.length * REPORT_BYTES,
		0,
	);
	return (
		<Section id="backup" title={t('backup.title')} note={t('backup.note')}>
			<div className="bar">
				<button ref={saving} type="button" className="btn" aria-disabled={busy} onClick={() => busy || save()}>
					{t('backup.save')}
				</button>
				<span className="mute sm">{t('backup.size', { size: formatBytes(cases + attempts) })}</span>
				<button
					ref={restoring}
					type="button"
					className="btn"
					aria-disabled={busy}
					onClick={() => busy || chooser.current?.click()}
				>
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
			{busy && (
				<Progress
					words={words}
					state={state}
					onCancel={cancel}
					focusBack={() => (state.kind === 'saving' ? saving : restoring).current}
				/>
			)}
			<div role="status" data-backup={state.kind}>
				<BackupOutcome words={words} state={state} onRest={restoreRest} focusBack={() => restoring.current} />
			</div>
			<Room words={words} changes={changes} />
		</Section>
	);
}

type Busy = Extract<BackupState, { done: number }>;

interface ProgressProps {
	readonly words: Words;
	readonly state: Busy;
	readonly onCancel: () => void;
	readonly focusBack: () => HTMLElement | null;
}

function Progress({ words: { t }, state, onCancel, focusBack }: ProgressProps) {
	const back = useFocusBack(focusBack);
	const { kind, done, total } = state;
	const label =
		kind === 'checking'
			? t('backup.checking', { share: formatPercent(total > 0 ? done / total : 0) })
			: t(kind === 'saving' ? 'backup.saving' : 'backup.restoring', { done, total });
	return (
		<div ref={back} className="keeping outcome">
			<progress aria-label={label} value={done} max={total || 1} />
			<span className="mute sm nw">{label}</span>
			<button type="button" className="btn qt s" onClick={onCancel}>
				{t('backup.cancel')}
			</button>
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
