import { type Grid, ijkToXyz, type XyzMm } from '../../grid/grid.ts';
import { type Family, isMeningeal, REGION_SEQUENCE, type Region, type Sequence } from '../../protocol/protocol.ts';
import type { ReferenceLayer } from '../../scoring/findings/finding.ts';
import { ijkOf } from '../../scoring/findings/place.ts';
import { resampleLabels } from '../../scoring/findings/resample.ts';
import { chance, shuffled } from './chance.ts';

/** What lies at a marked place. Only `oedema` belongs to the tumour. */
type MarkTruth = 'oedema' | 'confounder' | 'vessel';

/** A place to be told. */
export interface Mark {
	readonly xyzMm: XyzMm;
	/** The sequence on which it is shown first. */
	readonly sequence: Sequence;
	readonly truth: MarkTruth;
}

/** What is known of a case; masks and labels of one byte a voxel. */
export interface MarkSource {
	readonly family: Family;
	readonly regions: ReadonlyMap<Region, { readonly grid: Grid; readonly data: Uint8Array }>;
	readonly layers: readonly ReferenceLayer[];
}

/** Value of vessels in their layer. */
const VESSEL = 2;
/** A mark keeps this many voxels of its slice away from anything else. */
const INSIDE = 2;

/**
 * Chooses places to be told by chance: about half oedema, the rest confounders, each another one, and vessels where there
 * are not enough of these. Every mark lies well inside of what it marks, and none in an uncertain margin. Fewer than
 * `count` where the case has not as many.
 */
export function placeMarks(source: MarkSource, count: number, seed: number): readonly Mark[] {
	const next = chance(seed);
	const wrong = [...confounders(source, next), ...vessels(source, next)];
	const right = oedema(source, next);
	const other = shuffled(wrong.slice(0, 8), seed).slice(0, Math.ceil(count / 2));
	const own = right.slice(0, count - other.length);
	return shuffled([...other, ...own], seed + 1);
}

function oedema({ family, regions, layers }: MarkSource, next: () => number): Mark[] {
	const region: Region = isMeningeal(family) ? 'ED' : 'WT';
	const whole = regions.get(region);
	if (!whole) return [];
	const { grid } = whole;
	const out = ['TB', 'ET', 'EN', 'NE'] as const;
	const masks = [
		...out.flatMap((each) => {
			const mask = regions.get(each);
			return mask ? [resampleLabels(mask.data, mask.grid, grid)] : [];
		}),
		...layers
			.filter(({ kind }) => kind === 'uncertain')
			.map(({ labels, grid: from }) => resampleLabels(labels, from, grid)),
	];
	const own = whole.data.map((value, n) => (value !== 0 && masks.every((mask) => mask[n] === 0) ? 1 : 0));
	const places = inside(own, grid, (value) => value === 1);
	return chosen(places, 8, next).map((element) => mark(element, grid, REGION_SEQUENCE[region], 'oedema'));
}

function confounders({ layers, regions }: MarkSource, next: () => number): Mark[] {
	const layer = layers.find(({ kind }) => kind === 'confounders');
	const flair = regions.get('WT')?.grid ?? regions.get('ED')?.grid;
	if (!layer || !flair) return [];
	const labels = resampleLabels(layer.labels, layer.grid, flair);
	const numbers = [...new Set(labels)].filter((value) => value !== 0);
	return numbers.flatMap((number) =>
		chosen(
			inside(labels, flair, (value) => value === number),
			1,
			next,
		).map((element) => mark(element, flair, 'FLAIR', 'confounder')),
	);
}

function vessels({ layers }: MarkSource, next: () => number): Mark[] {
	const layer = layers.find(({ kind }) => kind === 'notEnhancing');
	if (!layer) return [];
	const places = inside(layer.labels, layer.grid, (value) => value === VESSEL, 1);
	return chosen(places, 2, next).map((element) => mark(element, layer.grid, 'T1C', 'vessel'));
}

/** Elements whose neighbours in two directions of the stored slice are alike, so that a mark on one is not on the edge. */
function inside(
	labels: Uint8Array,
	{ dims }: Grid,
	holds: (value: number) => boolean,
	reach = INSIDE,
): readonly number[] {
	const [nx, ny] = dims;
	const found: number[] = [];
	for (let n = 0; n < labels.length; n++) {
		if (!holds(labels[n]!)) continue;
		const x = n % nx;
		const y = Math.floor(n / nx) % ny;
		if (x < reach || y < reach || x >= nx - reach || y >= ny - reach) continue;
		const steps = [reach, -reach, reach * nx, -reach * nx];
		if (steps.every((step) => holds(labels[n + step]!))) found.push(n);
	}
	return found;
}

/** Some of the elements, far apart in storage order. */
function chosen(elements: readonly number[], count: number, next: () => number): number[] {
	const share = elements.length / count;
	const wanted = elements.length === 0 ? 0 : Math.min(count, elements.length);
	return Array.from(
		{ length: wanted },
		(_, n) => elements[Math.min(elements.length - 1, Math.floor((n + next()) * share))]!,
	);
}

function mark(element: number, grid: Grid, sequence: Sequence, truth: MarkTruth): Mark {
	return { xyzMm: ijkToXyz(grid, ijkOf(element, grid)), sequence, truth };
}
