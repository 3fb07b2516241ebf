import type { AstroComponentFactory } from 'astro/runtime/server/index.js';

type Props = Readonly<Record<string, unknown>>;

/** A component with properties that its page knows and its author need not write, such as the language. */
export function withProps(component: AstroComponentFactory, more: (given: Props) => Props): AstroComponentFactory {
	const told: AstroComponentFactory = (result, given: Props, slots) =>
		component(result, { ...given, ...more(given) }, slots);
	return Object.assign(told, component);
}
