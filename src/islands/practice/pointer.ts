import type { Sequence } from '../../protocol/protocol.ts';
import type { Panel } from '../../viewer/panel.ts';
import type { PracticeSession } from './session.ts';
import type { Tool } from './state.ts';

/** A drag under way. */
interface Drag {
	move(event: PointerEvent): void;
	end?(): void;
}

/** Wheel travel of one slice, in pixels, for devices that scroll smoothly; a notch is one slice in any case. */
const SLICE_PX = 40;

/** Binds mouse, pen, touch and wheel of one panel to the session. `readout` is told the value under the pointer. Returns what unbinds. */
export function bindPointer(
	session: PracticeSession,
	name: Sequence,
	panel: Panel,
	readout: (value: number | undefined) => void,
): () => void {
	const { surface } = panel;
	const binding = new AbortController();
	const { signal } = binding;
	let drag: Drag | undefined;
	/** The finger, pen or mouse that drags: a second finger is not heard. */
	let dragger = 0;
	let travel = 0;

	const drawsHere = (tool: Tool) => tool === 'brush' || tool === 'eraser';

	function showCursor(event: PointerEvent): void {
		const { tool, diameterMm } = session.state;
		panel.setBrushCursor(drawsHere(tool) && session.canDraw ? event : undefined, diameterMm);
	}

	surface.addEventListener(
		'pointerdown',
		(event) => {
			if (drag || !panel.view) return;
			surface.parentElement?.focus({ preventScroll: true });
			drag = startDrag(session, name, panel, event);
			if (!drag) return;
			dragger = event.pointerId;
			surface.setPointerCapture(dragger);
			event.preventDefault();
		},
		{ signal },
	);
	surface.addEventListener(
		'pointermove',
		(event) => {
			if (drag && event.pointerId !== dragger) return;
			if (drag) drag.move(event);
			else if (event.shiftKey) lookAtPointer(session, panel, event);
			// The value is not told during a drag: a text that changes makes the browser lay the page out anew.
			const at = drag ? undefined : panel.voxelUnder(event);
			showCursor(event);
			if (!drag) readout(at && panel.valueAt(...at));
		},
		{ signal },
	);
	const end = () => {
		const ending = drag;
		drag = undefined;
		ending?.end?.();
	};
	const finish = (event: PointerEvent) => {
		if (event.pointerId === dragger) end();
	};
	surface.addEventListener('pointerup', finish, { signal });
	surface.addEventListener('pointercancel', finish, { signal });
	surface.addEventListener('lostpointercapture', finish, { signal });
	surface.addEventListener(
		'pointerleave',
		() => {
			panel.setBrushCursor(undefined);
			readout(undefined);
		},
		{ signal },
	);
	surface.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
	surface.addEventListener(
		'wheel',
		(event) => {
			event.preventDefault();
			// A stroke is on its slice, where the reader sees it.
			if (drag) return;
			if (event.ctrlKey || event.metaKey) {
				const factor = event.deltaY < 0 ? 1.15 : 1 / 1.15;
				return session.zoomTo(name, panel.camera.zoom * factor, panel.voxelUnder(event));
			}
			// Shift turns the wheel sideways in some browsers.
			const delta = event.deltaY || event.deltaX;
			if (event.shiftKey) return session.setDiameter(session.state.diameterMm + (delta < 0 ? 1 : -1));
			const notch = event.deltaMode !== WheelEvent.DOM_DELTA_PIXEL || Math.abs(delta) >= 50;
			travel = notch ? Math.sign(delta) * SLICE_PX : travel + delta;
			const slices = Math.trunc(travel / SLICE_PX);
			travel -= slices * SLICE_PX;
			if (slices !== 0) session.viewer.goToSlice(name, panel.slice - slices);
		},
		{ signal, passive: false },
	);
	return () => {
		binding.abort();
		end();
	};
}

/** Middle button pans, right button windows, Shift moves the crosshair, anything else is the chosen tool. */
function startDrag(session: PracticeSession, name: Sequence, panel: Panel, event: PointerEvent): Drag | undefined {
	const { tool } = session.state;
	if (event.button === 1 || tool === 'pan') return panDrag(panel, event);
	if (event.button === 2 || tool === 'window') return windowDrag(session, name, event);
	if (event.shiftKey || tool === 'crosshair') return crosshairDrag(session, panel, event);
	return strokeDrag(session, name, panel, event, tool === 'eraser');
}

function strokeDrag(
	session: PracticeSession,
	name: Sequence,
	panel: Panel,
	event: PointerEvent,
	erases: boolean,
): Drag | undefined {
	const point = (at: PointerEvent) => {
		const [x, y] = panel.voxelUnder(at) ?? [0, 0];
		return { x, y };
	};
	if (!session.startStroke(name, point(event), erases)) {
		session.bringForward(name);
		return crosshairDrag(session, panel, event);
	}
	return {
		move: (moved) => {
			const coalesced = moved.getCoalescedEvents?.() ?? [];
			session.extendStroke((coalesced.length > 0 ? coalesced : [moved]).map(point));
		},
		end: () => session.endStroke(),
	};
}

function crosshairDrag(session: PracticeSession, panel: Panel, event: PointerEvent): Drag {
	lookAtPointer(session, panel, event);
	return { move: (moved) => lookAtPointer(session, panel, moved), end: () => undefined };
}

function lookAtPointer(session: PracticeSession, panel: Panel, event: PointerEvent): void {
	const at = panel.voxelUnder(event);
	if (at) session.viewer.lookAt(panel.positionAt(...at));
}

function panDrag(panel: Panel, event: PointerEvent): Drag {
	const start = panel.camera;
	return {
		move: (moved) => {
			const pxPerMm = panel.placement()?.pxPerMm ?? 1;
			panel.setCamera({
				zoom: start.zoom,
				centreMm: [
					start.centreMm[0] + (moved.clientX - event.clientX) / pxPerMm,
					start.centreMm[1] + (moved.clientY - event.clientY) / pxPerMm,
				],
			});
		},
	};
}

function windowDrag(session: PracticeSession, name: Sequence, event: PointerEvent): Drag | undefined {
	const start = session.windows.get(session.sequenceOf(name));
	if (!start) return undefined;
	const width = start.high - start.low;
	return {
		move: (moved) => {
			const wider = width * Math.exp((moved.clientX - event.clientX) / 200);
			const level = (start.low + start.high) / 2 + ((moved.clientY - event.clientY) / 300) * width;
			session.setWindow(name, { low: level - wider / 2, high: level + wider / 2 });
		},
	};
}
