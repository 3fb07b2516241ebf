import policyFile from '../../../content/policy/findings.json' with { type: 'json' };
import { spacingMm } from '../../grid/grid.ts';
import { formatNumber } from '../../i18n/format.ts';
import { axesInWords } from '../../i18n/gridSentence.ts';
import { findingsPolicySchema } from '../../schemas/findingsPolicy.ts';
import { type ContentDiagnosis, diagnoseContent } from '../../scoring/diagnoseContent.ts';
import { fastestKernels } from '../../scoring/kernels/fastestKernels.ts';
import { measureRegions } from '../../scoring/measureRegions.ts';
import {
	LESION_PARAMETERS,
	type LesionParameters,
	type LesionWise,
	lesionWise,
} from '../../scoring/metrics/lesions.ts';
import { DEFINITIONS, type Definition, type RegionMeasures, SCORING_VERSION } from '../../scoring/scoreReport.ts';
import { type Command, type Console, WrongUsage } from './command.ts';
import { lastValue, type Options, readOptions } from './options.ts';
import { plain, plainRecord, shown, table } from './print.ts';
import { readMasks } from './readMasks.ts';
import { parseRegions, regionMask } from './regions.ts';
import type { Say } from './say.ts';

/** `concord score`: a prediction against its reference. */
export const score: Command = { name: 'score', help: 'cli.help.score', run };

const policy = findingsPolicySchema.parse(policyFile);
const LESIONS = 'brats2023:';

async function run(argv: readonly string[], console: Console): Promise<void> {
	const { say, out, error } = console;
	const valued = ['region', 'definition', 'tolerance', 'lesions'];
	const options = readOptions(argv, valued, ['json'], say);
	const problems: string[] = [];
	const [reference, prediction, ...more] = options.files;
	if (reference === undefined || prediction === undefined || more.length > 0)
		problems.push(say('cli.needsTwoMasks', { count: options.files.length }));
	const regions = parseRegions(options.values.get('region') ?? [], say, problems);
	const definition = definitionOf(options, say, problems);
	const tolerancesMm = tolerancesOf(options, say, problems);
	const parameters = lesionParametersOf(options, say, problems);
	if (problems.length > 0) throw new WrongUsage(problems);

	const { grid, data } = await readMasks([reference!, prediction!], options.has('region'), console);
	const pair = {
		reference: data[0]!,
		prediction: data[1]!,
		dims: grid.dims,
		spacingMm: spacingMm(grid),
		membership: regions.membership,
	};
	const kernels = fastestKernels;
	const measured = measureRegions(pair, { definition, tolerancesMm, kernels });
	for (const [n, name] of regions.names.entries()) {
		const masks = data.map((labels) => regionMask(labels, regions, n)) as [Uint8Array, Uint8Array];
		const off = diagnoseContent(...masks, grid, policy.limits.otherImages, kernels);
		if (off) error(contentSentence(name, off, say));
	}
	const lesions = regions.names.map((_, n) => {
		if (!parameters) return undefined;
		const masks = data.map((labels) => regionMask(labels, regions, n)) as [Uint8Array, Uint8Array];
		return lesionWise(...masks, grid.dims, pair.spacingMm, parameters, kernels);
	});
	if (options.has('json')) {
		const byName = <Value>(values: readonly Value[]) =>
			Object.fromEntries(regions.names.map((name, n) => [name, values[n]]));
		const report = {
			scoringVersion: SCORING_VERSION,
			definition,
			spacingMm: pair.spacingMm,
			regions: byName(measured.map(regionJson)),
			...(parameters && { lesions: byName(lesions.map((found) => lesionJson(found!))) }),
		};
		out(JSON.stringify(report, null, 2));
		return;
	}
	out(say('score.heading', { definition: say(`definition.${definition}`), version: SCORING_VERSION }));
	out(table(rowsOf(regions.names, measured, tolerancesMm, say)));
	for (const [n, found] of lesions.entries()) if (found) out(lesionLine(regions.names[n]!, found, say));
}

