import { useRead, useRoom } from '../context.ts';
import { isConfirmed, namesOf } from './versions.ts';

/** The next thing to do: keep a version of what is drawn, or go over it and confirm it. */
export function ReferenceAction() {
	const { session, t } = useRoom();
	const { current, canConfirm, canKeep, count, checking, busy } = useRead(({ state, work, authoring }) => ({
		current: authoring.current,
		canConfirm: authoring.canConfirm,
		canKeep: authoring.canKeep,
		count: work?.versions.list.length ?? 0,
		checking: state.checking,
		busy: state.authoring,
	}));
	if (canConfirm && current)
		return (
			<button
				type="button"
				className="btn pri"
				disabled={checking}
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
	return (
		<button
			type="button"
			className="btn pri"
			disabled={!canKeep || busy}
			title={canKeep ? undefined : t('reference.nothing')}
			onClick={() => void session.authoring.keep()}
		>
			{busy ? t('reference.keeping') : t('reference.keep', { number: count + 1 })}
		</button>
	);
}
