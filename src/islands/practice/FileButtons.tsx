import { useRead, useRoom } from './context.ts';
import { Icon } from './Icon.tsx';

/** The ways in and out of the room for files: masks from another tool, and what is drawn here. */
export function FileButtons() {
	const { session, t } = useRoom();
	const { reporting, canDraw, ready } = useRead(({ state, canDraw, work }) => ({
		reporting: state.report !== undefined,
		canDraw,
		ready: work !== undefined,
	}));
	return (
		<p className="filebtns">
			{!reporting && (
				<button type="button" className="btn s" disabled={!canDraw} onClick={() => session.showDialog('import')}>
					<Icon name="folder" small />
					{t('import.open')}
				</button>
			)}
			<button type="button" className="btn s" disabled={!ready} onClick={() => session.showDialog('export')}>
				<Icon name="dl" small />
				{t('export.open')}
			</button>
		</p>
	);
}
