import { useEffect, useRef, useState } from 'react';
import { formatDateTime } from '../../i18n/format.ts';
import type { SaveState } from '../../store/autosave.ts';
import { useRead, useRoom } from './context.ts';
import { Icon } from './Icon.tsx';

/** Where the work stands: saved and when, being saved, or not saved and why. Offline is a plain fact beside it. */
export function SavedMark() {
	const { session, t, locale } = useRoom();
	const online = useOnline();
	const { saved } = useRead(({ state }) => ({ saved: state.saved }));
	const told = useTold(saved);
	return (
		<>
			{!online && (
				<span className="st">
					<Icon name="offline" small />
					<span className="w">{t('network.offline')}</span>
				</span>
			)}
			<span className={told.kind === 'failed' ? 'st attn' : 'st'} role="status" data-saved={saved.kind}>
				<Icon name={told.kind === 'failed' ? 'alert' : told.kind === 'saving' ? 'sync' : 'saved'} small />
				<span className="w">
					{told.kind === 'saving' && t('saved.saving', { count: told.pending })}
					{told.kind === 'saved' && !told.at && t('saved.new')}
					{told.kind === 'saved' &&
						told.at &&
						t('saved.saved', { time: formatDateTime(told.at, locale, { now: new Date() }) })}
					{told.kind === 'failed' && t(`saved.${told.reason}`)}
				</span>
			</span>
			{saved.kind === 'failed' && saved.reason !== 'otherTab' && saved.reason !== 'gone' && (
				<button type="button" className="btn s" onClick={() => session.retrySave()}>
					{t('saved.retry')}
				</button>
			)}
		</>
	);
}

/** A save that takes no longer is not told, or the mark would flicker with every stroke, ms. */
const TOLD_AFTER_MS = 400;

/** What the mark says: how it was before the save under way, until that takes long. */
function useTold(saved: SaveState): SaveState {
	const before = useRef(saved);
	const [slow, setSlow] = useState(false);
	const saving = saved.kind === 'saving';
	useEffect(() => {
		if (!saving) return;
		const timer = setTimeout(() => setSlow(true), TOLD_AFTER_MS);
		return () => {
			clearTimeout(timer);
			setSlow(false);
		};
	}, [saving]);
	if (!saving) before.current = saved;
	return saving && !slow ? before.current : saved;
}

function useOnline(): boolean {
	const [online, setOnline] = useState(navigator.onLine);
	useEffect(() => {
		const update = () => setOnline(navigator.onLine);
		addEventListener('online', update);
		addEventListener('offline', update);
		return () => {
			removeEventListener('online', update);
			removeEventListener('offline', update);
		};
	}, []);
	return online;
}
