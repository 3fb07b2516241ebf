import { type ChangeEvent, useRef } from 'react';
import { useOpenRoom } from './context.ts';
import { fromInput } from './gather.ts';

/** The two ways to choose besides dropping: files, or a folder. */
export function Choosers({ first }: { readonly first: boolean }) {
	const { session, t } = useOpenRoom();
	const files = useRef<HTMLInputElement>(null);
	const folder = useRef<HTMLInputElement>(null);
	const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
		const chosen = currentTarget.files ? fromInput(currentTarget.files) : [];
		// The same files can be chosen again.
		currentTarget.value = '';
		void session.add(chosen);
	};
	return (
		<>
			<input ref={files} type="file" multiple hidden onChange={choose} data-choose="files" />
			<input
				ref={(input) => {
					folder.current = input;
					// Not among the attributes React knows.
					input?.setAttribute('webkitdirectory', '');
				}}
				type="file"
				hidden
				onChange={choose}
				data-choose="folder"
			/>
			<button type="button" className={first ? 'btn pri' : 'btn s'} onClick={() => files.current?.click()}>
				{t(first ? 'chooseFiles' : 'addFiles')}
			</button>
			<button type="button" className={first ? 'btn' : 'btn s'} onClick={() => folder.current?.click()}>
				{t(first ? 'chooseFolder' : 'addFolder')}
			</button>
		</>
	);
}
