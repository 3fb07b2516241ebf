import { basename, join } from 'node:path';
import findingsFile from '../../../content/policy/findings.json' with { type: 'json' };
import marksFile from '../../../content/policy/marks.json' with { type: 'json' };
import { diagnoseGrid } from '../../grid/diagnoseGrid.ts';
import { type Grid, voxelCount } from '../../grid/grid.ts';
import { reorderVoxels } from '../../grid/reorder.ts';
import { findingSentence } from '../../i18n/findingSentence.ts';
import { formatNumber } from '../../i18n/format.ts';
import { gridSentence } from '../../i18n/gridSentence.ts';
import { markName, markValue } from '../../i18n/markWords.ts';
import { segmentsOfRegion } from '../../importers/regionSegments.ts';
import { regionsNamed } from '../../protocol/maskName.ts';
import { FAMILY_REGIONS, REGION_SEQUENCE, REGIONS, type Region, type Sequence } from '../../protocol/protocol.ts';
import type { CaseManifest } from '../../schemas/caseManifest.ts';
import { findingsPolicySchema } from '../../schemas/findingsPolicy.ts';
import { marksPolicySchema } from '../../schemas/marksPolicy.ts';
import { toolLogSchema } from '../../schemas/toolLog.ts';
import { findFileErrors } from '../../scoring/findings/files.ts';
import type { DrawnRegion, Files, Finding, FindingCode, ToolAction } from '../../scoring/findings/finding.ts';
import { resampleLabels } from '../../scoring/findings/resample.ts';
import { fastestKernels } from '../../scoring/kernels/fastestKernels.ts';
import { type MarkMeasure, TIERS } from '../../scoring/marks.ts';
import type { UndefinedReason } from '../../scoring/measure.ts';
import { scoreCase } from '../../scoring/scoreCase.ts';
import { BadInput, type Command, type Console, WrongUsage } from './command.ts';
import { fieldsOf, readJson, readManifest } from './manifest.ts';
import { lastValue, readOptions } from './options.ts';
import { plain } from './print.ts';
import { onGrid, type ReadMask, readMask } from './readMasks.ts';
import { readGrid, readLayers, readReferences } from './readReference.ts';
import type { Say } from './say.ts';

/** `concord findings`: which rules a drawing breaks, and its marks. */
export const findings: Command = { name: 'findings', help: 'cli.help.findings', run };

const findingsPolicy = findingsPolicySchema.parse(findingsFile);
const marksPolicy = marksPolicySchema.parse(marksFile);

async function run(argv: readonly string[], console: Console): Promise<void> {
	const { say } = console;
	const options = readOptions(argv, ['log'], ['json'], say);
	const [folder, ...words] = options.files;
	const problems: string[] = [];
	if (folder === undefined || words.length === 0) problems.push(say('cli.needsCase', { count: options.files.length }));
	const paths = new Map<Region, string>();
	for (const word of words) {
		const regions = regionsOf(word);
		if (regions.length === 0) problems.push(say('cli.maskRegion', { word }));
		for (const region of regions)
			if (paths.has(region)) problems.push(say('cli.regionTwice', { name: region }));
			else paths.set(region, word.replace(/^[A-Z]{2}=/, ''));
	}
	if (problems.length > 0) throw new WrongUsage(problems);

	const manifest = await readManifest(folder!, say);
	if (!manifest.reference) throw new BadInput([`${join(folder!, 'case.json')}: ${say('cli.noReference')}`]);
	const known = FAMILY_REGIONS[manifest.family] as readonly Region[];
	for (const region of paths.keys())
		if (!known.includes(region)) problems.push(say('cli.regionNotInCase', { region, known: known.join(', ') }));
	const logFile = lastValue(options, 'log');
	const log = logFile === undefined ? null : await readLog(logFile, say, problems);
	const references = await readReferences(folder!, manifest, console, problems);
	const layers = await readLayers(folder!, manifest, console, problems);
	const masks = new Map<Region, ReadMask>();
	for (const [region, path] of paths) {
		const mask = await readMask(path, console, problems, (read, name) =>
			segmentsOfRegion(read, region, manifest.family, name),
		);
		if (mask) masks.set(region, mask);
	}
	if (problems.length > 0) throw new BadInput([...new Set(problems)]);

	for (const [region, { path }] of masks)
		if (!references.has(region)) console.error(say('cli.regionNoReference', { path, region }));
	const files = await filesOf(folder!, manifest, references, masks, console);
	for (const error of findFileErrors(files, findingsPolicy)) {
		if (error.code !== 'E22') continue;
		const [mask, reference] = [masks.get(error.region)!, references.get(error.region)!];
		const why = gridSentence(diagnoseGrid(mask.grid, reference.grid), reference.path, say);
		problems.push(`${mask.path}: ${error.code} ${why} [${error.rules.join(' ')}] ${say('finding.hard')}`);
	}
	if (problems.length > 0) throw new BadInput(problems);
	const regions = [...references].map(
		([region, { grid, data }]): DrawnRegion => ({
			region,
			grid,
			reference: data,
			prediction: predicted(masks.get(region), grid),
		}),
	);
	const report = scoreCase(
		{ caseId: manifest.id, family: manifest.family, regions, unscored: [], layers, log, files },
		{ definition: 'surfel', kernels: fastestKernels, findingsPolicy, marksPolicy },
	);
	print(report, options.has('json'), console);
}

