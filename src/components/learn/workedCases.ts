import { parse } from 'yaml';
import type { FigureSpec, FigureView } from '../../islands/live/figure.ts';
import { FAMILY_REGIONS, type Region, type Sequence } from '../../protocol/protocol.ts';
import { type WorkedCase, type WorkedStep, workedCaseSchema } from '../../schemas/workedCase.ts';

const files = import.meta.glob<string>('../../../content/worked/*.yaml', {
	eager: true,
	query: '?raw',
	import: 'default',
});

/** The worked cases in the order of the figures, when a page is built. Throws with the file's name where one is not what it should be. */
export const WORKED_CASES: readonly WorkedCase[] = Object.entries(files)
	.sort(([a], [b]) => (a < b ? -1 : 1))
	.map(([file, text]) => {
		const parsed = workedCaseSchema.safeParse(parse(text));
		if (parsed.success && file.endsWith(`/${parsed.data.case}.yaml`)) return parsed.data;
		const problems = parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
		throw new Error(`${file}: ${problems?.join('; ') ?? 'is not named after its case'}`);
	});

/** What a step shows in the viewer. */
export function viewOf({ sequences, regions, slice, composite, window, crop }: WorkedStep): FigureView {
	return { sequences, regions, slice, composite, window, crop };
}

/** The figure of a worked case as its first step shows it; every region of any step can be switched on. */
export function specOf({ case: caseId, steps }: WorkedCase): FigureSpec {
	const [first] = steps as [WorkedStep, ...WorkedStep[]];
	const inOrder = [...new Set(Object.values(FAMILY_REGIONS).flat())];
	const drawn = new Set<Region>(steps.flatMap(({ regions }) => regions));
	const seen = new Set<Sequence>(steps.flatMap(({ sequences }) => sequences));
	return {
		...viewOf(first),
		caseId,
		offered: inOrder.filter((region) => drawn.has(region)),
		later: [...seen].filter((sequence) => !first.sequences.includes(sequence)),
	};
}
