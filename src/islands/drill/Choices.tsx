import { useKeys } from './useKeys.ts';

interface Choice {
	readonly id: string;
	readonly label: string;
	/** Class of a swatch before the label. */
	readonly swatch?: string;
}

interface Props {
	readonly legend: string;
	readonly choices: readonly Choice[];
	/** The one that was taken, once it was. */
	readonly chosen: string | undefined;
	/** Shown once one was taken. */
	readonly right: string;
	onChoose(id: string): void;
}

/** One of a few answers, taken at once, by pointer or by its number. */
export function Choices({ legend, choices, chosen, right, onChoose }: Props) {
	const choose = (id: string) => (chosen === undefined ? onChoose(id) : false);
	useKeys(Object.fromEntries(choices.map(({ id }, n) => [String(n + 1), () => choose(id)])));
	const told = (id: string) => (id === right ? 'right' : id === chosen ? 'wrong' : undefined);
	return (
		<fieldset className="choices">
			<legend>{legend}</legend>
			{choices.map(({ id, label, swatch }, n) => (
				<button
					key={id}
					type="button"
					className="btn"
					data-choice={id}
					data-told={chosen === undefined ? undefined : told(id)}
					aria-pressed={chosen === id}
					aria-disabled={chosen !== undefined}
					onClick={() => choose(id)}
				>
					<span className="kbd" aria-hidden="true">
						{n + 1}
					</span>
					{swatch && <i className={`sw ${swatch}`} />}
					{label}
				</button>
			))}
		</fieldset>
	);
}
