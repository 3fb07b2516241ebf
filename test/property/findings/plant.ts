import { ijkToXyz } from '../../../src/grid/grid.ts';
import { rasView } from '../../../src/grid/rasView.ts';
import type { Region } from '../../../src/protocol/protocol.ts';
import { REGION_SEQUENCE } from '../../../src/protocol/protocol.ts';
import type { DrawnRegion, FindingCode, FindingsInput, ReferenceLayer } from '../../../src/scoring/findings/finding.ts';
import { ijkOf, sliceOf } from '../../../src/scoring/findings/place.ts';
import {
	type Ball,
	drawn,
	type FAMILIES,
	inputOf,
	isIn,
	paint,
	randomOf,
	type Tumour,
	tumourOf,
} from './drawnCases.ts';

type Mm = readonly [number, number, number];

/** A case with one planted error. */
export interface Planted {
	readonly code: FindingCode;
	readonly input: FindingsInput;
}

type Planter = (
	tumour: Tumour,
	regions: DrawnRegion[],
	random: () => number,
	input: FindingsInput,
) => DrawnRegion[] | Partial<FindingsInput>;

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

/** A region with all of a layer's tissue drawn as well. */
function drawnLayer(
	tumour: Tumour,
	regions: DrawnRegion[],
	layers: readonly ReferenceLayer[],
	kind: ReferenceLayer['kind'],
	name: Region,
): DrawnRegion[] {
	const layer = layers.find((each) => each.kind === kind)!;
	if (layer.grid !== regions.find(({ region }) => region === name)!.grid)
		throw new Error(`${tumour.family}: other grid`);
	return change(regions, name, ({ reference }) =>
		reference.map((value, n) => (value !== 0 || layer.labels[n] !== 0 ? 1 : 0)),
	);
}

/** A drawing with some axes of its view turned round. */
function mirrored({ prediction, grid }: DrawnRegion, axes: readonly number[]): Uint8Array {
	const { strides, dims } = rasView(grid);
	return prediction.map((_, n) => {
		let from = n;
		for (const axis of axes) {
			const stride = Math.abs(strides[axis]!);
			from += (dims[axis]! - 1 - 2 * (Math.floor(n / stride) % dims[axis]!)) * stride;
		}
		return prediction[from]!;
	});
}

