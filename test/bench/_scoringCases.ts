import type { Dims } from '../../src/grid/grid.ts';
import type { LabelPair } from '../../src/scoring/kernels/kernels.ts';

/** Labels 1 necrosis, 2 oedema, 3 enhancing, as three nested regions. */
const WHOLE_BODY_ENHANCING = membership([[1, 2, 3], [1, 3], [3]]);
const ANY = membership([[1, 2, 3]]);

/** A centre and three half axes in mm. */
type Ball = readonly [centreMm: Dims, halfMm: Dims];

/** A glioma of about 150 ml whole, drawn with shifted and swollen outlines: 240×240×155 at 1 mm, three regions. */
export function gliomaPair(): LabelPair {
	const dims: Dims = [240, 240, 155];
	const paint = (shift: number, swell: number) => {
		const labels = new Uint8Array(dims[0] * dims[1] * dims[2]);
		const centre: Dims = [150 + shift, 110 - shift, 80 + shift / 2];
		fill(labels, dims, [1, 1, 1], [centre, [38 + swell, 33, 29 - swell]], 2, 0.06);
		fill(labels, dims, [1, 1, 1], [centre, [21, 19 + swell, 17]], 3, 0.05);
		fill(labels, dims, [1, 1, 1], [centre, [12 + swell, 11, 10]], 1, 0.05);
		return labels;
	};
	return {
		reference: paint(0, 0),
		prediction: paint(1.5, 1),
		dims,
		spacingMm: [1, 1, 1],
		membership: WHOLE_BODY_ENHANCING,
	};
}

/** The same on thick slices: 512×512×24 at 0.45×0.45×6 mm. */
export function thickSlicePair(): LabelPair {
	const dims: Dims = [512, 512, 24];
	const spacingMm: Dims = [0.45, 0.45, 6];
	const paint = (shift: number) => {
		const labels = new Uint8Array(dims[0] * dims[1] * dims[2]);
		const centre: Dims = [130 + shift, 110, 70];
		fill(labels, dims, spacingMm, [centre, [30, 27, 31]], 2, 0.06);
		fill(labels, dims, spacingMm, [centre, [18, 17, 20]], 3, 0.05);
		fill(labels, dims, spacingMm, [centre, [10, 9, 10]], 1, 0.05);
		return labels;
	};
	return { reference: paint(0), prediction: paint(1.4), dims, spacingMm, membership: WHOLE_BODY_ENHANCING };
}

/** Two bodies 90 mm apart at 240×240×155. */
export function farPair(): LabelPair {
	const dims: Dims = [240, 240, 155];
	const paint = (x: number) => {
		const labels = new Uint8Array(dims[0] * dims[1] * dims[2]);
		fill(
			labels,
			dims,
			[1, 1, 1],
			[
				[x, 120, 80],
				[22, 20, 18],
			],
			1,
			0.05,
		);
		return labels;
	};
	return { reference: paint(60), prediction: paint(192), dims, spacingMm: [1, 1, 1], membership: ANY };
}

/** Twenty metastases of 4 to 14 mm, drawn 1 mm off, two missed and one too many. */
export function metastasesPair(): LabelPair {
	const dims: Dims = [240, 240, 155];
	const reference = new Uint8Array(dims[0] * dims[1] * dims[2]);
	const prediction = new Uint8Array(reference.length);
	for (let n = 0; n < 20; n++) {
		const centre: Dims = [50 + (n % 5) * 33, 60 + Math.floor(n / 5) * 38, 40 + ((n * 7) % 9) * 9];
		const half = 2 + (n % 6);
		fill(reference, dims, [1, 1, 1], [centre, [half, half, half]], 1, 0);
		if (n % 10 !== 3)
			fill(
				prediction,
				dims,
				[1, 1, 1],
				[
					[centre[0] + 1, centre[1], centre[2]],
					[half, half, half],
				],
				1,
				0,
			);
	}
	fill(
		prediction,
		dims,
		[1, 1, 1],
		[
			[30, 200, 30],
			[4, 4, 4],
		],
		1,
		0,
	);
	return { reference, prediction, dims, spacingMm: [1, 1, 1], membership: ANY };
}

/** An ellipsoid with a wavy surface; `wave` is its share of the radius. */
function fill(labels: Uint8Array, dims: Dims, spacing: Dims, [centre, half]: Ball, label: number, wave: number): void {
	const low = centre.map((c, axis) => Math.max(0, Math.floor((c - half[axis]! * 1.2) / spacing[axis]!)));
	const high = centre.map((c, axis) => Math.min(dims[axis]! - 1, Math.ceil((c + half[axis]! * 1.2) / spacing[axis]!)));
	for (let z = low[2]!; z <= high[2]!; z++)
		for (let y = low[1]!; y <= high[1]!; y++)
			for (let x = low[0]!; x <= high[0]!; x++) {
				const [u, v, w] = [x, y, z].map((at, axis) => (at * spacing[axis]! - centre[axis]!) / half[axis]!) as [
					number,
					number,
					number,
				];
				const edge = 1 + wave * Math.sin(7 * u + 3 * w) * Math.sin(6 * v - 2 * w);
				if (u * u + v * v + w * w <= edge) labels[x + dims[0] * (y + dims[1] * z)] = label;
			}
}

function membership(regions: readonly (readonly number[])[]): Uint8Array {
	const table = new Uint8Array(256);
	for (const [bit, labels] of regions.entries()) for (const label of labels) table[label]! |= 1 << bit;
	return table;
}
