import { expect, test } from 'vitest';
import type { CaseDraft } from '../../../../src/importers/draftCase.ts';
import { deviceCase, newCaseId } from '../../../../src/islands/open/deviceCase.ts';
import { caseManifestSchema } from '../../../../src/schemas/caseManifest.ts';

const draft: CaseDraft = {
	family: 'metastasis',
	series: [
		{ sequence: 'T1', path: 'p/a/image.nii.gz' },
		{ sequence: 'FLAIR', path: 'p/b/image.nii.gz' },
	],
	reference: { path: 'p/seg.mha', scheme: 'brats2023' },
	regions: [],
	warnings: [],
};
const files = new Map([
	['p/a/image.nii.gz', new Blob(['a'])],
	['p/b/image.nii.gz', new Blob(['bb'])],
	['p/seg.mha', new Blob(['ccc'])],
	['p/unused.nii.gz', new Blob(['dddd'])],
]);
const subtitle = { zh: '本机影像', en: 'Own images' };
const acquisitions = new Map([['p/b/image.nii.gz', { thicknessMm: 5 }]]);
const id = newCaseId(new Date('2026-11-23T14:32:05.678Z'), Uint8Array.of(0x9f, 3, 0xab, 0x12));

test('the manifest is valid, of this device, and names each file by what it is for', () => {
	const made = deviceCase({ id, name: 'P 12', subtitle, draft, acquisitions, files });
	expect(caseManifestSchema.parse(made.manifest)).toEqual(made.manifest);
	expect(made.manifest).toMatchObject({
		origin: 'device',
		synthetic: false,
		family: 'metastasis',
		title: { zh: 'P 12', en: 'P 12' },
		series: [
			{ sequence: 'T1', file: 'T1.nii.gz', bytes: 1 },
			{ sequence: 'FLAIR', file: 'FLAIR.nii.gz', bytes: 2, acquisition: { thicknessMm: 5 } },
		],
		reference: { kind: 'multiClass', labels: 'brats2023', mask: { file: 'reference.nii.gz', bytes: 3 } },
	});
});

test('the files are the very ones given, under the names they are kept by, and only those in use', () => {
	const made = deviceCase({ id, name: 'P 12', subtitle, draft, acquisitions, files });
	expect([...made.files]).toEqual([
		['T1.nii.gz', files.get('p/a/image.nii.gz')],
		['FLAIR.nii.gz', files.get('p/b/image.nii.gz')],
		['reference.nii.gz', files.get('p/seg.mha')],
	]);
});

test('without a reference the manifest has none', () => {
	const { reference: _, ...bare } = draft;
	expect(deviceCase({ id, name: 'P', subtitle, draft: bare, acquisitions, files }).manifest.reference).toBeUndefined();
});

test('an id tells its time and fits an address', () => {
	expect(id).toBe('local-20261123T143205-9f03ab12');
});