type Report = ReturnType<typeof scoreCase>;

function print({ caseId, findings: found, marks }: Report, json: boolean, { say, out }: Console): void {
	const { policyVersion, list, unchecked, detection, duralRecall } = found!;
	if (json) {
		const plainMarks = marks!.list.map((mark) => ({ ...mark, value: plain(mark.value) }));
		const report = { caseId, policyVersion, findings: list, unchecked, detection, duralRecall, marks: plainMarks };
		out(JSON.stringify(report, null, 2));
		return;
	}
	for (const finding of list) out(line(finding, say));
	if (list.length === 0) out(say('finding.none'));
	if (unchecked.length > 0)
		out(say('finding.unchecked', { list: unchecked.map((each) => say(`unchecked.${each}`)).join(say('finding.and')) }));
	for (const mark of marks!.list) {
		const cuts = TIERS.map((tier) => formatNumber(mark.cuts[tier], 2)).join(' / ');
		const tier = say(mark.tier ? `tier.${mark.tier}` : 'tier.none');
		out(
			`${markName<Region, MarkMeasure>(mark, say)}: ${markValue<MarkMeasure, UndefinedReason>(mark, say)} ${tier} (${cuts})${mark.gated ? '' : ` ${say('mark.told')}`}`,
		);
	}
	out(say('finding.defaults'));
}

/** The regions that a word like `WT=file` or `P0012_FLAIR_WT.nii.gz` means: several only of segmentations. */
function regionsOf(word: string): readonly Region[] {
	const code = /^([A-Z]{2})=/.exec(word)?.[1];
	return code === undefined ? regionsNamed(basename(word)) : REGIONS.filter((known) => known === code);
}

async function readLog(path: string, say: Say, problems: string[]): Promise<readonly ToolAction[]> {
	const read = toolLogSchema.safeParse(await readJson(path, say));
	if (read.success) return read.data.actions;
	problems.push(`${path}: ${say('cli.badLog', { fields: fieldsOf(read.error) })}`);
	return [];
}

/**
 * What the file checks need. Series are read only where a mask does not fit the one that it should. Segmentations that are
 * cut are laid into the series that they are drawn on, their own if they can: `masks` has them so afterwards.
 */
async function filesOf(
	folder: string,
	{ series, patient }: CaseManifest,
	references: ReadonlyMap<Region, ReadMask>,
	masks: Map<Region, ReadMask>,
	console: Console,
): Promise<Files> {
	const grids = new Map<Sequence, Grid>();
	for (const [region, { grid }] of references) grids.set(REGION_SEQUENCE[region], grid);
	const scored = [...masks].filter(([region]) => references.has(region));
	const fit = scored.every(([region, mask]) => onGrid(mask, references.get(region)!.grid) !== null);
	const problems: string[] = [];
	for (const { sequence, file } of fit ? [] : series) {
		const path = join(folder, file);
		const grid = grids.has(sequence) ? null : await readGrid(path, console.say, problems);
		if (grid) grids.set(sequence, grid);
	}
	if (problems.length > 0) throw new BadInput(problems);
	for (const [region, mask] of scored) if (mask.mayBeCut) masks.set(region, laidIn(mask, region, grids));
	const files = scored.map(([region, { path }]) => ({ region, name: basename(path), grid: masks.get(region)!.grid }));
	return { masks: files, series: grids, patient: patient ?? null };
}

function laidIn(mask: ReadMask, region: Region, grids: ReadonlyMap<Sequence, Grid>): ReadMask {
	for (const grid of [grids.get(REGION_SEQUENCE[region])!, ...grids.values()]) {
		const data = onGrid(mask, grid);
		if (data) return { ...mask, grid, data };
	}
	return mask;
}

/** A mask on the grid of its reference: rewritten where only the order differs, by the nearest voxel from another series. */
function predicted(mask: ReadMask | undefined, grid: Grid): Uint8Array {
	if (!mask) return new Uint8Array(voxelCount(grid.dims));
	return reorderVoxels(mask.data, mask.grid, grid) ?? resampleLabels(mask.data, mask.grid, grid);
}

function line(finding: Finding, say: Say): string {
	const { code, region, lesion, rules, hardFail, where } = finding;
	return say('findings.line', {
		code,
		region: say(`region.${region}`),
		lesion: lesion === null ? '' : ` ${say('finding.lesion', { lesion })}`,
		sentence: findingSentence<FindingCode>(finding, say),
		rules: rules.join(' '),
		hard: hardFail ? ` ${say('finding.hard')}` : '',
		place: where ? say('findings.place', { sequence: where.sequence, slice: where.slice + 1 }) : '',
	});
}
