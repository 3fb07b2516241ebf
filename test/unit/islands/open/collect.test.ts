import { expect, test } from 'vitest';
import { collect, LIMITS } from '../../../../src/islands/open/collect.ts';

const file = (path: string, bytes = 1000) => ({ path, bytes });
const paths = (files: readonly { readonly path: string }[]) => files.map(({ path }) => path);

test('hidden files go without a word', () => {
	const { take, leftOut } = collect([
		file('a/.DS_Store'),
		file('a/._t1.nii.gz'),
		file('__MACOSX/a/t1.nii.gz'),
		file('.git/config'),
		file('a/Thumbs.db'),
		file('a/t1.nii.gz'),
	]);
	expect(paths(take)).toEqual(['a/t1.nii.gz']);
	expect(leftOut).toEqual([]);
});

test('what is never an image is left out with the reason, what might be one is read', () => {
	const { take, leftOut } = collect([
		file('t1.json'),
		file('notes.docx'),
		file('dwi.bval'),
		file('IM0001'),
		file('a.dcm'),
	]);
	expect(paths(take)).toEqual(['a.dcm', 'IM0001']);
	expect(leftOut.map(({ path, reason }) => [path, reason])).toEqual([
		['dwi.bval', 'notImage'],
		['notes.docx', 'notImage'],
		['t1.json', 'notImage'],
	]);
});

test('voxels of a header that is there go with it, lone ones are read', () => {
	const chosen = ['a.img', 'a.hdr', 'b.img', 'x/c.raw', 'x/c.mhd', 'c.zraw', 'd.img.gz', 'D.hdr'].map((path) =>
		file(path),
	);
	const { take, parts, leftOut } = collect(chosen, [file('d.hdr')]);
	expect(paths(take)).toEqual(['a.hdr', 'b.img', 'c.zraw', 'D.hdr', 'x/c.mhd']);
	expect(paths(parts)).toEqual(['a.img', 'd.img.gz', 'x/c.raw']);
	expect(leftOut).toEqual([]);
});

test('NIfTI comes first and numbers count as numbers, so that the limit spares it', () => {
	const dicom = Array.from({ length: 100 }, (_, n) => file(`IM${n}`));
	const { take, leftOut } = collect([...dicom, file('x/s10.nii.gz'), file('x/s9.nii.gz')]);
	expect(paths(take).slice(0, 4)).toEqual(['x/s9.nii.gz', 'x/s10.nii.gz', 'IM0', 'IM1']);
	expect(take).toHaveLength(LIMITS.files);
	expect(leftOut).toHaveLength(102 - LIMITS.files);
	expect(new Set(leftOut.map(({ reason }) => reason))).toEqual(new Set(['tooMany']));
});

test('a file and all of them together have a limit in bytes', () => {
	const { take, leftOut } = collect([
		file('a.nii', LIMITS.fileBytes + 1),
		file('b.nii', LIMITS.fileBytes),
		file('c.nii', LIMITS.fileBytes),
		file('d.nii', LIMITS.fileBytes),
		file('e.nii', 1),
	]);
	expect(paths(take)).toEqual(['b.nii', 'c.nii', 'e.nii']);
	expect(leftOut).toEqual([
		{ path: 'a.nii', reason: 'tooBig' },
		{ path: 'd.nii', reason: 'tooMuch' },
	]);
});

test('what was read before counts, and the same path is not read twice', () => {
	const present = Array.from({ length: LIMITS.files - 1 }, (_, n) => file(`${n}.nii`));
	const { take, leftOut } = collect([file('0.nii'), file('new.nii'), file('newer.nii')], present);
	expect(paths(take)).toEqual(['new.nii']);
	expect(leftOut).toEqual([
		{ path: '0.nii', reason: 'twice' },
		{ path: 'newer.nii', reason: 'tooMany' },
	]);
});

test('sidecars go with an image of the same name, chosen now or before', () => {
	const found = collect(
		[file('a/t1.nii.gz'), file('a/t1.json'), file('b/t1.json'), file('dwi.bval'), file('notes.json')],
		[file('dwi.nii')],
	);
	expect(found.sidecars.map(({ path }) => path)).toEqual(['dwi.bval', 'a/t1.json']);
	expect(found.leftOut.map(({ path }) => path)).toEqual(['notes.json', 'b/t1.json']);
});
