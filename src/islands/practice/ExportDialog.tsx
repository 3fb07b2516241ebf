import { useState } from 'react';
import { maskName, PATIENT_PATTERN, patientOf } from '../../protocol/maskName.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../workers/exportMasks.ts';
import { type Download, saveDownload } from '../saveDownload.ts';
import { useRead, useRoom } from './context.ts';
import { Dialog } from './Dialog.tsx';
import { exportedAttempt, exportedMasks } from './exportWork.ts';
import { Icon } from './Icon.tsx';

/** Writes what is drawn to the reader's disk: masks for another tool, or the whole attempt with its report. */
export function ExportDialog() {
	const { session, t, locale } = useRoom();
	const { manifest, drawn } = useRead(({ state, files }) => ({
		manifest: state.manifest,
		drawn: files.masks[0]?.region,
	}));
	const [patient, setPatient] = useState(() => manifest?.patient ?? patientOf(manifest?.id ?? ''));
	const [busy, setBusy] = useState<ExportFormat | 'attempt'>();
	const [failed, setFailed] = useState(false);
	const valid = PATIENT_PATTERN.test(patient);
	const close = () => session.showDialog(undefined);
	const save = async (what: ExportFormat | 'attempt') => {
		setBusy(what);
		setFailed(false);
		try {
			const download: Download | undefined =
				what === 'attempt'
					? await exportedAttempt(session, patient, { t, locale })
					: await exportedMasks(session, what, patient);
			if (download) saveDownload(download);
		} catch (error) {
			setFailed(true);
			throw error;
		} finally {
			setBusy(undefined);
		}
	};
	const row = (what: ExportFormat | 'attempt', note: string, needsMask: boolean) => (
		<li key={what}>
			<span>
				<b>{t(`export.${what}`)}</b>
				<small>{note}</small>
			</span>
			<button
				type="button"
				className={what === 'attempt' ? 'btn pri' : 'btn'}
				data-export={what}
				disabled={!valid || (needsMask && !drawn)}
				// Disabled it would lose the focus.
				aria-disabled={busy !== undefined}
				aria-label={t(busy === what ? 'export.writingNamed' : 'export.saveNamed', { what: t(`export.${what}`) })}
				onClick={() => busy === undefined && void save(what)}
			>
				<Icon name="dl" small />
				{busy === what ? t('export.writing') : t('export.save')}
			</button>
		</li>
	);
	return (
		<Dialog title={t('export.title')} onClose={close}>
			<header>
				<h2>{t('export.title')}</h2>
				<button type="button" className="ib" aria-label={t('dialog.close')} title={t('dialog.close')} onClick={close}>
					<Icon name="x" />
				</button>
			</header>
			<div className="body">
				<label className="field patient">
					<span>{t('export.patient')}</span>
					<span className="inp">
						<input
							value={patient}
							maxLength={32}
							autoComplete="off"
							spellCheck={false}
							aria-invalid={!valid}
							onChange={({ currentTarget }) => setPatient(currentTarget.value)}
						/>
					</span>
					<small className={valid ? undefined : 'attn'}>
						{valid ? t('export.patientNote', { example: maskName(patient, drawn ?? 'WT') }) : t('export.patientWrong')}
					</small>
				</label>
				{!drawn && <p className="mid">{t('export.nothing')}</p>}
				<ul className="exports">
					{row('attempt', t('export.attemptNote'), false)}
					{EXPORT_FORMATS.map((format) => row(format, t(`export.${format}Note`), true))}
				</ul>
				{failed && (
					<p className="attn" role="alert">
						{t('export.failed')}
					</p>
				)}
			</div>
		</Dialog>
	);
}
