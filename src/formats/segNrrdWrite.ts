import type { Grid } from '../grid/grid.ts';
import type { NamedMask } from './segmentation.ts';
export function writeSegNrrd(_grid: Grid, _masks: readonly NamedMask[]): Uint8Array<ArrayBuffer> {
	throw new Error('not merged');
}
