import type { Grid } from '../grid/grid.ts';
import { checkShape } from './checkShape.ts';
import { formatIssue } from './formatIssue.ts';
import { gridWarnings, madeUpGrid, usableGrid } from './gridChecks.ts';
import { textAmongBytes } from './headerText.ts';
import { isGzip } from './inflate.ts';
import type { Result } from './issue.ts';
import { type NiftiDatatype, readVoxels } from './niftiVoxels.ts';
import type { ReadVolumeOptions } from './readVolume.ts';
import type { ReadVolume } from './volume.ts';
import { wholeFile } from './wholeFile.ts';

/** Voxel types of MGH that are read, by their code. */
const DATATYPES: Readonly<Record<number, readonly [name: NiftiDatatype, bytes: number]>> = {
	0: ['uint8', 1],
	1: ['int32', 4],
	3: ['float32', 4],
	4: ['int16', 2],
	10: ['uint16', 2],
};
const DATA_AT = 284;
/** Bytes of the header that no field uses. */
const UNUSED_AT = 90;

/**
 * Reads FreeSurfer's MGH, in gzip MGZ (told by its bytes), from the `head` that `sniffFile` gave. All numbers are big
 * endian. Where its flag says that the header knows how the volume lies, the grid is FreeSurfer's scanner RAS: direction
 * cosines times spacings, the centre at half the lengths; else it is made up, with a warning. Behind the voxels are
 * scan parameters and tags, such as the commands the file went through: given as the text `footer`.
 * Order and limits as `readVolume` says. Never throws on data.
 * Source: https://surfer.nmr.mgh.harvard.edu/fswiki/FsTutorial/MghFormat, nibabel freesurfer/mghformat.py.
 */
export function readMgh(
	file: Uint8Array,
	head: Uint8Array,
	path: string,
	options: ReadVolumeOptions,
): Result<ReadVolume> {
	const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
	const lengths = [4, 8, 12, 16].map((at) => view.getInt32(at));
	const code = view.getInt32(20);
	const [datatype, width] = DATATYPES[code] ?? [undefined, 1];
	const { issues, dims, voxels: all } = checkShape(lengths, width, path, options);
	if (!datatype) issues.unshift(formatIssue('nifti.datatype', path, { datatype: code }));
	const spacings = [30, 34, 38].map((at) => view.getFloat32(at));
	const known = view.getInt16(28) === 1;
	const placed = known ? usableGrid({ dims, affine: affineOf(view, dims, spacings) }) : undefined;
	if (known && !placed) issues.push(formatIssue('nifti.singularAffine', path, {}));
	if (!datatype || all === 0) return { ok: false, issues };
	const whole = wholeFile(file, isGzip(file), DATA_AT + all * width, path, options);
	if (!whole.ok) issues.push(...whole.issues);
	if (!whole.ok || issues.length > 0) return { ok: false, issues };

	const bytes = whole.value;
	const count = dims[0] * dims[1] * dims[2];
	const stored = { bytes, offset: DATA_AT, count, datatype, littleEndian: false, slope: 1, intercept: 0 };
	const voxels = readVoxels(stored, path);
	if (!voxels.ok) return voxels;
	const grid = placed ?? madeUpGrid(dims, spacings);
	const warnings = [...gridWarnings(grid, path), ...voxels.value.warnings];
	if (!placed) warnings.unshift(formatIssue('nifti.noOrientation', path, {}));
	if (dims[2] === 1) warnings.push(formatIssue('nifti.singleSlice', path, {}));
	if (!isGzip(file) && /\.(?:mgz|gz)$/i.test(path)) warnings.push(formatIssue('file.notGzip', path, {}));
	return {
		ok: true,
		value: {
			grid,
			data: voxels.value.data,
			datatype,
			orientation: placed ? 'known' : 'none',
			texts: [
				...textAmongBytes('header', bytes.subarray(UNUSED_AT, DATA_AT)),
				...textAmongBytes('footer', bytes.subarray(DATA_AT + count * width)),
			],
			warnings,
		},
	};
}

/** "vox2ras": the middle of the volume, half its lengths from the first voxel's centre, lies at the header's centre. */
function affineOf(view: DataView, dims: Grid['dims'], spacings: readonly number[]): number[] {
	// Cosines stand column by column: x, y and z of the first axis, then of the second.
	const step = (row: number, axis: number) => view.getFloat32(42 + 4 * (3 * axis + row)) * spacings[axis]!;
	const rows = [0, 1, 2].map((row) => {
		const [i, j, k] = [step(row, 0), step(row, 1), step(row, 2)];
		const centre = view.getFloat32(78 + 4 * row);
		return [i, j, k, centre - (i * dims[0] + j * dims[1] + k * dims[2]) / 2];
	});
	return [...rows.flat(), 0, 0, 0, 1];
}
