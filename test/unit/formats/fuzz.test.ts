import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNifti } from '../../../src/formats/nifti.ts';
import { fileBytes, zlibGzip } from './bytes.ts';
import { niftiBytes } from './niftiBytes.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/formats');
const valid = [
	niftiBytes(),
	niftiBytes({ version: 2, littleEndian: false, datatype: 64 }),
	niftiBytes({ datatype: 1024, qformCode: 1, sformCode: 0 }),
	zlibGzip(niftiBytes()),
	zlibGzip(niftiBytes({ version: 2 }), { level: 0 }),
	fileBytes(join(FIXTURES, 'seg_shifted_affine_3mm.nii.gz')),
	fileBytes(join(FIXTURES, 'pair.hdr')),
];

const MAX_BYTES = 1024 * 1024;
const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), byte: fc.nat(255) });
const broken = fc
	.record({
		file: fc.constantFrom(...valid),
		// Most of what can go wrong stands in the first 400 bytes.
		early: fc.boolean(),
		edits: fc.array(edit, { maxLength: 3 }),
		keep: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, fc.double({ min: 0, max: 1, noNaN: true })),
		tail: fc.oneof({ weight: 4, arbitrary: fc.constant(new Uint8Array()) }, fc.uint8Array({ maxLength: 20 })),
	})
	.map(({ file, early, edits, keep, tail }) => {
		const bytes = file.slice(0, Math.round(file.length * keep));
		const reach = early ? Math.min(400, bytes.length) : bytes.length;
		for (const { at, byte } of edits) if (reach > 0) bytes[Math.floor(at * reach)] = byte;
		return Uint8Array.from([...bytes, ...tail]);
	});

test('no change to the bytes of a file makes the reader throw or pass the limit', { timeout: 60_000 }, () => {
	let volumes = 0;
	let refusals = 0;
	fc.assert(
		fc.property(broken, (bytes) => {
			const result = readNifti(bytes, 'a.nii.gz', { maxBytes: MAX_BYTES });
			if (result.ok) {
				volumes++;
				const { data, grid } = result.value;
				expect(data).toHaveLength(grid.dims[0] * grid.dims[1] * grid.dims[2]);
				expect(data.byteLength).toBeLessThanOrEqual(4 * MAX_BYTES);
				expect(grid.affine.every(Number.isFinite)).toBe(true);
				expect(data.every(Number.isFinite)).toBe(true);
			} else {
				refusals++;
				expect(result.issues.length).toBeGreaterThan(0);
			}
		}),
		{ numRuns: 3000, seed: 20210818 },
	);
	// Both ways were taken, or nothing was shown.
	expect(Math.min(volumes, refusals)).toBeGreaterThan(300);
});
