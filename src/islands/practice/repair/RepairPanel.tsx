import { useState } from 'react';
import { IssueList } from '../../IssueList.tsx';
import { useRead, useRoom } from '../context.ts';
import { Answer } from '../protocol/Answer.tsx';

/** What is to be done in a repair: first the error is named, then it is repaired. */
export function RepairPanel() {
	const { session, t } = useRoom();
	const { planted, named, problem, elsewhere } = useRead(({ state, work }) => ({
		planted: work?.planted !== undefined,
		named: work?.named,
		problem: state.repairProblem,
		elsewhere: state.elsewhere,
	}));
	const [choice, setChoice] = useState<(typeof session.repair.choices)[number]>();
	if (problem)
		return (
			<section className="repair">
				<h2>{t('repair.title')}</h2>
				<div className="attn" role="alert">
					<p>{t(problem === 'refused' ? 'repair.refused' : 'repair.failed')}</p>
					{typeof problem === 'object' && <IssueList issues={problem} t={t} />}
				</div>
				{problem !== 'refused' && (
					<button type="button" className="btn s" onClick={() => void session.repair.begin()}>
						{t('load.retry')}
					</button>
				)}
			</section>
		);
	if (!planted)
		return (
			<section className="repair">
				<h2>{t('repair.title')}</h2>
				<p role="status">{t('repair.planting')}</p>
			</section>
		);
	return (
		<section className="repair" data-named={named}>
			<h2>{t(named ? 'repair.mend' : 'repair.find')}</h2>
			{named ? (
				<p>{t('repair.mendHow', { error: t(`error.${named}`) })}</p>
			) : (
				<form
					onSubmit={(event) => {
						event.preventDefault();
						if (choice) session.repair.name(choice);
					}}
				>
					<fieldset>
						<legend>{t('repair.findHow')}</legend>
						{session.repair.choices.map((code) => (
							<Answer key={code} name="error" checked={choice === code} onChange={() => setChoice(code)}>
								<span data-error={code}>{t(`error.${code}`)}</span>
							</Answer>
						))}
					</fieldset>
					<button type="submit" className="btn pri s" disabled={!choice || elsewhere}>
						{t('repair.name')}
					</button>
				</form>
			)}
		</section>
	);
}
