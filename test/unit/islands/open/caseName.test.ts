import { expect, test } from 'vitest';
import { cleanCaseName, guessCaseName, NAME_LENGTH } from '../../../../src/islands/open/caseName.ts';

test('the folder that all share is the name', () => {
	expect(guessCaseName(['P0012/flair.nii.gz', 'P0012/t1.nii.gz'])).toBe('P0012');
	expect(guessCaseName(['study/P0012/a/flair.nii.gz', 'study/P0012/b/t1.nii.gz'])).toBe('P0012');
});

test('folders that say what is in them are passed over', () => {
	expect(guessCaseName(['P0012/native/flair.nii.gz', 'P0012/native/t1.nii.gz'])).toBe('P0012');
	expect(guessCaseName(['native/fla.nii.gz', 'native/t1.nii.gz'])).toBe('');
});

test('without a folder it is what the names begin with, whole words only', () => {
	expect(guessCaseName(['BraTS-GLI-00001-000-t1n.nii.gz', 'BraTS-GLI-00001-000-t2f.nii.gz'])).toBe(
		'BraTS-GLI-00001-000',
	);
	expect(guessCaseName(['P0012_t1.nii.gz', 'P0012_t2.nii.gz'])).toBe('P0012');
});

test('nothing to go by gives no name', () => {
	expect(guessCaseName([])).toBe('');
	expect(guessCaseName(['t1.nii.gz', 't2.nii.gz', 'flair.nii.gz'])).toBe('');
	expect(guessCaseName(['flair.nii.gz'])).toBe('');
	expect(guessCaseName(['x-t1.nii.gz', 'x-t2.nii.gz'])).toBe('');
	expect(guessCaseName(['seg_a.nii.gz', 'seg_b.nii.gz'])).toBe('');
});

test('a kept name is one line of at most 60 characters, none of them halved', () => {
	expect(cleanCaseName('  a\n\tb  ')).toBe('a b');
	expect(cleanCaseName(' \n ')).toBe('');
	expect([...cleanCaseName('𠮷'.repeat(100))]).toHaveLength(NAME_LENGTH);
});
