import { type Context, isLesionRegion, mlOf } from './context.ts';
import type { CaseRegion } from './crop.ts';
import type { Finding } from './finding.ts';
import { missedLesions } from './lesions.ts';
import { forEachVoxel } from './matchLesions.ts';
import { elementsWhere } from './overlap.ts';

/**
 * E01 under- and E02 over-segmentation. Lesions reported as missed and components that touch nothing are left out, so that
 * one fault is told once. Where the reference is empty, anything beyond a trace is over-segmentation.
 */
export function findSizeErrors(context: Context): Finding[] {
	return context.regions.flatMap((region) => ofRegion(region, context));
}

function ofRegion(region: CaseRegion, context: Context): Finding[] {
	const { limits, finding, lesionsOf, family } = context;
	const { reference, prediction, grid } = region;
	const match = lesionsOf(region);
	const { lesions } = match;
	const extra = elementsWhere(prediction.length, (n) => prediction[n] !== 0 && reference[n] === 0);
	if (lesions.length === 0) {
		const value = mlOf(extra.length, grid);
		if (value <= limits.empty.maxMl) return [];
		const rules = region.region === 'ET' && family === 'glioma' ? { rules: ['RF-3'] } : {};
		return [finding('E02', region, { elements: extra, value, limit: limits.empty.maxMl, unit: 'ml', ...rules })];
	}
	const lesionRegion = isLesionRegion(region, family);
	const told = new Set(lesionRegion ? missedLesions(region, context).map(({ part }) => part) : []);
	const touching = new Set(lesions.flatMap(({ overlaps }) => [...overlaps.keys()]));
	const [fn, fp]: [number[], number[]] = [[], []];
	let tp = 0;
	forEachVoxel(match.reference, grid, (element, part) => {
		if (prediction[element] !== 0) tp++;
		else if (!told.has(part)) fn.push(element);
	});
	forEachVoxel(match.prediction, grid, (element, component) => {
		if (reference[element] === 0 && (!lesionRegion || touching.has(component))) fp.push(element);
	});
	const { recallMin, precisionMin, share } = limits.size;
	const wrong = fn.length + fp.length;
	const recall = tp + fn.length === 0 ? 1 : tp / (tp + fn.length);
	const precision = tp + fp.length === 0 ? 1 : tp / (tp + fp.length);
	if (recall < recallMin && fn.length / wrong >= share)
		return [finding('E01', region, { elements: fn, value: recall, limit: recallMin, unit: 'fraction' })];
	if (precision < precisionMin && fp.length / wrong >= share)
		return [finding('E02', region, { elements: fp, value: precision, limit: precisionMin, unit: 'fraction' })];
	return [];
}
