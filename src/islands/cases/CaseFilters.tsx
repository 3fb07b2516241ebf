import { TRAP_CLAUSE, type Trap } from '../../protocol/trap.ts';
import type { Catalogue } from '../../schemas/caseManifest.ts';
import { type CaseFilter, choices, FILTERS, type FilterKey, filtered, isFiltered } from './caseFilter.ts';
import type { Words } from './words.ts';

interface Props {
	readonly words: Words;
	readonly cases: Catalogue['cases'];
	readonly filter: CaseFilter;
	readonly onChange: (next: CaseFilter) => void;
}

/** Chooses cases by family, difficulty and trap; says how many are left. */
export function CaseFilters({ words, cases, filter, onChange }: Props) {
	const { t } = words;
	return (
		<fieldset className="filters">
			<legend className="vh">{t('filter.title')}</legend>
			{(Object.keys(FILTERS) as FilterKey[]).map((key) => (
				<label key={key}>
					<span className="mute sm">{t(`filter.${key}`)}</span>
					<select
						className="choice"
						value={filter[key] ?? ''}
						onChange={({ currentTarget: { value } }) => onChange({ ...filter, [key]: value || undefined })}
					>
						<option value="">{t('filter.any')}</option>
						{choices(cases, filter, key).map(({ value, count }) => (
							<option key={value} value={value}>
								{t('filter.choice', { name: nameOf(words, key, value), count })}
							</option>
						))}
					</select>
				</label>
			))}
			<p className="mid sm" role="status">
				{t('filter.count', { shown: filtered(cases, filter).length, all: cases.length })}
			</p>
			{isFiltered(filter) && (
				<button className="btn qt s" type="button" onClick={() => onChange({})}>
					{t('filter.clear')}
				</button>
			)}
		</fieldset>
	);
}

function nameOf({ t, terms }: Words, key: FilterKey, value: string): string {
	if (key !== 'trap') return terms(`${key}.${value}` as Parameters<typeof terms>[0]);
	return t('filter.trapNamed', { trap: t(`trap.${value as Trap}`), clause: TRAP_CLAUSE[value as Trap] });
}
