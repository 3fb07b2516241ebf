import { useOpenRoom } from './context.ts';
import { fileName } from './sentences.ts';

/** How far reading is, with a way to stop it. */
export function Reading() {
	const { session, state, t } = useOpenRoom();
	if (!state.reading) return null;
	const { done, total, path } = state.reading;
	return (
		<div className="reading">
			<progress value={done} max={total} aria-label={t('reading', { done, total })} />
			<p>
				<span role="status">{t('reading', { done, total })}</span>
				<span className="mute">{fileName(path)}</span>
			</p>
			<button type="button" className="btn s" onClick={() => session.cancelReading()}>
				{t('reading.cancel')}
			</button>
		</div>
	);
}
