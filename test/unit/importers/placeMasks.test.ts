import { expect, test } from 'vitest';
import type { Grid } from '../../../src/grid/grid.ts';
import {
	canBeTaken,
	type FoundMasks,
	fitMask,
	guessMeaning,
	guessWarnings,
	type MaskMeaning,
	meantRegions,
	placeMasks,
} from '../../../src/importers/placeMasks.ts';
import type { Sequence } from '../../../src/protocol/protocol.ts';

const grid: Grid = { dims: [6, 5, 4], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1] };
/** The same places, i and k the other way round. */
const turned: Grid = { dims: [6, 5, 4], affine: [-1, 0, 0, 5, 0, 1, 0, 0, 0, 0, -3, 9, 0, 0, 0, 1] };
const t2: Grid = { dims: [7, 5, 4], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1] };
const moved: Grid = { ...grid, affine: grid.affine.map((v, n) => (n === 11 ? v - 3 : v)) };
const series = new Map<Sequence, Grid>([
	['FLAIR', grid],
	['T1C', grid],
	['T2', t2],
]);

const labelled = (name: string, ...values: number[]): FoundMasks => ({
	name,
	grid,
	segments: values.map((value) => ({ name: String(value), voxels: 10 })),
	labels: values.map((value) => ({ value, voxels: 10 })),
});
const segmented = (name: string, ...segments: string[]): FoundMasks => ({
	name,
	grid,
	segments: segments.map((segment) => ({ name: segment, voxels: 10 })),
});

test('a file named by the rule is the region that it names, whatever its labels', () => {
	expect(guessMeaning(labelled('P0012_T2_TB.nii.gz', 1), 'glioma', 'WT')).toEqual({ kind: 'region', region: 'TB' });
	expect(guessMeaning(labelled('P0012_T2_TB.nii.gz', 1, 2, 4), 'glioma', 'WT')).toEqual({
		kind: 'region',
		region: 'TB',
	});
	// A meningioma has no whole tumour.
	expect(guessMeaning(labelled('P0012_FLAIR_WT.nii.gz', 1), 'meningioma', 'ED')).toEqual({
		kind: 'region',
		region: 'ED',
	});
});

test('several labels are an edition of BraTS where one fits, else the region at hand', () => {
	expect(guessMeaning(labelled('isen-20.nii.gz', 1, 2, 4), 'glioma', 'ET')).toEqual({
		kind: 'labels',
		scheme: 'brats2018',
	});
	expect(guessMeaning(labelled('a.nii.gz', 1, 2, 3), 'glioma', 'ET')).toEqual({ kind: 'labels', scheme: 'brats2023' });
	expect(guessMeaning(labelled('a.nii.gz', 5, 9), 'glioma', 'ET')).toEqual({ kind: 'region', region: 'ET' });
	expect(guessMeaning(labelled('a.nii.gz', 1), 'glioma', 'NE')).toEqual({ kind: 'region', region: 'NE' });
});

test('a guess that another edition would read otherwise is told; one that may hold a cavity is left to the reader', () => {
	const codes = (...values: number[]) => {
		const file = labelled('a.nii.gz', ...values);
		const meaning = guessMeaning(file, 'glioma', 'WT');
		return [meaning.kind, guessWarnings(file, meaning, 'glioma').map(({ code }) => code)];
	};
	expect(codes(1, 2, 3)).toEqual(['labels', ['labels.ambiguous']]);
	expect(codes(1, 2, 4)).toEqual(['labels', []]);
	expect(codes(1, 2, 3, 4)).toEqual(['nothing', ['labels.maybePostTreatment']]);
	// A name that tells nothing: the region at hand, which the reader has to see.
	expect(codes(1)).toEqual(['region', ['mask.regionAtHand']]);
});

