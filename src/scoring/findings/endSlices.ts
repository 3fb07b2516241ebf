import { type RasView, rasView } from '../../grid/rasView.ts';
import type { Context } from './context.ts';
import type { CaseRegion } from './crop.ts';
import type { Finding } from './finding.ts';
import { forEachVoxel, isAtLeastMm, type Lesion } from './matchLesions.ts';
import { sliceOf } from './place.ts';

/** Voxels by axial slice, of one lesion and of what was drawn on it. */
interface Stack {
	readonly view: RasView;
	readonly reference: ReadonlyMap<number, number[]>;
	readonly prediction: ReadonlyMap<number, number[]>;
	/** Slices of every lesion that the same components cover. */
	readonly covered: readonly number[];
	readonly pixelMm2: number;
}

/** E10 missing end slices, E11 extra end slices, E12 skipped slices: lesion by lesion, on the region's own axial stack. */
export function findSliceErrors(context: Context): Finding[] {
	return context.regions.flatMap((region) => {
		const { lesions } = context.lesionsOf(region);
		const { minScoredMm, matchIoR } = context.limits.lesion;
		return lesions
			.filter((lesion) => lesion.found >= matchIoR && isAtLeastMm(lesion, minScoredMm))
			.flatMap((lesion) => ofLesion(region, lesion, context));
	});
}

function ofLesion(region: CaseRegion, lesion: Lesion, context: Context): Finding[] {
	const { endSlices } = context.limits;
	const stack = stackOf(region, lesion, context);
	const [low, high] = ends([...stack.prediction.keys()]);
	const [first, last] = ends([...stack.reference.keys()]);
	const areaMm2 = (slice: number) => (stack.reference.get(slice)?.length ?? 0) * stack.pixelMm2;
	const counts = (slice: number) => areaMm2(slice) >= endSlices.minAreaMm2;
	const elements = (slices: readonly number[]) => slices.flatMap((slice) => stack.reference.get(slice) ?? []);
	const findings: Finding[] = [];
	const add = (code: 'E10' | 'E11' | 'E12', slices: readonly number[], at: readonly number[], limit: number): void => {
		if (slices.length <= limit) return;
		const hard = code === 'E10' && slices.some((slice) => areaMm2(slice) >= endSlices.hardAreaMm2);
		const fault = { elements: at, value: slices.length, limit, unit: 'slices', lesion: lesion.lesion } as const;
		findings.push(context.finding(code, region, { ...fault, hardFail: hard ? 'HF3' : null }));
	};
	const beyond = [...range(first, Math.min(low, last + 1)), ...range(Math.max(high, first - 1) + 1, last + 1)].filter(
		counts,
	);
	add('E10', beyond, elements(beyond), 0);
	const skipped = range(low + 1, high).filter((slice) => counts(slice) && !stack.prediction.has(slice));
	add('E12', skipped, elements(skipped), 0);
	const [from, to] = ends(stack.covered);
	const leeway = endSlices.leewaySlices;
	for (const extra of [range(low, from), range(to + 1, high + 1)])
		add(
			'E11',
			extra,
			extra.flatMap((slice) => stack.prediction.get(slice) ?? []),
			leeway,
		);
	return findings;
}

function stackOf(region: CaseRegion, lesion: Lesion, { lesionsOf }: Context): Stack {
	const { reference, prediction, lesions } = lesionsOf(region);
	const view = rasView(region.grid);
	const own = new Map<number, number[]>();
	const drawn = new Map<number, number[]>();
	const covered: number[] = [];
	const together = new Set(
		lesions.filter(({ overlaps }) => [...overlaps.keys()].some((n) => lesion.overlaps.has(n))).map(({ part }) => part),
	);
	forEachVoxel(reference, region.grid, (element, part) => {
		const slice = sliceOf(element, view);
		if (part === lesion.part) push(own, slice, element);
		if (together.has(part)) covered.push(slice);
	});
	forEachVoxel(prediction, region.grid, (element, component) => {
		if (lesion.overlaps.has(component)) push(drawn, sliceOf(element, view), element);
	});
	const pixelMm2 = view.spacingMm[0] * view.spacingMm[1];
	return { view, reference: own, prediction: drawn, covered, pixelMm2 };
}

function push(lists: Map<number, number[]>, key: number, value: number): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}

function ends(slices: readonly number[]): readonly [number, number] {
	let [low, high] = [slices[0]!, slices[0]!];
	for (const slice of slices) {
		if (slice < low) low = slice;
		if (slice > high) high = slice;
	}
	return [low, high];
}

/** Whole numbers from `from` to before `to`. */
function range(from: number, to: number): number[] {
	return Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
}
