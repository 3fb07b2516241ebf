import { useRead, useRoom } from '../context.ts';
import type { RegionCheck } from '../protocol/selfCheck.ts';

/** Confirms the version that is drawn: once every slice of it was looked at by who confirms, and they say that this is it. */
export function ConfirmVersion({ checks, ticked }: { checks: readonly RegionCheck[]; ticked: boolean }) {
	const { session, t } = useRoom();
	const { current, expert, canConfirm } = useRead(({ state, authoring }) => ({
		current: authoring.current,
		expert: state.expert,
		canConfirm: authoring.canConfirm,
	}));
	if (!current || expert === undefined) return null;
	const unseen = checks.reduce(
		(sum, { slices }) => sum + slices.filter(({ drawn, looked }) => drawn && !looked).length,
		0,
	);
	return (
		<>
			<button
				type="button"
				className="btn pri"
				disabled={!ticked || unseen > 0 || !canConfirm}
				onClick={() => session.authoring.confirm()}
			>
				{t('reference.confirm', { number: current.number, expert })}
			</button>
			{unseen > 0 && <span className="attn">{t('reference.confirmOpen', { count: unseen })}</span>}
		</>
	);
}