/** A drawing as a threshold leaves it: single voxels away from it in its slices, or single voxels left out of it. */
function speckled({ reference, grid }: DrawnRegion, islands: boolean): Uint8Array {
	const view = rasView(grid);
	const [sx, sy] = view.strides;
	const near = [-2, -1, 0, 1, 2].flatMap((x) => [-2, -1, 0, 1, 2].map((y) => x * sx + y * sy));
	const slices = new Set(slicesOf({ region: 'ET', grid, reference, prediction: reference }).map(({ slice }) => slice));
	const out = reference.slice();
	let [count, last] = [0, Number.NEGATIVE_INFINITY];
	for (let n = 0; n < out.length && count < 12; n++) {
		const alone = near.every((step) => (reference[n + step] ?? 1) === (islands ? 0 : 1));
		if (!alone || !slices.has(sliceOf(n, view)) || n - last < 4 * Math.abs(islands ? 53 : 3)) continue;
		const clear = near.every((step) => (out[n + step] ?? 1) === (islands ? 0 : 1));
		if (!clear) continue;
		out[n] = islands ? 1 : 0;
		[count, last] = [count + 1, n];
	}
	return out;
}

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
		// Without layers: what is drawn too much is plain brain.
		plant: (tumour, regions, random) => ({
			layers: [],
			regions: change(regions, 'WT', ({ grid, reference }) => {
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
	E08: {
		families: ['glioma', 'meningioma', 'pcnsl'],
		plant: (tumour, regions, _, { layers }) => drawnLayer(tumour, regions, layers, 'confounders', regions[0]!.region),
	},
	E09: {
		families: ['glioma', 'meningioma', 'pcnsl'],
		plant: (tumour, regions, random, { layers }) => {
			const sulcus = random() < 0.5;
			const changed = layers.map((layer) =>
				layer.kind === 'csf' && sulcus ? { ...layer, labels: layer.labels.map((value) => value * 2) } : layer,
			);
			return {
				layers: changed,
				regions: drawnLayer(tumour, regions, layers, 'csf', regions[0]!.region),
			};
		},
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
	E19: {
		families: ['meningioma'],
		plant: (_, regions, random, { layers }) => {
			const { labels } = layers.find(({ kind }) => kind === 'dura')!;
			const kept = 0.4 * random();
			return change(regions, 'ET', ({ reference }) =>
				reference.map((value, n) => (value !== 0 && (labels[n] === 0 || (n % 97) / 97 < kept) ? 1 : 0)),
			);
		},
	},
	E20: {
		families: ['glioma', 'metastasis', 'meningioma'],
		plant: (tumour, regions, _, { layers }) =>
			drawnLayer(tumour, regions, layers, 'notEnhancing', tumour.family === 'metastasis' ? 'EN' : 'ET'),
	},
	E21: {
		families: ['glioma', 'meningioma', 'pcnsl'],
		plant: (tumour, regions, random) => {
			const { layers } = inputOf(tumour, regions, 1);
			const { labels } = layers.find(({ kind }) => kind === 'uncertain')!;
			const share = 0.6 + 0.4 * random();
			return {
				layers,
				regions: change(regions, regions[0]!.region, ({ reference }) =>
					reference.map((value, n) => (value !== 0 || (labels[n] !== 0 && (n % 89) / 89 < share) ? 1 : 0)),
				),
			};
		},
	},
	E22: {
		families: ['glioma', 'metastasis', 'meningioma', 'pcnsl'],
		plant: (tumour, regions, random, { files }) => {
			const name = countedOn(tumour);
			const way = Math.floor(random() * 4);
			if (way === 0) return change(regions, name, (region) => mirrored(region, [0, 1]));
			if (way === 1)
				return change(regions, name, ({ grid }) => {
					const mm = 8 + 6 * random();
					return paint(grid, (xyz) => inside(tumour, name)(move(xyz, [0, 0, mm])));
				});
			// The file says another place, or another matrix.
			const masks = files!.masks.map((mask) => {
				if (mask.region !== name) return mask;
				const { dims, affine } = mask.grid;
				const grid =
					way === 2
						? { dims, affine: affine.map((v, at) => (at === 7 ? v + 4 : v)) }
						: { dims: [dims[0] + 3, dims[1], dims[2]] as const, affine };
				return { ...mask, grid };
			});
			return { files: { ...files!, masks } };
		},
	},
	E23: {
		families: ['glioma', 'metastasis', 'meningioma', 'pcnsl'],
		plant: (tumour, _, random, { files }) => {
			const own = REGION_SEQUENCE[countedOn(tumour)];
			const others = [...files!.series].filter(([sequence]) => sequence !== own);
			const [, grid] = others[Math.floor(random() * others.length)]!;
			const masks = files!.masks.map((mask) => (mask.region === countedOn(tumour) ? { ...mask, grid } : mask));
			return { files: { ...files!, masks } };
		},
	},
	E24: {
		families: ['glioma', 'metastasis', 'meningioma', 'pcnsl'],
		plant: (tumour, _, random, { files }) => {
			const wrong = [
				'mask.nii.gz',
				'P0012_DWI_ET.nii.gz',
				'P0013_T1C_ET.nii.gz',
				'P0012-T1C-ET.nii.gz',
				'病人_T1C_ET.nii.gz',
			];
			const name = wrong[Math.floor(random() * wrong.length)]!.replace('ET', countedOn(tumour));
			const masks = files!.masks.map((mask) => (mask.region === countedOn(tumour) ? { ...mask, name } : mask));
			return { files: { ...files!, masks } };
		},
	},
	E25: {
		families: ['glioma', 'metastasis', 'meningioma', 'pcnsl'],
		plant: (tumour, regions, random) => {
			const name = countedOn(tumour);
			const way = Math.floor(random() * 3);
			if (way === 0)
				return {
					log: [
						{ region: name, tool: 'brush' },
						{ region: name, tool: 'threshold' },
					],
				};
			return change(regions, name, (region) => speckled(region, way === 1));
		},
	},
};

/** A variant of an error: family, grids, place and size go by its number. */
export function plant(code: FindingCode, variant: number): Planted {
	const { families, plant: alter } = PLANTERS[code];
	const random = randomOf(variant * 97 + Number(code.slice(1)));
	const family = families[variant % families.length] as (typeof FAMILIES)[number];
	const tumour = tumourOf(family, random);
	// An even variant of the layers: without an uncertain band, which hides faults.
	const regions = drawn(tumour, Math.floor(variant / families.length));
	const input = inputOf(tumour, regions, 0);
	const changed = alter(tumour, regions, random, input);
	return { code, input: { ...input, ...(Array.isArray(changed) ? { regions: changed } : changed) } };
}
