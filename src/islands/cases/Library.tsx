import type { ReactNode } from 'react';
import type { Catalogue } from '../../schemas/caseManifest.ts';
import { CaseFilters } from './CaseFilters.tsx';
import { CaseRows, type ListedCase } from './CaseRows.tsx';
import { filtered } from './caseFilter.ts';
import { useFilter } from './useFilter.ts';
import type { Words } from './words.ts';

interface Props {
	readonly words: Words;
	/** At least one. */
	readonly cases: Catalogue['cases'];
	/** The one for whoever has not drawn yet. */
	readonly firstId: string;
	readonly offline: (listed: ListedCase) => ReactNode;
}

/** The built-in cases in their groups, as far as the filter leaves any. */
export function Library({ words, cases, firstId, offline }: Props) {
	const { t } = words;
	const [filter, setFilter] = useFilter();
	const left = filtered(cases, filter);
	const groups = [
		{ title: t('library.figures'), cases: left.filter(({ figure }) => figure !== undefined) },
		{ title: t('library.practice'), cases: left.filter(({ figure, use }) => figure === undefined && !use) },
		{ title: t('library.triage'), cases: left.filter(({ use }) => use === 'triage') },
	].filter((group) => group.cases.length > 0);
	return (
		<>
			<CaseFilters words={words} cases={cases} filter={filter} onChange={setFilter} />
			{groups.map((group) => (
				<section key={group.title} className="group">
					{groups.length > 1 && <h3>{group.title}</h3>}
					<CaseRows words={words} cases={group.cases} primaryId={firstId} offline={offline} />
				</section>
			))}
			{left.length === 0 && <p className="mid gap">{t('filter.none')}</p>}
		</>
	);
}
