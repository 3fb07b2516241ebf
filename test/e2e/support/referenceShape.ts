import { rasView } from '../../../src/grid/rasView.ts';
import { REGION_SEQUENCE, type Region } from '../../../src/protocol/protocol.ts';
import { type CaseFiles, seriesOf } from './caseFiles.ts';
import { elementAt, type SlicePosition } from './placement.ts';

/** The axial slice in which a reference is largest, and its middle there: where a test draws. */
export function middleOf(files: CaseFiles, region: Region): { slice: number; at: SlicePosition } {
	const reference = files.references.get(region);
	if (!reference) throw new Error(`got no reference of ${region} in ${files.id}, expected one`);
	const view = rasView(seriesOf(files, REGION_SEQUENCE[region]).grid);
	let best = { slice: 0, count: 0, x: 0, y: 0 };
	for (let slice = 0; slice < view.dims[2]; slice++) {
		const sum = { slice, count: 0, x: 0, y: 0 };
		for (let y = 0; y < view.dims[1]; y++)
			for (let x = 0; x < view.dims[0]; x++)
				if (reference[elementAt(view, x, y, slice)]) {
					sum.count++;
					sum.x += x;
					sum.y += y;
				}
		if (sum.count > best.count) best = sum;
	}
	return { slice: best.slice, at: [best.x / best.count, best.y / best.count] };
}

/** Positions around one, in voxels. */
export function around([x, y]: SlicePosition, steps: readonly SlicePosition[]): SlicePosition[] {
	return steps.map(([dx, dy]) => [x + dx, y + dy]);
}
