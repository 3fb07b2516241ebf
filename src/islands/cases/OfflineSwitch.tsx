import { useRef } from 'react';
import { formatBytes } from '../../i18n/format.ts';
import { useFocusBack } from './useFocusBack.ts';
import { useOffline } from './useOffline.ts';
import type { Words } from './words.ts';

interface Props {
	readonly words: Words;
	readonly id: string;
	readonly title: string;
	/** Of all files, as the catalogue says. */
	readonly bytes: number;
	/** What is kept has changed. */
	readonly onChange: () => void;
}

/** Keeps a built-in case in this browser, or lets it go: a switch, and under it how far a download is. */
export function OfflineSwitch({ words: { t }, id, title, bytes, onChange }: Props) {
	const { state, progress, failure, keep, cancel, forget } = useOffline(id, onChange);
	const switched = useRef<HTMLButtonElement>(null);
	const back = useFocusBack(() => switched.current);
	if (!state) return <span />;
	const total = state.totalBytes ?? bytes;
	const on = state.complete || progress !== undefined;
	return (
		<>
			<button
				ref={switched}
				type="button"
				role="switch"
				className="switch"
				aria-checked={on}
				aria-label={t('offline.named', { title })}
				data-kept={progress ? 'keeping' : state.complete ? 'kept' : 'none'}
				onClick={progress ? cancel : state.complete ? forget : keep}
			>
				<i aria-hidden="true" />
				{t('offline.label')}
			</button>
			{progress && (
				<span ref={back} className="keeping">
					<progress aria-label={t('offline.named', { title })} value={progress.bytes} max={progress.total || bytes} />
					<span className="mute sm nw">
						{t('offline.progress', { done: formatBytes(progress.bytes), total: formatBytes(progress.total || bytes) })}
					</span>
					<button type="button" className="btn qt s" onClick={cancel}>
						{t('offline.cancel')}
					</button>
				</span>
			)}
			<span className="keeping" role="status">
				{!progress && failure && <span className="attn sm">{t(`offline.${failure}`)}</span>}
				{!progress && !failure && !state.complete && state.keptBytes > 0 && (
					<span className="mute sm">
						{t('offline.part', { done: formatBytes(state.keptBytes), total: formatBytes(total) })}
					</span>
				)}
			</span>
			{!progress && !state.complete && state.keptBytes > 0 && (
				<span ref={back} className="keeping">
					<button
						type="button"
						className="btn qt s"
						aria-label={t('offline.removeNamed', { title })}
						data-remove-part
						onClick={forget}
					>
						{t('offline.remove')}
					</button>
				</span>
			)}
		</>
	);
}
