/** What a page was built with for its script: the JSON of `<script type="application/json" data-…>`. Throws where there is none. */
export function pageData<Data>(name: string): Data {
	const text = document.querySelector(`script[data-page="${name}"]`)?.textContent;
	if (!text) throw new Error(`got no data "${name}" in the page, expected some`);
	return JSON.parse(text) as Data;
}

/** The part of the page that a selector names. Throws where there is none. */
export function part<One extends HTMLElement = HTMLElement>(selector: string, within: ParentNode = document): One {
	const found = within.querySelector<One>(selector);
	if (!found) throw new Error(`got no ${selector} in the page, expected one`);
	return found;
}
