import { getEntry } from 'astro:content';
import type { Rule } from '../../schemas/rule.ts';

/** A rule of the catalogue, when a page is built. Throws on an id that is not there, so that the build says so. */
export async function ruleOf(id: string): Promise<Rule> {
	const entry = await getEntry('rules', id);
	if (!entry) throw new Error(`got the rule "${id}", expected one of content/rules/rules.json`);
	return entry.data;
}
