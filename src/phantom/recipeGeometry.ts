import { ijkToXyz, invertAffine } from '../grid/grid.ts';
import { type CaseRecipe, stackSchema, tumourSchema } from '../schemas/caseRecipe.ts';
import { stackGrid } from './stackGrid.ts';

/** Something that cannot be: where in the recipe, and what would do. */
export interface GeometryProblem {
	readonly path: string;
	readonly message: string;
}

/** Where brain may be found in some head: middle and half axes of an ellipsoid, RAS mm. Heads differ, so it is generous. */
const BRAIN = { middle: [0, -17, 8], half: [74, 94, 72] } as const;

/** What geometry needs of a tumour and of a stack; other keys are none of its business. */
const LESIONS = tumourSchema.pick({ centreMm: true, radiusMm: true, enhancing: true, more: true }).strip();
const PLACED = stackSchema.strip();

/**
 * What cannot be made of a recipe although every number is in its range: lesions outside the brain or in each other, and
 * sequences that do not see them. Parts that cannot be read are passed over, so that it can be asked of any value.
 */
export function geometryProblems(recipe: unknown): GeometryProblem[] {
	const {
		family,
		tumour: written,
		sequences,
		use,
		without,
	} = (recipe ?? {}) as Partial<Record<keyof CaseRecipe, unknown>>;
	const tumour = LESIONS.safeParse(written);
	if (!tumour.success) return [];
	const problems: GeometryProblem[] = [];
	if (without !== undefined && use !== 'triage')
		problems.push({ path: 'without', message: 'got sequences to leave out, expected them in a set for triage only' });
	const { more = [] } = tumour.data;
	if (more.length > 0 && family !== 'metastasis' && family !== 'pcnsl')
		problems.push({
			path: 'tumour.more',
			message: 'got further lesions, expected them in a metastasis or lymphoma only',
		});
	if (tumour.data.enhancing === 0 && family !== 'glioma')
		problems.push({ path: 'tumour.enhancing', message: 'got 0, expected it in a glioma only' });
	const lesions = [tumour.data, ...more].map(({ centreMm, radiusMm }, n) => {
		return { centreMm, radiusMm, path: n === 0 ? 'tumour' : `tumour.more.${n - 1}` };
	});
	for (const [n, { centreMm, radiusMm, path }] of lesions.entries()) {
		const far = length(centreMm.map((mm, axis) => (mm - BRAIN.middle[axis]!) / BRAIN.half[axis]!));
		if (far > 1)
			problems.push({
				path: `${path}.centreMm`,
				message: `got a place outside the brain, expected one about ${((1 - 1 / far) * 100).toFixed(0)} % nearer to (${BRAIN.middle.join(', ')})`,
			});
		for (const other of lesions.slice(0, n)) {
			const apart = length(centreMm.map((mm, axis) => mm - other.centreMm[axis]!));
			if (apart < radiusMm + other.radiusMm)
				problems.push({
					path: `${path}.centreMm`,
					message: `got ${apart.toFixed(1)} mm from ${other.path}, expected at least ${(radiusMm + other.radiusMm).toFixed(1)} mm, the sum of both radii`,
				});
		}
	}
	for (const [name, one] of Object.entries((sequences ?? {}) as Record<string, unknown>)) {
		const stack = PLACED.safeParse(one);
		if (!stack.success) continue;
		const grid = stackGrid(stack.data);
		const inverse = { dims: grid.dims, affine: invertAffine(grid.affine) };
		const last = stack.data.slices - 2;
		if (stack.data.lost?.some((slice) => slice > last))
			problems.push({
				path: `sequences.${name}.lost`,
				message: `got the last slice or one beyond it, expected 1 to ${last}: a slice is missed between others`,
			});
		for (const { centreMm, path } of lesions)
			if (ijkToXyz(inverse, centreMm).some((at, axis) => at < -0.5 || at > grid.dims[axis]! - 0.5))
				problems.push({
					path: `sequences.${name}`,
					message: `got a stack that does not reach ${path}.centreMm, expected more slices, a larger matrix or another centreMm`,
				});
	}
	return problems;
}

function length(vector: readonly number[]): number {
	return Math.sqrt(vector.reduce((sum, v) => sum + v * v, 0));
}
