import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useRoom } from './context.ts';

/** One slice of the strip. */
interface Slot {
	/** What a screen reader says of it. */
	readonly label: string;
	readonly className?: string;
	readonly marks: ReactNode;
}

/**
 * The slices of the panel in front as buttons, from feet to head. One of them is in the tab order, the current one;
 * arrows, Home and End move on from there.
 */
export function Slices({ slot }: { slot: (slice: number) => Slot }) {
	const { session, state } = useRoom();
	const { front } = state;
	const panel = front && session.viewer.panel(front);
	const current = panel ? panel.slice : 0;
	const strip = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const button = strip.current?.children[current];
		if (strip.current?.contains(document.activeElement) && button instanceof HTMLElement) button.focus();
	}, [current]);
	if (!front || !panel?.view) return null;
	const slices = panel.view.dims[2];
	const targets: Readonly<Record<string, number>> = {
		ArrowRight: current + 1,
		ArrowLeft: current - 1,
		Home: 0,
		End: slices - 1,
	};
	const move = (event: KeyboardEvent) => {
		const to = targets[event.key];
		if (to === undefined) return;
		event.preventDefault();
		session.viewer.goToSlice(front, to);
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside
		<div
			className={slices > 60 ? 'sls dense' : 'sls'}
			style={{ '--slices': slices } as CSSProperties}
			ref={strip}
			onKeyDown={move}
		>
			{Array.from({ length: slices }, (_, slice) => {
				const { label, className = '', marks } = slot(slice);
				const isCurrent = slice === current;
				return (
					<button
						// biome-ignore lint/suspicious/noArrayIndexKey: a slice is its number
						key={slice}
						type="button"
						className={`sl ${className}${isCurrent ? ' cur' : ''}`}
						tabIndex={isCurrent ? 0 : -1}
						aria-current={isCurrent ? 'true' : undefined}
						aria-label={label}
						onClick={() => session.viewer.goToSlice(front, slice)}
					>
						{marks}
						<span className="t">{isLabelled(slice + 1, current + 1, slices) ? slice + 1 : ''}</span>
					</button>
				);
			})}
		</div>
	);
}

/** Numbers under the strip: the current one, every fifth, and fewer where there are many slices or the current is near. */
function isLabelled(slice: number, current: number, slices: number): boolean {
	const every = slices <= 40 ? 5 : slices <= 100 ? 10 : 20;
	if (slice === current) return true;
	return (slice === 1 || slice % every === 0) && Math.abs(slice - current) >= every / 5;
}
