import { type ReactNode, useLayoutEffect, useRef } from 'react';

/** A modal dialogue: keeps the focus, closes on Escape and on a click beside it. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
	const dialog = useRef<HTMLDialogElement>(null);
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
				event.preventDefault();
				onClose();
			}}
			onClick={(event) => {
				if (event.target === dialog.current) onClose();
			}}
		>
			{children}
		</dialog>
	);
}
