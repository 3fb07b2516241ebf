import { isMeningeal } from '../../protocol/protocol.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { findBoundaryErrors } from './boundary.ts';
import { makeContext } from './context.ts';
import { findSliceErrors } from './endSlices.ts';
import { findFileErrors } from './files.ts';
import { type FindingCode, type FindingsInput, type FindingsResult, UNCHECKED, type Unchecked } from './finding.ts';
import { duralRecall, findForbiddenTissue } from './forbidden.ts';
import { findUneditedProposals } from './handling.ts';
import { detectLesions, findLesionErrors } from './lesions.ts';
import { findLogicErrors } from './logic.ts';
import type { FindingsPolicy } from './policy.ts';
import { findPlaceErrors } from './sides.ts';
import { findSizeErrors } from './size.ts';

/** What the shape of a drawing sets off. */
const DRAWN: readonly FindingCode[] = [
	'E01',
	'E02',
	'E03',
	'E04',
	'E05',
	'E06',
	'E07',
	'E10',
	'E11',
	'E12',
	'E13',
	'E14',
	'E16',
	'E17',
];

/**
 * What one fault would also set off, told only once: where the first was found in a region, the others are left out there.
 * A drawing on the wrong side or of the wrong tissue is of the wrong size and shape as well; what is missing at the ends
 * also makes a region too small, and a swollen or shrunken one has a shifted outline. A swap, told of the enhancing region,
 * stands for the non-enhancing one too.
 */
const INSTEAD_OF: readonly (readonly [FindingCode, readonly FindingCode[]])[] = [
	['E15', [...DRAWN, 'E08', 'E09', 'E19', 'E20', 'E21']],
	['E22', [...DRAWN, 'E08', 'E09', 'E19', 'E20', 'E21']],
	['E14', ['E01', 'E02', 'E03', 'E04', 'E05', 'E06', 'E07', 'E10', 'E11', 'E12', 'E13', 'E19', 'E20', 'E25']],
	['E08', ['E02', 'E03', 'E05', 'E11']],
	['E09', ['E02', 'E03', 'E05', 'E11']],
	['E20', ['E02', 'E03', 'E05', 'E11']],
	['E16', ['E01', 'E03', 'E10', 'E12']],
	['E17', ['E02', 'E03', 'E11']],
	['E18', ['E02', 'E03', 'E11']],
	['E19', ['E01', 'E03', 'E10', 'E12']],
	['E06', ['E02', 'E03', 'E11']],
	['E07', ['E01', 'E12']],
	['E10', ['E01', 'E03']],
	['E12', ['E01']],
	['E11', ['E02', 'E03']],
	['E01', ['E03']],
	['E02', ['E03']],
];

/**
 * Looks for the error types of the policy (SPEC.md, rules 23–27), in its order: by group, then the hard ones, then by
 * magnitude over limit. The masks are only read. Nothing drawn in any region gives nothing: that is no fault in drawing.
 */
export function findFindings(input: FindingsInput, policy: FindingsPolicy, kernels: Kernels): FindingsResult {
	const context = makeContext(input, policy, kernels);
	const found = [
		...(input.files ? findFileErrors(input.files, policy) : []),
		...findPlaceErrors(context),
		...findLesionErrors(context),
		...findSliceErrors(context),
		...findForbiddenTissue(context),
		...findLogicErrors(context),
		...findSizeErrors(context),
		...findBoundaryErrors(context),
		...findUneditedProposals(context),
	];
	const wrongPlace = found.some(({ code }) => code === 'E15' || code === 'E22');
	const told = found.filter(
		(finding) =>
			!(wrongPlace && finding.code === 'E13') &&
			!found.some(
				(other) =>
					(other.region === finding.region || (other.code === 'E14' && finding.region === 'NE')) &&
					INSTEAD_OF.some(([code, codes]) => other.code === code && codes.includes(finding.code)),
			),
	);
	const groupOf = (code: FindingCode) =>
		policy.groups.indexOf(policy.errors.find((error) => error.code === code)!.group);
	const list = told
		.map((finding, n) => ({ finding, n }))
		.sort(
			(a, b) =>
				groupOf(a.finding.code) - groupOf(b.finding.code) ||
				Number(b.finding.hardFail !== null) - Number(a.finding.hardFail !== null) ||
				a.n - b.n,
		)
		.map(({ finding }) => finding);
	return {
		list,
		unchecked: UNCHECKED.filter((each) => isUnchecked(each, input)),
		detection: detectLesions(context),
		duralRecall: duralRecall(context),
	};
}

function isUnchecked(each: Unchecked, { family, layers, log }: FindingsInput): boolean {
	if (each === 'toolLog') return log === null;
	if (each === 'dura' && !isMeningeal(family)) return false;
	return !layers.some(({ kind }) => kind === each);
}
