import type { Grid } from '../../../src/grid/grid.ts';
import { type RasView, rasView } from '../../../src/grid/rasView.ts';
import type { Region } from '../../../src/protocol/protocol.ts';
import { type CaseFiles, volumeOf } from './caseFiles.ts';
import { elementAt } from './placement.ts';

/** Figures of one region, counted in the test. `undefined` where there is nothing to divide by. */
export interface OwnScore {
	readonly tp: number;
	readonly fp: number;
	readonly fn: number;
	readonly dice: number | undefined;
	readonly sensitivity: number | undefined;
	readonly precision: number | undefined;
	readonly predictionMl: number;
	readonly referenceMl: number;
	/** Voxels that disagree, by axial slice. */
	readonly errorBySlice: readonly number[];
}

export function ownScore(grid: Grid, prediction: ReadonlySet<number>, reference: Uint8Array): OwnScore {
	const view: RasView = rasView(grid);
	const errorBySlice: number[] = [];
	let [tp, fp, fn] = [0, 0, 0];
	for (let slice = 0; slice < view.dims[2]; slice++) {
		let errors = 0;
		for (let y = 0; y < view.dims[1]; y++)
			for (let x = 0; x < view.dims[0]; x++) {
				const element = elementAt(view, x, y, slice);
				const drawn = prediction.has(element);
				const expected = reference[element] !== 0;
				if (drawn && expected) tp++;
				else if (drawn) fp++;
				else if (expected) fn++;
				if (drawn !== expected) errors++;
			}
		errorBySlice.push(errors);
	}
	const ml = voxelMl(grid);
	const ratio = (part: number, whole: number) => (whole === 0 ? undefined : part / whole);
	return {
		tp,
		fp,
		fn,
		dice: ratio(2 * tp, 2 * tp + fp + fn),
		sensitivity: ratio(tp, tp + fn),
		precision: ratio(tp, tp + fp),
		predictionMl: (tp + fp) * ml,
		referenceMl: (tp + fn) * ml,
		errorBySlice,
	};
}

/** Figures of a region as the report has them: what the reference holds as uncertain counts in neither mask. */
export function settledScore(files: CaseFiles, region: Region, drawn: ReadonlySet<number>): OwnScore {
	const band = files.layers.find((layer) => layer.kind === 'uncertain' && layer.region === region);
	const isSettled = (n: number) => !band?.labels[n];
	const reference = files.references.get(region) ?? new Uint8Array();
	return ownScore(
		volumeOf(files, region).grid,
		new Set([...drawn].filter(isSettled)),
		reference.map((value, n) => (isSettled(n) ? value : 0)),
	);
}

/** Volume of the parallelepiped between a voxel and its three neighbours. */
function voxelMl({ affine }: Grid): number {
	const column = (n: number) => [affine[n] ?? 0, affine[n + 4] ?? 0, affine[n + 8] ?? 0] as const;
	const [u, v, w] = [column(0), column(1), column(2)];
	const cross = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]] as const;
	return Math.abs(cross[0] * w[0] + cross[1] * w[1] + cross[2] * w[2]) / 1000;
}
