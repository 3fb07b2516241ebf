import { clauseHref, clauseOfRule } from '../../i18n/clause.ts';
import type { Locale } from '../../i18n/locales.ts';

/** The clauses of some rules, each once, as links. */
export function Chips({ locale, rules }: { readonly locale: Locale; readonly rules: readonly string[] }) {
	return [...new Set(rules.map(clauseOfRule))].map((clause) => (
		<a key={clause} className="cl" href={clauseHref(locale, clause)}>
			{clause}
		</a>
	));
}
