import type { Issue } from '../../formats/issue.ts';
import type { FigureWords } from './words.ts';

/** What is wrong with a file of the case, one sentence each. */
export function FigureIssues({ issues, t }: { issues: readonly Issue[]; t: FigureWords }) {
	return (
		<ul>
			{issues.map(({ code, path, params }) => (
				<li key={`${code} ${path}`}>{t(`issue.${code}` as Parameters<FigureWords>[0], { path, ...params })}</li>
			))}
		</ul>
	);
}
