import { useRoom } from './context.ts';
import { Icon } from './Icon.tsx';

/** The ways in and out of the room for files: masks from another tool, and what is drawn here. */
export function FileButtons() {
	const { session, state, t } = useRoom();
	return (
		<p className="filebtns">
			{!state.report && (
				<button
					type="button"
					className="btn s"
					disabled={!session.canDraw}
					onClick={() => session.showDialog('import')}
				>
					<Icon name="folder" small />
					{t('import.open')}
				</button>
			)}
			<button type="button" className="btn s" disabled={!session.work} onClick={() => session.showDialog('export')}>
				<Icon name="dl" small />
				{t('export.open')}
			</button>
		</p>
	);
}
