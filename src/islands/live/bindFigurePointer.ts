import type { Panel } from '../../viewer/panel.ts';
import type { FigureSession } from './figureSession.ts';

/** Wheel travel of one slice, in pixels, for devices that scroll smoothly; a notch is one slice in any case. */
const SLICE_PX = 40;

/**
 * Binds mouse, finger and wheel of a panel: a click or a drag looks somewhere in all panels, the wheel turns slices. The wheel
 * is the page's until the reader has the figure in use, so that nobody who scrolls past gets stuck. Returns what unbinds.
 */
export function bindFigurePointer(session: FigureSession, index: number, panel: Panel): () => void {
	const { surface } = panel;
	const binding = new AbortController();
	const { signal } = binding;
	let dragging = false;
	let travel = 0;
	const look = (event: PointerEvent) => {
		const at = panel.voxelUnder(event);
		if (at) session.lookAt(panel.positionAt(...at));
	};
	surface.addEventListener(
		'pointerdown',
		(event) => {
			if (event.button !== 0 || !panel.view) return;
			surface.parentElement?.focus({ preventScroll: true });
			look(event);
			// A finger that moves scrolls the page.
			if (event.pointerType === 'touch') return;
			dragging = true;
			surface.setPointerCapture(event.pointerId);
			event.preventDefault();
		},
		{ signal },
	);
	surface.addEventListener('pointermove', (event) => dragging && look(event), { signal });
	for (const type of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
		surface.addEventListener(
			type,
			() => {
				dragging = false;
			},
			{ signal },
		);
	surface.addEventListener(
		'wheel',
		(event) => {
			const inUse = surface.closest('[data-live]')?.contains(document.activeElement);
			if (!inUse || event.ctrlKey || event.metaKey) return;
			event.preventDefault();
			const notch = event.deltaMode !== WheelEvent.DOM_DELTA_PIXEL || Math.abs(event.deltaY) >= 50;
			travel = notch ? Math.sign(event.deltaY) * SLICE_PX : travel + event.deltaY;
			const turned = Math.trunc(travel / SLICE_PX);
			travel -= turned * SLICE_PX;
			if (turned !== 0) session.goToSlice(index, panel.slice - turned);
		},
		{ signal, passive: false },
	);
	return () => binding.abort();
}
