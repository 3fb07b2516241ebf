import { useEffect, useRef } from 'react';

/** What each key does; false where there is nothing to do, so that the browser has it. */
type Deeds = Readonly<Record<string, () => unknown>>;

/** Runs what a key stands for, wherever the focus is but in a text or, for arrows, on a control that knows them itself. */
export function useKeys(deeds: Deeds): void {
	const latest = useRef(deeds);
	latest.current = deeds;
	useEffect(() => {
		const press = (event: KeyboardEvent) => {
			if (event.altKey || event.ctrlKey || event.metaKey) return;
			const { target } = event;
			const isInput = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
			if (isInput && (target.type === 'text' || event.key.startsWith('Arrow'))) return;
			const deed = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
			if (deed && deed() !== false) event.preventDefault();
		};
		addEventListener('keydown', press);
		return () => removeEventListener('keydown', press);
	}, []);
}
