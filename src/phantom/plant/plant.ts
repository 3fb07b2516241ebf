import { reorderVoxels } from '../../grid/reorder.ts';
import { maskName } from '../../protocol/maskName.ts';
import type { Region } from '../../protocol/protocol.ts';
import { ruleOf } from '../../scoring/findings/context.ts';
import type { Finding, FindingCode, FindingsInput, Place, ToolAction } from '../../scoring/findings/finding.ts';
import { placeOf } from '../../scoring/findings/place.ts';
import type { FindingsPolicy } from '../../scoring/findings/policy.ts';
import { resampleLabels } from '../../scoring/findings/resample.ts';
import { randomStream } from '../random.ts';
import {
	Bench,
	isRefusal,
	type Plant,
	type PlantedMask,
	type Planter,
	type PlantSource,
	type Refusal,
} from './bench.ts';
import { confounderDrawn, duraLeftOut, fluidDrawn, notEnhancingDrawn, uncertainDrawn } from './forbidden.ts';
import { otherGeometry, otherSequence, uneditedProposal, wrongName, wrongSide } from './handling.ts';
import { falseLesion, mergedLesions, missedLesion, splitLesion } from './lesions.ts';
import { bodyAsOedema, notNested, oedemaAsBody, oedemaLeftOut, swapped } from './logic.ts';
import { overDrawn, shifted, underDrawn } from './size.ts';
import { extraEnds, missingEnds, skippedSlice } from './slices.ts';
import { waver } from './waver.ts';

const PLANTERS: Readonly<Record<FindingCode, Planter>> = {
	E01: underDrawn,
	E02: overDrawn,
	E03: shifted,
	E04: missedLesion,
	E05: falseLesion,
	E06: mergedLesions,
	E07: splitLesion,
	E08: confounderDrawn,
	E09: fluidDrawn,
	E10: missingEnds,
	E11: extraEnds,
	E12: skippedSlice,
	E13: notNested,
	E14: swapped,
	E15: wrongSide,
	E16: oedemaLeftOut,
	E17: oedemaAsBody,
	E18: bodyAsOedema,
	E19: duraLeftOut,
	E20: notEnhancingDrawn,
	E21: uncertainDrawn,
	E22: otherGeometry,
	E23: otherSequence,
	E24: wrongName,
	E25: uneditedProposal,
};

/** What is wrong in a planted drawing. */
export interface PlantTruth {
	readonly code: FindingCode;
	/** Rules that it breaks, by the policy. */
	readonly rules: readonly string[];
	readonly region: Region;
	/** Number of the reference's lesion from 1, the largest first; null where the region as a whole is meant. */
	readonly lesion: number | null;
	/** Null where no voxel is wrong, as with a name. */
	readonly where: Place | null;
	readonly amount: Pick<Finding['magnitude'], 'value' | 'unit'>;
	/** Voxels that the error drew or left out, by region: elements of the mask as stored, in rising order. */
	readonly changed: readonly ChangedVoxels[];
}

/** Voxels of a region's mask that an error drew or left out. */
interface ChangedVoxels {
	readonly region: Region;
	readonly drawn: Uint32Array;
	readonly leftOut: Uint32Array;
}

/** A drawing as an algorithm might make it. */
export interface PlantedDrawing {
	/** One for each region of the reference. */
	readonly masks: readonly PlantedMask[];
	readonly log: readonly ToolAction[];
	readonly truths: readonly PlantTruth[];
	/** Types that this case cannot carry. */
	readonly refused: readonly (Refusal & { readonly code: FindingCode })[];
}

/** Plants errors of some types in a drawing of a case; see `planterFor`. */
export type PlantErrors = (codes: readonly FindingCode[], seed: number) => PlantedDrawing;

/**
 * Draws a case as an algorithm might: its reference with outlines that waver by less than any finding tells, and errors of
 * some types planted one after the other, each by a generator of its own. The same case, types, seed and policy give the
 * same masks everywhere. The source is only read.
 *
 * The function takes types and a seed. No type gives the wavering drawing alone; two errors may meet in one region. The
 * seed, a whole number from 0 to 2³² − 1, says what wavers how, and of each error the place and size.
 */
export function planterFor(source: PlantSource, policy: FindingsPolicy): PlantErrors {
	const bench = new Bench(source, policy.limits);
	return (codes, seed) => plantErrors(bench, codes, seed, policy);
}

