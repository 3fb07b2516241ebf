type Child = Node | string | false | null | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element with attributes and children. `true` sets an attribute without a value; false and undefined leave it out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
	tag: Tag,
	attributes: Attributes = {},
	...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
	return filled(document.createElement(tag), attributes, children);
}

/** The same for a drawing. */
export function drawn<Tag extends keyof SVGElementTagNameMap>(
	tag: Tag,
	attributes: Attributes = {},
	...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
	return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

/** An icon of the page's sprite by its name without `i-`; it says nothing to a screen reader. */
export function icon(name: string, small = false): SVGElement {
	return drawn('svg', { class: small ? 'ic s' : 'ic', 'aria-hidden': 'true' }, drawn('use', { href: `#i-${name}` }));
}

function filled<One extends Element>(one: One, attributes: Attributes, children: readonly Child[]): One {
	for (const [name, value] of Object.entries(attributes))
		if (value !== undefined && value !== false) one.setAttribute(name, value === true ? '' : String(value));
	one.append(...children.filter((child) => child !== false && child !== null && child !== undefined));
	return one;
}
