import acceptancePolicy from '../../../content/policy/acceptance.json' with { type: 'json' };
import type { Affine, Dims } from '../../grid/grid.ts';
import { type AcceptanceCheck, type AcceptanceReport, acceptCase } from '../../importers/acceptance.ts';
import type { SeriesFacts } from '../../importers/seriesFacts.ts';
import { SET_FAULTS, type SetFault, type SetSeries } from '../../learning/drills/sets.ts';
import { type AcceptancePolicy, acceptancePolicySchema } from '../../schemas/acceptancePolicy.ts';

const policy: AcceptancePolicy = acceptancePolicySchema.parse(acceptancePolicy);

/** Voxels along the sides of a slice, and their edge where slices are thick, mm. */
const MATRIX = 192;
const PIXEL_MM = 1.2;
/** Slices thinner than this many pixels have smaller ones, so that they are still the widest step. */
const LEAST_RATIO = 1.25;

/** Stored axes i, j, k along these world axes (0 right, 1 front, 2 head) where slices lie in a plane. */
const AXES = { axial: [0, 1, 2], coronal: [0, 2, 1], sagittal: [1, 2, 0] } as const;

/** What acceptance knows of a series that a table tells. */
function factsOf({
	sequence,
	plane,
	dimension,
	thicknessMm,
	gapMm,
	slices,
	lost,
	bValue,
	grade,
	derived,
}: SetSeries): SeriesFacts {
	const stepMm = thicknessMm + gapMm;
	const pixelMm = Math.min(PIXEL_MM, stepMm / LEAST_RATIO);
	const spacing = [pixelMm, pixelMm, stepMm] as const;
	const affine = [0, 1, 2].flatMap((row) => [...AXES[plane].map((axis, n) => (axis === row ? spacing[n]! : 0)), 0]);
	const across = Math.ceil((MATRIX * PIXEL_MM) / pixelMm);
	return {
		name: sequence,
		sequence,
		grid: { dims: [across, across, slices] as Dims, affine: [...affine, 0, 0, 0, 1] as Affine },
		orientation: 'known',
		acquisition: {
			dimension,
			thicknessMm,
			bitsStored: 12,
			lossy: false,
			derived,
			...(bValue !== null && { bValue }),
		},
		voxels: { doubled: [], empty: lost, levels: 1024, datatype: 'int16' },
		grade,
	};
}

/** A check of a set that did not pass, with its sequence. */
export type SetCheck = AcceptanceCheck & { readonly of: string };

/** What acceptance itself says of a set. */
export interface SetVerdict {
	/** Kinds of what fails, each once, in their order. */
	readonly faults: readonly SetFault[];
	readonly failed: readonly SetCheck[];
	/** What is to be noted, but keeps nobody from annotating. */
	readonly noted: readonly SetCheck[];
	/** Rules that the checks that failed belong to; those of all series where none did. */
	readonly rules: readonly string[];
}

/** Holds a set against §2.1, §2.2 and §3.1, by the acceptance that imports go through. */
export function judgeSet(set: readonly SetSeries[]): SetVerdict {
	const report: AcceptanceReport = acceptCase(set.map(factsOf), policy);
	const all: SetCheck[] = [
		...report.sequences.map((check) => ({ ...check, of: check.sequence })),
		...report.series.flatMap(({ name, checks }) => checks.map((check) => ({ ...check, of: name }))),
	];
	const failed = all.filter(({ verdict }) => verdict === 'fail');
	return {
		faults: SET_FAULTS.filter((fault) => failed.some(({ check }) => check === fault)),
		failed,
		noted: all.filter(({ verdict }) => verdict === 'warn'),
		rules: [...new Set((failed.length > 0 ? failed : report.sequences).flatMap(({ rules }) => rules))],
	};
}
