import enTerms from '../../../i18n/en/common.json';
import en from '../../../i18n/en/rules.json';
import { translator } from '../../../i18n/translate.ts';
import zhTerms from '../../../i18n/zh/common.json';
import zh from '../../../i18n/zh/rules.json';
import type { Rule } from '../../../schemas/rule.ts';
import { ERROR_LIMITS } from './errorWords.ts';
import { clausesOf } from './ruleFacts.ts';

const LANGUAGES = [
	{ locale: 'zh', t: translator(zh), terms: translator(zhTerms) },
	{ locale: 'en', t: translator(en), terms: translator(enTerms) },
] as const;

/** All words that a search may find a rule by, in both languages: what it says, of what, where it stands, how it is broken. */
export function wordsOfRule(rule: Rule): string {
	const { id, source, section, force, text, feedback, errorCodes, severity, applies } = rule;
	const told = LANGUAGES.flatMap(({ locale, t, terms }) => [
		text[locale],
		feedback[locale],
		t(`section.${section}`),
		t(`force.${force}`),
		...(severity === 'hard' ? [t('hard')] : []),
		...applies.regions.map((region) => terms(`region.${region}`)),
		...applies.sequences.map((sequence) => terms(`sequence.${sequence}`)),
		// Those of every family are found by none, or all would be found by each.
		...(applies.families.length < 5 ? applies.families.map((family) => terms(`family.${family}`)) : []),
		...errorCodes.flatMap((code) => [t(`error.${code}`), t(`how.${code}`, ERROR_LIMITS)]),
	]);
	// Clauses as people write them: 6-8 and §6-⑧ are the same once folded.
	const named = [id, source, ...clausesOf(rule), ...errorCodes, ...applies.regions, ...applies.sequences];
	return [...new Set([...named, ...told])].join(' · ');
}
