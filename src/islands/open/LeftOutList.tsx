import { useOpenRoom } from './context.ts';
import { fileName, leftOutSentence } from './sentences.ts';

/** Files that were not read, with the reasons. */
export function LeftOutList({ open = false }: { readonly open?: boolean }) {
	const room = useOpenRoom();
	const { leftOut } = room.state;
	if (leftOut.length === 0) return null;
	return (
		<details className="left-out" open={open}>
			<summary>{room.t('list.leftOut', { count: leftOut.length })}</summary>
			<ul>
				{leftOut.map((file, n) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: the list only grows, and a path may come twice
					<li key={n}>
						<span title={file.path}>{fileName(file.path)}</span>
						<small>{leftOutSentence(file, room.terms)}</small>
					</li>
				))}
			</ul>
		</details>
	);
}
