// @ts-check
// Runs in the page: four Niivue canvases with a series each; the first one has its pen out.
import { Niivue, NVImage, SHOW_RENDER, SLICE_TYPE } from '@niivue/niivue';
import { writeNifti } from '../../src/formats/niftiWrite.ts';
import { makeVolume } from './_volume.mjs';

/** @param {readonly [number, number, number]} dims @param {number} penSize */
export async function openPens(dims, penSize) {
	const instances = [];
	for (const [n, figure] of [...document.querySelectorAll('figure')].entries()) {
		const canvas = figure.appendChild(document.createElement('canvas'));
		const nv = new Niivue({
			sliceType: SLICE_TYPE.AXIAL,
			multiplanarShowRender: SHOW_RENDER.NEVER,
			isRadiologicalConvention: true,
			dragAndDropEnabled: false,
			loadingText: '',
			logLevel: 'error',
		});
		await nv.attachToCanvas(canvas, false);
		nv.addVolume(await NVImage.loadFromUrl({ url: writeNifti(makeVolume(dims, n + 1)).buffer, name: 's.nii' }));
		instances.push(nv);
	}
	const [first] = instances;
	if (!first) throw new Error('got no canvas, expected four');
	first.setDrawingEnabled(true);
	first.setPenValue(1, false);
	first.opts.penSize = penSize;
	return first;
}
