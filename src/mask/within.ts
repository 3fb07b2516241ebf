/** Intensities that a tool may paint on; what lies outside the range is left as it is. */
export interface Within {
	/** Scaled intensities in the stored order of the mask's grid, one a voxel. */
	readonly values: ArrayLike<number>;
	/** Lowest intensity that is painted on, itself included. */
	readonly low: number;
	/** Highest intensity that is painted on, itself included. Below `low` nothing is painted. */
	readonly high: number;
}

/** Whether a stored element has an intensity of the range. NaN is in no range; without a range every element is in. */
export function isWithin(within: Within | undefined, index: number): boolean {
	if (!within) return true;
	const value = within.values[index]!;
	return value >= within.low && value <= within.high;
}

/** Throws where intensities cannot belong to a mask of `voxels` voxels, for their number differs. */
export function checkValues(values: ArrayLike<number>, voxels: number): void {
	if (values.length !== voxels) throw new Error(`got ${values.length} intensities, expected ${voxels}, one a voxel`);
}
