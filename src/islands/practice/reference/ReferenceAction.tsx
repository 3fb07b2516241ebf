import { useRoom } from '../context.ts';
import { isConfirmed, namesOf } from './versions.ts';

/** The next thing to do: keep a version of what is drawn, or go over it and confirm it. */
export function ReferenceAction() {
	const { session, state, t } = useRoom();
	const { authoring } = session;
	const { current } = authoring;
	if (authoring.canConfirm && current)
		return (
			<button
				type="button"
				className="btn pri"
				disabled={state.checking}
				onClick={() => session.protocol.showSelfCheck(true)}
			>
				{t('reference.check', { number: current.number })}
			</button>
		);
	if (current)
		return (
			<span className="mute sm">
				{isConfirmed(current)
					? t('reference.confirmedBy', { experts: namesOf(current) })
					: t('reference.waits', { number: current.number })}
			</span>
		);
	const number = authoring.versions.length + 1;
	return (
		<button
			type="button"
			className="btn pri"
			disabled={!authoring.canKeep || state.authoring}
			title={authoring.canKeep ? undefined : t('reference.nothing')}
			onClick={() => void authoring.keep()}
		>
			{state.authoring ? t('reference.keeping') : t('reference.keep', { number })}
		</button>
	);
}
