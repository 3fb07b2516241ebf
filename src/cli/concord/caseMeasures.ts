import { join, resolve } from 'node:path';
import policyFile from '../../../content/policy/difficulty.json' with { type: 'json' };
import { formatNumber, formatPercent } from '../../i18n/format.ts';
import { gradeDifficulty } from '../../phantom/difficulty.ts';
import { catalogueSchema } from '../../schemas/caseManifest.ts';
import type { CaseMeasures } from '../../schemas/caseMeasures.ts';
import { difficultyPolicySchema } from '../../schemas/difficultyPolicy.ts';
import { BadInput, type Console, WrongUsage } from './command.ts';
import { fieldsOf, readJson } from './manifest.ts';
import { readOptions } from './options.ts';
import { table } from './print.ts';

/** Prints what makes the made cases of a data folder hard: a row a case, in the order of the catalogue. */
export async function printMeasures(argv: readonly string[], { say, out }: Console): Promise<void> {
	const { files } = readOptions(argv, [], [], say);
	if (files.length > 1) throw new WrongUsage([say('case.oneData')]);
	const path = join(resolve(files[0] ?? resolve(import.meta.dirname, '../../../.data')), 'cases', 'index.json');
	const read = catalogueSchema.safeParse(await readJson(path, say));
	if (!read.success) throw new BadInput([`${path}: ${say('cli.badCase', { fields: fieldsOf(read.error) })}`]);
	const policy = difficultyPolicySchema.parse(policyFile);
	const rows = read.data.cases.flatMap(({ id, measures }) => (measures ? [[id, ...cells(measures)]] : []));
	const columns = [
		'volume',
		'lesions',
		'smallest',
		'flair',
		't1c',
		'uncertain',
		'confounders',
		'step',
		'points',
		'difficulty',
	];
	out(table([['', ...columns.map((name) => say(`case.measure.${name}` as Parameters<typeof say>[0]))], ...rows]));

	function cells(measures: CaseMeasures): string[] {
		const { difficulty, score } = gradeDifficulty(measures, policy);
		const contrast = (value: number | undefined) => (value === undefined ? '–' : formatNumber(value, 1));
		return [
			formatNumber(measures.volumeMl, 1),
			String(measures.lesions),
			formatNumber(measures.smallestMm, 1),
			contrast(measures.flairContrast),
			contrast(measures.t1cContrast),
			formatPercent(measures.uncertainShare),
			measures.confounders === 0 ? '–' : `${measures.confounders}: ${formatNumber(measures.confoundersMl, 1)}`,
			formatNumber(measures.sliceMm + measures.gapMm, 1),
			String(score),
			say(`difficulty.${difficulty}`),
		];
	}
}
