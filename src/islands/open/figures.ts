import { formatNumber } from '../../i18n/format.ts';

const TIMES = '\u00a0×\u00a0';

/** A matrix: `240 × 240 × 155`. */
export function formatDims(dims: readonly number[]): string {
	return dims.join(TIMES);
}

/** Distances between voxel centres, two decimals at most: `0.9 × 0.9 × 5.5 mm`. */
export function formatSpacing(spacingMm: readonly number[]): string {
	return `${spacingMm.map(shortest).join(TIMES)}\u00a0mm`;
}

function shortest(value: number): string {
	const text = formatNumber(value, 2);
	return text.replace(/\.?0+$/, '');
}
