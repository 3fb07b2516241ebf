import { diagnoseGrid } from '../../grid/diagnoseGrid.ts';
import { maskName, readMaskName } from '../../protocol/maskName.ts';
import { REGION_SEQUENCE } from '../../protocol/protocol.ts';
import { ruleOf } from './context.ts';
import type { Files, Finding, FindingCode, HardFail, MaskFile } from './finding.ts';
import type { FindingsPolicy } from './policy.ts';

/**
 * What files tell without a look at their voxels: E22 a grid of none of the case's series, E23 the grid of another series
 * than the region's, E24 a name that does not follow the rule or names something else.
 */
export function findFileErrors(files: Files, policy: FindingsPolicy): Finding[] {
	return files.masks.flatMap((mask) => [...gridErrors(mask, files, policy), ...nameErrors(mask, files, policy)]);
}

function made(
	code: FindingCode,
	{ region, name }: MaskFile,
	policy: FindingsPolicy,
	hardFail: HardFail | null,
	params: Finding['params'],
): Finding {
	return {
		...ruleOf(policy, code, region, hardFail),
		lesion: null,
		where: null,
		magnitude: { value: 1, limit: 0, unit: 'count' },
		params: { ...(name !== null && { file: name }), ...params },
	};
}

/** A patient's number, where the case has none. */
const EXAMPLE = 'P0012';

const fits = (kind: string) => kind === 'same' || kind === 'reordered';

function gridErrors(mask: MaskFile, { series }: Files, policy: FindingsPolicy): Finding[] {
	const expected = REGION_SEQUENCE[mask.region];
	const grid = series.get(expected);
	if (!grid) return [];
	const { kind } = diagnoseGrid(mask.grid, grid);
	if (fits(kind)) return [];
	const other = [...series].find(([, each]) => fits(diagnoseGrid(mask.grid, each).kind));
	if (other) return [made('E23', mask, policy, null, { sequence: other[0], expected })];
	return [made('E22', mask, policy, 'HF7', { diagnosis: kind })];
}

function nameErrors(mask: MaskFile, { patient }: Files, policy: FindingsPolicy): Finding[] {
	const name = mask.name === null ? null : readMaskName(mask.name);
	const wrong = (problem: 'pattern' | 'patient' | 'sequence' | 'region', expected = '') => [
		made('E24', mask, policy, null, { problem, expected }),
	];
	if (!name) return wrong('pattern', maskName(patient ?? EXAMPLE, mask.region));
	if (!name.regions.includes(mask.region)) return wrong('region', mask.region);
	// A file of several regions on one grid is named after the sequence of one of them.
	if (name.regions.every((region) => name.sequence !== REGION_SEQUENCE[region]))
		return wrong('sequence', REGION_SEQUENCE[mask.region]);
	if (patient !== null && name.patient !== patient) return wrong('patient', patient);
	return [];
}
