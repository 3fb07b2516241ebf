// @ts-check
// Runs in the page: the practice page's viewer with a small case, without the rest of the page.
import { writeNifti } from '../../src/formats/niftiWrite.ts';
import { CaseViewer } from '../../src/viewer/caseViewer.ts';
import { makeVolume } from './_volume.mjs';

/** @type {{ x: [number, number], y: [number, number] }} */
const WHOLE = { x: [0, 95], y: [0, 95] };
const NAMES = ['FLAIR', 'T1C', 'T2', 'T1'];

/** The series of the case, ready to be shown. */
export function makeSeries() {
	return NAMES.map((sequence, n) => {
		const { grid, data } = makeVolume([96, 96, 40], n + 1);
		const nifti = writeNifti({ grid, data }).buffer;
		return { sequence, grid, nifti, data, content: WHOLE };
	});
}

/** @param {ReturnType<typeof makeSeries>} series */
export async function openViewer(series) {
	const hosts = [...document.querySelectorAll('figure')];
	const viewer = new CaseViewer({ moved: () => {}, contextLost: () => console.error('the viewer lost a context') });
	for (const [n, each] of series.entries()) {
		const panel = viewer.mount(each.sequence, /** @type {HTMLElement} */ (hosts[n]));
		await panel.show(each, { low: 0, high: 900 });
	}
	viewer.goToSlice('FLAIR', 12);
	await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
	return viewer;
}
