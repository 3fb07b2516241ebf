import type { Check } from './check.ts';
import { type SourceFile, sourceFiles } from './sourceFiles.ts';

/** Both languages have the same files, keys, order and placeholders, and no sentence is empty. */
export const dictionaries: Check = {
	name: 'dictionaries',
	about: 'zh and en say the same things',
	problems: async (root) => {
		const zh = byName(sourceFiles(root, 'src/i18n/zh', /\.json$/));
		const en = byName(sourceFiles(root, 'src/i18n/en', /\.json$/));
		const names = [...new Set([...zh.keys(), ...en.keys()])].sort();
		return names.flatMap((name) => {
			const [a, b] = [zh.get(name), en.get(name)];
			if (!a || !b)
				return [`src/i18n/${a ? 'en' : 'zh'}/${name}: is missing, src/i18n/${a ? 'zh' : 'en'}/${name} is there`];
			return compare(a, b);
		});
	},
};

function compare(a: SourceFile, b: SourceFile): string[] {
	const problems: string[] = [];
	const [sentencesA, sentencesB] = [sentences(a, problems), sentences(b, problems)];
	if (!sentencesA || !sentencesB) return problems;
	for (const [file, own, other] of [
		[a, sentencesA, sentencesB],
		[b, sentencesB, sentencesA],
	] as const) {
		for (const key of Object.keys(other))
			if (!Object.hasOwn(own, key)) problems.push(`${file.path}: the key "${key}" is missing`);
		for (const [key, sentence] of Object.entries(own)) {
			if (typeof sentence !== 'string') problems.push(`${file.path}: "${key}" is not a sentence`);
			else if (sentence.trim() === '') problems.push(`${file.path}: "${key}" is empty`);
		}
	}
	const shared = Object.keys(sentencesA).filter((key) => Object.hasOwn(sentencesB, key));
	for (const key of shared) {
		const [inA, inB] = [placeholders(sentencesA[key]), placeholders(sentencesB[key])];
		if (inA !== inB) problems.push(`${b.path}: "${key}" has the placeholders [${inB}], ${a.path} has [${inA}]`);
	}
	const orderB = Object.keys(sentencesB).filter((key) => Object.hasOwn(sentencesA, key));
	const moved = shared.findIndex((key, n) => key !== orderB[n]);
	if (moved >= 0) problems.push(`${b.path}: "${orderB[moved]}" stands where ${a.path} has "${shared[moved]}"`);
	return problems;
}

function sentences({ path, text }: SourceFile, problems: string[]): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
		problems.push(`${path}: is not a dictionary`);
	} catch (error) {
		problems.push(`${path}: ${(error as Error).message}`);
	}
	return undefined;
}

function placeholders(sentence: unknown): string {
	const names = [...String(sentence).matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
	return [...new Set(names)].sort().join(', ');
}

function byName(files: readonly SourceFile[]): Map<string, SourceFile> {
	return new Map(files.map((file) => [file.path.split('/').slice(3).join('/'), file]));
}
