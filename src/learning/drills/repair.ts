import type { FindingCode } from '../../scoring/findings/finding.ts';
import { shuffled } from './chance.ts';

/** What a repair is marked by. */
interface RepairMade {
	/** The type that was planted, and the one that it was taken for. */
	readonly planted: FindingCode;
	readonly named: FindingCode;
	/** Share of the error's voxels that are put right, 0..1. */
	readonly share: number;
	/** Voxels that were right and are wrong now, as a share of the error's, 0 or more. */
	readonly broken: number;
}

/** A repair as it is marked. */
interface RepairMark {
	/** 0..1: a quarter for the name, the rest for the repair. */
	readonly score: number;
	readonly isNamed: boolean;
	/** Whether the error counts as repaired and nothing as newly broken. */
	readonly isRepaired: boolean;
}

/**
 * Platform defaults, not in the consensus. `brokenFree`: what a hand may add by drawing a margin that is not the
 * reference's; `leastVoxels`: a smaller error counts as one of this size there.
 */
export const REPAIR_LIMITS = { shareMin: 0.8, brokenFree: 0.25, nameWeight: 0.25, leastVoxels: 200 } as const;

/** Marks a repair: what is newly broken beyond a margin's width takes off as much as it is. */
export function markRepair({ planted, named, share, broken }: RepairMade): RepairMark {
	const { shareMin, brokenFree, nameWeight } = REPAIR_LIMITS;
	const isNamed = planted === named;
	const excess = Math.max(0, broken - brokenFree);
	const mended = Math.max(0, share - excess);
	return {
		score: (isNamed ? nameWeight : 0) + (1 - nameWeight) * mended,
		isNamed,
		isRepaired: share >= shareMin && excess === 0,
	};
}

/** Types that look alike, from which the wrong answers come first. */
const ALIKE: readonly (readonly FindingCode[])[] = [
	['E10', 'E11', 'E12', 'E01'],
	['E01', 'E02', 'E03', 'E21'],
	['E04', 'E05', 'E06', 'E07'],
	['E08', 'E09', 'E02', 'E21'],
	['E13', 'E14', 'E16', 'E17'],
	['E16', 'E17', 'E18', 'E01'],
	['E15', 'E03', 'E05', 'E04'],
	['E19', 'E20', 'E02', 'E01'],
	['E25', 'E07', 'E05', 'E03'],
];

/** Four types to choose from, the planted one among them, in an order by the seed. */
export function repairChoices(planted: FindingCode, seed: number): readonly FindingCode[] {
	const alike = ALIKE.find((group) => group.includes(planted)) ?? [];
	const others = [...alike, 'E01', 'E02', 'E05', 'E10'] as const;
	const wrong = [...new Set(others)].filter((code) => code !== planted).slice(0, 3);
	return shuffled([planted, ...wrong], seed);
}
