import { useState } from 'react';
import { localePath } from '../../i18n/locales.ts';
import type { AttemptSummary } from '../../store/store.ts';
import { AttemptTable } from './AttemptTable.tsx';
import type { ListedCase } from './CaseRows.tsx';
import type { Words } from './words.ts';

interface Props {
	readonly words: Words;
	readonly cases: readonly ListedCase[];
	/** Those whose purpose is a reference. */
	readonly attempts: readonly AttemptSummary[];
	readonly titleOf: (caseId: string) => string | undefined;
	onDelete(attempt: AttemptSummary): void;
}

/** For experts: the references that are being made, and the start of one. */
export function References({ words, cases, attempts, titleOf, onDelete }: Props) {
	const { locale, t } = words;
	const [chosen, setChosen] = useState('');
	const id = chosen || (cases[0]?.id ?? '');
	return (
		<>
			{attempts.length > 0 && (
				<AttemptTable words={words} attempts={attempts} titleOf={titleOf} onDelete={onDelete} scored={false} />
			)}
			{cases.length > 0 && (
				<p className="start">
					<label>
						<span className="vh">{t('references.case')}</span>
						<select className="choice" value={id} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
							{cases.map((each) => (
								<option key={each.id} value={each.id}>
									{[each.title[locale], each.subtitle[locale]].filter(Boolean).join(' · ')}
								</option>
							))}
						</select>
					</label>
					<a className="btn" href={`${localePath(locale, '/practice/')}?case=${encodeURIComponent(id)}&for=reference`}>
						{t('references.start')}
					</a>
				</p>
			)}
		</>
	);
}
