import { spacingMm } from '../../grid/grid.ts';
import type { Context } from './context.ts';
import { isLesionRegion, mlOf, stepsWithin } from './context.ts';
import type { CaseRegion } from './crop.ts';
import type { Detection, Finding } from './finding.ts';
import { forEachVoxel, isAtLeastMm, type Lesion } from './matchLesions.ts';
import { ijkOf } from './place.ts';

/** Lesions that were not found: as good as nothing of them was drawn, and they are large enough to count. */
export function missedLesions(region: CaseRegion, { lesionsOf, limits }: Context): Lesion[] {
	return lesionsOf(region).lesions.filter(
		(lesion) => lesion.found < limits.lesion.matchIoR && isAtLeastMm(lesion, limits.lesion.minScoredMm),
	);
}

/** How each lesion was found, and how many false ones there are; null where no region with lesions has a reference. */
export function detectLesions(context: Context): Detection | null {
	const region = context.regions.find((each) => isLesionRegion(each, context.family));
	if (!region) return null;
	const { lesions, prediction } = context.lesionsOf(region);
	const { matchIoR } = context.limits.lesion;
	return {
		region: region.region,
		lesions: lesions.map(({ lesion, volumeMl, voxels, found, overlaps }) => {
			const drawn = [...overlaps.keys()].reduce((sum, component) => sum + prediction.voxels[component - 1]!, 0);
			return { lesion, volumeMl, found: found >= matchIoR, dice: (2 * found * voxels) / (voxels + drawn) };
		}),
		falsePositives: falseOnes(region, context).length,
	};
}

/** E04 missed, E05 false, E06 merged, E07 split lesions, on the region where lesions are counted. */
export function findLesionErrors(context: Context): Finding[] {
	return context.regions
		.filter((region) => isLesionRegion(region, context.family) && region.reference.some((value) => value !== 0))
		.flatMap((region) => [
			...missed(region, context),
			...falseOnes(region, context).map(({ elements, value }) =>
				context.finding('E05', region, { elements, value, limit: context.limits.lesion.minMl, unit: 'ml' }),
			),
			...merged(region, context),
			...split(region, context),
		]);
}

function missed(region: CaseRegion, context: Context): Finding[] {
	const { limits, lesionsOf, finding } = context;
	return missedLesions(region, context).map((lesion) =>
		finding('E04', region, {
			elements: elementsOf(lesionsOf(region).reference, region, [lesion.part]),
			value: lesion.volumeMl,
			limit: 0,
			unit: 'ml',
			lesion: lesion.lesion,
			hardFail: isAtLeastMm(lesion, limits.lesion.hardMissMm) ? 'HF1' : null,
		}),
	);
}

/** Components that are no lesion's and large enough to count, with their volume in ml. */
function falseOnes(
	region: CaseRegion,
	{ limits, lesionsOf }: Context,
): { readonly elements: readonly number[]; readonly value: number }[] {
	const { lesions, prediction } = lesionsOf(region);
	const touching = new Set(lesions.flatMap(({ overlaps }) => [...overlaps.keys()]));
	return prediction.voxels.flatMap((voxels, n) => {
		const value = mlOf(voxels, region.grid);
		if (touching.has(n + 1) || value < limits.lesion.minMl) return [];
		const elements = elementsOf(prediction, region, [n + 1]);
		if (isNearReference(elements, region, limits.lesion.falseMm)) return [];
		return [{ elements, value }];
	});
}

function merged(region: CaseRegion, { limits, lesionsOf, finding }: Context): Finding[] {
	const { lesions, prediction } = lesionsOf(region);
	return prediction.voxels.flatMap((_, n) => {
		const covered = lesions.filter(
			({ overlaps, voxels }) => (overlaps.get(n + 1) ?? 0) / voxels >= limits.lesion.share,
		);
		// Lesions that touch are drawn as one in a mask: only what lies apart can be joined.
		const apart = covered.filter(
			({ joined }, at) => !covered.slice(0, at).some((other) => shareAny(joined, other.joined)),
		);
		if (apart.length < 2) return [];
		// What joins them: drawn, but no lesion's.
		const elements = elementsOf(prediction, region, [n + 1]).filter((element) => region.reference[element] === 0);
		return [finding('E06', region, { elements, value: apart.length, limit: 1, unit: 'count' })];
	});
}

function shareAny(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
	return [...a].some((value) => b.has(value));
}

function split(region: CaseRegion, { limits, lesionsOf, finding }: Context): Finding[] {
	const { lesions, reference } = lesionsOf(region);
	return lesions.flatMap(({ lesion, part, voxels, overlaps }) => {
		const parts = [...overlaps.values()].filter((shared) => shared / voxels >= limits.lesion.share);
		if (parts.length < 2) return [];
		const all = elementsOf(reference, region, [part]);
		const elements = all.filter((element) => region.prediction[element] === 0);
		return [finding('E07', region, { elements, value: parts.length, limit: 1, unit: 'count', lesion })];
	});
}

function elementsOf(
	parts: Parameters<typeof forEachVoxel>[0],
	{ grid }: CaseRegion,
	wanted: readonly number[],
): number[] {
	const elements: number[] = [];
	forEachVoxel(parts, grid, (element, part) => {
		if (wanted.includes(part)) elements.push(element);
	});
	return elements;
}

/** Whether any of the elements lies within a distance of the reference, voxel centre to voxel centre. */
function isNearReference(elements: readonly number[], { grid, reference }: CaseRegion, mm: number): boolean {
	const [rx, ry, rz] = stepsWithin(mm, grid);
	const [sx, sy, sz] = spacingMm(grid);
	const [nx, ny, nz] = grid.dims;
	return elements.some((element) => {
		const [x, y, z] = ijkOf(element, grid);
		for (let dz = -rz; dz <= rz; dz++)
			for (let dy = -ry; dy <= ry; dy++)
				for (let dx = -rx; dx <= rx; dx++) {
					if (x + dx < 0 || y + dy < 0 || z + dz < 0 || x + dx >= nx || y + dy >= ny || z + dz >= nz) continue;
					if (dx * dx * sx * sx + dy * dy * sy * sy + dz * dz * sz * sz > mm * mm) continue;
					if (reference[element + dx + nx * (dy + ny * dz)] !== 0) return true;
				}
		return false;
	});
}
