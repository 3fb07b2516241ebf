import { spacingMm } from '../../grid/grid.ts';
import { agreeMasks, type MaskAgreement } from '../../scoring/agreement/agreeMasks.ts';
import { MOST_RATERS } from '../../scoring/agreement/votes.ts';
import { fastestKernels } from '../../scoring/kernels/fastestKernels.ts';
import { SCORING_VERSION } from '../../scoring/scoreReport.ts';
import { type Command, type Console, WrongUsage } from './command.ts';
import { readOptions } from './options.ts';
import { plain, plainRecord, shown, table } from './print.ts';
import { readMasks } from './readMasks.ts';
import { parseRegions, regionMask } from './regions.ts';
import type { Say } from './say.ts';

/** `concord agreement`: how far several raters agree. */
export const agreement: Command = { name: 'agreement', help: 'cli.help.agreement', run };

async function run(argv: readonly string[], console: Console): Promise<void> {
	const { say, out } = console;
	const options = readOptions(argv, ['region'], ['json'], say);
	const problems: string[] = [];
	const { files } = options;
	if (files.length < 2 || files.length > MOST_RATERS)
		problems.push(say('cli.needsRaters', { count: files.length, most: MOST_RATERS }));
	const words = options.values.get('region') ?? [];
	if (words.length > 1) problems.push(say('cli.oneRegion'));
	const regions = parseRegions(words, say, problems);
	if (problems.length > 0) throw new WrongUsage(problems);

	const { grid, data } = await readMasks(files, options.has('region'), console);
	const masks = data.map((labels) => regionMask(labels, regions, 0));
	const found = agreeMasks(masks, { dims: grid.dims, spacingMm: spacingMm(grid) }, fastestKernels);
	if (options.has('json')) out(JSON.stringify(json(found), null, 2));
	else for (const line of lines(found, files, say)) out(line);
}

function json({ staple, ...found }: MaskAgreement) {
	return {
		scoringVersion: SCORING_VERSION,
		staple: { ...staple, sensitivity: staple.sensitivity.map(plain), specificity: staple.specificity.map(plain) },
		fleissKappa: { whole: plain(found.fleissKappa.whole), union: plain(found.fleissKappa.union) },
		cohenKappa: plainRecord(found.cohenKappa),
		cohenKappaUnion: plainRecord(found.cohenKappaUnion),
		pairwiseDice: plainRecord(found.pairwiseDice),
		pairwiseNsd: plainRecord(found.pairwiseNsd),
		conformity: plain(found.conformity),
		majority: found.majority,
		icc: Object.fromEntries(
			Object.entries(found.icc).map(([form, { value, lower, upper }]) => [form, plainRecord({ value, lower, upper })]),
		),
	};
}

function lines(found: MaskAgreement, files: readonly string[], say: Say): string[] {
	const raters = files.map((file, n) => [
		`${n + 1}  ${file}`,
		shown(found.staple.sensitivity[n]!, 4, say),
		shown(found.staple.specificity[n]!, 4, say),
	]);
	const pairs = Object.keys(found.pairwiseDice).map((pair) => [
		pair,
		shown(found.pairwiseDice[pair]!, 4, say),
		shown(found.pairwiseNsd[pair]!, 4, say),
		shown(found.cohenKappa[pair]!, 4, say),
	]);
	const icc = Object.entries(found.icc).map(([form, { value, lower, upper }]) => [
		form,
		...[value, lower, upper].map((figure) => shown(figure, 4, say)),
	]);
	return [
		table([[say('agreement.rater'), say('measure.sensitivity'), say('measure.specificity')], ...raters]),
		'',
		table([
			[say('agreement.pair'), say('measure.dice'), say('measure.nsdAt', { mm: 1 }), say('agreement.kappa')],
			...pairs,
		]),
		'',
		say('agreement.fleiss', {
			whole: shown(found.fleissKappa.whole, 4, say),
			union: shown(found.fleissKappa.union, 4, say),
		}),
		say('agreement.conformity', { value: shown(found.conformity, 4, say) }),
		say('agreement.voxels', { staple: found.staple.voxels, majority: found.majority.voxels }),
		'',
		table([[say('agreement.icc'), say('agreement.value'), say('agreement.lower'), say('agreement.upper')], ...icc]),
	];
}
