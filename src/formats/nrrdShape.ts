import type { Dims, Grid, XyzMm } from '../grid/grid.ts';
import { formatIssue } from './formatIssue.ts';
import { gridWarnings, madeUpGrid, usableGrid } from './gridChecks.ts';
import type { Issue } from './issue.ts';
import type { NrrdHeader } from './nrrdHeader.ts';

/** How the numbers of an NRRD file lie in memory and in the head. */
export interface NrrdShape {
	readonly grid: Grid;
	/** `none`: left and right are unknown and the grid is made up from the spacings. */
	readonly orientation: 'known' | 'none';
	/** Volumes over the grid: numbers of one voxel side by side (`fastest`), or volume behind volume (`slowest`). */
	readonly layers: { readonly count: number; readonly axis: 'fastest' | 'slowest' };
	/** All numbers together; 0 where the sizes are not to be believed. */
	readonly count: number;
	/** Present where the file cannot be read. */
	readonly issues: readonly Issue[];
	readonly warnings: readonly Issue[];
}

interface Axis {
	readonly size: number;
	/** Lower case; empty where the header gives none. */
	readonly kind: string;
	/** Step to the next number in the file's world; undefined off space or where the header gives none. */
	readonly direction?: XyzMm;
	/** In mm; NaN where the header gives none. */
	readonly spacing: number;
	readonly spatial: boolean;
}

/** Spaces that tell left from right, with the signs that make them RAS; scanner-xyz and the 3D-…-handed do not. */
const SPACES: Readonly<Record<string, XyzMm>> = {
	ras: [1, 1, 1],
	'right-anterior-superior': [1, 1, 1],
	las: [-1, 1, 1],
	'left-anterior-superior': [-1, 1, 1],
	lps: [-1, -1, 1],
	'left-posterior-superior': [-1, -1, 1],
};
const TIMED: Readonly<Record<string, string>> = { rast: 'ras', last: 'las', lpst: 'lps' };

/** In mm; a unit not listed counts as mm, as most writers name none. */
const UNITS: Readonly<Record<string, number>> = { m: 1000, cm: 10, mm: 1, um: 1e-3, µm: 1e-3, μm: 1e-3 };
const MAX_AXES = 16;

/**
 * Reads sizes, axes, kinds and the place in the head. Three axes of space make a volume; one more axis is let through
 * as layers where `layersAllowed`, and is a fault elsewhere. All faults at once.
 * Source: teem.sourceforge.net/nrrd/format.html, sections 4 and 6.
 */
export function readNrrdShape(header: NrrdHeader, path: string, layersAllowed: boolean): NrrdShape {
	const issues: Issue[] = [];
	const axes = readAxes(header, path, issues);
	const shown = axes.map(({ size }) => size).join(' × ');
	const inSpace = axes.filter(({ spatial }) => spatial).slice(0, 3);
	const others = axes.filter((axis) => !inSpace.includes(axis) && axis.size > 1);
	const layers = others.reduce((product, { size }) => product * size, 1);
	const axis = others[0] === axes[0] ? 'fastest' : 'slowest';
	const layered = layersAllowed && others.length === 1 && (axis === 'fastest' || others[0] === axes.at(-1));
	if (axes.length > 0 && inSpace.length < 3) issues.push(formatIssue('nifti.twoDimensional', path, { dims: shown }));
	if (others.some(({ kind }) => /color$/.test(kind))) issues.push(formatIssue('nifti.colour', path, {}));
	else if (others.length > 0 && !layered) issues.push(formatIssue('nifti.timePoints', path, { count: layers }));

	const dims = [0, 1, 2].map((n) => inSpace[n]?.size ?? 1) as unknown as Dims;
	const { grid, orientation } = place(header, dims, inSpace, path, issues);
	const warnings = usableGrid(grid) ? gridWarnings(grid, path) : [];
	if (!usableGrid(grid)) issues.push(formatIssue('nifti.singularAffine', path, {}));
	if (orientation === 'none') warnings.unshift(formatIssue('nifti.noOrientation', path, {}));
	if (dims[2] === 1) warnings.push(formatIssue('nifti.singleSlice', path, {}));
	const count = axes.reduce((product, { size }) => product * size, axes.length > 0 ? 1 : 0);
	return { grid, orientation, layers: { count: layers, axis }, count, issues, warnings };
}

