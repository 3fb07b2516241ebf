import { expect, test } from 'vitest';
import type { SeriesRole } from '../../../../src/importers/guessSequence.ts';
import { assignRoles, type Sorted } from '../../../../src/islands/open/roles.ts';

const image = (path: string): Sorted => ({ path, labels: undefined });
const mask = (path: string, values = [1, 2, 4]): Sorted => {
	return { path, labels: values.map((value) => ({ value, voxels: 10 })) };
};

test('sequences go by names, the mask by name and values', () => {
	const roles = assignRoles([image('p/t1n.nii.gz'), image('p/t2f.nii.gz'), mask('p/seg.nii.gz')]);
	expect([...roles].map(([path, { role }]) => [path, role])).toEqual([
		['p/t1n.nii.gz', 'T1'],
		['p/t2f.nii.gz', 'FLAIR'],
		['p/seg.nii.gz', 'reference'],
	]);
});

test('an image named like a mask is not the reference', () => {
	expect(assignRoles([image('seg.nii.gz')]).get('seg.nii.gz')).toEqual({ role: null, note: { kind: 'notMask' } });
});

test('an empty mask can be the reference', () => {
	expect(assignRoles([mask('seg.nii.gz', [])]).get('seg.nii.gz')?.role).toBe('reference');
});

test('a mask whose name says nothing is pointed out, a brain mask is not', () => {
	const roles = assignRoles([mask('x1.nii.gz'), mask('brainmask.nii.gz', [1]), image('x2.nii.gz')]);
	expect(roles.get('x1.nii.gz')).toEqual({ role: null, note: { kind: 'looksLikeMask' } });
	expect(roles.get('brainmask.nii.gz')).toEqual({ role: null, note: undefined });
	expect(roles.get('x2.nii.gz')).toEqual({ role: null, note: { kind: 'noHint' } });
});

test('a few values under the name of a sequence are pointed out', () => {
	expect(assignRoles([mask('flair.nii.gz')]).get('flair.nii.gz')?.note).toEqual({ kind: 'looksLikeMask' });
	expect(assignRoles([mask('flair.nii.gz', [0.5])]).get('flair.nii.gz')?.note).toBeUndefined();
});

test('the file nearest to the top folder gets the role, the deeper one says who has it', () => {
	const roles = assignRoles([image('p/native/fla.nii.gz'), image('p/fla.nii.gz')]);
	expect(roles.get('p/fla.nii.gz')?.role).toBe('FLAIR');
	expect(roles.get('p/native/fla.nii.gz')).toEqual({ role: null, note: { kind: 'taken', by: 'p/fla.nii.gz' } });
});

test('at the same depth both get it: the reader decides', () => {
	const roles = assignRoles([mask('p/seg_a.nii.gz'), mask('p/seg_b.nii.gz')]);
	expect([...roles.values()].map(({ role }) => role)).toEqual(['reference', 'reference']);
});

test('whoever has a role keeps it when files are added', () => {
	const held = new Map<SeriesRole, string>([['FLAIR', 'a/b/fla.nii.gz']]);
	expect(assignRoles([image('flair.nii.gz')], held).get('flair.nii.gz')).toEqual({
		role: null,
		note: { kind: 'taken', by: 'a/b/fla.nii.gz' },
	});
});
