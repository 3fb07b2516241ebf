import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Volume } from '../../../src/formats/volume.ts';
import { acquire, adcMap, measurable } from '../../../src/phantom/acquire.ts';
import { type Box, SharesWriter } from '../../../src/phantom/shares.ts';
import { TISSUE_NAMES } from '../../../src/phantom/tissues.ts';
import { ARTEFACT_STRENGTHS, type Artefact, type Artefacts, artefactGrade } from '../../../src/schemas/artefacts.ts';
import { type CaseRecipe, caseRecipeSchema, gradeOf } from '../../../src/schemas/caseRecipe.ts';
import { statistics } from './statistics.ts';

const ring = caseRecipeSchema.parse(parse(readFileSync('content/cases/ring-01/case.yaml', 'utf8')));

/** A ball of white matter in air, and one slice through the middle of it. */
const RADIUS_MM = 60;
const PIXEL_MM = 1.5;
const SIZE = 128;
const box: Box = { dims: [130, 130, 130], originMm: [-65, -65, -55] };
const map = { shares: ball(), doubt: { box, values: new Uint8Array(130 ** 3), planes: [0, 0] as const } };
const stack = {
	...ring.sequences.FLAIR,
	...{ matrix: [SIZE, SIZE] as [number, number], slices: 3, pixelMm: PIXEL_MM, sliceMm: 4, gapMm: 0, tiltDeg: 0 },
	...{ centreMm: [0, 0, 10] as [number, number, number], stored: 'RAS' as const, shading: 0 },
};
const sequences = { FLAIR: stack, T2: stack, T1: stack, T1C: stack, DWI: { ...stack, bValue: 1000 } };
const from = measurable(map, ring);

function ball() {
	const writer = new SharesWriter(box);
	const mix = new Float64Array(TISSUE_NAMES.length);
	const white = TISSUE_NAMES.indexOf('white');
	for (let z = -65; z < 65; z++)
		for (let y = -65; y < 65; y++)
			for (let x = -65; x < 65; x++) {
				mix[white] = Math.min(1, Math.max(0, RADIUS_MM - Math.sqrt(x * x + y * y + z * z) + 0.5));
				writer.add(mix);
			}
	return writer.finish();
}

const recipeWith = (artefacts: CaseRecipe['artefacts'], changes = {}): CaseRecipe => ({
	...ring,
	sequences: { ...sequences, ...changes },
	...(artefacts && { artefacts }),
});
const spoilt = (artefacts: Artefacts) => acquire(from, recipeWith({ FLAIR: artefacts }), 'FLAIR');

/** Distance of a voxel of the middle slice from the middle of the ball, mm; null in other slices. */
function fromMiddle(n: number): readonly [x: number, y: number, r: number] | null {
	if (Math.floor(n / (SIZE * SIZE)) !== 1) return null;
	const [x, y] = [(n % SIZE) - 63.5, (Math.floor(n / SIZE) % SIZE) - 63.5].map((v) => v * PIXEL_MM) as [number, number];
	return [x, y, Math.sqrt(x * x + y * y)];
}
const within = (test: (x: number, y: number, r: number) => boolean) => (n: number) => {
	const at = fromMiddle(n);
	return at !== null && test(...at);
};
const inside = within((_, __, r) => r < 50);

const share = ({ grid, data }: Volume, is: (value: number) => boolean, where: (n: number) => boolean) =>
	statistics({ grid, data: Uint8Array.from(data, (value) => (is(value) ? 1 : 0)) }, where).mean;

/** How much of an artefact is seen in the images. */
const MEASURES: Readonly<Record<Artefact, (volume: Volume) => number>> = {
	/** Mean signal beside the ball along the phase encoding over that in it, noise taken off. */
	motion: (volume) => {
		const beside = statistics(
			volume,
			within((x, y) => Math.abs(y) < 40 && Math.abs(x) > 70),
		).mean;
		const before = statistics(
			volume,
			within((x, y) => Math.abs(x) < 40 && Math.abs(y) > 70),
		).mean;
		return (beside - before) / statistics(volume, inside).mean;
	},
	/** Share of the ball, a scalp apart, on which another part of it lies or that is cut off. */
	wrap: (volume) =>
		share(
			volume,
			(value) => value > 450 || value < 150,
			within((_, __, r) => r < 48),
		),
	/** Share of the ball that is gone. */
	metal: (volume) =>
		share(
			volume,
			(value) => value < 150,
			within((_, __, r) => r < 58),
		),
	/** Noise over signal. */
	noise: (volume) => {
		const { mean, deviation } = statistics(volume, inside);
		return deviation / mean;
	},
	/** Width of the edge from a tenth to nine tenths of the signal, mm. */
	blur: (volume) => {
		const row = Array.from({ length: SIZE / 2 }, (_, i) => {
			const near = within((x, y) => x === (i - 63.5) * PIXEL_MM && Math.abs(y) < 8);
			return statistics(volume, near).mean;
		});
		const [air, ball] = [row[8]!, row[SIZE / 2 - 8]!];
		const crossing = (share: number) => {
			const level = air + share * (ball - air);
			const i = row.findIndex((value) => value > level);
			return i - (row[i]! - level) / (row[i]! - row[i - 1]!);
		};
		return (crossing(0.9) - crossing(0.1)) * PIXEL_MM;
	},
};
const withStrength = (artefact: Artefact, value: number): Artefacts =>
	artefact === 'metal' ? { metal: { side: 'left', reachMm: value } } : { [artefact]: value };

