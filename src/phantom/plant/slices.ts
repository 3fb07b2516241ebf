import { isLesionRegion } from '../../scoring/findings/context.ts';
import { isAtLeastMm } from '../../scoring/findings/matchLesions.ts';
import { type Bench, firstWay, type Planter } from './bench.ts';
import type { PlacedLesion, Sheet, SheetSlice } from './sheet.ts';

/** A lesion of some region, with its slices that are large enough to count, from the feet. */
interface Stack {
	readonly sheet: Sheet;
	readonly lesion: PlacedLesion;
	readonly all: readonly SheetSlice[];
	readonly counted: readonly SheetSlice[];
}

/** Lesions that touch no other, large enough, and with so many slices that count, in an order by chance. */
function stacks(bench: Bench, least: number, sheets = bench.drawnSheets()): Stack[] {
	const { minScoredMm } = bench.limits.lesion;
	return sheets.flatMap((sheet) => {
		const { lesions } = sheet;
		const alone = lesions.filter(
			(lesion) =>
				isAtLeastMm(lesion, Math.max(minScoredMm, 5)) &&
				!lesions.some((other) => other !== lesion && [...other.joined].some((part) => lesion.joined.has(part))),
		);
		return bench.shuffled(alone.slice(0, 4)).flatMap((lesion) => {
			const all = sheet.slicesOf(lesion.elements);
			const counted = all.filter(({ areaMm2 }) => areaMm2 >= bench.limits.endSlices.minAreaMm2);
			return counted.length >= least ? [{ sheet, lesion, all, counted }] : [];
		});
	});
}

/** Clears some slices of what was drawn of a lesion. */
function clearSlices({ sheet, lesion }: Stack, slices: readonly number[]): void {
	sheet.draw(
		sheet.drawnOf(lesion).filter((n) => slices.includes(Math.floor(n / sheet.plane))),
		0,
	);
}

/** E10: the first or last slices of a lesion are left out, from the end until some that count are. */
export const missingEnds: Planter = (bench) =>
	firstWay(
		stacks(bench, 3),
		(stack) => {
			const { sheet, lesion, all, counted } = stack;
			const lost = 1 + Math.floor(bench.random() * Math.min(3, counted.length / 4));
			const fromFeet = bench.random() < 0.5;
			const last = fromFeet ? counted[lost - 1]! : counted.at(-lost)!;
			const gone = all.map(({ slice }) => slice).filter((s) => (fromFeet ? s <= last.slice : s >= last.slice));
			clearSlices(stack, gone);
			return { region: sheet.region, lesion: lesion.lesion, amount: { value: lost, unit: 'slices' } };
		},
		{ reason: 'tooSmall' },
	);

/** E11: a lesion is drawn on beyond its first or last slice. */
export const extraEnds: Planter = (bench) =>
	firstWay(
		stacks(bench, 1),
		({ sheet, lesion, all, counted }) => {
			const extra = bench.limits.endSlices.leewaySlices + 1 + Math.floor(bench.random() * 2);
			const ends = bench.shuffled([-1, 1] as const);
			for (const step of ends) {
				const [end, stamp] = step < 0 ? [all[0]!, counted[0]!] : [all.at(-1)!, counted.at(-1)!];
				const slices = Array.from({ length: extra }, (_, n) => {
					const by = sheet.plane * (end.slice + step * (n + 1) - stamp.slice);
					return stamp.elements.map((at) => at + by).filter((at) => isSeen(sheet, at));
				});
				const enough = slices.every((slice) => slice.length * sheet.pixelMm2 >= 8);
				// No other lesion may be met, there or beside it.
				const near = [...slices.flat(), ...slices.at(-1)!.map((at) => at + step * sheet.plane)];
				const own = new Set(lesion.elements);
				const meets = near.some((at) =>
					[-1, 0, 1].some((x) =>
						[-1, 0, 1].some((y) => sheet.reference[at + x + y * sheet.row] === 1 && !own.has(at + x + y * sheet.row)),
					),
				);
				if (!enough || meets) continue;
				// What lies between the stamp and the end belongs to the lesion already.
				sheet.draw(slices.flat(), 1);
				return { region: sheet.region, lesion: lesion.lesion, amount: { value: extra, unit: 'slices' } };
			}
			return { reason: sheet.hasBand ? 'hidden' : 'noRoom' };
		},
		{ reason: 'tooSmall' },
	);

function isSeen(sheet: Sheet, element: number): boolean {
	return element >= 0 && element < sheet.drawing.length && !sheet.isForbidden(element) && !sheet.isUncertain(element);
}

/** E12: a slice in the middle of a lesion is left out, on a region where that does not make two lesions of one. */
export const skippedSlice: Planter = (bench) => {
	const sheets = bench.drawnSheets().filter((sheet) => !isLesionRegion(sheet, bench.source.family));
	return firstWay(
		stacks(bench, 4, sheets),
		(stack) => {
			const { sheet, lesion, counted } = stack;
			const at = 1 + Math.floor(bench.random() * (counted.length - 2));
			clearSlices(stack, [counted[at]!.slice]);
			return { region: sheet.region, lesion: lesion.lesion, amount: { value: 1, unit: 'slices' } };
		},
		{ reason: sheets.length === 0 ? 'noRegion' : 'tooSmall' },
	);
};
