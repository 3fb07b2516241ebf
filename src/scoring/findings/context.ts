import { type Grid, spacingMm, voxelVolumeMl } from '../../grid/grid.ts';
import type { Family, Region } from '../../protocol/protocol.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { DrawnRegion, Finding, FindingCode, FindingsInput, HardFail, MagnitudeUnit } from './finding.ts';
import { type LesionMatch, matchLesions } from './matchLesions.ts';
import { placeOf } from './place.ts';
import type { FindingsPolicy } from './policy.ts';
import { resampleMask } from './resample.ts';

/** What a detector works with: the masks, what several of them need of these, and how a finding is made. */
export interface Context {
	readonly family: Family;
	readonly limits: FindingsPolicy['limits'];
	readonly regions: readonly DrawnRegion[];
	readonly kernels: Kernels;
	/** A region's masks; undefined where the case has none. */
	readonly region: (name: Region) => DrawnRegion | undefined;
	readonly lesionsOf: (region: DrawnRegion) => LesionMatch;
	/** A mask of one region on the grid of another. */
	readonly onGridOf: (mask: 'reference' | 'prediction', of: DrawnRegion, on: DrawnRegion) => Uint8Array;
	readonly finding: (code: FindingCode, region: DrawnRegion, fault: Fault) => Finding;
}

/** What a detector found. */
interface Fault {
	/** Elements of the region's grid that are wrong. */
	readonly elements: readonly number[];
	readonly value: number;
	readonly limit: number;
	readonly unit: MagnitudeUnit;
	readonly lesion?: number;
	readonly hardFail?: HardFail | null;
	/** Instead of the policy's rules for the code. */
	readonly rules?: readonly string[];
}

/** Prepares a case for the detectors. Shared steps are done once, when first asked for. */
export function makeContext({ family, regions }: FindingsInput, policy: FindingsPolicy, kernels: Kernels): Context {
	const matches = new Map<Region, LesionMatch>();
	const onGrids = new Map<string, Uint8Array>();
	const lesionsOf = (region: DrawnRegion): LesionMatch => {
		const match = matches.get(region.region) ?? matchLesions(region, kernels);
		matches.set(region.region, match);
		return match;
	};
	return {
		family,
		regions,
		kernels,
		limits: policy.limits,
		region: (name) => regions.find(({ region }) => region === name),
		lesionsOf,
		onGridOf: (mask, of, on) => {
			const key = `${mask} ${of.region} ${on.region}`;
			const resampled = onGrids.get(key) ?? resampleMask(of[mask], of.grid, on.grid);
			onGrids.set(key, resampled);
			return resampled;
		},
		finding: (code, { region, grid }, fault) => {
			const { value, limit, unit, hardFail = null } = fault;
			const error = policy.errors.find((entry) => entry.code === code)!;
			return {
				code,
				rules: fault.rules ?? error.rules.filter((rule) => policy.ruleRegions[rule]?.includes(region) ?? true),
				severity: hardFail ? 'hard' : error.severity,
				hardFail,
				region,
				lesion: fault.lesion ?? null,
				where: placeOf(region, grid, fault.elements),
				magnitude: { value, limit, unit },
			};
		},
	};
}

/** The region on which lesions are counted: enhancing, in meningeal families the body (A27 of the catalogue). */
export function isLesionRegion({ region }: DrawnRegion, family: Family): boolean {
	if (family === 'meningioma' || family === 'hpc_sft') return region === 'TB';
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
