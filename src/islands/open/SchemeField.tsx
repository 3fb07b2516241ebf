import { SCHEME_NAME } from '../../importers/labelScheme.ts';
import { LABEL_SCHEMES, type LabelScheme } from '../../schemas/caseManifest.ts';
import { useOpenRoom } from './context.ts';

/** Which edition the reference's labels follow. Nothing where there is not exactly one reference. */
export function SchemeField() {
	const { session, review, t } = useOpenRoom();
	const { reference, scheme, schemeGuess, schemeGuessed } = review;
	if (!reference) return null;
	const same = schemeGuess && !schemeGuess.matters && schemeGuess.choices.length > 1 ? schemeGuess.choices : undefined;
	return (
		<label className="field">
			<span>{t('scheme')}</span>
			<select
				className="choice"
				value={scheme ?? ''}
				onChange={({ currentTarget: { value } }) => session.setScheme(reference.path, value as LabelScheme)}
			>
				{scheme === undefined && <option value="">{t('scheme.choose')}</option>}
				{LABEL_SCHEMES.map((one) => (
					<option key={one} value={one}>
						{SCHEME_NAME[one]}
					</option>
				))}
			</select>
			{scheme && schemeGuessed && (
				<small>
					{same
						? t('scheme.same', { editions: same.map((one) => SCHEME_NAME[one]).join(t('list.and')) })
						: t('scheme.guessed')}
				</small>
			)}
		</label>
	);
}
