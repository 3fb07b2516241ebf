import { ijkToXyz, invertAffine } from '../../grid/grid.ts';
import type { RasView } from '../../grid/rasView.ts';
import type { Frame } from '../../mask/lesionFrame.ts';
import { type Camera, cameraOn } from '../../viewer/slicePlacement.ts';

/** The camera that shows a frame of the head in a panel of the given CSS size: on every grid in the same scale. */
export function closeCamera(
	view: RasView,
	{ middle, acrossMm, alongMm }: Frame,
	width: number,
	height: number,
): Camera {
	const [x, y] = ijkToXyz({ dims: view.dims, affine: invertAffine(view.affine) }, middle);
	const [reachX, reachY] = [acrossMm / 2 / view.spacingMm[0], alongMm / 2 / view.spacingMm[1]];
	return cameraOn(view, { x: [x - reachX, x + reachX], y: [y - reachY, y + reachY] }, width, height);
}
