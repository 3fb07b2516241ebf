import { useOpenRoom } from './context.ts';
import { fileName } from './sentences.ts';

/** How far reading is, with a way to stop it. */
export function Reading() {
	const { session, state, t } = useOpenRoom();
	const { reading, sorting } = state;
	if (!reading && sorting === undefined) return null;
	const { done, total, path } = reading ?? { done: sorting!, total: 1, path: '' };
	const said = reading ? t('reading', { done, total }) : t('sorting');
	return (
		<div className="reading">
			<progress value={done} max={total} aria-label={said} />
			<p>
				<span role="status">{said}</span>
				<span className="mute">{fileName(path)}</span>
			</p>
			<button type="button" className="btn s" onClick={() => session.cancelReading()}>
				{t('reading.cancel')}
			</button>
		</div>
	);
}
