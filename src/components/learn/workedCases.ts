import { getCollection } from 'astro:content';
import type { FigureSpec, FigureView } from '../../islands/live/figure.ts';
import { REGIONS, type Region, type Sequence } from '../../protocol/protocol.ts';
import type { WorkedCase, WorkedStep } from '../../schemas/workedCase.ts';

/** The worked cases in the order of the figures, when a page is built. */
export async function workedCases(): Promise<WorkedCase[]> {
	const entries = await getCollection('worked');
	return entries.map(({ data }) => data).sort((a, b) => (a.case < b.case ? -1 : 1));
}

/** What a step shows in the viewer. */
export function viewOf({ sequences, regions, slice, composite, window, crop }: WorkedStep): FigureView {
	return { sequences, regions, slice, composite, window, crop };
}

/** The figure of a worked case as its first step shows it; every region of any step can be switched on. */
export function specOf({ case: caseId, steps }: WorkedCase): FigureSpec {
	const [first] = steps as [WorkedStep, ...WorkedStep[]];
	const drawn = new Set<Region>(steps.flatMap(({ regions }) => regions));
	return {
		...viewOf(first),
		caseId,
		offered: REGIONS.filter((region) => drawn.has(region)),
		later: [...new Set<Sequence>(steps.flatMap(({ sequences }) => sequences))],
	};
}
