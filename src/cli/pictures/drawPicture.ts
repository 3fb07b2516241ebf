import { ijkToXyz, invertAffine } from '../../grid/grid.ts';
import { type RasView, rasView } from '../../grid/rasView.ts';
import { readSlice, type SlicePlane } from '../../mask/slicePlane.ts';
import type { PlantedDrawing, PlantTruth } from '../../phantom/plant/plant.ts';
import type { Area, Picture, PictureDrawing } from '../../schemas/picture.ts';
import { inGreys } from '../hero/casePictures.ts';
import { StepError } from '../launcher/args.mjs';
import type { CaseFiles, PlacedMask } from './caseFiles.ts';
import { type Comparison, compareRegion } from './compare.ts';
import { type Frame, frameAround, frameLike, headIn, placeIn, sampled } from './frame.ts';
import { outlinePath } from './outlinePath.ts';

/** Percentiles of the intensities that are shown black and white; fluid and fat may be whiter than white. */
const GREYS = { black: 0.5, white: 99.8 };

/** A picture as it is written: greys, one byte a pixel, and what is drawn over them. */
export interface MadePicture {
	readonly pixels: Uint8Array;
	readonly drawing: Omit<PictureDrawing, 'image'>;
	readonly frame: Frame;
}

/**
 * Draws a still picture of a case. Throws a StepError where the case cannot show it: no such region, an error that cannot be
 * planted, or one that changes none of the regions that are outlined.
 *
 * @param like the picture whose slice and frame are wanted, where it names one
 */
export function drawPicture(picture: Picture, files: CaseFiles, like: MadePicture | undefined): MadePicture {
	const volume = files.images(picture.sequence);
	const view = rasView(volume.grid);
	const planted = picture.planted && plantedIn(picture, files);
	const slice = like ? sliceLike(like, view, files) : sliceOf(picture, files, view, planted?.compared ?? new Map());
	if (slice < 0 || slice >= view.dims[2])
		throw new StepError(`There is no slice ${slice}: ${picture.case} has ${view.dims[2]} on ${picture.sequence}.`);
	const plane = readSlice(inGreys(volume.data, GREYS), view, view, slice);
	const show = ({ grid, data }: PlacedMask) => readSlice(data, rasView(grid), view, slice);
	const compared = [...(planted?.compared ?? [])];
	const framed = () =>
		picture.crop === 'head'
			? [headIn(plane)]
			: [...files.regions.map((region) => files.mask(region)), ...compared.map(([, { extra }]) => extra)].map(show);
	const frame = like
		? frameLike(like.frame, viewOf(like, files), like.drawing.slice, view)
		: frameAround(view, picture.crop, framed());
	const place = placeIn(frame);
	const pathOf = (mask: PlacedMask, specks?: 'dots' | 'none') => outlinePath(show(mask), place, specks);
	const drawn = (of: (comparison: Comparison) => PlacedMask) =>
		compared
			.map(([region, comparison]) => ({ region, path: pathOf(of(comparison), 'dots') }))
			.filter(({ path }) => path !== '');
	const missed = drawn((comparison) => comparison.missed);
	const extra = drawn((comparison) => comparison.extra);
	if (planted && missed.length + extra.length === 0)
		throw new StepError(`Slice ${slice} shows nothing of ${picture.planted} with the seed ${picture.seed}.`);
	const areas = picture.areas.map((area): [Area, string] => [area, pathOf(files.mask(area))]);
	const empty = areas.find(([, path]) => path === '');
	if (empty) throw new StepError(`Slice ${slice} shows nothing of ${empty[0]}.`);
	return {
		frame,
		pixels: sampled(plane, frame),
		drawing: {
			case: picture.case,
			sequence: picture.sequence,
			slice,
			slices: view.dims[2],
			width: frame.width,
			height: frame.height,
			outlines: picture.outlines
				.map((region) => {
					const shared = planted?.compared.get(region)?.shared;
					return { region, path: shared ? pathOf(shared, 'none') : pathOf(files.mask(region)) };
				})
				.filter(({ path }) => path !== ''),
			missed,
			extra,
			areas: Object.fromEntries(areas),
		},
	};
}