/** The axes, fastest first; none where the sizes make no sense. */
function readAxes({ fields }: NrrdHeader, path: string, issues: Issue[]): Axis[] {
	const text = fields.get('sizes');
	if (text === undefined) {
		issues.push(formatIssue('nrrd.missing', path, { field: 'sizes' }));
		return [];
	}
	const sizes = text.split(/\s+/).map((size) => (/^\d{1,9}$/.test(size) ? Number(size) : 0));
	const dimension = fields.get('dimension') ?? String(sizes.length);
	if (sizes.includes(0) || sizes.length > MAX_AXES || Number(dimension) !== sizes.length) {
		issues.push(
			formatIssue('nifti.dims', path, { dims: text.split(/\s+/).slice(0, MAX_AXES).join(' × ').slice(0, 60) }),
		);
		return [];
	}
	const perAxis = (field: string, pattern: RegExp): readonly string[] => {
		const value = fields.get(field);
		if (value === undefined) return [];
		const parts = value.match(pattern) ?? [];
		if (parts.length === sizes.length) return parts;
		issues.push(fieldIssue(field, value, path));
		return [];
	};
	const kinds = perAxis('kinds', /\S+/g);
	const directions = perAxis('spacedirections', /\([^()]*\)|[^\s()]+/g);
	const spacings = perAxis('spacings', /\S+/g);
	const units = perAxis('units', /"[^"]*"|[^\s"]+/g);
	return sizes.map((size, n): Axis => {
		const kind = (kinds[n] ?? '').toLowerCase();
		const spaceless = /^(?:none|\?\?\?$|\(\s*nan)/i.test(directions[n] ?? '');
		const direction = spaceless || directions[n] === undefined ? undefined : vector(directions[n]);
		if (direction === null) issues.push(fieldIssue('space directions', directions[n]!, path));
		const spacing = Number(spacings[n] ?? Number.NaN);
		return {
			size,
			kind,
			...(direction && { direction }),
			spacing: spacing * unitMm(units[n]),
			spatial: !spaceless && ['', 'domain', 'space', '???', 'none'].includes(kind),
		};
	});
}

/** Where the volume lies: by its directions in a space that knows the body, else its spacings from the origin. */
function place(
	{ fields }: NrrdHeader,
	dims: Dims,
	axes: readonly Axis[],
	path: string,
	issues: Issue[],
): { grid: Grid; orientation: 'known' | 'none' } {
	const name = (fields.get('space') ?? '').toLowerCase().replace(/-time$/, '');
	const signs = SPACES[TIMED[name] ?? name];
	const units = (fields.get('spaceunits') ?? '').match(/"[^"]*"|[^\s"]+/g) ?? [];
	const origin = fields.get('spaceorigin') === undefined ? ([0, 0, 0] as const) : vector(fields.get('spaceorigin')!);
	if (origin === null) issues.push(fieldIssue('space origin', fields.get('spaceorigin')!, path));
	const steps = axes.map(({ direction, spacing }) =>
		direction ? Math.hypot(...direction.map((mm, row) => mm * unitMm(units[row]))) : spacing,
	);
	if (!signs || axes.length < 3 || axes.some(({ direction }) => !direction))
		return { grid: madeUpGrid(dims, steps), orientation: 'none' };
	const affine = [0, 1, 2].flatMap((row) => {
		const scale = signs[row]! * unitMm(units[row]);
		// Adding 0 turns −0 into 0, which writers of LPS are full of.
		return [...axes.map(({ direction }) => direction![row]! * scale + 0), (origin ?? [0, 0, 0])[row]! * scale + 0];
	});
	return { grid: { dims, affine: [...affine, 0, 0, 0, 1] }, orientation: 'known' };
}

/** `(x,y,z)`, of more numbers the first three (the fourth is time); null where it is none. */
function vector(text: string): XyzMm | null {
	const inside = /^\(([^()]*)\)$/.exec(text.trim())?.[1];
	const numbers = (inside ?? '').split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
	if (numbers.length < 3 || !numbers.slice(0, 3).every(Number.isFinite)) return null;
	return numbers.slice(0, 3) as unknown as XyzMm;
}

function unitMm(text: string | undefined): number {
	const unit = (text ?? '').replaceAll('"', '').trim().toLowerCase();
	if (/^(?:micron|micrometer|micrometre)s?$/.test(unit)) return 1e-3;
	return Object.hasOwn(UNITS, unit) ? UNITS[unit]! : 1;
}

/** A field whose value is not what the format asks for. */
export function fieldIssue(field: string, value: string, path: string): Issue {
	return formatIssue('header.field', path, { field, value: value.slice(0, 60) });
}
