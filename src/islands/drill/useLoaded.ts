import { useEffect, useState } from 'react';
import type { CaseFailure, Loaded } from './caseShelf.ts';

/** A part of a case as a page shows it. */
export type Part<Value> =
	| { readonly kind: 'waiting' }
	| { readonly kind: 'failed'; readonly failure: CaseFailure; retry(): void }
	| { readonly kind: 'there'; readonly value: Value };

/** Reads what an item shows; anew where the key is another one. */
export function useLoaded<Value>(key: string, load: () => Promise<Loaded<Value>>): Part<Value> {
	const [state, setState] = useState<{ readonly key: string; readonly part: Part<Value> }>();
	const [tries, setTries] = useState(0);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the key says what is read
	useEffect(() => {
		let isStale = false;
		const retry = () => {
			setState(undefined);
			setTries((count) => count + 1);
		};
		load().then(
			(loaded) => {
				if (isStale) return;
				const part: Part<Value> = loaded.ok
					? { kind: 'there', value: loaded.value }
					: { kind: 'failed', failure: loaded.failure, retry };
				setState({ key, part });
			},
			(error: unknown) => {
				if (isStale || (error instanceof Error && error.name === 'AbortError')) return;
				setState({ key, part: { kind: 'failed', failure: 'damaged', retry } });
				throw error;
			},
		);
		return () => {
			isStale = true;
		};
	}, [key, tries]);
	return state?.key === key ? state.part : { kind: 'waiting' };
}
