import { ijkToXyz } from '../../../src/grid/grid.ts';
import { rasView } from '../../../src/grid/rasView.ts';
import type { Region } from '../../../src/protocol/protocol.ts';
import type { DrawnRegion, FindingCode } from '../../../src/scoring/findings/finding.ts';
import { ijkOf, sliceOf } from '../../../src/scoring/findings/place.ts';
import { type Ball, drawn, type FAMILIES, isIn, paint, randomOf, type Tumour, tumourOf } from './drawnCases.ts';

type Mm = readonly [number, number, number];

/** A case with one planted error. */
export interface Planted {
	readonly code: FindingCode;
	readonly tumour: Tumour;
	readonly regions: readonly DrawnRegion[];
}

type Planter = (tumour: Tumour, regions: DrawnRegion[], random: () => number) => DrawnRegion[];

const change = (
	regions: DrawnRegion[],
	name: Region | undefined,
	alter: (region: DrawnRegion) => Uint8Array,
): DrawnRegion[] =>
	regions.map((region) => (region.region === name ? { ...region, prediction: alter(region) } : region));

const countedOn = ({ family }: Tumour): Region => (family === 'glioma' ? 'ET' : family === 'meningioma' ? 'TB' : 'EN');
const inside = (tumour: Tumour, region: Region) => tumour.inside[region]!;
const move = (xyz: Mm, by: Mm): Mm => [xyz[0] - by[0], xyz[1] - by[1], xyz[2] - by[2]];

/** Slices of a region's reference with their areas in mm², from the feet; of one lesion where it is given. */
function slicesOf({ grid, reference }: DrawnRegion, lesion?: Ball): { slice: number; areaMm2: number }[] {
	const view = rasView(grid);
	const counts = new Map<number, number>();
	for (let n = 0; n < reference.length; n++)
		if (reference[n] !== 0 && (!lesion || isIn(lesion, ijkToXyz(grid, ijkOf(n, grid)), 9)))
			counts.set(sliceOf(n, view), (counts.get(sliceOf(n, view)) ?? 0) + 1);
	const pixel = view.spacingMm[0] * view.spacingMm[1];
	return [...counts].map(([slice, count]) => ({ slice, areaMm2: count * pixel })).sort((a, b) => a.slice - b.slice);
}

const without = (region: DrawnRegion, slices: readonly number[]): Uint8Array => {
	const view = rasView(region.grid);
	return region.prediction.map((value, n) => (value !== 0 && !slices.includes(sliceOf(n, view)) ? 1 : 0));
};

const PLANTERS: Readonly<
	Record<FindingCode, { readonly families: readonly Tumour['family'][]; readonly plant: Planter }>
