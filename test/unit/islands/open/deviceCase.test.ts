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
const kept = (name: string, text: string) => ({ name, blob: new Blob([text]) });
const files = new Map([
	['p/a/image.nii.gz', kept('image.nii.gz', 'a')],
	['p/b/image.nii.gz', kept('image.nii.gz', 'bb')],
	['p/seg.mha', kept('copy.nii.gz', 'ccc')],
	['p/unused.nii.gz', kept('unused.nii.gz', 'dddd')],
]);
const subtitle = { zh: '本机影像', en: 'Own images' };
const acquisitions = new Map([['p/b/image.nii.gz', { thicknessMm: 5 }]]);
const id = newCaseId(new Date('2026-11-23T14:32:05.678Z'), Uint8Array.of(0x9f, 3, 0xab, 0x12));

test('the manifest is valid, of this device, and names each file once', () => {
	const made = deviceCase({ id, name: 'P 12', subtitle, draft, acquisitions, files });
	expect(caseManifestSchema.parse(made.manifest)).toEqual(made.manifest);
	expect(made.manifest).toMatchObject({
		origin: 'device',
		synthetic: false,
		family: 'metastasis',
		title: { zh: 'P 12', en: 'P 12' },
		series: [
			{ sequence: 'T1', file: 'image.nii.gz', bytes: 1 },
			{ sequence: 'FLAIR', file: '2-image.nii.gz', bytes: 2, acquisition: { thicknessMm: 5 } },
		],
		reference: { kind: 'multiClass', labels: 'brats2023', mask: { file: 'copy.nii.gz', bytes: 3 } },
	});
});

test('the files are the very ones given, under the names they are kept by, and only those in use', () => {
	const made = deviceCase({ id, name: 'P 12', subtitle, draft, acquisitions, files });
	expect([...made.files]).toEqual([
		['image.nii.gz', files.get('p/a/image.nii.gz')?.blob],
		['2-image.nii.gz', files.get('p/b/image.nii.gz')?.blob],
		['copy.nii.gz', files.get('p/seg.mha')?.blob],
	]);
});

test('without a reference the manifest has none', () => {
	const { reference: _, ...bare } = draft;
	expect(deviceCase({ id, name: 'P', subtitle, draft: bare, acquisitions, files }).manifest.reference).toBeUndefined();
});

test('an id tells its time and fits an address', () => {
	expect(id).toBe('local-20261123T143205-9f03ab12');
});
