import { describe, expect, it } from 'vitest';
import { spacingMm } from '../../../src/grid/grid.ts';
import { typescriptKernels } from '../../../src/scoring/kernels/typescriptKernels.ts';
import type { Measure } from '../../../src/scoring/measure.ts';
import { measureRegions } from '../../../src/scoring/measureRegions.ts';
import { DEFINITIONS, type Definition, type RegionMeasures } from '../../../src/scoring/scoreReport.ts';
import { type Answers, membershipOf, readLabels, vectors, vectorsFolder } from './vectors.ts';

/** [our figure, reference, its name for the figure, tolerance where it is not 1e-9]. */
type Row = readonly [Measure | undefined, string, string, number?];

const FLOAT32 = 1e-4;

function rowsOf(definition: Definition, ours: RegionMeasures): Row[] {
	const always: Row[] = [
		[ours.dice, 'surface_distance', 'dice', 1e-12],
		[ours.dice, 'medpy', 'dice', 1e-12],
		[ours.iou, 'medpy', 'iou', 1e-12],
		[ours.sensitivity, 'medpy', 'sensitivity', 1e-12],
		[ours.precision, 'medpy', 'precision', 1e-12],
		[ours.specificity, 'medpy', 'specificity', 1e-12],
		[ours.assdMm, 'medpy', 'assd_pooled'],
		[ours.assdMm, 'metrics_reloaded', 'assd_pooled'],
		[ours.assdMm, 'monai', 'asd_symmetric(pooled)', FLOAT32],
		[ours.masdMm, 'metrics_reloaded', 'masd_mean_of_directed'],
		[ours.masdMm, 'panoptica', 'assd_mean_of_directed'],
	];
	const own: Record<Definition, Row[]> = {
		surfel: [
			[ours.hdMm, 'surface_distance', 'hd'],
			[ours.hd95Mm, 'surface_distance', 'hd95'],
			[ours.nsd['0.5'], 'surface_distance', 'nsd@0.5'],
			[ours.nsd['1'], 'surface_distance', 'nsd@1'],
			[ours.nsd['2'], 'surface_distance', 'nsd@2'],
			[ours.nsd['1'], 'monai', 'nsd@1_subvoxel', FLOAT32],
		],
		voxelMax: [
			[ours.hdMm, 'medpy', 'hd'],
			[ours.hdMm, 'metrics_reloaded', 'hd'],
			[ours.hdMm, 'monai', 'hd', FLOAT32],
			[ours.hd95Mm, 'metrics_reloaded', 'hd95_max_directed'],
			[ours.hd95Mm, 'monai', 'hd95_max_directed', FLOAT32],
			[ours.nsd['1'], 'metrics_reloaded', 'nsd@1'],
			[ours.nsd['1'], 'monai', 'nsd@1', FLOAT32],
		],
		voxelPooled: [
			[ours.hdMm, 'panoptica', 'hd'],
			[ours.hd95Mm, 'medpy', 'hd95_pooled'],
			[ours.hd95Mm, 'panoptica', 'hd95_pooled'],
			[ours.nsd['1'], 'metrics_reloaded', 'nsd@1'],
		],
		voxelBalanced: [
			[ours.hd95Mm, 'panoptica', 'hd95_pooled'],
			[ours.nsd['1'], 'panoptica', 'nsd_balanced@1'],
			[ours.nsd['1'], 'medpy', 'nsd_balanced@1 (nnU-Net/GaNDLF formula on medpy surfaces)'],
		],
	};
	return [...always, ...own[definition]];
}

/** Every figure that a reference gives as a number and we see otherwise. Figures that do not exist are compared below. */
function disagreements(rows: readonly Row[], answers: Answers): string[] {
	return rows.flatMap(([ours, reference, name, tolerance = 1e-9]) => {
		const theirs = answers[reference]?.[name];
		if (typeof theirs !== 'number' || ours?.kind !== 'value') return [];
		return Math.abs(ours.value - theirs) <= tolerance ? [] : [`${reference} ${name}: ours ${ours.value}, ${theirs}`];
	});
}

describe.skipIf(vectorsFolder === undefined)('the conformance vectors', () => {
	it('are the 25 pairs', () => {
		expect(Object.keys(vectors)).toHaveLength(25);
	});

	it.each(Object.entries(vectors))('%s: every reference agrees, by every definition', (_name, vector) => {
		const [reference, prediction] = [readLabels(vector.gt), readLabels(vector.pred)];
		const regions = Object.keys(vector.regions);
		const pair = {
			reference: reference.data,
			prediction: prediction.data,
			dims: reference.grid.dims,
			spacingMm: spacingMm(reference.grid),
			membership: membershipOf(regions),
		};
		for (const definition of DEFINITIONS) {
			const options = { definition, tolerancesMm: [0.5, 1, 2], kernels: typescriptKernels };
			const measured = measureRegions(pair, options);
			expect(measured).toHaveLength(regions.length);
			for (const [n, region] of regions.entries()) {
				const answers = vector.regions[region]!;
				const ours = measured[n]!;
				const { n: voxels, tp, fp, fn } = answers.exact_counts as Record<'n' | 'tp' | 'fp' | 'fn', number>;
				expect(ours.counts).toEqual({ tp, fp, fn, tn: voxels - tp - fp - fn });
				expect(disagreements(rowsOf(definition, ours), answers)).toEqual([]);
				// Where the references differ on empty masks, ours is the stated one (rule 6).
				const both = tp + fp + fn === 0;
				const one = !both && (tp + fp === 0 || tp + fn === 0);
				expect([ours.dice.kind, ours.nsd['1']?.kind]).toEqual(both ? ['undefined', 'undefined'] : ['value', 'value']);
				expect(ours.hd95Mm.kind).toBe(both || one ? 'undefined' : 'value');
			}
		}
	});

	it.each(Object.entries(vectors))(
		'%s: areas and numbers of surface elements are those of surface-distance',
		(_name, vector) => {
			const [reference, prediction] = [readLabels(vector.gt), readLabels(vector.pred)];
			const regions = Object.keys(vector.regions);
			const pair = {
				reference: reference.data,
				prediction: prediction.data,
				dims: reference.grid.dims,
				spacingMm: spacingMm(reference.grid),
				membership: membershipOf(regions),
			};
			const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
			for (const [region, { box }] of typescriptKernels.tally(pair).entries()) {
				const theirs = vector.regions[regions[region]!]!.surface_distance!;
				const ours = typescriptKernels.surfaceDistances(pair, { region, box, surface: 'surfel' });
				expect(sum(ours.fromReference.elements)).toBe(theirs.n_surfels_gt);
				expect(sum(ours.fromPrediction.elements)).toBe(theirs.n_surfels_pred);
				expect(sum(ours.fromReference.weights)).toBeCloseTo(theirs.area_gt as number, 6);
				expect(sum(ours.fromPrediction.weights)).toBeCloseTo(theirs.area_pred as number, 6);
			}
		},
	);
});