interface Planted {
	readonly drawing: PlantedDrawing;
	readonly truth: PlantTruth;
	/** Of the regions that are outlined, those that the error changed. */
	readonly compared: ReadonlyMap<Area, Comparison> & Map<Picture['outlines'][number], Comparison>;
}

function plantedIn({ planted: code, seed, outlines, breaks }: Picture, files: CaseFiles): Planted {
	const drawing = files.plant([code!], seed);
	const [truth] = drawing.truths;
	if (!truth) throw new StepError(`${files.id} cannot carry ${code}: ${drawing.refused[0]?.reason}.`);
	const compared = new Map(
		outlines.flatMap((region) => {
			const comparison = compareRegion(region, files.mask(region), drawing, truth);
			return comparison ? [[region, comparison] as const] : [];
		}),
	);
	if (compared.size === 0) {
		const changed = truth.changed.map(({ region }) => region).join(' ');
		throw new StepError(`${code} with the seed ${seed} changes ${changed}, not ${outlines.join(' ')}.`);
	}
	if (breaks.length > 0 && !breaks.some((rule) => truth.rules.includes(rule)))
		throw new StepError(`${code} with the seed ${seed} breaks ${truth.rules.join(' ')}, not ${breaks.join(' ')}.`);
	return { drawing, truth, compared };
}

/** The slice of a view at the height of a picture's. */
function sliceLike(like: MadePicture, view: RasView, files: CaseFiles): number {
	return sliceAcross(viewOf(like, files), view, like.drawing.slice);
}

function viewOf({ drawing }: MadePicture, files: CaseFiles): RasView {
	return rasView(files.images(drawing.sequence).grid);
}

function sliceOf(
	{ slice, planted }: Picture,
	files: CaseFiles,
	view: RasView,
	compared: ReadonlyMap<unknown, Comparison>,
): number {
	if (typeof slice === 'number') return slice;
	if (slice === 'error') {
		const areas = [...compared.values()].flatMap(({ missed, extra }) => [missed, extra]);
		const own = rasView(areas[0]!.grid);
		const sizes = areas.map((mask) => voxelsBySlice(mask));
		const total = Array.from({ length: own.dims[2] }, (_, z) => sizes.reduce((sum, each) => sum + each[z]!, 0));
		return sliceAcross(own, view, total.indexOf(Math.max(...total)));
	}
	const [which, area] = slice.split(':') as ['widest' | 'first' | 'last', Area];
	const mask = files.mask(area);
	const sizes = voxelsBySlice(mask);
	const most = Math.max(...sizes);
	if (most === 0) throw new StepError(`The case ${files.id} has no voxel of ${area}${planted ? '' : ' to show'}.`);
	const found =
		which === 'widest'
			? sizes.indexOf(most)
			: which === 'first'
				? sizes.findIndex((voxels) => voxels > 0)
				: sizes.findLastIndex((voxels) => voxels > 0);
	return sliceAcross(rasView(mask.grid), view, found);
}

function voxelsBySlice({ grid, data }: PlacedMask): number[] {
	const view = rasView(grid);
	let plane: SlicePlane | undefined;
	return Array.from({ length: view.dims[2] }, (_, slice) => {
		plane = readSlice(data, view, view, slice, plane);
		return plane.data.reduce((sum, voxel) => sum + voxel, 0);
	});
}

/** The slice of another view at the height of a slice's middle. */
function sliceAcross(own: RasView, shown: RasView, slice: number): number {
	const xyz = ijkToXyz(own, [own.dims[0] / 2, own.dims[1] / 2, slice]);
	const [, , z] = ijkToXyz({ dims: shown.dims, affine: invertAffine(shown.affine) }, xyz);
	return Math.min(shown.dims[2] - 1, Math.max(0, Math.round(z)));
}
