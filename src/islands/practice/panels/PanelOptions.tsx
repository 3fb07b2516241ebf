import { useRead, useRoom } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { keysOf, writtenKey } from '../keys/profiles.ts';
import { Choice } from '../ToolOptions.tsx';
import { counterpartOf } from './arrangement.ts';

/** How the panels lie, and a button that shows the front one's counterpart as long as it is held. */
export function PanelOptions() {
	const { session, t } = useRoom();
	const { count, counterpart, held, keyProfile, layout } = useRead(({ state }) => ({
		count: state.panels.length,
		counterpart: counterpartOf(state),
		held: state.counterpart !== undefined,
		keyProfile: state.keyProfile,
		layout: state.layout,
	}));
	const { panels } = session;
	if (count < 2) return null;
	const name = counterpart && t('option.counterpart', { sequence: t(`sequence.${counterpart}`) });
	const label = name && t('tool.withKey', { name, key: writtenKey(keysOf(keyProfile, 'counterpart')[0] ?? '') });
	const isPress = (key: string) => key === ' ' || key === 'Enter';
	return (
		<span className="panelopts">
			<button
				type="button"
				className="ib s"
				data-counterpart={counterpart}
				disabled={!counterpart}
				aria-pressed={held}
				aria-label={label ?? t('option.noCounterpart')}
				title={label ?? t('option.noCounterpart')}
				onPointerDown={() => panels.showCounterpart()}
				onPointerUp={() => panels.hideCounterpart()}
				onPointerCancel={() => panels.hideCounterpart()}
				onPointerLeave={() => panels.hideCounterpart()}
				onKeyDown={({ key }) => isPress(key) && panels.showCounterpart()}
				onKeyUp={({ key }) => isPress(key) && panels.hideCounterpart()}
				onContextMenu={(event) => event.preventDefault()}
			>
				<Icon name="flip" small />
			</button>
			<Choice
				label={t('option.layout')}
				value={layout}
				ways={[
					['one', t('option.layoutOne')],
					...(count > 3 ? [['four', t('option.layoutFour')] as const] : []),
					['all', t('option.layoutAll', { count })],
				]}
				onChoose={(way) => panels.setLayout(way)}
			/>
		</span>
	);
}
