/** One thing wrong with data from outside. i18n writes the sentence and the hint from the code. */
export interface Issue {
	/** Stable, dotted, e.g. `nifti.truncated`: the key `issue.<code>` in every dictionary. */
	readonly code: string;
	/** Where: a file name or a field's path. */
	readonly path: string;
	/** Figures and names for the sentence. */
	readonly params: Readonly<Record<string, string | number>>;
}

/** Data from outside gives a value, or everything that is wrong with it. */
export type Result<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly issues: readonly Issue[] };
