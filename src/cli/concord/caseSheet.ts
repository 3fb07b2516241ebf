import { join } from 'node:path';
import sharp from 'sharp';
import { intensityQuantiles, valueAt } from '../../formats/intensityQuantiles.ts';
import { readVolume } from '../../formats/readVolume.ts';
import type { Volume } from '../../formats/volume.ts';
import { ijkToXyz, invertAffine, type XyzMm } from '../../grid/grid.ts';
import { type RasView, rasView } from '../../grid/rasView.ts';
import { traceOutlines } from '../../mask/contour.ts';
import { readSlice } from '../../mask/slicePlane.ts';
import { REGION_SEQUENCE, type Region, SEQUENCES, type Sequence } from '../../protocol/protocol.ts';
import { BadInput, issueLine } from './command.ts';
import { readManifest } from './manifest.ts';
import { readWithCompanion } from './readFiles.ts';
import type { Say } from './say.ts';

/** Colours of the regions' outlines, as on the page. */
const COLOURS: Readonly<Record<Region, string>> = {
	WT: '#ffd400',
	ED: '#ffd400',
	TB: '#ff5a4f',
	ET: '#c98be0',
	NE: '#4fa3ff',
	EN: '#58c46a',
};
const TILE = 260;
const ROWS = 4;

/**
 * Draws a case on one page: a row for each of some heights in the tumour, a column for each sequence, the regions outlined
 * where they are drawn; right is on the left. Throws `BadInput` where the case cannot be read.
 */
export async function drawSheet(folder: string, picture: string, say: Say): Promise<void> {
	const manifest = await readManifest(folder, say);
	const problems: string[] = [];
	const read = async (file: string): Promise<Volume | undefined> => {
		const path = join(folder, file);
		const { bytes, companions } = await readWithCompanion(path, say);
		const volume = readVolume(bytes, path, { companions });
		if (volume.ok) return volume.value;
		problems.push(...volume.issues.map((issue) => issueLine(issue, say)));
		return undefined;
	};
	const series = new Map<Sequence, Volume>();
	for (const sequence of SEQUENCES) {
		const file = manifest.series.find((each) => each.sequence === sequence)?.file;
		const volume = file === undefined ? undefined : await read(file);
		if (volume) series.set(sequence, volume);
	}
	const masks = new Map<Region, Volume>();
	for (const { region, file } of manifest.reference?.kind === 'perRegion' ? manifest.reference.masks : []) {
		const mask = await read(file);
		if (mask) masks.set(region, mask);
	}
	if (problems.length > 0) throw new BadInput(problems);
	const tiles = heightsOf([...masks.values()]).flatMap((place, row) =>
		[...series].map(async ([sequence, volume], column) => ({
			input: await tile(place, sequence, volume, masks),
			left: column * TILE,
			top: row * TILE,
		})),
	);
	const page = { width: series.size * TILE, height: ROWS * TILE, channels: 3, background: '#000' } as const;
	await sharp({ create: page })
		.composite(await Promise.all(tiles))
		.png()
		.toFile(picture);
}

/** Places in world mm from the head to the feet, spread over what the masks hold, or without any over the brain. */
function heightsOf(masks: readonly Volume[]): XyzMm[] {
	const points = masks.flatMap(({ grid, data }) => {
		const [nx, ny] = grid.dims;
		const found: XyzMm[] = [];
		for (let n = 0; n < data.length; n += 1)
			if (data[n] !== 0) found.push(ijkToXyz(grid, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]));
		return found;
	});
	points.sort((a, b) => b[2] - a[2]);
	return Array.from(
		{ length: ROWS },
		(_, row) => points[Math.floor(((row + 0.5) / ROWS) * points.length)] ?? [0, -17, 42 - 18 * row],
	);
}

async function tile(
	place: XyzMm,
	sequence: Sequence,
	{ grid, data }: Volume,
	masks: ReadonlyMap<Region, Volume>,
): Promise<Buffer> {
	const view = rasView(grid);
	const slice = sliceAt(place, view);
	const quantiles = intensityQuantiles(data);
	const [black, white] = [valueAt(quantiles, 0.5), valueAt(quantiles, 99.8)];
	const greys = Uint8Array.from(data, (v) => 255 * Math.min(1, Math.max(0, (v - black) / (white - black))));
	const { width, height, data: plane } = readSlice(greys, view, view, slice);
	const scale = Math.min(TILE / (width * view.spacingMm[0]), TILE / (height * view.spacingMm[1]));
	const [w, h] = [Math.round(width * view.spacingMm[0] * scale), Math.round(height * view.spacingMm[1] * scale)];
	const left = Math.floor((TILE - w) / 2);
	const top = Math.floor((TILE - h) / 2);
	const image = await sharp(plane, { raw: { width, height, channels: 1 } })
		.flip()
		.flop()
		.resize(w, h, { fit: 'fill', kernel: 'cubic' })
		.toColourspace('srgb')
		.png()
		.toBuffer();
	const paths = [...masks].flatMap(([region, mask]) => {
		if (REGION_SEQUENCE[region] !== sequence) return [];
		return traceOutlines(readSlice(Uint8Array.from(mask.data), view, view, slice)).map((outline) => {
			const points = Array.from({ length: outline.length / 2 }, (_, n) => [
				(left + w - ((outline[2 * n]! + 0.5) * w) / width).toFixed(1),
				(top + h - ((outline[2 * n + 1]! + 0.5) * h) / height).toFixed(1),
			]);
			return `<path d="M${points.join('L')}Z" fill="none" stroke="${COLOURS[region]}"/>`;
		});
	});
	const words = `<text x="6" y="16" fill="#fff" font-size="12" font-family="sans-serif">${sequence} ${slice + 1}</text>`;
	const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${TILE}" height="${TILE}">${paths.join('')}${words}</svg>`;
	return sharp({ create: { width: TILE, height: TILE, channels: 3, background: '#000' } })
		.composite([
			{ input: image, left, top },
			{ input: Buffer.from(drawing), left: 0, top: 0 },
		])
		.png()
		.toBuffer();
}

/** The axial slice nearest to a place. */
function sliceAt(place: XyzMm, { affine, dims }: RasView): number {
	const [, , k] = ijkToXyz({ dims, affine: invertAffine(affine) }, place);
	return Math.min(dims[2] - 1, Math.max(0, Math.round(k)));
}
