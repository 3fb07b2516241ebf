import { dirname, join, posix } from 'node:path';
import { companionNames } from '../../formats/readVolume.ts';
import { readSidecar, stemOf } from '../../importers/sidecar.ts';
import type { ImportFile } from '../../node/importCase.ts';
import { listFiles } from '../../node/listFiles.ts';
import type { Acquisition } from '../../protocol/acquisition.ts';
import { SEQUENCES, type Sequence } from '../../protocol/protocol.ts';
import { BadInput } from './command.ts';
import { lastValue, type Options } from './options.ts';
import { readBytes } from './readMasks.ts';
import type { Say } from './say.ts';

/** No table of b-values and no sidecar is longer. */
const MOST_SIDECAR_BYTES = 10_000_000;

/** The files of a folder. Throws `BadInput` where it cannot be listed. */
export async function filesIn(folder: string, say: Say): Promise<string[]> {
	try {
		return await listFiles(folder);
	} catch (failure) {
		const { code } = failure as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') throw new BadInput([`${folder}: ${say('case.noFolder')}`]);
		if (code === 'EACCES' || code === 'EPERM') throw new BadInput([`${folder}: ${say('cli.fileRefused')}`]);
		throw failure;
	}
}

/**
 * Reads files of a folder with those beside them: voxels that lie apart from their header, and sidecars. Gives null where
 * one cannot be read, with a sentence in `problems`.
 *
 * @param files of the folder, as `filesIn` lists them
 */
export function folderReader(folder: string, files: readonly string[], say: Say, problems: string[]) {
	const there = new Set(files);
	return async (file: string): Promise<ImportFile | null> => {
		try {
			const bytes = await readBytes(join(folder, file), say);
			const companions = new Map<string, Uint8Array>();
			for (const name of companionNames(bytes, file)) {
				const beside = posix.join(dirname(file), name);
				if (there.has(beside)) companions.set(name, await readBytes(join(folder, beside), say));
			}
			return { bytes, companions, acquisition: await readSidecars(file) };
		} catch (failure) {
			if (!(failure instanceof BadInput)) throw failure;
			problems.push(...failure.lines);
			return null;
		}
	};

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

/** Files given as `--series FLAIR=file`, with a sentence for each word that makes no sense. */
export function chosenSeries(
	options: Options,
	files: readonly string[] | null,
	say: Say,
	problems: string[],
): Map<Sequence, string> {
	const chosen = new Map<Sequence, string>();
	for (const word of options.values.get('series') ?? []) {
		const [, code, file] = /^([A-Z0-9]+)=(.+)$/.exec(word) ?? [];
		const sequence = SEQUENCES.find((known) => known === code);
		if (!sequence || !file) problems.push(say('case.badSeries', { word, known: SEQUENCES.join(', ') }));
		else if (chosen.has(sequence)) problems.push(say('case.seriesTwice', { sequence }));
		else if (files && !files.includes(posix.normalize(file))) problems.push(`${file}: ${say('cli.fileMissing')}`);
		else chosen.set(sequence, posix.normalize(file));
	}
	return chosen;
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
