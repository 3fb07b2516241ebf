import { readFileSync } from 'node:fs';
import type { ScoredDrawing } from '../../../src/learning/drawing.ts';
import type { FoldOptions } from '../../../src/learning/fold.ts';
import type { Family, Region } from '../../../src/protocol/protocol.ts';
import { FAMILY_REGIONS } from '../../../src/protocol/protocol.ts';
import type { AnswerEvent, LearnerEvent } from '../../../src/schemas/learnerEvent.ts';
import { learningPolicySchema } from '../../../src/schemas/learningPolicy.ts';
import { marksPolicySchema } from '../../../src/schemas/marksPolicy.ts';
import { ruleCatalogueSchema } from '../../../src/schemas/rule.ts';
import type { Finding } from '../../../src/scoring/findings/finding.ts';
import type { Mark } from '../../../src/scoring/marks.ts';
import type { ScoreReport } from '../../../src/scoring/scoreReport.ts';
import { scoreReport } from '../store/memoryStore.ts';

const read = (path: string): unknown =>
	JSON.parse(readFileSync(new URL(`../../../content/${path}`, import.meta.url), 'utf8'));

export const policy = learningPolicySchema.parse(read('policy/learning.json'));
export const marks = marksPolicySchema.parse(read('policy/marks.json'));
export const catalogue = ruleCatalogueSchema.parse(read('rules/rules.json'));

/** Cases of the tests: two a family, named after it; the first of each but one has an expert's example. */
export const families = new Map<string, Family>(
	(Object.keys(FAMILY_REGIONS) as Family[]).flatMap((family) => [
		[`${family}-1`, family],
		[`${family}-2`, family],
	]),
);
export const options: FoldOptions = {
	policy,
	marks,
	rules: catalogue.rules,
	families,
	workedCases: ['glioma-1', 'pcnsl-1', 'metastasis-1', 'meningioma-1'],
};

/** So many days, and minutes, after the first of March. */
export const day = (days: number, minutes = 0) => new Date(Date.UTC(2026, 2, 1 + days, 8, minutes));
export const iso = (days: number, minutes = 0) => day(days, minutes).toISOString();

let count = 0;
const base = (at: string) => ({
	type: 'learner' as const,
	schemaVersion: 1 as const,
	id: `event-${String(++count).padStart(6, '0')}`,
	at,
});

export const answered = (at: string, fields: Partial<AnswerEvent> = {}): AnswerEvent => ({
	...base(at),
	kind: 'answer',
	form: 'question',
	item: 'q-6-ends-01',
	rules: ['R6-8b'],
	score: 1,
	given: ['A'],
	seconds: 60,
	...fields,
});
export const repaired = (at: string, family: Family, score = 1) =>
	answered(at, { form: 'drill', item: `drill:repair:${family}-1:E10`, score });
export const gone = (at: string, family: Family): LearnerEvent => ({
	...base(at),
	kind: 'worked',
	case: `${family}-1`,
});
export const lessonRead = (at: string, lesson: string): LearnerEvent => ({ ...base(at), kind: 'lesson', lesson });

/** What of a drawing is other than a good one of every region without a finding. */
interface Drawn {
	readonly family?: Family;
	readonly attemptId?: string;
	readonly caseId?: string;
	readonly drawn?: readonly Region[];
	readonly dice?: number;
	readonly tier?: Mark['tier'];
	readonly findings?: readonly Partial<Finding>[];
	readonly unchecked?: NonNullable<ScoreReport<Region>['findings']>['unchecked'];
	readonly lesions?: number;
	readonly duralRecall?: number | null;
	readonly minutes?: number;
}

const one = scoreReport.regions[0]!;
const fault = scoreReport.findings!.list[0]!;
const mark = scoreReport.marks!.list[0]!;

export function drawing(at: string, given: Drawn = {}): ScoredDrawing {
	const { family = 'glioma', dice = 0.9, tier = 'good', findings = [], minutes = 12 } = given;
	const { attemptId = `a-${at}`, caseId = `${family}-1`, unchecked = [], lesions = 1, duralRecall = null } = given;
	const expected: readonly Region[] = FAMILY_REGIONS[family];
	const { drawn = expected } = given;
	return {
		attemptId,
		caseId,
		family,
		at,
		activeMs: minutes * 60_000,
		report: {
			...scoreReport,
			caseId,
			regions: expected.map((region) => ({
				...one,
				region,
				dice: { kind: 'value', value: drawn.includes(region) ? dice : 0 },
				referenceMl: 5,
				predictionMl: drawn.includes(region) ? 5 : 0,
			})),
			unscored: [],
			findings: {
				...scoreReport.findings!,
				list: findings.map((finding) => ({ ...fault, ...finding })),
				unchecked,
				detection: {
					region: 'ET',
					lesions: Array.from({ length: lesions }, (_, n) => ({ lesion: n + 1, volumeMl: 2, found: true, dice })),
					falsePositives: 0,
				},
				duralRecall,
			},
			marks: {
				policyVersion: '1',
				list: expected.map((region) => ({ ...mark, region, tier: drawn.includes(region) ? tier : 'below' })),
			},
		},
	};
}
