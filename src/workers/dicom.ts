import acceptanceFile from '../../content/policy/acceptance.json' with { type: 'json' };
import { cleanCopy } from '../formats/cleanCopy.ts';
import { DICOM_HEAD_BYTES, seriesUidOf } from '../formats/dicomFile.ts';
import { type ReadDicomSeries, readDicomSeries, type SetAside, type SlicePlace } from '../formats/dicomSeries.ts';
import { identifyingWarnings } from '../formats/identifying.ts';
import { type DicomGroup, groupDicom, nameSeries } from '../importers/dicomGroups.ts';
import type { RoleGuess } from '../importers/guessSequence.ts';
import { voxelFacts } from '../importers/seriesFacts.ts';
import type { Acquisition } from '../protocol/acquisition.ts';
import type { Call } from './bridge.ts';
import type { InspectedFile } from './inspect.ts';

/** A volume found in DICOM files. Its `name` is the folder and description, and its warnings go by that. */
interface InspectedSeries extends InspectedFile {
	readonly guess: RoleGuess;
	/** How many files it was read from. */
	readonly files: number;
	readonly acquisition: Acquisition;
	/** As of `DicomSeries`. */
	readonly places: readonly SlicePlace[];
}

/** What the files of a group turned out to be. */
export interface InspectedDicom {
	readonly series: readonly InspectedSeries[];
	readonly setAside: readonly SetAside[];
}

/** Files of a group, by path. */
export type DicomBlobs = ReadonlyMap<string, Blob>;

/** Files after which progress is told. */
const OFTEN = 50;

/** Finds the DICOM files, by their bytes, and which of them belong together. Holds the head of one file at a time. */
export async function sortDicom(files: DicomBlobs, { onProgress }: Call): Promise<readonly DicomGroup[]> {
	const uids: (readonly [string, string | undefined])[] = [];
	for (const [path, file] of files) {
		// What has moved meanwhile is told where it is read.
		const bytes = (blob: Blob) =>
			blob.arrayBuffer().then(
				(buffer) => new Uint8Array(buffer),
				() => new Uint8Array(),
			);
		const uid = seriesUidOf(await bytes(file.slice(0, DICOM_HEAD_BYTES)), () => bytes(file));
		uids.push([path, await uid]);
		if (uids.length % OFTEN === 0) onProgress?.(uids.length / files.size);
	}
	return groupDicom(uids);
}

/** Reads the files of a group whole, all of them, and says what they are; voxels stay in the worker. */
export async function inspectDicom(folder: string, files: DicomBlobs): Promise<InspectedDicom> {
	const read = await readGroup(files);
	if (!read.ok) return { series: [], setAside: read.setAside };
	const names = nameSeries(read.value, { folder }, acceptanceFile);
	const series = read.value.map(({ volume, acquisition, places, files: paths }, n): InspectedSeries => {
		const { path, guess } = names[n]!;
		const warnings = volume.warnings.map((warning) => ({ ...warning, path }));
		return {
			name: path,
			bytes: paths.reduce((sum, each) => sum + files.get(each)!.size, 0),
			grid: volume.grid,
			orientation: volume.orientation,
			labels: undefined,
			voxels: voxelFacts(volume),
			warnings: [...warnings, ...identifyingWarnings(volume.texts, path)],
			parts: [],
			guess,
			files: paths.length,
			acquisition,
			places,
		};
	});
	return { series, setAside: read.setAside };
}

/** A volume of a group as it is kept: NIfTI without any text. Undefined where the files are no longer what they were. */
export async function copyDicom(files: DicomBlobs, index: number): Promise<Blob | undefined> {
	const read = await readGroup(files);
	const series = read.ok ? read.value[index] : undefined;
	return series && new Blob([cleanCopy(series.volume)]);
}

async function readGroup(files: DicomBlobs): Promise<ReadDicomSeries> {
	const bytes = new Map<string, Uint8Array>();
	for (const [path, file] of files) bytes.set(path, new Uint8Array(await file.arrayBuffer()));
	return readDicomSeries(bytes);
}
