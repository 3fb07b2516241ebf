import type { Sequence } from '../../protocol/protocol.ts';
import { useRoom } from './context.ts';
import { Icon } from './Icon.tsx';

/** A slice up or down, for fingers: the slices of the strip are narrower than one. */
export function SliceTurn({ name }: { name: Sequence }) {
	const { session, t } = useRoom();
	const panel = session.viewer.panel(name);
	if (!panel?.view) return null;
	const { slice, view } = panel;
	const button = (step: 1 | -1, label: string) => (
		<button
			type="button"
			className="ib"
			aria-label={label}
			title={label}
			disabled={slice + step < 0 || slice + step >= view.dims[2]}
			onClick={() => session.viewer.goToSlice(name, slice + step)}
		>
			<Icon name={step > 0 ? 'up' : 'down'} />
		</button>
	);
	return (
		<div className="turn for-fingers">
			{button(1, t('strip.up'))}
			{button(-1, t('strip.down'))}
		</div>
	);
}
