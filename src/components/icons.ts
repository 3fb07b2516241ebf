import source from './icons.svg?raw';

/** Body and viewBox of a symbol of `icons.svg`, e.g. `i-brush` or `mark`. Throws on a name that is not there. */
export function symbolOf(id: string): { viewBox: string; body: string } {
	const found = new RegExp(`<symbol id="${id}" viewBox="([^"]+)">(.*?)</symbol>`).exec(source);
	if (!found?.[1] || !found[2]) throw new Error(`got the icon "${id}", expected a symbol of icons.svg`);
	return { viewBox: found[1], body: found[2] };
}

/** Every symbol's id, in the order of `icons.svg`. */
export const SYMBOL_IDS: readonly string[] = [...source.matchAll(/<symbol id="([^"]+)"/g)].map(([, id]) => id ?? '');
