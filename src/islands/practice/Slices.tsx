import {
	type CSSProperties,
	type KeyboardEvent,
	memo,
	type PointerEvent,
	type ReactNode,
	useEffect,
	useRef,
} from 'react';
import { useRead, useRoom } from './context.ts';

/** One slice of the strip. */
interface Slot {
	/** What a screen reader says of it. */
	readonly label: string;
	readonly className?: string;
	readonly marks: ReactNode;
}

/**
 * The slices of the panel in front as buttons, from feet to head. One of them is in the tab order, the current one;
 * arrows, Home and End move on from there. A finger that slides along it goes through the slices.
 */
export function Slices({ slot, stamp }: Pick<SliceButtonProps, 'slot'> & { stamp: (slice: number) => string }) {
	const { session } = useRoom();
	const { front, current, slices } = useRead(({ state: { front }, viewer }) => {
		const panel = front && viewer.panel(front);
		return { front, current: panel?.slice ?? 0, slices: panel?.view?.dims[2] };
	});
	const strip = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const button = strip.current?.children[current];
		if (strip.current?.contains(document.activeElement) && button instanceof HTMLElement) button.focus();
	}, [current]);
	if (!front || !slices) return null;
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
	const slide = ({ pointerType, clientX, currentTarget }: PointerEvent) => {
		if (pointerType !== 'touch') return;
		const { left, width } = currentTarget.getBoundingClientRect();
		const to = Math.min(slices - 1, Math.max(0, Math.floor(((clientX - left) / width) * slices)));
		if (to !== current) session.viewer.goToSlice(front, to);
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside
		<div
			className={slices > 60 ? 'sls dense' : 'sls'}
			style={{ '--slices': slices } as CSSProperties}
			ref={strip}
			onKeyDown={move}
			onPointerMove={slide}
		>
			{Array.from({ length: slices }, (_, slice) => (
				<SliceButton
					// biome-ignore lint/suspicious/noArrayIndexKey: a slice is its number
					key={slice}
					slice={slice}
					stamp={stamp(slice)}
					slot={slot}
					isCurrent={slice === current}
					isLabelled={isLabelled(slice + 1, current + 1, slices)}
				/>
			))}
		</div>
	);
}

interface SliceButtonProps {
	readonly slice: number;
	/** Differs where the slot does. */
	readonly stamp: string;
	readonly slot: (slice: number) => Slot;
	readonly isCurrent: boolean;
	readonly isLabelled: boolean;
}

/**
 * Made anew only where something about its slice changed: a head has hundreds, and every stroke touches one. Another
 * panel may have come to the front meanwhile.
 */
const SliceButton = memo(
	function SliceButton({ slice, slot, isCurrent, isLabelled }: SliceButtonProps) {
		const { session } = useRoom();
		const { label, className = '', marks } = slot(slice);
		return (
			<button
				type="button"
				className={`sl ${className}${isCurrent ? ' cur' : ''}`}
				tabIndex={isCurrent ? 0 : -1}
				aria-current={isCurrent ? 'true' : undefined}
				aria-label={label}
				onClick={() => {
					const { front } = session.state;
					if (front) session.viewer.goToSlice(front, slice);
				}}
			>
				{marks}
				<span className="t">{isLabelled ? slice + 1 : ''}</span>
			</button>
		);
	},
	(a, b) => a.stamp === b.stamp && a.isCurrent === b.isCurrent && a.isLabelled === b.isLabelled,
);

/** Numbers under the strip: the current one, every fifth, and fewer where there are many slices or the current is near. */
function isLabelled(slice: number, current: number, slices: number): boolean {
	const every = slices <= 40 ? 5 : slices <= 100 ? 10 : 20;
	if (slice === current) return true;
	return (slice === 1 || slice % every === 0) && Math.abs(slice - current) >= every / 5;
}
