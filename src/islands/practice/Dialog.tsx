import { type ReactNode, useLayoutEffect, useRef } from 'react';

interface Props {
	readonly title: string;
	readonly onClose: () => void;
	/** Something would be lost: only Escape and the dialogue's own buttons close it. */
	readonly holds?: boolean;
	readonly children: ReactNode;
}

/** A modal dialogue: keeps the focus, closes on Escape and, unless it holds something, on a click beside it. */
export function Dialog({ title, onClose, holds = false, children }: Props) {
	const dialog = useRef<HTMLDialogElement>(null);
	const pressedBeside = useRef(false);
	// A layout effect: it ends while the dialogue is still in the page, and only then does closing give the focus back.
	useLayoutEffect(() => {
		const element = dialog.current;
		element?.showModal();
		return () => element?.close();
	}, []);
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: Escape is handled by the dialogue itself
		<dialog
			ref={dialog}
			className="dlg"
			aria-label={title}
			onCancel={(event) => {
				// A file picker inside that is cancelled says so up to here.
				if (event.target !== dialog.current) return;
				event.preventDefault();
				onClose();
			}}
			onPointerDown={(event) => {
				pressedBeside.current = event.target === dialog.current;
			}}
			onClick={(event) => {
				// Text that is marked with the mouse may end beside the dialogue: it has to begin there, too.
				if (event.target === dialog.current && pressedBeside.current && !holds) onClose();
			}}
		>
			{children}
		</dialog>
	);
}
