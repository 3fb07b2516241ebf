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
	/** Undefined before the first time: only who said no comes back to the button. */
	const [asking, setAsking] = useState<boolean>();
	if (!asking) {
		return (
			<button
				className="btn qt s"
				type="button"
				aria-label={name}
				// biome-ignore lint/a11y/noAutofocus: focus was on the answer that this one took the place of
				autoFocus={asking === false}
				onClick={() => setAsking(true)}
			>
				{label}
			</button>
		);
	}
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset would break the row's line
		<span className="asking" role="group" aria-label={question}>
			<span>{question}</span>
			<button
				className="btn s"
				type="button"
				onClick={({ currentTarget }) => {
					focusBeside(currentTarget);
					onDelete();
				}}
			>
				{t('confirm.delete')}
			</button>
			{/* biome-ignore lint/a11y/noAutofocus: focus was on the button that this one took the place of */}
			<button className="btn qt s" type="button" autoFocus onClick={() => setAsking(false)}>
				{t('confirm.keep')}
			</button>
		</span>
	);
}

/** The row goes away with its button: the keyboard goes on in the next row, the one before, else at the heading. */
function focusBeside(button: HTMLElement): void {
	const row = button.closest('tr, li');
	const beside = row?.nextElementSibling ?? row?.previousElementSibling;
	const target = beside?.querySelector<HTMLElement>('button, a') ?? button.closest('section')?.querySelector('h2');
	target?.focus({ preventScroll: true });
}
