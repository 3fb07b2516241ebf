import { useRoom } from './context.ts';
import { Dialog } from './Dialog.tsx';
import { Icon } from './Icon.tsx';

/** All keys and what the mouse does. */
export function HelpDialog() {
	const { session, t } = useRoom();
	const wheel = t('keys.wheel');
	const rows: readonly (readonly [readonly string[], string])[] = [
		[['↑', '↓', 'PgUp', 'PgDn', wheel], t('keys.slice')],
		[['B'], t('keys.brush')],
		[['E'], t('keys.eraser')],
		[['P'], t('keys.lasso')],
		[['F'], t('keys.fill')],
		[['G'], t('keys.grow')],
		[['T'], t('keys.threshold')],
		[['Enter', 'Esc'], t('keys.take')],
		[['I'], t('keys.slices')],
		[['O'], t('keys.shape')],
		[['R'], t('keys.ruler')],
		[['[', ']', '−', '+', `Shift ${wheel}`], t('keys.size')],
		[['Ctrl Z', 'Ctrl Y', 'Ctrl Shift Z'], t('keys.undo')],
		[['1', '2', '3', '4'], t('keys.number')],
		[['Q', 'W'], t('keys.region')],
		[['S'], t('keys.hide')],
		[['A', 'D'], t('keys.opacity')],
		[[`Shift ${t('keys.drag')}`, 'C'], t('keys.crosshairMove')],
		[['X'], t('keys.crosshair')],
		[[t('keys.rightDrag'), 'L'], t('keys.window')],
		[[t('keys.middleDrag'), 'H'], t('keys.pan')],
		[[`Ctrl ${wheel}`], t('keys.zoom')],
		[['Enter'], t('keys.forward')],
		[['M'], t('keys.maximise')],
		[['N'], t('keys.next')],
		[['F'], t('keys.compare')],
		[['?'], t('keys.help')],
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
			<dl className="keylist">
				{rows.map(([keys, what]) => (
					<div key={what}>
						<dt>
							{keys.map((key) => (
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
