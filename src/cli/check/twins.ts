/** A heading, or a component with its attributes, in the order of the text. */
interface Part {
	readonly line: number;
	/** What its twin has to have too. */
	readonly shape: string;
}

/** Of these attributes the words are the language's own; of the others the twin has the same value. */
const WORDS = new Set(['caption', 'rightText', 'wrongText', 'alt', 'title', 'label']);

const HEADING = /^(#{1,6})\s/;
const TAG = /<(\/?)([A-Z][A-Za-z]*)((?:\s+[A-Za-z][\w-]*(?:=(?:"[^"]*"|'[^']*'|\{[^}]*\}))?)*)\s*(\/?)>/g;
const ATTRIBUTE = /([A-Za-z][\w-]*)(?:=("[^"]*"|'[^']*'|\{[^}]*\}))?/g;

/** The structure of an MDX text. Code between fences is none. */
function partsOf(mdx: string): Part[] {
	// Blanked, so that lines keep their numbers.
	const text = mdx.replace(/^```[\s\S]*?^```/gm, (code) => code.replace(/[^\n]/g, ' '));
	const parts: (Part & { readonly at: number })[] = [];
	const lineOf = (at: number) => text.slice(0, at).split('\n').length;
	let at = 0;
	for (const line of text.split('\n')) {
		const [, marks] = HEADING.exec(line) ?? [];
		if (marks) parts.push({ at, line: lineOf(at), shape: `a heading of level ${marks.length}` });
		at += line.length + 1;
	}
	for (const { index, 1: closing = '', 2: name = '', 3: attributes = '', 4: alone = '' } of text.matchAll(TAG)) {
		const shapes = [...attributes.matchAll(ATTRIBUTE)].map(([, attribute = '', value]) =>
			value === undefined || WORDS.has(attribute) ? attribute : `${attribute}=${value}`,
		);
		const shape = `<${[`${closing}${name}`, ...shapes].join(' ')}${alone && ' /'}>`;
		parts.push({ at: index, line: lineOf(index), shape });
	}
	return parts.sort((a, b) => a.at - b.at).map(({ line, shape }) => ({ line, shape }));
}

/** Every component of a name and what one of its attributes says. */
export function attributesOf(mdx: string, component: string, attribute: string): { line: number; value: string }[] {
	return partsOf(mdx).flatMap(({ line, shape }) => {
		if (!shape.startsWith(`<${component} `)) return [];
		const [, value] = new RegExp(` ${attribute}=["'{]([^"'}]*)`).exec(shape) ?? [];
		return value === undefined ? [] : [{ line, value }];
	});
}

/** The first place where two texts are not built alike; undefined where they are. */
export function firstDifference(
	a: string,
	b: string,
): { readonly lines: readonly [number, number]; readonly shapes: readonly [string, string] } | undefined {
	const [partsA, partsB] = [partsOf(a), partsOf(b)];
	const end = (text: string): Part => ({ line: text.split('\n').length, shape: 'the end' });
	for (let n = 0; n < Math.max(partsA.length, partsB.length); n++) {
		const [partA, partB] = [partsA[n] ?? end(a), partsB[n] ?? end(b)];
		if (partA.shape !== partB.shape) return { lines: [partA.line, partB.line], shapes: [partA.shape, partB.shape] };
	}
	return undefined;
}
