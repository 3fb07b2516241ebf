import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import acceptanceFile from '../../../content/policy/acceptance.json' with { type: 'json' };
import { DICOM_HEAD_BYTES, isDicom, seriesUidOf } from '../../formats/dicomFile.ts';
import { type ReadDicomSeries, readDicomSeries } from '../../formats/dicomSeries.ts';
import { identifyingWarnings } from '../../formats/identifying.ts';
import { formatNumber } from '../../i18n/format.ts';
import { type DicomGroup, groupDicom, type NamedSeries, nameSeries, uniqueName } from '../../importers/dicomGroups.ts';
import type { ImportSeries } from '../../node/importCase.ts';
import { BadInput, type Console, issueLine } from './command.ts';
import { readBytes } from './readFiles.ts';
import type { Say } from './say.ts';

/** More are not one person's study. */
const MOST_FILES = 6_000;
/** The files of one series that are in memory at a time. */
const MOST_GROUP_BYTES = 2 ** 30;
const MARK_BYTES = 132;

/** The DICOM series of a folder. */
export interface FoundDicom {
	readonly series: readonly NamedSeries[];
	/** Reads one of them again, by its path. */
	readonly read: (path: string) => Promise<ImportSeries>;
}

/** A folder without DICOM. */
export const NO_DICOM: FoundDicom = {
	series: [],
	read: (path) => Promise.reject(new Error(`got "${path}", expected a series of the folder`)),
};

/**
 * Finds the DICOM series among the files of a folder, told by their bytes; one series is in memory at a time. What is set
 * aside is told on the error stream. Throws `BadInput` where there are too many.
 *
 * @param files of the folder, as `filesIn` lists them
 */
export async function dicomIn(folder: string, files: readonly string[], { say, error }: Console): Promise<FoundDicom> {
	const warn = (text: string) => error(say('cli.warning', { text }));
	const uids: (readonly [string, string | undefined])[] = [];
	for (const path of files) {
		const uid = await uidOf(join(folder, path), say).catch((failure) => {
			if (!(failure instanceof BadInput)) throw failure;
			for (const line of failure.lines) warn(line);
			return undefined;
		});
		if (uid !== undefined) uids.push([path, uid]);
	}
	if (uids.length > MOST_FILES) throw new BadInput([`${folder}: ${say('case.tooManyDicom', { limit: MOST_FILES })}`]);
	const found = new Map<string, { readonly group: DicomGroup; readonly index: number }>();
	const series: NamedSeries[] = [];
	for (const group of groupDicom(uids)) {
		const read = await readGroup(folder, group, say).catch((failure) => {
			if (!(failure instanceof BadInput)) throw failure;
			for (const line of failure.lines) warn(line);
			return undefined;
		});
		for (const issue of read?.setAside ?? []) warn(issueLine(issue, say));
		if (!read?.ok) continue;
		for (const [index, { path, guess }] of nameSeries(read.value, group, acceptanceFile).entries()) {
			const own = uniqueName(path, found);
			found.set(own, { group, index });
			series.push({ path: own, guess });
		}
	}
	return { series, read };

	async function read(path: string): Promise<ImportSeries> {
		const place = found.get(path);
		if (!place) return NO_DICOM.read(path);
		const again = await readGroup(folder, place.group, say);
		if (!again.ok) return { volume: again, acquisition: {} };
		const { volume, acquisition, places } = again.value[place.index]!;
		const warnings = [
			...volume.warnings.map((warning) => ({ ...warning, path })),
			...identifyingWarnings(volume.texts, path),
		];
		return { volume: { ok: true, value: { ...volume, warnings } }, acquisition, places };
	}
}

/** As `seriesUidOf`; undefined for what is no file, too. */
async function uidOf(path: string, say: Say): Promise<string | undefined> {
	const file = await open(path).catch((failure: NodeJS.ErrnoException) => {
		if (failure.code === 'EACCES' || failure.code === 'EPERM')
			throw new BadInput([`${path}: ${say('cli.fileRefused')}`]);
		return undefined;
	});
	if (!file) return undefined;
	try {
		if (!(await file.stat()).isFile()) return undefined;
		const head = new Uint8Array(DICOM_HEAD_BYTES);
		const { bytesRead } = await file.read(head, 0, MARK_BYTES);
		if (!isDicom(head.subarray(0, bytesRead))) return undefined;
		const more = await file.read(head, bytesRead, DICOM_HEAD_BYTES - bytesRead);
		return await seriesUidOf(head.subarray(0, bytesRead + more.bytesRead), () => readBytes(path, say));
	} finally {
		await file.close();
	}
}

async function readGroup(folder: string, { paths }: DicomGroup, say: Say): Promise<ReadDicomSeries> {
	let left = MOST_GROUP_BYTES;
	const files = new Map<string, Uint8Array>();
	for (const path of paths) {
		left -= (await stat(join(folder, path))).size;
		if (left < 0) {
			const limit = formatNumber(MOST_GROUP_BYTES / 2 ** 20, 0);
			throw new BadInput([`${paths[0]} (+${paths.length - 1}): ${say('case.dicomTooLarge', { limit })}`]);
		}
		files.set(path, await readBytes(join(folder, path), say));
	}
	return readDicomSeries(files);
}
