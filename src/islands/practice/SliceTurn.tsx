import { useRead, useRoom } from './context.ts';
import { Icon } from './Icon.tsx';

/** A slice up or down, for fingers: the slices of the strip are narrower than one. */
export function SliceTurn() {
	const { session, t } = useRoom();
	const { front, slice, slices } = useRead(({ state: { front }, viewer }) => {
		const panel = front && viewer.panel(front);
		return { front, slice: panel?.slice ?? 0, slices: panel?.view?.dims[2] };
	});
	if (!front || slices === undefined) return null;
	const button = (step: 1 | -1, label: string) => (
		<button
			type="button"
			className="ib"
			aria-label={label}
			title={label}
			disabled={slice + step < 0 || slice + step >= slices}
			onClick={() => session.viewer.goToSlice(front, slice + step)}
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
