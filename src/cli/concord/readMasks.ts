import { diagnoseGrid } from '../../grid/diagnoseGrid.ts';
import { embedVoxels, isPartOf } from '../../grid/embed.ts';
import type { Grid } from '../../grid/grid.ts';
import { reorderVoxels, samePlaces } from '../../grid/reorder.ts';
import { gridSentence } from '../../i18n/gridSentence.ts';
import { type ReadSegments, readSegments } from '../../importers/readSegments.ts';
import { numberSegments, uniteSegments } from '../../importers/regionSegments.ts';
import { BadInput, type Console, issueLine } from './command.ts';
import { readWithCompanion } from './readFiles.ts';

/** Masks on one grid. */
export interface Masks {
	readonly grid: Grid;
	readonly data: readonly Uint8Array[];
}

/** A mask as its file has it. */
export interface ReadMask {
	readonly path: string;
	readonly grid: Grid;
	readonly data: Uint8Array;
	/** Whether it may be cut to what it holds, as segmentations are. */
	readonly mayBeCut: boolean;
}

/** Makes one mask of the named segments of a file. */
type Segments = (read: ReadSegments, path: string) => ReturnType<typeof numberSegments>;

/** All segments as one. */
const together: Segments = (read) => ({ ok: true, value: uniteSegments(read, () => true) });

/**
 * Reads masks that belong together. Another storage order is put right without loss, and segmentations that are cut to what
 * they hold are laid into the grid of the first mask that has room for all; another grid is told in words. Warnings go to
 * the error stream. Throws `BadInput` with everything that is wrong with any of them.
 *
 * @param numbered whether segments are asked for by their numbers: these are then told, and may not overlap
 */
export async function readMasks(paths: readonly string[], numbered: boolean, console: Console): Promise<Masks> {
	const problems: string[] = [];
	const found: ReadMask[] = [];
	const inOrder: Segments = (read, path) => {
		const list = read.segments.map(({ name }, n) => `${n + 1} ${name}`).join(', ');
		console.error(`${path}: ${console.say('cli.segments', { list })}`);
		return numberSegments(read, path);
	};
	for (const path of paths) {
		const mask = await readMask(path, console, problems, numbered ? inOrder : together);
		if (mask) found.push(mask);
	}
	const [first] = found;
	const whole = found.find(({ grid }) => found.every((mask) => hasRoom(grid, mask))) ?? first;
	const data: Uint8Array[] = [];
	for (const mask of found) {
		const aligned = onGrid(mask, whole!.grid);
		if (aligned) data.push(aligned);
		else problems.push(`${mask.path}: ${gridSentence(diagnoseGrid(mask.grid, first!.grid), first!.path, console.say)}`);
	}
	if (problems.length > 0 || !first) throw new BadInput(problems);
	return { grid: whole!.grid, data };
}

/** A mask on another grid that has its voxels in whatever order, or of which a cut one is a part; else null. */
export function onGrid({ data, grid, mayBeCut }: Omit<ReadMask, 'path'>, to: Grid): Uint8Array | null {
	return reorderVoxels(data, grid, to) ?? (mayBeCut ? embedVoxels(data, grid, to) : null);
}

function hasRoom(whole: Grid, { grid, mayBeCut }: ReadMask): boolean {
	return samePlaces(grid, whole) || (mayBeCut && isPartOf(grid, whole));
}

/** Reads one mask; null where it cannot be read, with a line for each problem. Warnings go to the error stream. */
export async function readMask(
	path: string,
	{ say, error }: Console,
	problems: string[],
	segments: Segments = together,
): Promise<ReadMask | null> {
	try {
		const { bytes, companions } = await readWithCompanion(path, say);
		const read = readSegments(bytes, path, { companions });
		const data = !read.ok || read.value.labels ? null : segments(read.value, path);
		const issues = !read.ok ? read.issues : data?.ok === false ? data.issues : [];
		problems.push(...issues.map((issue) => issueLine(issue, say)));
		if (!read.ok || data?.ok === false) return null;
		const { grid, layers, warnings } = read.value;
		for (const warning of warnings) error(say('cli.warning', { text: issueLine(warning, say) }));
		return { path, grid, data: data?.value ?? layers[0]!, mayBeCut: data !== null };
	} catch (failure) {
		if (!(failure instanceof BadInput)) throw failure;
		problems.push(...failure.lines);
	}
	return null;
}
