import { join, posix, resolve } from 'node:path';
import { readVolume } from '../../formats/readVolume.ts';
import type { NamedSeries } from '../../importers/dicomGroups.ts';
import { readSidecar, stemOf } from '../../importers/sidecar.ts';
import type { ImportFile, ImportSeries } from '../../node/importCase.ts';
import { listFiles, MOST_FILES_LISTED } from '../../node/listFiles.ts';
import type { Acquisition } from '../../protocol/acquisition.ts';
import { SEQUENCES, type Sequence } from '../../protocol/protocol.ts';
import { BadInput, type Console } from './command.ts';
import type { FoundDicom } from './dicomFolder.ts';
import { lastValue, type Options } from './options.ts';
import { readBytes, readWithCompanion } from './readFiles.ts';
import type { Say } from './say.ts';

/** The project's own data folder. */
export const DATA = resolve(import.meta.dirname, '../../../.data');

/** No table of b-values and no sidecar is longer. */
const MOST_SIDECAR_BYTES = 10_000_000;

/** Names in one line; the others are counted. */
const MOST_NAMES = 20;

/** The files of a folder; what is passed over is told on the error stream. Throws `BadInput` where it cannot be listed. */
export async function filesIn(folder: string, { say, error }: Console): Promise<readonly string[]> {
	try {
		const { files, more, passedOver } = await listFiles(folder);
		if (more) throw new BadInput([`${folder}: ${say('case.tooManyFiles', { limit: MOST_FILES_LISTED })}`]);
		if (passedOver.length > 0)
			error(say('cli.warning', { text: say('case.passedOver', { list: listed(passedOver) }) }));
		return files;
	} catch (failure) {
		const { code } = failure as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') throw new BadInput([`${folder}: ${say('case.noFolder')}`]);
		if (code === 'EACCES' || code === 'EPERM') throw new BadInput([`${folder}: ${say('cli.fileRefused')}`]);
		throw failure;
	}
}

/** Names in a row, 20 at most and then how many more. */
export function listed(names: readonly string[]): string {
	const more = names.length - MOST_NAMES;
	return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` (+${more})` : '');
}

/**
 * Reads files of a folder with those beside them, voxels that lie apart from their header and sidecars, and series of
 * DICOM. Gives null where one cannot be read, with a sentence in `problems`.
 *
 * @param files of the folder, as `filesIn` lists them
 * @param dicom series that are no single file, read by their paths
 */
export function folderReader(
	folder: string,
	files: readonly string[],
	dicom: FoundDicom,
	say: Say,
	problems: string[],
): {
	readonly read: (file: string) => Promise<ImportFile | null>;
	readonly readSeries: (file: string) => Promise<ImportSeries | null>;
} {
	const there = new Set(files);
	const series = new Set(dicom.series.map(({ path }) => path));
	return {
		read: (file) => orNull(readWithCompanion(join(folder, file), say)),
		readSeries: (file) => orNull(series.has(file) ? dicom.read(file) : readSeries(file)),
	};

	async function orNull<Read>(reading: Promise<Read>): Promise<Read | null> {
		try {
			return await reading;
		} catch (failure) {
			if (!(failure instanceof BadInput)) throw failure;
			problems.push(...failure.lines);
			return null;
		}
	}

	async function readSeries(file: string): Promise<ImportSeries> {
		const { bytes, companions } = await readWithCompanion(join(folder, file), say);
		return { volume: readVolume(bytes, file, { companions }), acquisition: await readSidecars(file) };
	}

	async function readSidecars(file: string): Promise<Acquisition> {
		let known: Acquisition = {};
		for (const ending of ['.bval', '.json']) {
			const name = stemOf(file) + ending;
			if (!there.has(name)) continue;
			const text = new TextDecoder().decode(await readBytes(join(folder, name), say, MOST_SIDECAR_BYTES));
			known = { ...known, ...readSidecar(name, text) };
		}
		return known;
	}
}

/**
 * Files given as `--series FLAIR=file`, and series of DICOM as `--series FLAIR=part`, with a sentence for each word that
 * makes no sense. Only the form is looked at where `files` is null.
 */
export function chosenSeries(
	options: Options,
	files: readonly string[] | null,
	say: Say,
	problems: string[],
	dicom: readonly NamedSeries[] = [],
): Map<Sequence, string> {
	const chosen = new Map<Sequence, string>();
	for (const word of options.values.get('series') ?? []) {
		const [, code, file] = /^([A-Z0-9]+)=(.+)$/.exec(word) ?? [];
		const sequence = SEQUENCES.find((known) => known === code);
		if (!sequence || !file) problems.push(say('case.badSeries', { word, known: SEQUENCES.join(', ') }));
		else if (chosen.has(sequence)) problems.push(say('case.seriesTwice', { sequence }));
		else if (!files || files.includes(posix.normalize(file))) chosen.set(sequence, posix.normalize(file));
		else {
			const [found, ...more] = seriesMeant(file, dicom);
			if (!found) problems.push(`${file}: ${say('cli.fileMissing')}`);
			else if (more.length > 0) problems.push(say('case.seriesSeveral', { word, files: [found, ...more].join(', ') }));
			else chosen.set(sequence, found);
		}
	}
	return chosen;
}

/** Series called just that, or that lie in a folder of that name, or else have it in their path, whatever its case. */
function seriesMeant(word: string, dicom: readonly NamedSeries[]): string[] {
	const paths = dicom.map(({ path }) => path);
	const whole = paths.filter((path) => path === word);
	if (whole.length > 0) return whole;
	const folder = posix.normalize(`/${word}/`);
	const inside = paths.filter((path) => `/${path}/`.includes(folder));
	return inside.length > 0 ? inside : paths.filter((path) => path.toLowerCase().includes(word.toLowerCase()));
}

/** The value of an option, one of those known; a problem where it is another. */
export function oneOf<Value extends string>(
	options: Options,
	name: string,
	known: readonly Value[],
	say: Say,
	problems: string[],
): Value | undefined {
	const word = lastValue(options, name);
	const found = known.find((each) => each === word);
	if (word !== undefined && !found) problems.push(say('case.badWord', { option: name, word, known: known.join(', ') }));
	return found;
}