describe('artefacts', () => {
	/** Most that is measured of grade 3, the range of grade 2, the least of grade 1. */
	it.each([
		['motion', 0.002, [0.005, 0.02], 0.03],
		['wrap', 0.001, [0.05, 0.2], 0.7],
		['metal', 0.001, [0.001, 0.03], 0.06],
		['noise', 0.05, [0.07, 0.13], 0.25],
		['blur', 2.6, [3, 4.2], 6],
	] as const)('%s is the more to be seen the stronger it is, and its grades lie apart', (artefact, none, few, much) => {
		const { minor, severe } = ARTEFACT_STRENGTHS[artefact];
		const measured = [...minor, ...severe].map((value) => MEASURES[artefact](spoilt(withStrength(artefact, value))));
		const [a, b, c, d] = measured as [number, number, number, number];
		expect(MEASURES[artefact](spoilt({}))).toBeLessThan(none);
		expect(a).toBeGreaterThanOrEqual(few[0]);
		expect(b).toBeGreaterThanOrEqual(a);
		expect(b).toBeLessThan(few[1]);
		expect(c).toBeGreaterThan(much);
		expect(d).toBeGreaterThanOrEqual(c);
	});

	it('are graded by the worst of them, each range by its own grade', () => {
		for (const artefact of Object.keys(ARTEFACT_STRENGTHS) as Artefact[]) {
			const { minor, severe } = ARTEFACT_STRENGTHS[artefact];
			for (const value of minor) expect(artefactGrade(withStrength(artefact, value)), artefact).toBe(2);
			for (const value of severe) expect(artefactGrade(withStrength(artefact, value)), artefact).toBe(1);
		}
		expect(artefactGrade({})).toBe(3);
		expect(artefactGrade({ noise: 0.08, motion: 4 })).toBe(1);
		const recipe = recipeWith({ DWI: { noise: 0.4 }, T2: { blur: 3 } });
		expect((['T1', 'T2', 'FLAIR', 'T1C', 'DWI', 'ADC'] as const).map((each) => gradeOf(recipe, each))).toEqual([
			3, 2, 3, 3, 1, 1,
		]);
	});

	it('of a strength between two grades are refused with both ranges, ghosts in diffusion as unknown', () => {
		const problems = (artefacts: unknown) =>
			caseRecipeSchema.safeParse({ ...ring, artefacts }).error?.issues.map(({ message }) => message) ?? [];
		expect(problems({ FLAIR: { motion: 2 } })).toEqual(['got 2, expected 0.7 to 1.2 (grade 2) or 3 to 8 (grade 1) mm']);
		expect(problems({ FLAIR: { motion: 0.9 } })).toEqual([]);
		expect(problems({ DWI: { motion: 4 } })).toHaveLength(1);
	});

	it('leave the other sequences as they were, and are the same each time', () => {
		const recipe = recipeWith({ FLAIR: { motion: 4 } });
		expect(acquire(from, recipe, 'T2').data).toEqual(acquire(from, recipeWith(undefined), 'T2').data);
		expect(acquire(from, recipe, 'FLAIR').data).toEqual(acquire(from, recipe, 'FLAIR').data);
	});

	it('leave a lost slice empty, of the ADC map too', () => {
		const recipe = recipeWith(undefined, { DWI: { ...stack, bValue: 1000, lost: [1] } });
		const dwi = acquire(from, recipe, 'DWI');
		for (const { data } of [dwi, adcMap(from, recipe, dwi)]) {
			const sums = [0, 1, 2].map((k) =>
				data.slice(k * SIZE * SIZE, (k + 1) * SIZE * SIZE).some((value) => value !== 0),
			);
			expect(sums).toEqual([true, false, true]);
		}
	});
});
