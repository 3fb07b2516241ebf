import { useState } from 'react';
import type { Words } from './words.ts';

interface Props {
	readonly words: Words;
	readonly label: string;
	/** The button's name where several stand in a list. */
	readonly name: string;
	readonly question: string;
	onDelete(): void;
}

/** A quiet delete button that asks once, in place. */
export function ConfirmedDelete({ words: { t }, label, name, question, onDelete }: Props) {
	const [asking, setAsking] = useState(false);
	if (!asking) {
		return (
			<button className="btn qt s" type="button" aria-label={name} onClick={() => setAsking(true)}>
				{label}
			</button>
		);
	}
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset would break the row's line
		<span className="asking" role="group" aria-label={question}>
			<span>{question}</span>
			<button className="btn s" type="button" onClick={onDelete}>
				{t('confirm.delete')}
			</button>
			{/* biome-ignore lint/a11y/noAutofocus: focus was on the button that this one took the place of */}
			<button className="btn qt s" type="button" autoFocus onClick={() => setAsking(false)}>
				{t('confirm.keep')}
			</button>
		</span>
	);
}
