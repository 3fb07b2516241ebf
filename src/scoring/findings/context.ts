import { type Grid, spacingMm, voxelVolumeMl } from '../../grid/grid.ts';
import { type Family, isMeningeal, type Layer, type Region } from '../../protocol/protocol.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { type CaseRegion, cropRegions, layerOn } from './crop.ts';
import type {
	Finding,
	FindingCode,
	FindingsInput,
	HardFail,
	MagnitudeUnit,
	ReferenceLayer,
	ToolAction,
} from './finding.ts';
import { type LesionMatch, matchLesions } from './matchLesions.ts';
import { placeOf } from './place.ts';
import type { FindingsPolicy } from './policy.ts';
import { resampleLabels } from './resample.ts';

/** What a detector works with: the masks, what several of them need of these, and how a finding is made. */
export interface Context {
	readonly family: Family;
	readonly limits: FindingsPolicy['limits'];
	readonly regions: readonly CaseRegion[];
	readonly log: readonly ToolAction[] | null;
	readonly kernels: Kernels;
	/** A region's masks; undefined where the case has none. */
	readonly region: (name: Region) => CaseRegion | undefined;
	readonly lesionsOf: (region: CaseRegion) => LesionMatch;
	/** A mask of one region on the grid of another. */
	readonly onGridOf: (mask: 'reference' | 'prediction', of: CaseRegion, on: CaseRegion) => Uint8Array;
	/** A layer of the reference; undefined where the case has none. */
	readonly layer: (kind: Layer) => ReferenceLayer | undefined;
	readonly finding: (code: FindingCode, region: CaseRegion, fault: Fault) => Finding;
}

/** What a detector found. */
interface Fault {
	/** Elements of the cut grid that are wrong. */
	readonly elements: readonly number[];
	readonly value: number;
	readonly limit: number;
	readonly unit: MagnitudeUnit;
	readonly lesion?: number;
	readonly hardFail?: HardFail | null;
	/** Instead of the policy's rules for the code. */
	readonly rules?: readonly string[];
	readonly params?: Finding['params'];
}

/** Prepares a case for the detectors. Shared steps are done once, when first asked for. */
export function makeContext(input: FindingsInput, policy: FindingsPolicy, kernels: Kernels): Context {
	const { family, layers, log } = input;
	const { limits } = policy;
	const regions = cropRegions(input.regions, layers, limits.nest.dilateMm, kernels);
	const layer = (kind: Layer) => layers.find((each) => each.kind === kind);
	const matches = new Map<Region, LesionMatch>();
	const onGrids = new Map<string, Uint8Array>();
	const lesionsOf = (region: CaseRegion): LesionMatch => {
		const numbered = layers.find((each) => each.kind === 'lesions' && each.region === region.region);
		const match =
			matches.get(region.region) ?? matchLesions(region, numbered ? layerOn(numbered, region) : null, kernels);
		matches.set(region.region, match);
		return match;
	};
	return {
		family,
		regions,
		log,
		kernels,
		limits,
		layer,
		region: (name) => regions.find(({ region }) => region === name),
		lesionsOf,
		onGridOf: (mask, of, on) => {
			const key = `${mask} ${of.region} ${on.region}`;
			const resampled = onGrids.get(key) ?? resampleLabels(of[mask], of.grid, on.grid);
			onGrids.set(key, resampled);
			return resampled;
		},
		finding: (code, region, fault) => {
			const { value, limit, unit, hardFail = null, params = {} } = fault;
			return {
				...ruleOf(policy, code, region.region, hardFail),
				...(fault.rules && { rules: fault.rules }),
				lesion: fault.lesion ?? null,
				where: placeOf(region, fault.elements),
				magnitude: { value, limit, unit },
				params,
			};
		},
	};
}

/** What the policy says of a finding. */
export function ruleOf(
	policy: FindingsPolicy,
	code: FindingCode,
	region: Region,
	hardFail: HardFail | null,
): Pick<Finding, 'code' | 'rules' | 'severity' | 'hardFail' | 'region'> {
	const error = policy.errors.find((entry) => entry.code === code)!;
	return {
		code,
		rules: error.rules.filter((rule) => policy.ruleRegions[rule]?.includes(region) ?? true),
		severity: hardFail ? 'hard' : error.severity,
		hardFail,
		region,
	};
}

/** The region on which lesions are counted: enhancing, in meningeal families the body (A27 of the catalogue). */
export function isLesionRegion({ region }: Pick<CaseRegion, 'region'>, family: Family): boolean {
	if (isMeningeal(family)) return region === 'TB';
	return region === 'ET' || region === 'EN';
}

/** Volume of some voxels in ml. */
export function mlOf(voxels: number, grid: Grid): number {
	return voxels * voxelVolumeMl(grid);
}

/** The largest number of voxels along each axis that lies within a distance. */
export function stepsWithin(mm: number, grid: Grid): readonly [number, number, number] {
	const [sx, sy, sz] = spacingMm(grid);
	return [Math.floor(mm / sx), Math.floor(mm / sy), Math.floor(mm / sz)];
}
