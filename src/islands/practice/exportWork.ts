import { formatDateTime } from '../../i18n/format.ts';
import type { Locale } from '../../i18n/locales.ts';
import type { AttemptReport } from '../../schemas/attempt.ts';
import type { ExportAbout, ExportedFile, ExportFormat } from '../../workers/exportMasks.ts';
import type { Download } from '../saveDownload.ts';
import type { Words } from '../words.ts';
import { reportText } from './reportText.ts';
import type { PracticeSession } from './session.ts';

/** The masks in one format: the one file they make, or a zip of several. */
export async function exportedMasks(
	session: PracticeSession,
	format: ExportFormat,
	patient: string,
): Promise<Download> {
	const files = await session.files.write(format, aboutOf(patient));
	const [only, ...more] = files;
	if (only && more.length === 0) return { name: only.name, blob: new Blob([only.bytes]) };
	return { name: `${patient}_${format}.zip`, blob: await zipped(files) };
}

/**
 * The whole attempt as a zip: every mask by the naming rule, the journal, every score that is kept and the one that is
 * looked at, and the latest in words. Made of what is in memory, so it also saves what the browser will not keep.
 */
export async function exportedAttempt(
	session: PracticeSession,
	patient: string,
	words: { readonly t: Words; readonly locale: Locale },
): Promise<Download | undefined> {
	const record = session.files.attempt;
	if (!record) return undefined;
	const masks = await session.files.write('nifti', aboutOf(patient));
	const reports = await session.scoring.kept().catch((): readonly AttemptReport[] => []);
	const { attemptId, manifest, caseVersion, events, shown } = record;
	const json = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, '\t')}\n`);
	const latest = shown ?? reports.at(-1)?.report;
	const files: ExportedFile[] = [
		...masks.map(({ name, bytes }) => ({ name: `masks/${name}`, bytes })),
		{ name: 'journal.json', bytes: json({ schemaVersion: 1, attemptId, caseVersion, case: manifest, events }) },
		{ name: 'reports.json', bytes: json({ schemaVersion: 1, reports, shown: shown ?? null }) },
	];
	if (latest) {
		const now = new Date();
		const heading = [manifest.title[words.locale], attemptId, formatDateTime(now, words.locale, { now })];
		const text = reportText(latest, heading, words.t);
		files.push({ name: 'report.txt', bytes: new TextEncoder().encode(text) });
	}
	return { name: `${patient}_${attemptId}.zip`, blob: await zipped(files) };
}

function aboutOf(patient: string): ExportAbout {
	const [high, low] = crypto.getRandomValues(new BigUint64Array(2));
	return { patient, random: String(((high! >> 6n) << 64n) | low!), at: new Date().toISOString() };
}

/** The zip's code is most of what it takes: it comes when the first file is asked for. */
async function zipped(files: readonly ExportedFile[]): Promise<Blob> {
	const { zipFiles } = await import('../../store/zip.ts');
	return zipFiles(files.map(({ name, bytes }) => ({ name, data: bytes })));
}
