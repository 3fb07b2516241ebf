import { formatQuantity } from '../../i18n/format.ts';
import type { SlicePoint } from '../../mask/brush.ts';
import type { Sequence } from '../../protocol/protocol.ts';
import type { Panel } from '../../viewer/panel.ts';
import type { Camera } from '../../viewer/slicePlacement.ts';
import type { PracticeSession } from './session.ts';
import type { Tool } from './state.ts';

/** A drag under way. */
interface Drag {
	move(event: PointerEvent): void;
	end?(): void;
	/** Takes back what was done so far: it was no drag, but the first of two fingers. */
	abandon?(): void;
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
	/** The finger, pen or mouse that drags. */
	let dragger = 0;
	/** Where the fingers are, in the order they came. */
	const fingers = new Map<number, Place>();
	let travel = 0;

	const drawsHere = (tool: Tool) => tool === 'brush' || tool === 'eraser';

	function showCursor(event: PointerEvent): void {
		const { tool, diameterMm } = session.state;
		panel.setBrushCursor(drawsHere(tool) && session.canDraw ? event : undefined, diameterMm);
	}

	surface.addEventListener(
		'pointerdown',
		(event) => {
			if (!panel.view) return;
			if (event.pointerType === 'touch') {
				// A hand that rests on the glass while the pen draws.
				if (drag && !fingers.has(dragger)) return;
				fingers.set(event.pointerId, placeOf(event));
				if (fingers.size === 2) {
					drag?.abandon?.();
					drag = pinchDrag(session, name, panel, fingers);
					surface.setPointerCapture(event.pointerId);
					return event.preventDefault();
				}
			} else if (event.pointerType === 'pen' && fingers.has(dragger)) {
				drag?.abandon?.();
				drag = undefined;
				fingers.clear();
			}
			if (drag) return;
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
			const isFinger = fingers.has(event.pointerId);
			if (isFinger) fingers.set(event.pointerId, placeOf(event));
			if (drag && event.pointerId !== dragger && !isFinger) return;
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
		// The first of two fingers to leave ends the pinch; the other one draws nothing before it is set down anew.
		const wasFinger = fingers.delete(event.pointerId);
		if (event.pointerId === dragger || wasFinger) end();
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
				return session.images.zoomTo(name, panel.camera.zoom * factor, panel.voxelUnder(event));
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
		fingers.clear();
		binding.abort();
		end();
	};
}

/** Middle button pans, right button windows, Shift moves the crosshair, anything else is the chosen tool. */
function startDrag(session: PracticeSession, name: Sequence, panel: Panel, event: PointerEvent): Drag | undefined {
	const { tool } = session.state;
	if (isEraserEnd(event))
		return tool === 'lasso'
			? lassoDrag(session, name, panel, event, true)
			: strokeDrag(session, name, panel, event, true);
	if (event.button === 1 || tool === 'pan') return panDrag(panel, event);
	if (event.button === 2 || tool === 'window') return windowDrag(session, name, event);
	if (event.shiftKey || tool === 'crosshair') return crosshairDrag(session, panel, event);
	switch (tool) {
		case 'brush':
		case 'eraser':
			return strokeDrag(session, name, panel, event, tool === 'eraser');
		case 'lasso':
			return lassoDrag(session, name, panel, event, session.state.lassoErases !== event.altKey);
		case 'threshold':
			return lineDrag(session, name, panel, event, (points) => session.drawing.proposals.thresholdIn(name, points));
		case 'fill':
			if (!session.drawing.canDrawOn(name)) break;
			// Where the pointer goes up: what goes down may be the first of two fingers.
			return { move: () => undefined, end: () => session.drawing.fill(name, pointUnder(panel, event)) };
		case 'grow':
			return growDrag(session, name, panel, event);
		case 'ruler':
			return rulerDrag(session, panel, event);
	}
	session.bringForward(name);
	return crosshairDrag(session, panel, event);
}

/** The other end of a pen. */
function isEraserEnd({ pointerType, button, buttons }: PointerEvent): boolean {
	return pointerType === 'pen' && (button === 5 || (buttons & 32) !== 0);
}

/** A place on the page. */
type Place = Pick<PointerEvent, 'clientX' | 'clientY'>;

/** An event's place, without the event. */
function placeOf({ clientX, clientY }: PointerEvent): Place {
	return { clientX, clientY };
}

/** The middle between the first two fingers, and how far they are apart in pixels. */
function spanOf(fingers: ReadonlyMap<number, Place>): { middle: Place; apart: number } | undefined {
	const [first, second] = fingers.values();
	if (!first || !second) return undefined;
	return {
		middle: { clientX: (first.clientX + second.clientX) / 2, clientY: (first.clientY + second.clientY) / 2 },
		apart: Math.hypot(first.clientX - second.clientX, first.clientY - second.clientY),
	};
}

/** Two fingers: what lies under their middle stays there, as large as they are apart. */
function pinchDrag(session: PracticeSession, name: Sequence, panel: Panel, fingers: ReadonlyMap<number, Place>): Drag {
	let before = spanOf(fingers);
	return {
		move: () => {
			const now = spanOf(fingers);
			if (!before || !now) return;
			if (before.apart > 0) {
				const zoom = panel.camera.zoom * (now.apart / before.apart);
				session.images.zoomTo(name, zoom, panel.voxelUnder(before.middle));
			}
			shift(panel, panel.camera, before.middle, now.middle);
			before = now;
		},
	};
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
		abandon: () => panel.setSketch(undefined),
	};
}

function lassoDrag(session: PracticeSession, name: Sequence, panel: Panel, event: PointerEvent, erases: boolean): Drag {
	return lineDrag(session, name, panel, event, (points) => session.drawing.lasso(name, points, erases));
}

/** Grows from where the pointer went down; up takes more of the range of intensities, down takes less. */
function growDrag(session: PracticeSession, name: Sequence, panel: Panel, event: PointerEvent): Drag {
	const { proposals } = session.drawing;
	const { tolerance } = session.state;
	if (!proposals.growFrom(name, pointUnder(panel, event))) {
		session.bringForward(name);
		return crosshairDrag(session, panel, event);
	}
	return {
		move: (moved) => proposals.setTolerance(tolerance + (event.clientY - moved.clientY) / 600),
		abandon: () => void proposals.cancel(),
	};
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
		abandon: () => panel.setSketch(undefined),
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
		abandon: () => session.drawing.abandon(),
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
	return { move: (moved) => shift(panel, start, event, moved) };
}

/** Moves the image from where a camera had it, as far as from one place to another. */
function shift(panel: Panel, { zoom, centreMm }: Camera, from: Place, to: Place): void {
	const pxPerMm = panel.placement()?.pxPerMm ?? 1;
	panel.setCamera({
		zoom,
		centreMm: [
			centreMm[0] + (to.clientX - from.clientX) / pxPerMm,
			centreMm[1] + (to.clientY - from.clientY) / pxPerMm,
		],
	});
}

function windowDrag(session: PracticeSession, name: Sequence, event: PointerEvent): Drag | undefined {
	const start = session.windows.get(session.sequenceOf(name));
	if (!start) return undefined;
	const width = start.high - start.low;
	return {
		move: (moved) => {
			const wider = width * Math.exp((moved.clientX - event.clientX) / 200);
			const level = (start.low + start.high) / 2 + ((moved.clientY - event.clientY) / 300) * width;
			session.images.setWindow(name, { low: level - wider / 2, high: level + wider / 2 });
		},
	};
}
