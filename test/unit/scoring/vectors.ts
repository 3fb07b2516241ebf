import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNifti } from '../../../src/formats/nifti.ts';
import type { Grid } from '../../../src/grid/grid.ts';
import { sharedFolder } from '../../sharedData.ts';

/** Folder of the conformance vectors, or undefined where there is none. */
export const vectorsFolder = sharedFolder('metrics/vectors');

/** Labels of the multi-class vectors: 1 necrosis, 2 oedema, 3 enhancing. */
export const REGION_LABELS: Readonly<Record<string, readonly number[]>> = {
	mask: Array.from({ length: 255 }, (_, n) => n + 1),
	WT: [1, 2, 3],
	TC: [1, 3],
	ET: [3],
};

/** What the references answered: a folder of figures by reference, each a number or text where there is none. */
export type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One pair of masks with what the references answered. */
export interface Vector {
	readonly gt: string;
	readonly pred: string;
	readonly regions: Readonly<Record<string, Answers>>;
	readonly brats2023_lesionwise?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

/** Every pair by its name; none where the folder is not there. */
export const vectors: Readonly<Record<string, Vector>> = vectorsFolder
	? JSON.parse(readFileSync(join(vectorsFolder, 'expected.json'), 'utf8'))
	: {};

/** A mask of the folder. */
export function readLabels(file: string): { readonly data: Uint8Array; readonly grid: Grid } {
	const result = readNifti(new Uint8Array(readFileSync(join(vectorsFolder!, file))), file);
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return { data: Uint8Array.from(result.value.data), grid: result.value.grid };
}

/** Membership table of the regions, bit by bit in their order. */
export function membershipOf(regions: readonly string[]): Uint8Array {
	const table = new Uint8Array(256);
	for (const [bit, region] of regions.entries()) for (const label of REGION_LABELS[region]!) table[label]! |= 1 << bit;
	return table;
}
