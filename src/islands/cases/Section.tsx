import type { ReactNode } from 'react';

interface Props {
	readonly title: string;
	readonly note: string;
	readonly id?: string;
	readonly children: ReactNode;
}

/** One row of the ledger: label column, content, hairline. */
export function Section({ title, note, id, children }: Props) {
	return (
		<section className="led" id={id}>
			<header>
				{/* Where the keyboard goes when the last row is gone. */}
				<h2 tabIndex={-1}>{title}</h2>
				<p>{note}</p>
			</header>
			<div>{children}</div>
		</section>
	);
}
