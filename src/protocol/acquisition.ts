/** How a series was acquired, as far as its files say; what is absent is unknown. */
export interface Acquisition {
	/** Slice by slice, or as one volume. */
	readonly dimension?: '2D' | '3D';
	/** Thickness of a slice, mm. Not the distance from one to the next. */
	readonly thicknessMm?: number;
	/** Strength of the diffusion weighting, s/mm². */
	readonly bValue?: number;
	/** Bits in which the scanner stored an intensity. */
	readonly bitsStored?: number;
	/** Whether the images were worked out from others, not acquired: ImageType's first value. */
	readonly derived?: boolean;
	/** Whether the intensities went through a compression that loses some. */
	readonly lossy?: boolean;
}
