import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { companionNames } from '../../formats/readVolume.ts';
import { diagnoseGrid } from '../../grid/diagnoseGrid.ts';
import type { Grid } from '../../grid/grid.ts';
import { reorderVoxels } from '../../grid/reorder.ts';
import { formatNumber } from '../../i18n/format.ts';
import { gridSentence } from '../../i18n/gridSentence.ts';
import { readLabelMap } from '../../importers/readLabelMap.ts';
import { BadInput, type Console, issueLine } from './command.ts';
import type { Say } from './say.ts';

/** Masks on the grid of the first one. */
export interface Masks {
	readonly grid: Grid;
	readonly data: readonly Uint8Array[];
}

/** A mask of 512³ voxels as it may be stored, with room to spare: nothing larger is read into memory. */
const MOST_BYTES = 2 ** 31;

/** A mask as its file has it. */
export interface ReadMask {
	readonly path: string;
	readonly grid: Grid;
	readonly data: Uint8Array;
}

/**
 * Reads masks that belong together. Another storage order is put right without loss; another grid is told in words.
 * Warnings go to the error stream. Throws `BadInput` with everything that is wrong with any of them.
 */
export async function readMasks(paths: readonly string[], console: Console): Promise<Masks> {
	const problems: string[] = [];
	const found: ReadMask[] = [];
	for (const path of paths) {
		const mask = await readMask(path, console, problems);
		if (mask) found.push(mask);
	}
	const [first, ...rest] = found;
	const data = first ? [first.data] : [];
	for (const mask of rest) {
		const aligned = reorderVoxels(mask.data, mask.grid, first!.grid);
		if (aligned) data.push(aligned);
		else problems.push(`${mask.path}: ${gridSentence(diagnoseGrid(mask.grid, first!.grid), first!.path, console.say)}`);
	}
	if (problems.length > 0 || !first) throw new BadInput(problems);
	return { grid: first.grid, data };
}

/** Reads one mask; null where it cannot be read, with a line for each problem. Warnings go to the error stream. */
export async function readMask(path: string, { say, error }: Console, problems: string[]): Promise<ReadMask | null> {
	try {
		const read = readLabelMap(...(await readVolumeFile(path, say)));
		if (!read.ok) problems.push(...read.issues.map((issue) => issueLine(issue, say)));
		else {
			for (const warning of read.value.warnings) error(say('cli.warning', { text: issueLine(warning, say) }));
			return { path, grid: read.value.grid, data: read.value.data };
		}
	} catch (failure) {
		if (!(failure instanceof BadInput)) throw failure;
		problems.push(...failure.lines);
	}
	return null;
}

/**
 * What `readVolume` and `readLabelMap` are given for a file: its bytes, its path, and the file beside it that holds its
 * voxels, where its header says that there is one. Throws `BadInput` where one of them cannot be read.
 */
export async function readVolumeFile(
	path: string,
	say: Say,
): Promise<[bytes: Uint8Array, path: string, options: { companions: Map<string, Uint8Array> }]> {
	const bytes = await readBytes(path, say);
	const companions = new Map<string, Uint8Array>();
	for (const name of companionNames(bytes, path)) {
		const beside = join(dirname(path), name);
		const there = await stat(beside).catch(() => undefined);
		if (!there) continue;
		companions.set(name, await readBytes(beside, say));
		break;
	}
	return [bytes, path, { companions }];
}

/** The bytes of a file of bounded size. Throws `BadInput` where it cannot be read. */
export async function readBytes(path: string, say: Say, most = MOST_BYTES): Promise<Uint8Array> {
	try {
		const { size } = await stat(path);
		if (size > most)
			throw new BadInput([`${path}: ${say('cli.fileTooLarge', { limit: formatNumber(most / 2 ** 20, 0) })}`]);
		return await readFile(path);
	} catch (failure) {
		const code = (failure as NodeJS.ErrnoException).code;
		if (code === 'ENOENT') throw new BadInput([`${path}: ${say('cli.fileMissing')}`]);
		if (code === 'EISDIR') throw new BadInput([`${path}: ${say('cli.fileIsFolder')}`]);
		if (code === 'EACCES' || code === 'EPERM') throw new BadInput([`${path}: ${say('cli.fileRefused')}`]);
		throw failure;
	}
}
