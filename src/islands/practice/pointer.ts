import { formatQuantity } from '../../i18n/format.ts';
import type { SlicePoint } from '../../mask/brush.ts';
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
	switch (tool) {
		case 'brush':
		case 'eraser':
			return strokeDrag(session, name, panel, event, tool === 'eraser');
		case 'lasso':
			return lineDrag(session, name, panel, event, (points) =>
				session.drawing.lasso(name, points, session.state.lassoErases !== event.altKey),
			);
		case 'threshold':
			return lineDrag(session, name, panel, event, (points) => session.drawing.proposals.thresholdIn(name, points));
		case 'fill':
			if (!session.drawing.canDrawOn(name)) break;
			session.drawing.fill(name, pointUnder(panel, event));
			return { move: () => undefined };
		case 'grow':
			return growDrag(session, name, panel, event);
		case 'ruler':
			return rulerDrag(session, panel, event);
	}
	session.bringForward(name);
	return crosshairDrag(session, panel, event);
}

/** Voxel position under a pointer. */
function pointUnder(panel: Panel, event: PointerEvent): SlicePoint {
	const [x, y] = panel.voxelUnder(event) ?? [0, 0];
	return { x, y };
}

/** All positions of a move, also those that came between two frames. */
function pointsOf(panel: Panel, moved: PointerEvent): SlicePoint[] {
	const coalesced = moved.getCoalescedEvents?.() ?? [];
	return (coalesced.length > 0 ? coalesced : [moved]).map((at) => pointUnder(panel, at));
}

/** Draws a closed line and hands it over where it ends. */
function lineDrag(
	session: PracticeSession,
	name: Sequence,
	panel: Panel,
	event: PointerEvent,
	done: (points: readonly SlicePoint[]) => void,
): Drag {
	if (!session.drawing.canDrawOn(name)) {
		session.bringForward(name);
		return crosshairDrag(session, panel, event);
	}
	const points = [pointUnder(panel, event)];
	const { slice } = panel;
	return {
		move: (moved) => {
			points.push(...pointsOf(panel, moved));
			panel.setSketch({ slice, points, closed: true });
		},
		end: () => {
			panel.setSketch(undefined);
			if (panel.slice === slice) done(points);
		},
	};
}

/** Grows from where the pointer went down; up takes more of the range of intensities, down takes less. */
function growDrag(session: PracticeSession, name: Sequence, panel: Panel, event: PointerEvent): Drag {
	const { proposals } = session.drawing;
	const { tolerance } = session.state;
	if (!proposals.growFrom(name, pointUnder(panel, event))) {
		session.bringForward(name);
		return crosshairDrag(session, panel, event);
	}
	return { move: (moved) => proposals.setTolerance(tolerance + (event.clientY - moved.clientY) / 600) };
}

function rulerDrag(session: PracticeSession, panel: Panel, event: PointerEvent): Drag {
	const from = pointUnder(panel, event);
	const { slice, view } = panel;
	for (const other of session.viewer.panels.values()) other.setSketch(undefined);
	return {
		move: (moved) => {
			if (!view) return;
			const to = pointUnder(panel, moved);
			const mm = Math.hypot((to.x - from.x) * view.spacingMm[0], (to.y - from.y) * view.spacingMm[1]);
			panel.setSketch({ slice, points: [from, to], closed: false, label: formatQuantity(mm, 'mm') });
		},
	};
}

function strokeDrag(
	session: PracticeSession,
	name: Sequence,
	panel: Panel,
	event: PointerEvent,
	erases: boolean,
): Drag | undefined {
	if (!session.drawing.start(name, pointUnder(panel, event), erases)) {
		session.bringForward(name);
		return crosshairDrag(session, panel, event);
	}
	return {
		move: (moved) => session.drawing.extend(pointsOf(panel, moved)),
		end: () => session.drawing.end(),
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
