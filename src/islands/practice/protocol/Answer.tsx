import type { ReactNode } from 'react';

interface Props {
	/** Of the one group in which only one can be chosen; without it, each by itself. */
	readonly name?: string;
	readonly checked: boolean;
	readonly onChange: () => void;
	readonly children: ReactNode;
}

/** One answer: a radio button in a group that has a name, else a tick. */
export function Answer({ name, checked, onChange, children }: Props) {
	return (
		<label className="chk">
			<input type={name ? 'radio' : 'checkbox'} name={name} checked={checked} onChange={onChange} />
			{children}
		</label>
	);
}

/** A list with a value put in or taken out. */
export function toggled<Value>(list: readonly Value[], value: Value): readonly Value[] {
	return list.includes(value) ? list.filter((each) => each !== value) : [...list, value];
}
