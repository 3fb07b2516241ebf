/**
 * Squared distance in mm² from the three squared steps along the axes. The terms are added smallest first, so that
 * neither the order of the axes nor a flip changes a bit.
 */
export function sumOfSquares(a: number, b: number, c: number): number {
	const low = a < b ? a : b;
	const high = a < b ? b : a;
	if (c < low) return c + low + high;
	return c < high ? low + c + high : low + high + c;
}
