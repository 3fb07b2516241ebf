import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { companionNames } from '../../formats/readVolume.ts';
import { formatNumber } from '../../i18n/format.ts';
import type { ImportFile } from '../../node/importCase.ts';
import { BadInput } from './command.ts';
import type { CliKey, Say } from './say.ts';

/** A volume of 512³ voxels as it may be stored, with room to spare: nothing larger is read into memory. */
const MOST_BYTES = 2 ** 31;

const REASONS: Readonly<Record<string, CliKey>> = {
	ENOENT: 'cli.fileMissing',
	ENOTDIR: 'cli.fileMissing',
	ENAMETOOLONG: 'cli.fileMissing',
	ELOOP: 'cli.fileMissing',
	EISDIR: 'cli.fileIsFolder',
	EACCES: 'cli.fileRefused',
	EPERM: 'cli.fileRefused',
};

/**
 * The bytes of a file, and the file beside it that holds its voxels, where its header says that there is one: the first that
 * is there. Throws `BadInput` where one of them cannot be read.
 */
export async function readWithCompanion(path: string, say: Say): Promise<ImportFile> {
	const bytes = await readBytes(path, say);
	const companions = new Map<string, Uint8Array>();
	for (const name of companionNames(bytes, path)) {
		const beside = join(dirname(path), name);
		const there = await stat(beside).catch(() => undefined);
		if (!there) continue;
		companions.set(name, await readBytes(beside, say));
		break;
	}
	return { bytes, companions };
}

/** The bytes of a file of bounded size. Throws `BadInput` where it cannot be read. */
export async function readBytes(path: string, say: Say, most = MOST_BYTES): Promise<Uint8Array> {
	try {
		const found = await stat(path);
		// A pipe has no size, and may have no end.
		if (!found.isFile() && !found.isDirectory()) throw new BadInput([`${path}: ${say('cli.fileSpecial')}`]);
		if (found.size > most)
			throw new BadInput([`${path}: ${say('cli.fileTooLarge', { limit: formatNumber(most / 2 ** 20, 0) })}`]);
		return await readFile(path);
	} catch (failure) {
		const reason = REASONS[(failure as NodeJS.ErrnoException).code ?? ''];
		if (reason) throw new BadInput([`${path}: ${say(reason)}`]);
		throw failure;
	}
}