function plantErrors(
	bench: Bench,
	codes: readonly FindingCode[],
	seed: number,
	policy: FindingsPolicy,
): PlantedDrawing {
	for (const { drawing, reference } of bench.sheets) drawing.set(reference);
	waver(bench.sheets, numbersOf(seed));
	const truths: PlantTruth[] = [];
	const refused: (Refusal & { code: FindingCode })[] = [];
	const files = new Map<Region, Plant['file']>();
	const log: ToolAction[] = bench.sheets.map(({ region }) => ({ region, tool: 'brush' }));
	for (const code of codes) {
		bench.random = numbersOf(seed, Number(code.slice(1)));
		const before = bench.sheets.map(({ drawing }) => drawing.slice());
		const plant = PLANTERS[code](bench);
		if (isRefusal(plant)) {
			refused.push({ code, ...plant });
			continue;
		}
		truths.push(truthOf(code, plant, bench, before, policy));
		if (plant.file) files.set(plant.region, { ...files.get(plant.region), ...plant.file });
		if (plant.log) log.push(plant.log);
	}
	const masks = bench.sheets.map((sheet) => ({
		region: sheet.region,
		name: maskName(bench.source.fileNumber, sheet.region),
		grid: sheet.grid,
		data: sheet.stored(),
		...files.get(sheet.region),
	}));
	return { masks, log, truths, refused };
}

/** Numbers from 0 to below 1, of their own for each type of error. */
function numbersOf(seed: number, code = 0): () => number {
	const next = randomStream(seed * 32 + code);
	return () => next() / 0x100000000;
}

function truthOf(
	code: FindingCode,
	plant: Plant,
	bench: Bench,
	before: readonly Uint8Array[],
	policy: FindingsPolicy,
): PlantTruth {
	const changes = bench.sheets.map((sheet, at) => {
		const was = before[at]!;
		const [drawn, leftOut]: [number[], number[]] = [[], []];
		for (let n = 0; n < was.length; n++) if (was[n] !== sheet.drawing[n]) (was[n] === 0 ? drawn : leftOut).push(n);
		return { sheet, drawn, leftOut, elements: [...drawn, ...leftOut].sort((a, b) => a - b) };
	});
	const changed = changes.filter(({ elements }) => elements.length > 0);
	const main = changed.find(({ sheet }) => sheet.region === plant.region) ?? changed[0];
	const where = main
		? placeOf(
				{ region: plant.region, grid: main.sheet.axial, corner: [0, 0, 0], whole: { grid: main.sheet.axial } },
				main.elements,
			)
		: null;
	return {
		code,
		rules: plant.rules ?? ruleOf(policy, code, plant.region, null).rules,
		region: plant.region,
		lesion: plant.lesion ?? null,
		where,
		amount: plant.amount ?? { value: main ? main.elements.length * main.sheet.voxelMl : 0, unit: 'ml' },
		changed: changed.map(({ sheet, drawn, leftOut }) => ({
			region: sheet.region,
			drawn: sheet.storedElements(drawn),
			leftOut: sheet.storedElements(leftOut),
		})),
	};
}

/** A planted drawing as the detectors take it: masks in files, each read onto the grid of its region. */
export function plantedInput(
	source: PlantSource,
	{ masks, log }: Pick<PlantedDrawing, 'masks' | 'log'>,
): FindingsInput {
	const { family, layers, series, patient } = source;
	const regions = source.regions.map(({ region, grid, reference }) => {
		const mask = masks.find((each) => each.region === region)!;
		const prediction = reorderVoxels(mask.data, mask.grid, grid) ?? resampleLabels(mask.data, mask.grid, grid);
		return { region, grid, reference, prediction };
	});
	return { family, regions, layers, log, files: { masks, series, patient } };
}

/**
 * Share of an error's voxels, 0..1, that a drawing has put right: what was left out is drawn, what was drawn too much is
 * gone. Null where no voxel was wrong, as with a name.
 *
 * @param maskOf the mask of a region as it is now, stored like the planted one
 */
export function repairedShare(
	{ changed }: Pick<PlantTruth, 'changed'>,
	maskOf: (region: Region) => Uint8Array,
): number | null {
	let [right, all] = [0, 0];
	for (const { region, drawn, leftOut } of changed) {
		const mask = maskOf(region);
		all += drawn.length + leftOut.length;
		for (const n of drawn) if (mask[n] === 0) right++;
		for (const n of leftOut) if (mask[n] !== 0) right++;
	}
	return all === 0 ? null : right / all;
}
