import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Dims } from '../../src/grid/grid.ts';
import type { DirectedDistances, SurfaceQuery } from '../../src/scoring/kernels/kernels.ts';
import { areaClasses } from '../../src/scoring/kernels/surfaceAreas.ts';
import { typescriptKernels } from '../../src/scoring/kernels/typescriptKernels.ts';
import { maskPair, measureRegions } from '../../src/scoring/measureRegions.ts';

/** Two masks on a small grid; sparse ones lie far apart, so that the search beyond the probes is used as well. */
const pair = fc
	.record({
		dims: fc.tuple(fc.integer({ min: 1, max: 34 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 })),
		spacing: fc.tuple(...([0.4, 0.7, 1.5] as const).map((low) => fc.double({ min: low, max: low * 3, noNaN: true }))),
		density: fc.constantFrom(1, 40, 500),
		bits: fc.array(fc.nat(999), { minLength: 2040, maxLength: 2040 }),
	})
	.map(({ dims, spacing, density, bits }) => {
		const voxels = dims[0] * dims[1] * dims[2];
		const mask = (from: number) => Uint8Array.from({ length: voxels }, (_, n) => (bits[from + n]! < density ? 1 : 0));
		return maskPair(mask(0), mask(1020), dims as Dims, spacing as unknown as Dims);
	});

const query = fc.record({
	surface: fc.constantFrom('surfel' as const, 'voxel' as const),
	sliceAxis: fc.constantFrom(undefined, 0 as const, 1 as const, 2 as const),
});

type Query = { readonly surface: 'surfel' | 'voxel'; readonly sliceAxis: 0 | 1 | 2 | undefined };

function askFor({ surface, sliceAxis }: Query): Omit<SurfaceQuery, 'box' | 'region'> {
	return sliceAxis === undefined ? { surface } : { surface, sliceAxis };
}

/** The elements of a surface by the definition: each place looks at its neighbours. */
function elementsOf(mask: Uint8Array, dims: Dims, spacing: Dims, { surface, sliceAxis }: Query) {
	const at = ([x, y, z]: readonly number[]): number =>
		x! < 0 || y! < 0 || z! < 0 || x! >= dims[0] || y! >= dims[1] || z! >= dims[2]
			? 0
			: mask[x! + dims[0] * (y! + dims[1] * z!)]!;
	const axes = [0, 1, 2].filter((axis) => axis !== sliceAxis);
	const { areas, classOfCode } = areaClasses(spacing, sliceAxis);
	const found: { readonly place: readonly number[]; readonly weight: number }[] = [];
	for (let z = 0; z <= dims[2]; z++)
		for (let y = 0; y <= dims[1]; y++)
			for (let x = 0; x <= dims[0]; x++) {
				const place = [x, y, z];
				if (surface === 'voxel') {
					const around = axes.flatMap((axis) =>
						[-1, 1].map((step) => place.map((v, a) => (a === axis ? v + step : v))),
					);
					if (at(place) && around.some((other) => !at(other))) found.push({ place, weight: 1 });
					continue;
				}
				let code = 0;
				for (let bits = 0; bits < 1 << axes.length; bits++) {
					const other = place.map((v, a) => {
						const n = axes.indexOf(a);
						return n < 0 || (bits >> n) & 1 ? v : v - 1;
					});
					if (at(other)) code |= 1 << bits;
				}
				if (code !== 0 && code !== (1 << (1 << axes.length)) - 1)
					found.push({ place, weight: areas[classOfCode[code]!]! });
			}
	return found;
}

/** Every element against every other one. */
function bruteForce(
	from: ReturnType<typeof elementsOf>,
	to: ReturnType<typeof elementsOf>,
	spacing: Dims,
	{ sliceAxis }: Query,
) {
	return from
		.map(({ place, weight }) => {
			const distances = to
				.filter((other) => sliceAxis === undefined || other.place[sliceAxis] === place[sliceAxis])
				.map((other) => Math.hypot(...place.map((v, a) => (v - other.place[a]!) * spacing[a]!)));
			return { mm: Math.min(...distances), weight };
		})
		.sort((a, b) => a.mm - b.mm);
}

function expectSame(ours: DirectedDistances, theirs: ReturnType<typeof bruteForce>): void {
	expect(ours.elements.reduce((sum, n) => sum + n, 0)).toBe(theirs.length);
	let n = 0;
	for (const [row, mm] of ours.distancesMm.entries()) {
		let weight = 0;
		for (let k = 0; k < ours.elements[row]!; k++, n++) {
			if (mm === Number.POSITIVE_INFINITY) expect(theirs[n]!.mm).toBe(mm);
			else expect(theirs[n]!.mm).toBeCloseTo(mm, 9);
			weight += theirs[n]!.weight;
		}
		expect(ours.weights[row]).toBeCloseTo(weight, 6);
	}
}

it('gives for every element what comparing it with every other one gives (rules 11–12)', () => {
	fc.assert(
		fc.property(pair, query, (p, asked) => {
			const { box } = typescriptKernels.tally(p)[0]!;
			const ours = typescriptKernels.surfaceDistances(p, { region: 0, box, ...askFor(asked) });
			const [reference, prediction] = [p.reference, p.prediction].map((mask) =>
				elementsOf(mask, p.dims, p.spacingMm, asked),
			);
			expectSame(ours.fromReference, bruteForce(reference!, prediction!, p.spacingMm, asked));
			expectSame(ours.fromPrediction, bruteForce(prediction!, reference!, p.spacingMm, asked));
		}),
		{ numRuns: 150 },
	);
});

const measure = (p: ReturnType<typeof maskPair>) =>
	measureRegions(p, { definition: 'surfel', tolerancesMm: [0, 0.5, 1, 2, 5], kernels: typescriptKernels })[0]!;

it('gives an NSD that never falls as the tolerance grows (rule 14)', () => {
	fc.assert(
		fc.property(pair, (p) => {
			const { nsd } = measure(p);
			const values = [0, 0.5, 1, 2, 5].flatMap((mm) => {
				const figure = nsd[String(mm)]!;
				return figure.kind === 'value' ? [figure.value] : [];
			});
			for (let n = 1; n < values.length; n++) expect(values[n]!).toBeGreaterThanOrEqual(values[n - 1]!);
		}),
	);
});

it('gives distances that scale with the spacing, to the last bit for powers of two (rules 13, 15)', () => {
	fc.assert(
		fc.property(pair, fc.constantFrom(0.25, 0.5, 2, 4), (p, factor) => {
			const scaled = measure({ ...p, spacingMm: p.spacingMm.map((s) => s * factor) as unknown as Dims });
			const own = measure(p);
			for (const figure of ['hdMm', 'hd95Mm', 'assdMm', 'masdMm'] as const) {
				const [a, b] = [own[figure], scaled[figure]];
				expect(b).toEqual(a.kind === 'value' ? { kind: 'value', value: a.value * factor } : a);
			}
		}),
	);
});

it('gives the same distances where reference and prediction are swapped (rules 13–15)', () => {
	fc.assert(
		fc.property(pair, (p) => {
			const [there, back] = [measure(p), measure({ ...p, reference: p.prediction, prediction: p.reference })];
			for (const figure of ['dice', 'iou', 'volumeSimilarity', 'hdMm', 'hd95Mm'] as const) {
				const [a, b] = [there[figure], back[figure]];
				if (a.kind === 'value') expect(b).toEqual(a);
			}
		}),
	);
});
