import type { Grid } from '../grid/grid.ts';
import type { NamedMask } from './segmentation.ts';
export function writeDicomSeg(
	_grid: Grid,
	_masks: readonly NamedMask[],
	_about: { patient: string; seriesDescription: string; at: string; uid: (part: string) => string },
): Uint8Array<ArrayBuffer> {
	throw new Error('not merged');
}
