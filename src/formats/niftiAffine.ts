import { type Dims, type Grid, spacingMm } from '../grid/grid.ts';
import { cornerDistanceMm } from './cornerDistance.ts';
import { formatIssue } from './formatIssue.ts';
import { gridWarnings, madeUpGrid, usableGrid } from './gridChecks.ts';
import type { Issue } from './issue.ts';
import type { NiftiHeader } from './niftiHeader.ts';

/** Where a volume's place in the head was read from; `none` means that left and right are unknown. */
type OrientationSource = 'sform' | 'qform' | 'none';

/** A place in the head, or what is wrong with it. */
export interface Placement {
	readonly grid: Grid;
	readonly source: OrientationSource;
	/** Present where no usable place was found. */
	readonly error?: Issue;
	readonly warnings: readonly Issue[];
}

/**
 * Puts a volume in its place: the sform where its code is positive and it is no flat matrix, else the qform,
 * else the spacings alone with the first voxel at the origin (NIfTI's "method 1").
 * `dims` are the volume's, already checked. Affines are in mm, RAS+.
 * Source: nifti1.h, "3D image (volume) orientation and location in space".
 */
export function placeVolume(header: NiftiHeader, dims: Dims, path: string): Placement {
	const warnings: Issue[] = [];
	const sform = header.sformCode > 0 ? usableGrid({ dims, affine: [...header.sform, 0, 0, 0, 1] }) : undefined;
	const qform = header.qformCode > 0 ? usableGrid({ dims, affine: qformAffine(header) }) : undefined;
	const placed = sform ?? qform;
	if (!placed && (header.sformCode > 0 || header.qformCode > 0)) {
		const grid = madeUpGrid(dims, []);
		return { grid, source: 'none', error: formatIssue('nifti.singularAffine', path, {}), warnings };
	}
	const grid = placed ?? madeUpGrid(dims, header.pixDims.slice(1, 4));
	if (!placed) warnings.push(formatIssue('nifti.noOrientation', path, {}));
	if (placed && header.sformCode > 0 && !sform) warnings.push(formatIssue('nifti.sformUnusable', path, {}));
	if (sform && qform) {
		const mm = cornerDistanceMm(sform, qform);
		if (mm > Math.min(...spacingMm(sform)) / 2)
			warnings.push(formatIssue('nifti.orientationsDiffer', path, { mm: Math.round(mm * 10) / 10 }));
	}
	warnings.push(...gridWarnings(grid, path));
	return { grid, source: sform ? 'sform' : qform ? 'qform' : 'none', warnings };
}

function qformAffine({ quaternion, qOffset, pixDims }: NiftiHeader): number[] {
	let [b, c, d] = quaternion;
	let a = 1 - (b * b + c * c + d * d);
	if (a < 1e-7) {
		// Rounded to float32, a half turn comes out a little longer or shorter than 1 (as nifti1_io.c has it).
		const norm = Math.hypot(b, c, d);
		[a, b, c, d] = [0, b / norm, c / norm, d / norm];
	} else a = Math.sqrt(a);
	const x = Math.abs(pixDims[1]!);
	const y = Math.abs(pixDims[2]!);
	const z = Math.abs(pixDims[3]!) * (pixDims[0]! < 0 ? -1 : 1);
	return [
		(a * a + b * b - c * c - d * d) * x,
		2 * (b * c - a * d) * y,
		2 * (b * d + a * c) * z,
		qOffset[0],
		2 * (b * c + a * d) * x,
		(a * a + c * c - b * b - d * d) * y,
		2 * (c * d - a * b) * z,
		qOffset[1],
		2 * (b * d - a * c) * x,
		2 * (c * d + a * b) * y,
		(a * a + d * d - c * c - b * b) * z,
		qOffset[2],
		0,
		0,
		0,
		1,
	];
}
