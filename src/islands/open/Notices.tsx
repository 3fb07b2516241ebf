import type { Issue } from '../../formats/issue.ts';
import { Icon } from '../practice/Icon.tsx';
import type { WordKey } from '../words.ts';
import { useOpenRoom } from './context.ts';
import { rivals } from './review.ts';
import { apart, fileName, withTerms } from './sentences.ts';
import type { ReadEntry } from './state.ts';

/** Issues of the whole case, each with the way to settle or see it. */
export function Notices({ issues, icon }: { readonly issues: readonly Issue[]; readonly icon: 'stop' | 'alert' }) {
	const room = useOpenRoom();
	return (
		<ul className="notices">
			{withTerms(issues, room).map((issue) => (
				<li key={`${issue.code} ${issue.path} ${Object.values(issue.params).join()}`}>
					<Icon name={icon} />
					<span>
						{room.terms(`issue.${issue.code}` as WordKey, { path: issue.path, ...issue.params })}
						{icon === 'alert' && issue.path !== '' && <small>{fileName(issue.path)}</small>}
					</span>
					<Actions issue={issue} />
				</li>
			))}
		</ul>
	);
}

function Actions({ issue: { code, path } }: { readonly issue: Issue }) {
	const { session, state, review, t } = useOpenRoom();
	const contested = contestants(code, path);
	if (contested.length > 0)
		return (
			<span className="acts">
				{contested.map((entry) => (
					<button
						key={entry.path}
						type="button"
						className="btn s"
						title={entry.path}
						onClick={() => session.keepAlone(entry.path)}
					>
						{t('case.use', {
							file: apart(
								entry.path,
								contested.map(({ path }) => path),
							),
						})}
					</button>
				))}
			</span>
		);
	if (!state.entries.some((entry) => entry.path === path)) return null;
	return (
		<button type="button" className="btn s" onClick={() => session.select(path)}>
			{t('case.goTo')}
		</button>
	);

	function contestants(code: string, path: string): readonly ReadEntry[] {
		if (code === 'case.severalReferences') return review.references;
		const first = review.images.find((entry) => entry.path === path);
		return code === 'case.duplicateSequence' && first ? rivals(state.entries, first) : [];
	}
}
