import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import policyFile from '../../../content/policy/findings.json' with { type: 'json' };
import { findingSentence } from '../../i18n/findingSentence.ts';
import { labelsToRegions } from '../../importers/labelScheme.ts';
import { FAMILY_REGIONS, REGION_SEQUENCE, REGIONS, type Region } from '../../protocol/protocol.ts';
import { type CaseManifest, caseManifestSchema } from '../../schemas/caseManifest.ts';
import { findingsPolicySchema } from '../../schemas/findingsPolicy.ts';
import { findFindings } from '../../scoring/findings/findFindings.ts';
import type { DrawnRegion, Finding, FindingCode } from '../../scoring/findings/finding.ts';
import { typescriptKernels } from '../../scoring/kernels/typescriptKernels.ts';
import { BadInput, type Command, type Console, issueLine, WrongUsage } from './command.ts';
import { readOptions } from './options.ts';
import { readMasks } from './readMasks.ts';
import type { Say } from './say.ts';

/** `concord findings`: which rules a drawing breaks. */
export const findings: Command = { name: 'findings', help: 'cli.help.findings', run };

const policy = findingsPolicySchema.parse(policyFile);

async function run(argv: readonly string[], console: Console): Promise<void> {
	const { say, out } = console;
	const options = readOptions(argv, [], ['json'], say);
	const [folder, ...words] = options.files;
	const problems: string[] = [];
	if (folder === undefined || words.length === 0) problems.push(say('cli.needsCase', { count: options.files.length }));
	const masks = new Map<Region, string>();
	for (const word of words) {
		const region = regionOf(word, say, problems);
		if (!region) continue;
		if (masks.has(region)) problems.push(say('cli.regionTwice', { name: region }));
		masks.set(region, word.replace(/^[A-Z]{2}=/, ''));
	}
	if (problems.length > 0) throw new WrongUsage(problems);

	const manifest = await readManifest(folder!, say);
	const known = FAMILY_REGIONS[manifest.family] as readonly Region[];
	const foreign = [...masks.keys()].filter((region) => !known.includes(region));
	if (foreign.length > 0) {
		const lines = foreign.map((region) => say('cli.regionNotInCase', { region, known: known.join(', ') }));
		throw new BadInput(lines);
	}
	const regions = await readRegions(folder!, manifest, masks, console);
	const list = findFindings({ family: manifest.family, regions }, policy, typescriptKernels);
	if (options.has('json'))
		out(JSON.stringify({ caseId: manifest.id, policyVersion: policy.version, findings: list }, null, 2));
	else {
		for (const finding of list) out(line(finding, say));
		if (list.length === 0) out(say('finding.none'));
		out(`${say('finding.defaults')} ${say('finding.unchecked')}`);
	}
}

/** The region that a word like `WT=file` or `P0012_FLAIR_WT.nii.gz` means. */
function regionOf(word: string, say: Say, problems: string[]): Region | undefined {
	const named = /^([A-Z]{2})=./.exec(word);
	const [, sequence, code] = /^[A-Za-z0-9-]{1,32}_([A-Z0-9]+)_([A-Z]{2})\.nii(?:\.gz)?$/.exec(basename(word)) ?? [];
	const region = REGIONS.find((known) => known === (named?.[1] ?? code));
	if (!region) problems.push(say('cli.maskRegion', { word }));
	else if (!named && sequence !== REGION_SEQUENCE[region])
		problems.push(say('cli.maskSequence', { word, region, sequence: REGION_SEQUENCE[region] }));
	return region;
}

async function readManifest(folder: string, say: Say): Promise<CaseManifest> {
	const path = join(folder, 'case.json');
	const text = await readFile(path, 'utf8').catch(() => '');
	let content: unknown;
	try {
		content = JSON.parse(text);
	} catch {
		content = undefined;
	}
	const read = caseManifestSchema.safeParse(content);
	if (!read.success) throw new BadInput([`${path}: ${say('cli.noCase')}`]);
	if (!read.data.reference) throw new BadInput([`${path}: ${say('cli.noReference')}`]);
	return read.data;
}

/** The regions with a reference; what was not given counts as not drawn. */
async function readRegions(
	folder: string,
	{ family, reference }: CaseManifest,
	masks: ReadonlyMap<Region, string>,
	console: Console,
): Promise<DrawnRegion[]> {
	const problems: string[] = [];
	const regions: DrawnRegion[] = [];
	for (const region of FAMILY_REGIONS[family] as readonly Region[]) {
		const file =
			reference?.kind === 'multiClass'
				? reference.mask.file
				: reference?.masks.find((each) => each.region === region)?.file;
		if (file === undefined) continue;
		const paths = [join(folder, file), ...(masks.has(region) ? [masks.get(region)!] : [])];
		try {
			const { grid, data } = await readMasks(paths, console);
			const expected =
				reference?.kind === 'multiClass' ? ofLabels(data[0]!, reference.labels, region, file, console.say) : data[0]!;
			regions.push({ region, grid, reference: expected, prediction: data[1] ?? new Uint8Array(expected.length) });
		} catch (failure) {
			if (!(failure instanceof BadInput)) throw failure;
			problems.push(...failure.lines);
		}
	}
	if (problems.length > 0) throw new BadInput([...new Set(problems)]);
	return regions;
}

function ofLabels(
	data: Uint8Array,
	scheme: Parameters<typeof labelsToRegions>[1],
	region: Region,
	file: string,
	say: Say,
): Uint8Array {
	const found = labelsToRegions(data, scheme, [region], file);
	if (!found.ok) throw new BadInput(found.issues.map((issue) => issueLine(issue, say)));
	return found.value.get(region)!;
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
