import { type FormEvent, useState } from 'react';
import { useRead, useRoom } from '../context.ts';
import { Dialog } from '../Dialog.tsx';

/** Asks who draws, before anything is drawn in a reference. */
export function ExpertDialog() {
	const { session, t } = useRoom();
	const { expert } = useRead(({ state }) => ({ expert: state.expert }));
	const { known } = session.authoring;
	const [name, setName] = useState(expert ?? known.at(-1) ?? '');
	const go = (event: FormEvent) => {
		event.preventDefault();
		if (name.trim() !== '') session.authoring.sitDown(name);
	};
	return (
		<Dialog title={t('reference.expertTitle')} onClose={() => session.showDialog(undefined)}>
			<header>
				<h2>{t('reference.expertTitle')}</h2>
			</header>
			<form className="body" id="expert" onSubmit={go}>
				<p>{t('reference.expertBody')}</p>
				<label className="field">
					<span>{t('reference.expertName')}</span>
					<span className="inp">
						<input
							value={name}
							maxLength={80}
							required
							autoComplete="off"
							spellCheck={false}
							list="experts"
							onChange={({ currentTarget }) => setName(currentTarget.value)}
						/>
					</span>
					<small>{t('reference.expertHint')}</small>
				</label>
				<datalist id="experts">
					{known.map((each) => (
						<option key={each} value={each} />
					))}
				</datalist>
			</form>
			<footer>
				<button type="submit" form="expert" className="btn pri" disabled={name.trim() === ''}>
					{t('reference.expertGo')}
				</button>
				<button type="button" className="btn qt" onClick={() => session.showDialog(undefined)}>
					{t('dialog.cancel')}
				</button>
			</footer>
		</Dialog>
	);
}