> = {
	E01: {
		families: ['glioma', 'meningioma'],
		plant: (tumour, regions, random) =>
			change(regions, 'TB', ({ grid }) => {
				const body = tumour.lesions[0]!;
				const cut = body.centre[0] + body.half[0] * (0.1 + 0.25 * random());
				return paint(grid, (xyz) => inside(tumour, 'TB')(xyz) && xyz[0] < cut);
			}),
	},
	E02: {
		families: ['glioma', 'pcnsl'],
		plant: (tumour, regions, random) =>
			change(regions, 'WT', ({ grid, reference }) => {
				const { centre, half } = tumour.lesions[0]!;
				const more = half[1] * (1.6 + random());
				const on = new Set(
					slicesOf({ region: 'WT', grid, reference, prediction: reference }).map(({ slice }) => slice),
				);
				const view = rasView(grid);
				const wide = paint(grid, (xyz) =>
					isIn({ centre: [centre[0], centre[1] + more, centre[2]], half: [20, 22, 14] }, xyz),
				);
				return reference.map((value, n) => (value !== 0 || (wide[n] !== 0 && on.has(sliceOf(n, view))) ? 1 : 0));
			}),
	},
	E03: {
		families: ['glioma', 'meningioma'],
		plant: (tumour, regions, random) =>
			change(regions, 'TB', ({ grid }) => {
				const angle = 6.28 * random();
				const mm = 3 + random();
				return paint(grid, (xyz) => inside(tumour, 'TB')(move(xyz, [mm * Math.cos(angle), mm * Math.sin(angle), 0])));
			}),
	},
	E04: {
		families: ['metastasis', 'pcnsl'],
		plant: (tumour, regions, random) =>
			change(regions, 'EN', ({ grid, reference }) => {
				const lost = tumour.lesions[1 + Math.floor(random() * 2)]!;
				return reference.map((value, n) => (value !== 0 && !isIn(lost, ijkToXyz(grid, ijkOf(n, grid)), 1) ? 1 : 0));
			}),
	},
	E05: {
		families: ['glioma', 'metastasis', 'meningioma', 'pcnsl'],
		plant: (tumour, regions, random) =>
			change(regions, countedOn(tumour), ({ grid, reference }) => {
				const { centre } = tumour.lesions[0]!;
				const half = 3 + 3 * random();
				const ball: Ball = { centre: [-Math.sign(centre[0]) * 8, -40, 22], half: [half, half, half] };
				const extra = paint(grid, (xyz) => isIn(ball, xyz));
				return reference.map((value, n) => (value | extra[n]!) & 1);
			}),
	},
	E06: {
		families: ['metastasis', 'pcnsl'],
		plant: (tumour, regions) =>
			change(regions, 'EN', ({ grid, reference }) => {
				const [a, b] = tumour.lesions;
				const bridge = paint(grid, (xyz) => {
					const along = b!.centre.map((v, axis) => v - a!.centre[axis]!);
					const length = along.reduce((sum, v) => sum + v * v, 0);
					const t = xyz.reduce((sum, v, axis) => sum + (v - a!.centre[axis]!) * along[axis]!, 0) / length;
					if (t < 0 || t > 1) return false;
					return Math.hypot(...xyz.map((v, axis) => v - a!.centre[axis]! - t * along[axis]!)) <= 4;
				});
				return reference.map((value, n) => (value | bridge[n]!) & 1);
			}),
	},
	E07: {
		families: ['metastasis', 'meningioma'],
		plant: (tumour, regions, random) =>
			change(regions, countedOn(tumour), ({ grid }) => {
				const { centre } = tumour.lesions[0]!;
				const half = 1.3 + random();
				return paint(grid, (xyz) => inside(tumour, countedOn(tumour))(xyz) && Math.abs(xyz[1] - centre[1]) > half);
			}),
	},
	E10: {
		families: ['glioma', 'metastasis', 'meningioma', 'pcnsl'],
		plant: (tumour, regions, random) =>
			change(regions, regions[0]!.region, (region) => {
				const slices = slicesOf(region, tumour.lesions[0]).filter(({ areaMm2 }) => areaMm2 >= 1);
				if (random() < 0.5) slices.reverse();
				// From the end inwards until one that counts is lost.
				const counts = slices.findIndex(({ areaMm2 }) => areaMm2 >= 15);
				return without(
					region,
					slices.slice(0, counts + 1).map(({ slice }) => slice),
				);
			}),
	},
	E11: {
		families: ['glioma', 'metastasis', 'meningioma', 'pcnsl'],
		plant: (tumour, regions, random) =>
			change(regions, regions[0]!.region, (region) => {
				const view = rasView(region.grid);
				const slices = slicesOf(region, tumour.lesions[0]);
				const end = random() < 0.5 ? slices[0]! : slices.at(-1)!;
				const step = end === slices[0] ? -1 : 1;
				const out = region.reference.slice();
				const own = [...out.keys()].filter(
					(n) =>
						region.reference[n] !== 0 &&
						sliceOf(n, view) === end.slice &&
						isIn(tumour.lesions[0]!, ijkToXyz(region.grid, ijkOf(n, region.grid)), 9),
				);
				for (let extra = 1; extra <= 2 + Math.floor(random() * 2); extra++)
					for (const n of own) out[n + view.strides[2] * step * extra] = 1;
				return out;
			}),
	},
	E12: {
		families: ['glioma', 'metastasis', 'meningioma', 'pcnsl'],
		plant: (tumour, regions, random) =>
			change(regions, regions[0]!.region, (region) => {
				const slices = slicesOf(region, tumour.lesions[0]);
				const from = 1 + Math.floor(random() * Math.max(1, slices.length - 3));
				return without(region, [slices[Math.min(from, slices.length - 2)]!.slice]);
			}),
	},
	E13: {
		families: ['glioma', 'meningioma'],
		plant: (tumour, regions, random) =>
			change(regions, 'NE', ({ grid }) => {
				const { centre, half } = tumour.lesions[0]!;
				const share = 0.8 + 0.12 * random();
				return paint(grid, (xyz) => isIn({ centre, half: [half[0] * share, half[1] * share, half[2] * share] }, xyz));
			}),
	},
	E14: {
		families: ['glioma', 'meningioma'],
		plant: (tumour, regions) => {
			const masks = new Map(regions.map((region) => [region.region, region]));
			return change(
				change(regions, 'ET', ({ grid }) => paint(grid, inside(tumour, 'NE'))),
				'NE',
				() => paint(masks.get('NE')!.grid, inside(tumour, 'ET')),
			);
		},
	},
	E15: {
		families: ['glioma', 'meningioma'],
		plant: (tumour, regions) =>
			change(regions, 'TB', ({ grid }) => paint(grid, (xyz) => inside(tumour, 'TB')([-xyz[0], xyz[1], xyz[2]]))),
	},
	E16: {
		families: ['glioma'],
		plant: (tumour, regions) => change(regions, 'WT', ({ grid }) => paint(grid, inside(tumour, 'TB'))),
	},
	E17: {
		families: ['glioma'],
		plant: (tumour, regions, random) =>
			change(regions, 'TB', ({ grid }) => {
				const swell = 3 + 3 * random();
				return paint(grid, (xyz) => isIn(tumour.lesions[0]!, xyz, swell));
			}),
	},
	E18: {
		families: ['meningioma'],
		plant: (tumour, regions, random) =>
			change(regions, 'ED', ({ grid, reference }) => {
				const { centre, half } = tumour.lesions[0]!;
				const cut = centre[1] + half[1] * (0.1 + 0.5 * random());
				const body = paint(grid, (xyz) => inside(tumour, 'TB')(xyz) && xyz[1] > cut);
				return reference.map((value, n) => (value | body[n]!) & 1);
			}),
	},
};

/** A variant of an error: family, grids, place and size go by its number. */
export function plant(code: FindingCode, variant: number): Planted {
	const { families, plant: alter } = PLANTERS[code];
	const random = randomOf(variant * 97 + Number(code.slice(1)));
	const family = families[variant % families.length] as (typeof FAMILIES)[number];
	const tumour = tumourOf(family, random);
	return { code, tumour, regions: alter(tumour, drawn(tumour, variant), random) };
}
