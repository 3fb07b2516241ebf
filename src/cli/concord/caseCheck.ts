import { existsSync } from 'node:fs';
import { join } from 'node:path';
import acceptanceFile from '../../../content/policy/acceptance.json' with { type: 'json' };
import { identifyingTexts } from '../../formats/identifying.ts';
import type { Issue } from '../../formats/issue.ts';
import { acceptanceFigures, acceptanceSentence } from '../../i18n/acceptanceSentence.ts';
import { type AcceptanceReason, type AcceptanceReport, acceptCase } from '../../importers/acceptance.ts';
import { type SeriesFacts, voxelFacts } from '../../importers/seriesFacts.ts';
import { sortFiles } from '../../importers/sortFiles.ts';
import type { Acquisition } from '../../protocol/acquisition.ts';
import type { Sequence } from '../../protocol/protocol.ts';
import { acceptancePolicySchema } from '../../schemas/acceptancePolicy.ts';
import type { QualityGrade } from '../../schemas/preRead.ts';
import { chosenSeries, filesIn, folderReader, listed } from './caseFolder.ts';
import { BadInput, type Console, issueLine, WrongUsage } from './command.ts';
import { dicomIn, type FoundDicom, NO_DICOM } from './dicomFolder.ts';
import { readManifest } from './manifest.ts';
import { type Options, readOptions } from './options.ts';
import { table } from './print.ts';
import type { CliKey, Say } from './say.ts';

const policy = acceptancePolicySchema.parse(acceptanceFile);

/** Warnings of a volume that a check tells. */
const CHECKED = ['header.identifies', 'dicom.missingSlices', 'dicom.doubledSlices'];

/** A file or series of DICOM to be checked, and what is known beforehand. */
interface Source {
	readonly sequence: Sequence;
	readonly file: string;
	readonly acquisition: Acquisition;
	readonly grade?: QualityGrade | undefined;
}

/** `concord case check`: whether a case is acquired as the consensus asks (§2.2, §3.1). Throws `BadInput` where it fails. */
export async function check(argv: readonly string[], console: Console): Promise<void> {
	const { say, out, error } = console;
	const options = readOptions(argv, ['series'], ['json'], say);
	const [folder, ...more] = options.files;
	const problems: string[] = [];
	if (folder === undefined || more.length > 0) problems.push(say('case.needsFolder'));
	chosenSeries(options, null, say, problems);
	if (problems.length > 0) throw new WrongUsage(problems);

	const files = await filesIn(folder!, console);
	const isCase = existsSync(join(folder!, 'case.json'));
	const dicom = isCase ? NO_DICOM : await dicomIn(folder!, files, console);
	const sources = isCase
		? (await readManifest(folder!, say)).series.map(({ acquisition = {}, ...series }) => ({ ...series, acquisition }))
		: looseFiles(folder!, files, dicom, options, console, problems);
	const { readSeries } = folderReader(folder!, files, dicom, say, problems);
	const facts: SeriesFacts[] = [];
	const warnings: Issue[] = [];
	for (const { sequence, file, acquisition, grade } of sources) {
		const source = await readSeries(file);
		if (!source) continue;
		const { volume, places } = source;
		if (volume.ok) {
			const { grid, orientation, texts } = volume.value;
			warnings.push(...volume.value.warnings.filter(({ code }) => !CHECKED.includes(code)));
			facts.push({
				name: file,
				sequence,
				grid,
				orientation,
				acquisition: { ...source.acquisition, ...acquisition },
				voxels: voxelFacts(volume.value),
				grade,
				identifying: [...new Set(identifyingTexts(texts).map(({ field }) => field))],
				...(places && { places }),
			});
		} else problems.push(...volume.issues.map((issue) => issueLine(issue, say)));
	}
	if (problems.length > 0) throw new BadInput(problems);
	for (const issue of warnings) error(say('cli.warning', { text: issueLine(issue, say) }));
	const report = acceptCase(facts, policy);
	out(options.has('json') ? JSON.stringify(report, null, 2) : inWords(report, say));
	if (report.verdict === 'fail') throw new BadInput(options.has('json') ? [] : [say('acceptance.case.fail')]);
}

/** Files that are no case yet, by their names or as `--series` says. */
function looseFiles(
	folder: string,
	files: readonly string[],
	dicom: FoundDicom,
	options: Options,
	{ say, error }: Console,
	problems: string[],
): readonly Source[] {
	const { series, unused, issues } = sortFiles(
		files,
		chosenSeries(options, files, say, problems, dicom.series),
		dicom.series,
	);
	problems.push(...issues.map((issue) => issueLine(issue, say)));
	if (series.length === 0 && problems.length === 0) problems.push(`${folder}: ${say('issue.case.noSeries')}`);
	if (unused.length > 0) error(say('cli.warning', { text: say('case.unused', { list: listed(unused) }) }));
	return series.map((each) => ({ ...each, acquisition: {} }));
}

function inWords(report: AcceptanceReport, say: Say): string {
	const term = (sequence: string) => say(`sequence.${sequence as Sequence}`);
	const rows = report.series.flatMap(({ sequence, checks }) =>
		checks.map((each) => {
			const { measured, limit } = acceptanceFigures(each, say);
			return [
				sequence ?? '',
				say(`acceptance.check.${each.check}`),
				measured,
				limit,
				say(`acceptance.verdict.${each.verdict}`),
				each.clause,
			];
		}),
	);
	const head = (['series', 'check', 'measured', 'limit', 'verdict', 'clause'] as const).map((name) =>
		say(`acceptance.column.${name}` satisfies CliKey),
	);
	const all = [
		...report.sequences.map((each) => ({ ...each, file: null as string | null })),
		...report.series.flatMap(({ name, checks }) => checks.map((each) => ({ ...each, file: name }))),
	];
	const sentences = all
		.filter(({ verdict }) => verdict !== 'pass')
		.map((each) => {
			const sentence = acceptanceSentence<AcceptanceReason>(each, say, term);
			const where = each.file === null ? '' : `${each.file}: `;
			return `${say(`acceptance.verdict.${each.verdict}`)} ${where}${sentence} [${each.rules.join(' ')}] ${each.clause}`;
		});
	const end = report.verdict === 'fail' ? [] : [say(`acceptance.case.${report.verdict}`)];
	return [table([head, ...rows]), ...sentences, ...end].join('\n');
}