/** Says what would make a mask fit that hardly does. */
function contentSentence(region: string, { diagnosis, dice, diceThen }: ContentDiagnosis, say: Say): string {
	const text =
		diagnosis.kind === 'mirrored'
			? say('content.mirrored', { axes: axesInWords(diagnosis.axes, say) })
			: diagnosis.kind === 'shifted'
				? say('content.shifted', { mm: formatNumber(diagnosis.mm, 1), towards: say(`grid.way.${diagnosis.towards}`) })
				: say('content.axisOrder');
	return say('score.looksOff', { region, text, dice: formatNumber(dice, 2), fitted: formatNumber(diceThen, 2) });
}

function definitionOf(options: Options, say: Say, problems: string[]): Definition {
	const word = lastValue(options, 'definition') ?? 'surfel';
	const found = DEFINITIONS.find((definition) => definition === word);
	if (!found) problems.push(say('cli.badDefinition', { word, known: DEFINITIONS.join(', ') }));
	return found ?? 'surfel';
}

function tolerancesOf(options: Options, say: Say, problems: string[]): number[] {
	const words = options.values.get('tolerance') ?? ['1'];
	for (const word of words)
		if (!/^\d+(\.\d+)?$/.test(word) || Number(word) > 1000) problems.push(say('cli.badTolerance', { word }));
	return [...new Set(words.map(Number))];
}

function lesionParametersOf(options: Options, say: Say, problems: string[]): LesionParameters | undefined {
	const word = lastValue(options, 'lesions');
	if (word === undefined) return undefined;
	const known = Object.keys(LESION_PARAMETERS) as LesionParameters[];
	const found = known.find((parameters) => word === LESIONS + parameters);
	if (!found) problems.push(say('cli.badLesions', { word, known: known.map((name) => LESIONS + name).join(', ') }));
	return found;
}

function regionJson(measures: RegionMeasures) {
	const { counts, nsd, ...figures } = measures;
	const { dice, iou, sensitivity, precision, specificity, volumeSimilarity, hdMm, hd95Mm, assdMm, masdMm } = figures;
	return {
		counts,
		...plainRecord({ dice, iou, sensitivity, precision, specificity, volumeSimilarity, hdMm, hd95Mm }),
		nsd: plainRecord(nsd),
		...plainRecord({ assdMm, masdMm }),
	};
}

function lesionJson({ list, ...found }: LesionWise) {
	return { ...found, list: list.map((lesion) => ({ ...lesion, hd95Mm: plain(lesion.hd95Mm) })) };
}

function rowsOf(
	names: readonly string[],
	measured: readonly RegionMeasures[],
	tolerancesMm: readonly number[],
	say: Say,
) {
	const head = [
		say('measure.region'),
		say('measure.dice'),
		say('measure.sensitivity'),
		say('measure.precision'),
		say('measure.hd'),
		say('measure.hd95'),
		...tolerancesMm.map((mm) => say('measure.nsdAt', { mm })),
		say('measure.assd'),
		say('measure.masd'),
	];
	const rows = measured.map((m, n) => [
		names[n]!,
		...[m.dice, m.sensitivity, m.precision].map((figure) => shown(figure, 4, say)),
		...[m.hdMm, m.hd95Mm].map((figure) => shown(figure, 2, say)),
		...tolerancesMm.map((mm) => shown(m.nsd[String(mm)]!, 4, say)),
		...[m.assdMm, m.masdMm].map((figure) => shown(figure, 3, say)),
	]);
	return [head, ...rows];
}

function lesionLine(region: string, { parameters, tp, fp, fn, dice, hd95Mm }: LesionWise, say: Say): string {
	return say('score.lesions', { region, parameters, tp, fp, fn, dice: dice.toFixed(4), hd95: hd95Mm.toFixed(2) });
}
