import ts from 'typescript';
import type { SourceFile } from './sourceFiles.ts';

/** A module that a file names, and where. */
export interface NamedModule {
	readonly specifier: string;
	/** From 1. */
	readonly line: number;
}

/**
 * Every module a file names: imports of values and of types, re-exports, `import()`, `require()`,
 * `import.meta.glob()` and `new URL(…, import.meta.url)`, which is how workers are started.
 */
export function namedModules({ path, text }: SourceFile): NamedModule[] {
	return scripts(path, text).flatMap(({ code, firstLine }) => {
		const file = ts.createSourceFile(
			path.endsWith('x') ? 'file.tsx' : 'file.ts',
			code,
			ts.ScriptTarget.Latest,
			false,
			path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
		);
		const found: NamedModule[] = [];
		const add = (node: ts.Node | undefined) => {
			if (!node || !ts.isStringLiteralLike(node)) return;
			const line = file.getLineAndCharacterOfPosition(node.pos).line;
			found.push({ specifier: node.text, line: firstLine + line });
		};
		const visit = (node: ts.Node) => {
			if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
			else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal);
			else if (ts.isCallExpression(node) && namesModules(node)) addAll(node.arguments[0], add);
			else if (ts.isNewExpression(node) && isUrlOfThisModule(node)) add(node.arguments?.[0]);
			ts.forEachChild(node, visit);
		};
		visit(file);
		return found;
	});
}

function addAll(node: ts.Expression | undefined, add: (node: ts.Node) => void): void {
	if (node && ts.isArrayLiteralExpression(node)) node.elements.forEach(add);
	else if (node) add(node);
}

function namesModules({ expression }: ts.CallExpression): boolean {
	if (expression.kind === ts.SyntaxKind.ImportKeyword) return true;
	if (ts.isIdentifier(expression)) return expression.text === 'require';
	return (
		ts.isPropertyAccessExpression(expression) &&
		expression.name.text === 'glob' &&
		ts.isMetaProperty(expression.expression)
	);
}

function isUrlOfThisModule({ expression, arguments: given }: ts.NewExpression): boolean {
	const base = given?.[1];
	return (
		ts.isIdentifier(expression) &&
		expression.text === 'URL' &&
		base !== undefined &&
		ts.isPropertyAccessExpression(base) &&
		ts.isMetaProperty(base.expression)
	);
}

/** The scripts in a file: the whole of it, or an Astro page's front matter and script elements. */
function scripts(path: string, text: string): { code: string; firstLine: number }[] {
	if (!path.endsWith('.astro')) return [{ code: text, firstLine: 1 }];
	const found: { code: string; firstLine: number }[] = [];
	const add = (code: string, start: number) => found.push({ code, firstLine: text.slice(0, start).split('\n').length });
	const frontMatter = /^\s*---\r?\n([\s\S]*?)\r?\n---/.exec(text);
	if (frontMatter) add(frontMatter[1] ?? '', text.indexOf('\n') + 1);
	for (const match of text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g))
		add(match[1] ?? '', match.index + match[0].indexOf('>') + 1);
	return found;
}
