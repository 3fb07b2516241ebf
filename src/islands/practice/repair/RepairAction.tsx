import { formatPercent } from '../../../i18n/format.ts';
import { useRead, useRoom } from '../context.ts';

/** The one action of a repair: to check it, or to go on after that. */
export function RepairAction() {
	const { session, t } = useRoom();
	const { named, reporting, scoring, scored, elsewhere } = useRead(({ state, work }) => ({
		named: work?.named !== undefined,
		reporting: state.report !== undefined,
		scoring: state.scoring,
		scored: state.scored,
		elsewhere: state.elsewhere,
	}));
	if (reporting)
		return (
			<button type="button" className="btn" onClick={() => session.scoring.editAgain()}>
				{t('repair.edit')}
			</button>
		);
	return (
		<button
			type="button"
			className="btn pri"
			disabled={!named || elsewhere}
			title={named ? undefined : t('repair.nameFirst')}
			onClick={() => (scoring ? session.scoring.cancel() : void session.repair.check())}
		>
			{scoring ? `${t('score.running', { share: formatPercent(scored) })} · ${t('score.cancel')}` : t('repair.check')}
		</button>
	);
}
