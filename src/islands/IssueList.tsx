import type { Issue } from '../formats/issue.ts';
import type { WordKey, Words } from './words.ts';

/** What is wrong with something from outside, one sentence each. */
export function IssueList({ issues, t }: { issues: readonly Issue[]; t: Words }) {
	return (
		<ul className="issues">
			{issues.map(({ code, path, params }) => (
				<li key={`${code} ${path} ${Object.values(params).join()}`}>
					{t(`issue.${code}` as WordKey, { path, ...params })}
				</li>
			))}
		</ul>
	);
}
