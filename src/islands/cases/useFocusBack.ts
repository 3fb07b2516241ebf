import { type RefCallback, useCallback, useRef } from 'react';

/**
 * A ref for something that may go away while the keyboard is in it: focus then goes `to` something that stays. Without
 * it focus falls to the start of the page.
 */
export function useFocusBack(to: () => HTMLElement | null): RefCallback<HTMLElement> {
	const target = useRef(to);
	target.current = to;
	return useCallback((node) => {
		// Runs while the node is still in the page.
		return () => {
			if (node?.contains(document.activeElement)) target.current()?.focus({ preventScroll: true });
		};
	}, []);
}
