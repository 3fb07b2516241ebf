import type { XyzMm } from '../grid/grid.ts';
import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { ramp, soft } from './math.ts';
import { become, type Mixture, TISSUE_INDEX as T } from './mixture.ts';
import { type NoiseField, noiseField } from './noise.ts';
import type { TissueName } from './tissues.ts';
import type { Tumour } from './tumour.ts';

/** Points of a body are looked at this far apart to find out which level of a field a share of them lies above. */
const POINTS_MM = 2;
/** Fluid keeps this far from the surface of the body, so that every cyst has a wall. */
const WALL_MM = 2.5;
const ALIVE: readonly TissueName[] = ['rim', 'solid'];

/** Changes what a body consists of at a place `bodyMm` from its surface (negative inside), where it is `rim` so far. */
export type PaintInterior = (mix: Mixture, x: number, y: number, z: number, bodyMm: number) => void;

/**
 * Makes what a body is made of besides what enhances: the dead middle, parts that live and do not enhance, cysts,
 * calcification, vessels of fast flow, clotted blood. A recipe gives each by its share of the body.
 */
export function makeInterior(recipe: CaseRecipe, tumour: Tumour): PaintInterior {
	const { seed } = recipe;
	const { bleeding, enhancing = 1, cysts = 0, calcification = 0, flowVoids = 0 } = recipe.tumour;
	const uniform = enhancing === 1 && cysts + calcification + flowVoids === 0;
	const points = uniform ? [] : bodyPoints(tumour);
	const specks = noiseField(seed + 36, 8);
	const [patches, grains] = [noiseField(seed + 21, 21), noiseField(seed + 22, 7)];
	const [chambers, clumps] = [noiseField(seed + 23, 17), noiseField(seed + 24, 8)];
	const [left, right] = [noiseField(seed + 25, 17), noiseField(seed + 26, 17)];
	const dull: NoiseField = (x, y, z) => patches(x, y, z) + 0.2 * grains(x, y, z);
	// A vessel runs where two fields are 0 at once: along a winding line.
	const vessels: NoiseField = (x, y, z) => {
		const [a, b] = [left(x, y, z), right(x, y, z)];
		return -Math.sqrt(a * a + b * b);
	};
	const above = (field: NoiseField, share: number) => levelAbove(points, field, share);
	const levels = {
		dull: above(dull, 1 - enhancing),
		cysts: above(chambers, cysts),
		clumps: above(clumps, calcification),
		vessels: above(vessels, flowVoids),
	};

	return (mix, x, y, z, bodyMm) => {
		become(mix, T.necrosis, soft(bodyMm + tumour.rimMm(x, y, z), 1.4), ['rim']);
		if (enhancing < 1) become(mix, T.solid, risen(dull(x, y, z), levels.dull, 0.15), ['rim']);
		if (cysts > 0) become(mix, T.cyst, soft(bodyMm + WALL_MM, 1) * risen(chambers(x, y, z), levels.cysts, 0.08), ALIVE);
		if (calcification > 0)
			become(mix, T.calcification, soft(bodyMm + 1, 1) * risen(clumps(x, y, z), levels.clumps, 0.2), ALIVE);
		if (flowVoids > 0) become(mix, T.flowVoid, risen(vessels(x, y, z), levels.vessels, 0.08), ALIVE);
		if (bleeding === 0) return;
		// Clots lie in the dead part and at its edge: 2.2 standard deviations of the noise are hardly ever passed.
		const threshold = 2.2 * (1 - bleeding);
		const blood = soft(bodyMm + 2, 2) * ramp(specks(x, y, z), threshold - 0.3, threshold + 0.3);
		become(mix, T.blood, blood, ['rim', 'necrosis', 'solid', 'cyst']);
	};
}

/** Share of a voxel that lies above a level of a field, blurred over `width` of the field on either side. */
function risen(value: number, level: number, width: number): number {
	return ramp(value, level - width, level + width);
}

/** Level that a field is above at a share of the points; no field reaches it where the share is 0. */
function levelAbove(points: readonly XyzMm[], field: NoiseField, share: number): number {
	if (share === 0 || points.length === 0) return 1e9;
	if (share === 1) return -1e9;
	const values = Float64Array.from(points, (place) => field(...place)).sort();
	return values[Math.min(values.length - 1, Math.floor(values.length * (1 - share)))]!;
}

/** Places within the bodies of a tumour, RAS mm. */
function bodyPoints({ lesions, body }: Tumour): XyzMm[] {
	const points: XyzMm[] = [];
	for (const {
		centreMm: [cx, cy, cz],
		radiusMm,
	} of lesions) {
		const reach = POINTS_MM * Math.ceil((1.4 * radiusMm + 4) / POINTS_MM);
		for (let z = cz - reach; z <= cz + reach; z += POINTS_MM)
			for (let y = cy - reach; y <= cy + reach; y += POINTS_MM)
				for (let x = cx - reach; x <= cx + reach; x += POINTS_MM) if (body(x, y, z) < 0) points.push([x, y, z]);
	}
	return points;
}
