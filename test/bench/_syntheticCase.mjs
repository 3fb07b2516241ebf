// @ts-check
// A case of four series on one grid, made for measuring.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeNifti } from '../../src/formats/niftiWrite.ts';
import { makeVolume } from './_volume.mjs';

export const SEQUENCES = /** @type {const} */ (['FLAIR', 'T1C', 'T2', 'T1']);

/**
 * Writes the cases into a data folder as the server expects it.
 * @param {string} folder
 * @param {Record<string, readonly [number, number, number]>} cases dims by id
 * @param {Record<string, readonly [number, number, number]>} [spacingsMm] by id; 1 mm where there is none
 */
export function writeCases(folder, cases, spacingsMm = {}) {
	/** @type {object[]} */
	const listed = [];
	for (const [id, dims] of Object.entries(cases)) {
		mkdirSync(join(folder, 'cases', id), { recursive: true });
		const series = SEQUENCES.map((sequence, n) => {
			const bytes = writeNifti(makeVolume(dims, n + 1, spacingsMm[id]));
			writeFileSync(join(folder, 'cases', id, `${sequence}.nii`), bytes);
			return { file: `${sequence}.nii`, bytes: bytes.length, sequence };
		});
		const title = { zh: id, en: id };
		const about = { id, title, subtitle: { zh: '', en: '' }, family: 'glioma', synthetic: true };
		const manifest = { schemaVersion: 1, origin: 'catalogue', ...about, series };
		writeFileSync(join(folder, 'cases', id, 'case.json'), JSON.stringify(manifest));
		listed.push({ ...about, bytes: series.reduce((sum, { bytes }) => sum + bytes, 0) });
	}
	writeFileSync(join(folder, 'cases', 'index.json'), JSON.stringify({ schemaVersion: 1, cases: listed }));
}