test('segments go by their names; a single one without any is the region at hand', () => {
	expect(guessMeaning(segmented('a.seg.nrrd', 'WT', 'skull', 'ET'), 'glioma', 'NE')).toEqual({
		kind: 'segments',
		regions: ['WT', null, 'ET'],
	});
	expect(guessMeaning(segmented('a.seg.nrrd', 'Segment_1'), 'glioma', 'NE')).toEqual({
		kind: 'segments',
		regions: ['NE'],
	});
	expect(guessMeaning(segmented('a.seg.nrrd', 'Segment_1', 'Segment_2'), 'glioma', 'NE')).toEqual({
		kind: 'segments',
		regions: [null, null],
	});
});

test('labels mean every region of the family, in its order', () => {
	const labels: MaskMeaning = { kind: 'labels', scheme: 'brats2018' };
	expect(meantRegions(labels, 'glioma')).toEqual(['WT', 'ET', 'TB', 'NE']);
	expect(meantRegions(labels, 'metastasis')).toEqual(['WT', 'EN']);
	expect(meantRegions({ kind: 'nothing' }, 'glioma')).toEqual([]);
});

test('a mask fits its own images in any order, or those of another sequence, or none', () => {
	expect(fitMask({ grid }, 'WT', series)).toEqual({ kind: 'same' });
	expect(fitMask({ grid: turned }, 'WT', series)).toEqual({ kind: 'reordered' });
	expect(fitMask({ grid: t2 }, 'WT', series)).toEqual({ kind: 'otherSequence', drawnOn: 'T2' });
	const misfit = fitMask({ grid: moved }, 'WT', series);
	expect(misfit).toMatchObject({ kind: 'misfit', difference: { kind: 'shifted', mm: 3, towards: 'feet' } });
	// Cut to what it holds: a segmentation may be, a label map not.
	const cut: Grid = { dims: [3, 3, 2], affine: grid.affine.map((v, n) => (n === 3 ? 2 : n === 11 ? 3 : v)) };
	expect(fitMask({ grid: cut }, 'WT', series)).toEqual({ kind: 'part' });
	expect(fitMask({ grid: cut, labels: [] }, 'WT', series)).toMatchObject({
		kind: 'misfit',
		difference: { kind: 'matrix' },
	});
	expect(fitMask({ grid }, 'WT', new Map([['T2', t2]]))).toEqual({ kind: 'sequenceMissing' });
	expect([misfit, fitMask({ grid: t2 }, 'WT', series)].map(canBeTaken)).toEqual([false, true]);
});

test('two files for one region are told, unless they are its lesions or one has no place', () => {
	const wt = (name: string, at = grid) => ({ ...labelled(name, 1), path: name, grid: at, meaning: region('WT') });
	const region = (code: 'WT' | 'ET'): MaskMeaning => ({ kind: 'region', region: code });
	const codes = (...files: ReturnType<typeof wt>[]) =>
		placeMasks(files, 'glioma', series).issues.map(({ code }) => code);
	expect(codes(wt('a.nii'), wt('b.nii'))).toEqual(['mask.regionTwice']);
	expect(codes(wt('P1_FLAIR_WT_L01.nii'), wt('P1_FLAIR_WT_L02.nii'))).toEqual([]);
	expect(codes(wt('P1_FLAIR_WT_L01.nii'), wt('P1_FLAIR_WT_L01.nii.gz'))).toEqual(['mask.regionTwice']);
	expect(codes(wt('a.nii'), wt('b.nii', moved))).toEqual([]);
	expect(codes(wt('a.nii'))).toEqual([]);
});

test('no region at all, and labels that an edition does not know, are told at once', () => {
	const files = [
		{ ...labelled('a.nii', 1), path: 'a.nii', meaning: { kind: 'nothing' } as const },
		{ ...labelled('b.nii', 1, 4, 7), path: 'b.nii', meaning: { kind: 'labels', scheme: 'brats2023' } as const },
	];
	expect(placeMasks(files.slice(0, 1), 'glioma', series).issues.map(({ code }) => code)).toEqual(['mask.noRegion']);
	expect(placeMasks(files, 'glioma', series).issues).toEqual([
		{ code: 'mask.labelUnknown', path: 'b.nii', params: { file: 'b.nii', values: '4, 7' } },
	]);
	expect(placeMasks([], 'glioma', series)).toEqual({ placed: [], issues: [] });
});
