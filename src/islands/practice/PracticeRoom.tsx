import { useEffect, useMemo, useState } from 'react';
import { type Locale, localePath } from '../../i18n/locales.ts';
import { holdDrawingLock } from '../../store/drawingLock.ts';
import { keepStorage } from '../../store/persist.ts';
import { layByReserve } from '../../store/reserve.ts';
import { openStore } from '../../store/store.ts';
import { openCaseBridge } from '../../workers/bridge.ts';
import { wordsFor } from '../words.ts';
import { readAddress } from './address.ts';
import { RoomContext, useRead, useRoom } from './context.ts';
import { handleKey, releaseKey } from './keys/handleKey.ts';
import './practice.css';
import './protocol/protocol.css';
import './reference/reference.css';
import './repair/repair.css';
import './rules/rules.css';
import { PracticeSession } from './session.ts';
import { Workbench } from './Workbench.tsx';

/** Opens the case that the address names, and keeps the work when the page goes. */
export function PracticeRoom({ locale }: { locale: Locale }) {
	const t = useMemo(() => wordsFor(locale), [locale]);
	const [session] = useState(() => new PracticeSession(openStore(), openCaseBridge()));

	useEffect(() => {
		const { caseId, attemptId, purpose, repair } = readAddress();
		const unlock = holdDrawingLock();
		void session.open(caseId, { attemptId, purpose, repair });
		void keepStorage().then(() => layByReserve());
		const keep = () => void session.keepNow();
		const keepHidden = () => {
			if (document.visibilityState === 'hidden') keep();
		};
		const warn = (event: BeforeUnloadEvent) => {
			keep();
			if (session.unsaved) event.preventDefault();
		};
		const press = (event: KeyboardEvent) => {
			const typing = event.target instanceof HTMLInputElement && !['range', 'checkbox'].includes(event.target.type);
			const pressing = event.target instanceof Element && event.target.closest('button, a, label, summary') !== null;
			// Enter and Space press what has the focus.
			if (pressing && (event.key === 'Enter' || event.key === ' ')) return;
			if (!typing && !document.querySelector('dialog[open]') && handleKey(session, event)) event.preventDefault();
		};
		const release = (event: KeyboardEvent) => releaseKey(session, event);
		// A key that is let go in another window is not heard here.
		const leave = () => session.panels.hideCounterpart();
		document.addEventListener('visibilitychange', keepHidden);
		addEventListener('pagehide', keep);
		addEventListener('beforeunload', warn);
		addEventListener('keydown', press);
		addEventListener('keyup', release);
		addEventListener('blur', leave);
		return () => {
			document.removeEventListener('visibilitychange', keepHidden);
			removeEventListener('pagehide', keep);
			removeEventListener('beforeunload', warn);
			removeEventListener('keydown', press);
			removeEventListener('keyup', release);
			removeEventListener('blur', leave);
			session.close();
			unlock();
		};
	}, [session]);

	const room = useMemo(() => ({ session, locale, t }), [session, locale, t]);
	return (
		<RoomContext value={room}>
			<Opened />
		</RoomContext>
	);
}

/** The case, or why it could not be opened. */
function Opened() {
	const { t, locale } = useRoom();
	const { failure } = useRead(({ state }) => ({ failure: state.failure }));
	if (!failure) return <Workbench />;
	const id = readAddress().caseId ?? '';
	return (
		<main className="failure" id="main" data-failure={failure}>
			<h1>{t(`load.${failure}`, { id })}</h1>
			<p role="alert">{t(`load.${failure}Help`, { id })}</p>
			<div className="bar">
				<a className="btn pri" href={localePath(locale, '/cases/')}>
					{t('load.toCases')}
				</a>
				{failure !== 'noCase' && (
					<button type="button" className="btn" onClick={() => location.reload()}>
						{t('load.retry')}
					</button>
				)}
			</div>
		</main>
	);
}
