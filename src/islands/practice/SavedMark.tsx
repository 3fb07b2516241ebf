import { useEffect, useState } from 'react';
import { formatDateTime } from '../../i18n/format.ts';
import { useRead, useRoom } from './context.ts';
import { Icon } from './Icon.tsx';

/** Where the work stands: saved and when, being saved, or not saved and why. Offline is a plain fact beside it. */
export function SavedMark() {
	const { session, t, locale } = useRoom();
	const online = useOnline();
	const { saved } = useRead(({ state }) => ({ saved: state.saved }));
	return (
		<>
			{!online && (
				<span className="st">
					<Icon name="offline" small />
					<span className="w">{t('network.offline')}</span>
				</span>
			)}
			<span className={saved.kind === 'failed' ? 'st attn' : 'st'} role="status" data-saved={saved.kind}>
				<Icon name={saved.kind === 'failed' ? 'alert' : saved.kind === 'saving' ? 'sync' : 'saved'} small />
				<span className="w">
					{saved.kind === 'saving' && t('saved.saving', { count: saved.pending })}
					{saved.kind === 'saved' && !saved.at && t('saved.new')}
					{saved.kind === 'saved' &&
						saved.at &&
						t('saved.saved', { time: formatDateTime(saved.at, locale, { now: new Date() }) })}
					{saved.kind === 'failed' && t(`saved.${saved.reason}`)}
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
