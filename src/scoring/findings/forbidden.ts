import { rasView } from '../../grid/rasView.ts';
import { type Context, mlOf } from './context.ts';
import { type CaseRegion, layerOn } from './crop.ts';
import type { Finding, ReferenceLayer } from './finding.ts';
import { elementsWhere } from './overlap.ts';

/**
 * What the reference's layers show: E08 confounders, E09 CSF, E20 tissue that does not enhance and E21 uncertain margins
 * drawn, E19 thickened dura left out. A case without the layer is not looked at.
 */
export function findForbiddenTissue(context: Context): Finding[] {
	return context.regions.flatMap((region) => [
		...confounders(region, context),
		...csf(region, context),
		...notEnhancing(region, context),
		...uncertain(region, context),
		...dura(region, context),
	]);
}

/** Elements drawn beyond the reference that have a value of a layer. */
function extraIn({ prediction, reference }: CaseRegion, layer: Uint8Array, value?: number): number[] {
	return elementsWhere(
		layer.length,
		(n) => layer[n] !== 0 && (value ?? layer[n]) === layer[n] && prediction[n] !== 0 && reference[n] === 0,
	);
}

function confounders(region: CaseRegion, { layer, limits, finding }: Context): Finding[] {
	const found = layer('confounders');
	if (!found || (region.region !== 'WT' && region.region !== 'ED')) return [];
	const labels = layerOn(found, region);
	const sizes = new Float64Array(256);
	for (let n = 0; n < found.labels.length; n++) sizes[found.labels[n]!]!++;
	const { frac, ml } = limits.confounder;
	return Array.from(sizes.keys()).flatMap((number) => {
		if (number === 0 || sizes[number] === 0) return [];
		const elements = extraIn(region, labels, number);
		const volume = mlOf(elements.length, region.grid);
		const share = volume / mlOf(sizes[number]!, found.grid);
		const fault = { elements, hardFail: 'HF5' as const, params: { confounder: number } };
		if (volume >= ml) return [finding('E08', region, { ...fault, value: volume, limit: ml, unit: 'ml' })];
		// By the nearest voxel a small one may come out a little larger than it is.
		if (share >= frac)
			return [finding('E08', region, { ...fault, value: Math.min(1, share), limit: frac, unit: 'fraction' })];
		return [];
	});
}

/** Values of the layer of CSF. */
const VENTRICLE = 1;
const SULCUS = 2;

function csf(region: CaseRegion, { layer, limits, finding }: Context): Finding[] {
	const found = layer('csf');
	if (!found) return [];
	const labels = layerOn(found, region);
	const { ventMl, sulcMl, frac, erodePx } = limits.leak;
	const inner = erodedInPlane(labels, region, erodePx);
	const drawnMl = mlOf(elementsWhere(region.prediction.length, (n) => region.prediction[n] !== 0).length, region.grid);
	const ml = (from: Uint8Array, value: number) => mlOf(extraIn(region, from, value).length, region.grid);
	const elements = extraIn(region, labels);
	// The rim of CSF holds brain as well: only what lies deeper fails an exam.
	const deep = [VENTRICLE, SULCUS].map((value) => ml(inner, value)) as [number, number];
	const share = (deep[0] + deep[1]) / drawnMl;
	const hard = deep[0] > ventMl || deep[1] > sulcMl || share > frac;
	const fault = { elements, hardFail: hard ? ('HF4' as const) : null };
	const all = [VENTRICLE, SULCUS].map((value) => ml(labels, value)) as [number, number];
	for (const [n, limit] of [ventMl, sulcMl].entries())
		if (all[n]! > limit)
			return [
				finding('E09', region, {
					...fault,
					value: all[n]!,
					limit,
					unit: 'ml',
					params: { csf: n === 0 ? 'ventricle' : 'sulcus' },
				}),
			];
	if (!(share > frac)) return [];
	return [finding('E09', region, { ...fault, value: share, limit: frac, unit: 'fraction', params: { csf: 'share' } })];
}

/** A layer without the outermost pixels of each of its parts in the axial plane. Beyond the cut grid is as its edge. */
function erodedInPlane(labels: Uint8Array, { grid }: CaseRegion, pixels: number): Uint8Array {
	const { strides } = rasView(grid);
	let inner = labels;
	for (let step = 0; step < pixels; step++) {
		const from = inner;
		inner = from.map((value, n) =>
			[strides[0], -strides[0], strides[1], -strides[1]].every((by) => (from[n + by] ?? value) !== 0) ? value : 0,
		);
	}
	return inner;
}

function notEnhancing(region: CaseRegion, { layer, limits, finding }: Context): Finding[] {
	const found = layer('notEnhancing');
	if (!found || (region.region !== 'ET' && region.region !== 'EN')) return [];
	const elements = extraIn(region, layerOn(found, region));
	const value = mlOf(elements.length, region.grid);
	const limit = limits.notEnhancing.ml;
	return value >= limit ? [finding('E20', region, { elements, value, limit, unit: 'ml' })] : [];
}

function uncertain(region: CaseRegion, { limits, finding }: Context): Finding[] {
	if (!region.uncertain) return [];
	const { band, voxels } = region.uncertain;
	const elements = elementsWhere(band.length, (n) => band[n] !== 0 && region.drawn[n] !== 0);
	const value = elements.length / voxels;
	const limit = limits.uncertain.maxFrac;
	return value > limit ? [finding('E21', region, { elements, value, limit, unit: 'fraction' })] : [];
}

/** Share of the thickened dura that was drawn as enhancing; null where the case has no such layer or region. */
export function duralRecall({ region, layer }: Context): number | null {
	const [found, enhancing] = [layer('dura'), region('ET')];
	if (!found || !enhancing) return null;
	const all = duraOf(found, enhancing);
	return all.length === 0 ? null : all.filter((n) => enhancing.prediction[n] !== 0).length / all.length;
}

function dura(region: CaseRegion, context: Context): Finding[] {
	const found = context.layer('dura');
	const value = duralRecall(context);
	if (!found || value === null || region.region !== 'ET') return [];
	if (region.prediction.every((voxel) => voxel === 0)) return [];
	const elements = duraOf(found, region).filter((n) => region.prediction[n] === 0);
	const limit = context.limits.dura.minRecall;
	return value < limit ? [context.finding('E19', region, { elements, value, limit, unit: 'fraction' })] : [];
}

/** Thickened dura of the reference. */
function duraOf(layer: ReferenceLayer, region: CaseRegion): number[] {
	const labels = layerOn(layer, region);
	return elementsWhere(labels.length, (n) => labels[n] !== 0 && region.reference[n] !== 0);
}
