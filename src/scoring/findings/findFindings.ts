import type { Kernels } from '../kernels/kernels.ts';
import { findBoundaryErrors } from './boundary.ts';
import { makeContext } from './context.ts';
import { findSliceErrors } from './endSlices.ts';
import type { Finding, FindingCode, FindingsInput } from './finding.ts';
import { findLaterality } from './laterality.ts';
import { findLesionErrors } from './lesions.ts';
import { findLogicErrors } from './logic.ts';
import type { FindingsPolicy } from './policy.ts';
import { findSizeErrors } from './size.ts';

/**
 * What one fault would also set off, told only once: where the first was found in a region, the others are left out there.
 * A drawing on the wrong side or of the wrong tissue is of the wrong size and shape as well; what is missing at the ends
 * also makes a region too small, and a swollen or shrunken one has a shifted outline. A swap, told of the enhancing region,
 * stands for the non-enhancing one too.
 */
const INSTEAD_OF: readonly (readonly [FindingCode, readonly FindingCode[]])[] = [
	['E15', ['E01', 'E02', 'E03', 'E04', 'E05', 'E06', 'E07', 'E10', 'E11', 'E12', 'E13', 'E14', 'E16', 'E17']],
	['E14', ['E01', 'E02', 'E03', 'E04', 'E05', 'E06', 'E07', 'E10', 'E11', 'E12', 'E13']],
	['E16', ['E01', 'E03', 'E10', 'E12']],
	['E17', ['E02', 'E03', 'E11']],
	['E18', ['E02', 'E03', 'E11']],
	['E06', ['E02', 'E03', 'E11']],
	['E07', ['E01', 'E12']],
	['E10', ['E01', 'E03']],
	['E12', ['E01']],
	['E11', ['E02', 'E03']],
	['E01', ['E03']],
	['E02', ['E03']],
];

/**
 * Looks for the error types that masks alone can show (SPEC.md, rules 23–25), in the policy's order: by group, then the
 * hard ones, then by magnitude over limit. The masks are only read. Regions are those with a reference on their own grid.
 * Nothing drawn in any region gives nothing: that is no fault in drawing.
 */
export function findFindings(input: FindingsInput, policy: FindingsPolicy, kernels: Kernels): Finding[] {
	const context = makeContext(input, policy, kernels);
	const found = [
		...findLaterality(context),
		...findLesionErrors(context),
		...findSliceErrors(context),
		...findLogicErrors(context),
		...findSizeErrors(context),
		...findBoundaryErrors(context),
	];
	const wrongSide = found.some(({ code }) => code === 'E15');
	const told = found.filter(
		(finding) =>
			!(wrongSide && finding.code === 'E13') &&
			!found.some(
				(other) =>
					(other.region === finding.region || (other.code === 'E14' && finding.region === 'NE')) &&
					INSTEAD_OF.some(([code, codes]) => other.code === code && codes.includes(finding.code)),
			),
	);
	const groupOf = (code: FindingCode) =>
		policy.groups.indexOf(policy.errors.find((error) => error.code === code)!.group);
	return told
		.map((finding, n) => ({ finding, n }))
		.sort(
			(a, b) =>
				groupOf(a.finding.code) - groupOf(b.finding.code) ||
				Number(b.finding.hardFail !== null) - Number(a.finding.hardFail !== null) ||
				a.n - b.n,
		)
		.map(({ finding }) => finding);
}
