import { KEY_PROFILES, type KeyProfile } from '../../schemas/preferences.ts';
import { useRead, useRoom } from './context.ts';
import { Dialog } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import { type Action, keysOf, writtenKey } from './keys/profiles.ts';
import { Choice } from './ToolOptions.tsx';

/** All keys of the chosen profile, and what the mouse and the fingers do. */
export function HelpDialog() {
	const { session, t } = useRoom();
	const { profile, regions } = useRead(({ state }) => ({ profile: state.keyProfile, regions: state.regions }));
	const wheel = t('keys.wheel');
	const numbers = (['region1', 'region2', 'region3', 'region4'] as const).slice(0, regions.length);
	const rows: readonly (readonly [readonly Action[], what: string, others?: readonly string[]])[] = [
		[['sliceUp', 'sliceDown'], t('keys.slice'), [wheel]],
		[['brush'], t('keys.brush'), [t('keys.pen')]],
		[['eraser'], t('keys.eraser'), [t('keys.penEnd')]],
		[['lasso'], t('keys.lasso')],
		[['fill'], t('keys.fill')],
		[['grow'], t('keys.grow')],
		[['threshold'], t('keys.threshold')],
		[['take', 'discard'], t('keys.take')],
		[['crosshairLeft', 'crosshairRight', 'crosshairUp', 'crosshairDown'], t('keys.crosshairStep')],
		[['use'], t('keys.use')],
		[['lesionBefore', 'lesionAfter'], t('keys.lesion')],
		[['slices'], t('keys.slices')],
		[['shape'], t('keys.shape')],
		[['ruler'], t('keys.ruler')],
		[['smaller', 'larger'], t('keys.size'), [`Shift ${wheel}`]],
		[['undo', 'redo'], t('keys.undo')],
		[numbers, t('keys.number')],
		[['regionBefore', 'regionAfter'], t('keys.region')],
		[['hide'], t('keys.hide')],
		[['fainter', 'stronger'], t('keys.opacity')],
		[['crosshair'], t('keys.crosshairMove'), [`Shift ${t('keys.drag')}`]],
		[['crosshairShown'], t('keys.crosshair')],
		[['window'], t('keys.window'), [t('keys.rightDrag')]],
		[['pan'], t('keys.pan'), [t('keys.middleDrag'), t('keys.twoFingers')]],
		[[], t('keys.zoom'), [`Ctrl ${wheel}`, t('keys.pinch')]],
		[[], t('keys.forward'), ['Enter']],
		[['maximise'], t('keys.maximise')],
		[['counterpart'], t('keys.counterpart')],
		[['composite'], t('keys.composite')],
		[['nextError'], t('keys.next')],
		[['compare'], t('keys.compare')],
		[['help'], t('keys.help')],
	];
	const close = () => session.showDialog(undefined);
	return (
		<Dialog title={t('keys.title')} onClose={close}>
			<header>
				<h2>{t('keys.title')}</h2>
				<button type="button" className="ib" aria-label={t('dialog.close')} title={t('dialog.close')} onClick={close}>
					<Icon name="x" />
				</button>
			</header>
			<div className="keyprofile">
				<span>{t('keys.profile')}</span>
				<Choice<KeyProfile>
					label={t('keys.profile')}
					value={profile}
					ways={KEY_PROFILES.map((each) => [each, t(`keys.profile.${each}`)] as const)}
					onChoose={(each) => session.setKeyProfile(each)}
				/>
			</div>
			<dl className="keylist">
				{rows.map(([actions, what, others = []]) => (
					<div key={what}>
						<dt>
							{[...actions.flatMap((action) => keysOf(profile, action).map(writtenKey)), ...others].map((key) => (
								<kbd className="kbd" key={key}>
									{key}
								</kbd>
							))}
						</dt>
						<dd>{what}</dd>
					</div>
				))}
			</dl>
		</Dialog>
	);
}
