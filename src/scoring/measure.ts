/**
 * Why a figure does not exist. `referenceFull`: the reference leaves no voxel outside; `tooFew`: fewer values than the
 * figure needs; `noVariance`: all values alike, so that a quotient has no denominator; `notMeasured`: the report was made
 * by a version that did not have the figure yet.
 */
export const UNDEFINED_REASONS = [
	'bothEmpty',
	'referenceEmpty',
	'predictionEmpty',
	'referenceFull',
	'tooFew',
	'noVariance',
	'notMeasured',
] as const;
export type UndefinedReason = (typeof UNDEFINED_REASONS)[number];

/** A figure, or the reason why there is none. Never NaN or ∞, so that JSON keeps it. */
export type Measure =
	| { readonly kind: 'value'; readonly value: number }
	| { readonly kind: 'undefined'; readonly reason: UndefinedReason };
