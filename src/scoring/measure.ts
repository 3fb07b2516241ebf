/**
 * Why a figure does not exist. `referenceFull`: the reference leaves no voxel outside; `tooFew`: fewer values than the
 * figure needs; `noVariance`: all values alike, so that a quotient has no denominator.
 */
export type UndefinedReason =
	| 'bothEmpty'
	| 'referenceEmpty'
	| 'predictionEmpty'
	| 'referenceFull'
	| 'tooFew'
	| 'noVariance';

/** A figure, or the reason why there is none. Never NaN or ∞, so that JSON keeps it. */
export type Measure =
	| { readonly kind: 'value'; readonly value: number }
	| { readonly kind: 'undefined'; readonly reason: UndefinedReason };
