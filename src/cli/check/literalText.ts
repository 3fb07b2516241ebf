import ts from 'typescript';
import type { Check } from './check.ts';
import { type SourceFile, sourceFiles } from './sourceFiles.ts';

/** Attributes a reader or a screen reader gets to see. */
const SPOKEN = new Set([
	'alt',
	'aria-description',
	'aria-label',
	'aria-placeholder',
	'aria-roledescription',
	'aria-valuetext',
	'label',
	'placeholder',
	'title',
]);

/** Every word in an island comes from a dictionary. */
export const literalText: Check = {
	name: 'literal-text',
	about: 'islands take their words from the dictionaries',
	problems: async (root) => sourceFiles(root, 'src/islands', /\.[tj]sx$/).flatMap(literals),
};

function literals({ path, text }: SourceFile): string[] {
	const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, ts.ScriptKind.TSX);
	const found: string[] = [];
	const report = (node: ts.Node, words: string, place: string) => {
		// A single Latin letter is the name of a key.
		if (!/\p{L}/u.test(words) || /^[A-Za-z]$/.test(words.trim())) return;
		const { line } = file.getLineAndCharacterOfPosition(node.pos + Math.max(0, text.slice(node.pos).search(/\S/)));
		found.push(`${path}:${line + 1} has the text "${words.trim().replace(/\s+/g, ' ')}" ${place}`);
	};
	const visit = (node: ts.Node) => {
		if (ts.isJsxText(node)) report(node, withoutEntities(node.text), 'in an element');
		else if (ts.isJsxElement(node) || ts.isJsxFragment(node)) {
			for (const child of node.children)
				if (ts.isJsxExpression(child)) shown(child.expression, (one, words) => report(one, words, 'in an element'));
		} else if (ts.isJsxAttribute(node) && node.initializer) {
			const name = node.name.getText(file);
			const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
			if (SPOKEN.has(name)) shown(value, (one, words) => report(one, words, `in ${name}`));
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return found;
}

/** The literals an expression can come out as; what a call is given is not shown as it stands. */
function shown(node: ts.Node | undefined, report: (node: ts.Node, words: string) => void): void {
	if (!node) return;
	if (ts.isStringLiteralLike(node)) report(node, node.text);
	else if (ts.isTemplateExpression(node)) {
		for (const part of [node.head, ...node.templateSpans.map((span) => span.literal)]) report(part, part.text);
		for (const span of node.templateSpans) shown(span.expression, report);
	} else if (ts.isConditionalExpression(node)) {
		shown(node.whenTrue, report);
		shown(node.whenFalse, report);
	} else if (ts.isBinaryExpression(node)) {
		// What stands before && and in a comparison decides, it is not shown.
		const { kind } = node.operatorToken;
		if (kind === ts.SyntaxKind.PlusToken || kind === ts.SyntaxKind.BarBarToken) shown(node.left, report);
		if (SHOWS_RIGHT.has(kind)) shown(node.right, report);
	} else if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
		shown(node.expression, report);
}

const SHOWS_RIGHT = new Set([
	ts.SyntaxKind.PlusToken,
	ts.SyntaxKind.BarBarToken,
	ts.SyntaxKind.AmpersandAmpersandToken,
	ts.SyntaxKind.QuestionQuestionToken,
]);

function withoutEntities(text: string): string {
	return text.replace(/&#?\w+;/g, ' ');
}
