import type { Issue } from '../../formats/issue.ts';
import type { Target } from '../../protocol/target.ts';
import type { Words } from '../words.ts';

/** Issues with their regions by name instead of by code. */
export function withRegions(issues: readonly Issue[], t: Words): readonly Issue[] {
	return issues.map((issue) => {
		const { region } = issue.params;
		if (region === undefined) return issue;
		return { ...issue, params: { ...issue.params, region: t(`region.${region as Target}`) } };
	});
}
