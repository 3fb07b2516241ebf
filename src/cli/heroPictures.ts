/** Makes the pictures and outlines of the start page's hero from the built-in case. Run it when that case changes. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import type { SlicePlane } from '../mask/slicePlane.ts';
import type { Region } from '../protocol/protocol.ts';
import { type CasePicture, type GreyRange, pictureOf, readPreparedCase } from './hero/casePictures.ts';
import { type Box, boxAround, contourPath, type Place } from './hero/contourPath.ts';
import { parseArgs, runCommand } from './launcher/args.mjs';

const CASE = 'ring-01';

const HELP = `npm run hero [-- --data DIR]
Makes src/assets/hero from the prepared case ${CASE} in the data folder (else .data).`;

/** Pixels a voxel: the large picture is shown at about three. */
const SCALE = 2;

/** Width over height of the large picture's frame and of the small ones, as on a wide screen. */
const LARGE_RATIO = 0.845;
const SMALL_RATIO = 1.72;

/** Brighter than this, of 255, is head rather than air. */
const HEAD_GREY = 36;

/** One picture each; the greys leave room above, so that bright tissue keeps its texture. */
const PICTURES: readonly {
	readonly sequence: 'FLAIR' | 'T2' | 'T1C';
	readonly regions: readonly Region[];
	readonly greys: GreyRange;
}[] = [
	{ sequence: 'FLAIR', regions: ['WT'], greys: { black: 0.5, white: 99.9 } },
	{ sequence: 'T2', regions: ['TB'], greys: { black: 0.5, white: 100 } },
	{ sequence: 'T1C', regions: ['ET', 'NE'], greys: { black: 0.5, white: 99.8 } },
];

await runCommand(HELP, async () => {
	const { options } = parseArgs(process.argv.slice(2), { data: 'value', help: 'flag' });
	if (options.help) {
		console.log(HELP);
		return 0;
	}
	const root = resolve(import.meta.dirname, '../..');
	const folder = join(resolve(String(options.data ?? join(root, '.data'))), 'cases', CASE);
	const manifest = readPreparedCase(folder);
	const assets = join(root, 'src', 'assets', 'hero');
	const panels = [];
	for (const { sequence, regions, greys } of PICTURES) {
		const picture = pictureOf(folder, manifest, sequence, regions, greys);
		await writeWebp(picture.plane, join(assets, `${sequence}.webp`));
		panels.push(...panelsOf(picture));
	}
	writeFileSync(join(assets, 'hero.json'), `${JSON.stringify({ panels }, null, '\t')}\n`);
	return 0;
});

/** What the hero shows of a picture: the part in its frame and the outline, one a region, in pixels. */
function panelsOf({ plane, outlines }: CasePicture) {
	const place = placeIn(plane);
	const lesion = boxAround([...outlines.values()].flat(), place);
	return [...outlines].map(([region, drawn]) => ({
		region,
		crop: (region === 'WT' ? around(headBox(plane), LARGE_RATIO, 1) : around(lesion, SMALL_RATIO, 1.22)).join(' '),
		contour: contourPath(drawn, place),
	}));
}

/** Where a voxel position of the slice lies in its picture, as radiologists look at it: right side left, front up. */
function placeIn({ width, height }: SlicePlane) {
	return (x: number, y: number): Place => [(width - 0.5 - x) * SCALE, (height - 0.5 - y) * SCALE];
}

/** Writes a slice as a picture, enlarged, right side left and front up. */
async function writeWebp({ width, height, data }: SlicePlane, file: string): Promise<void> {
	// Both axes run the other way, so the last voxel is the first pixel.
	await sharp(data.toReversed(), { raw: { width, height, channels: 1 } })
		.resize(width * SCALE, height * SCALE, { kernel: 'lanczos3' })
		.webp({ quality: 84, effort: 6 })
		.toFile(file);
}

function headBox({ width, height, data }: SlicePlane): Box {
	const [xs, ys]: [number[], number[]] = [[], []];
	const place = placeIn({ width, height, data });
	data.forEach((grey, n) => {
		if (grey <= HEAD_GREY) return;
		const [x, y] = place(n % width, Math.floor(n / width));
		xs.push(x);
		ys.push(y);
	});
	const [left, top, right, bottom] = [
		xs.reduce((a, b) => Math.min(a, b)),
		ys.reduce((a, b) => Math.min(a, b)),
		xs.reduce((a, b) => Math.max(a, b)),
		ys.reduce((a, b) => Math.max(a, b)),
	];
	return [left, top, right - left, bottom - top];
}

/** The smallest frame of a ratio around the middle of a box that holds the box, made larger by a factor. */
function around([left, top, width, height]: Box, ratio: number, factor: number): Box {
	const tall = Math.max(height, width / ratio) * factor;
	const wide = tall * ratio;
	const centre: Place = [left + width / 2, top + height / 2];
	return [centre[0] - wide / 2, centre[1] - tall / 2, wide, tall].map(Math.round) as unknown as Box;
}
