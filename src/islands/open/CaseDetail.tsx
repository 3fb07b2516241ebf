import { FAMILIES, type Family } from '../../protocol/protocol.ts';
import { Icon } from '../practice/Icon.tsx';
import { Acceptance } from './Acceptance.tsx';
import { cleanCaseName, NAME_LENGTH } from './caseName.ts';
import { useOpenRoom } from './context.ts';
import { Notices } from './Notices.tsx';
import { RegionChecks } from './RegionChecks.tsx';
import { SchemeField } from './SchemeField.tsx';

/** The case as a whole: what has to be settled, what it is called, what can be scored. */
export function CaseDetail() {
	const { session, state, review, t, terms } = useOpenRoom();
	const nameless = cleanCaseName(state.name) === '';
	return (
		<>
			<h2>{t('case.title')}</h2>
			{(review.issues.length > 0 || nameless) && (
				<section aria-label={t('case.settle')}>
					<h3>{t('case.settle')}</h3>
					<Notices issues={review.issues} icon="stop" />
					{nameless && (
						<ul className="notices">
							<li>
								<Icon name="stop" />
								<label htmlFor="case-name">{t('case.nameMissing')}</label>
							</li>
						</ul>
					)}
				</section>
			)}
			{review.warnings.length > 0 && (
				<section aria-label={t('case.look')}>
					<h3>{t('case.look')}</h3>
					<Notices issues={review.warnings} icon="alert" />
				</section>
			)}
			<div className="fields">
				<label className="field">
					<span>{t('case.name')}</span>
					<span className="inp">
						<input
							id="case-name"
							value={state.name}
							maxLength={NAME_LENGTH}
							autoComplete="off"
							spellCheck={false}
							aria-invalid={nameless}
							onChange={({ currentTarget: { value } }) => session.setName(value)}
						/>
					</span>
					<small>{t('case.nameNote')}</small>
				</label>
				<label className="field">
					<span>{t('case.family')}</span>
					<select
						className="choice"
						value={state.family}
						onChange={({ currentTarget: { value } }) => session.setFamily(value as Family)}
					>
						{FAMILIES.map((family) => (
							<option key={family} value={family}>
								{terms(`family.${family}`)}
							</option>
						))}
					</select>
				</label>
				<SchemeField />
			</div>
			{review.images.length > 0 && <Acceptance />}
			<section aria-label={t('case.regions')}>
				<h3>{t('case.regions')}</h3>
				{review.draft ? <RegionChecks draft={review.draft} /> : <p className="mute">{t('case.regionsLater')}</p>}
				{review.draft && review.references.length === 0 && <p className="mid">{t('case.noReference')}</p>}
			</section>
		</>
	);
}
