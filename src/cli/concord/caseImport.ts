import { basename, posix, resolve } from 'node:path';
import { gridSentence } from '../../i18n/gridSentence.ts';
import { bratsFamily, EDITIONS, isGrossVolume } from '../../importers/brats.ts';
import { importIssue } from '../../importers/importIssue.ts';
import { sortFiles } from '../../importers/sortFiles.ts';
import { type ImportOutcome, importCase } from '../../node/importCase.ts';
import type { ImportReference } from '../../node/importReference.ts';
import { areLesions, regionsNamed } from '../../protocol/maskName.ts';
import { FAMILIES, FAMILY_REGIONS, type Family, REGIONS, type Region } from '../../protocol/protocol.ts';
import { chosenSeries, DATA, filesIn, folderReader, listed, oneOf } from './caseFolder.ts';
import { BadInput, type Console, issueLine, WrongUsage } from './command.ts';
import { dicomIn } from './dicomFolder.ts';
import { lastValue, type Options, readOptions } from './options.ts';
import { PROVENANCE_OPTIONS, readProvenance } from './provenance.ts';
import { type Say, sayIn } from './say.ts';
import { intoFolder } from './writeFolder.ts';

const COMMON = ['id', 'family', 'into', 'series', 'title-zh', 'title-en', ...PROVENANCE_OPTIONS] as const;

/** `concord case import brats|nifti`: a case from files of a disk into the data folder. */
export async function importInto([kind, ...argv]: readonly string[], console: Console): Promise<void> {
	const { say, out } = console;
	if (kind !== 'brats' && kind !== 'nifti') throw new WrongUsage([say('case.importKind', { word: kind ?? '' })]);
	const own = kind === 'brats' ? ['reference', 'edition'] : ['mask'];
	const options = readOptions(argv, [...COMMON, ...own], ['replace'], say);
	const [folder, ...more] = options.files;
	const problems: string[] = [];
	const id = lastValue(options, 'id');
	const named = oneOf(options, 'family', FAMILIES, say, problems);
	const edition = oneOf(options, 'edition', Object.keys(EDITIONS) as (keyof typeof EDITIONS)[], say, problems);
	if (folder === undefined || more.length > 0) problems.push(say('case.needsFolder'));
	if (id === undefined) problems.push(say('case.needsId'));
	else if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id)) problems.push(say('case.badId', { word: id }));
	if (kind === 'nifti' && !named && !options.has('family')) problems.push(say('case.needsFamily'));
	chosenSeries(options, null, say, problems);
	if (problems.length > 0) throw new WrongUsage(problems);

	const files = await filesIn(folder!, console);
	const names = [basename(resolve(folder!)), ...files];
	const family = named ?? bratsFamily(names);
	// A mask that was named is no image, whatever it is called.
	const given = new Set(namedMasks(options).map(({ file }) => file));
	const dicom = await dicomIn(
		folder!,
		files.filter((file) => !given.has(file) && (kind === 'brats' || regionsNamed(basename(file)).length === 0)),
		console,
	);
	const chosen = chosenSeries(options, files, say, problems, dicom.series);
	for (const file of chosen.values()) if (given.has(file)) problems.push(say('case.seriesAndMask', { file }));
	const { series, ...sorted } = sortFiles(
		files.filter((file) => !given.has(file)),
		chosen,
		dicom.series,
	);
	const gross = sorted.unused.filter(isGrossVolume);
	const reference =
		kind === 'brats'
			? bratsReference(options, sorted.references.length > 0 ? sorted.references : gross, names, edition, say, problems)
			: regionMasks(options, sorted.masks, files, family, say, problems);
	problems.push(...sorted.issues.map((issue) => issueLine(issue, say)));
	if (series.length === 0 && problems.length === 0) problems.push(`${folder}: ${say('issue.case.noSeries')}`);
	if (problems.length > 0) throw new BadInput(problems);
	const taken = new Set<string>(reference?.files.map(({ file }) => file));
	const unused = [...sorted.unused, ...sorted.masks, ...sorted.references].filter((file) => !taken.has(file));
	if (unused.length > 0) console.error(say('cli.warning', { text: say('case.unused', { list: listed(unused) }) }));
	if (!reference && PROVENANCE_OPTIONS.some((name) => options.has(name)))
		console.error(say('cli.warning', { text: say('case.noReferenceFound') }));
	const provenance = reference ? await readProvenance(options, console) : null;

	for (const { sequence, file } of series) console.error(`${sequence}: ${file}`);
	console.error(say('case.importAs', { family: say(`family.${family}`) }));
	const title = (locale: 'zh' | 'en') => lastValue(options, `title-${locale}`) ?? sayIn(locale)(`family.${family}`);
	const into = resolve(lastValue(options, 'into') ?? DATA);
	const importing = importCase({
		id: id!,
		dataDir: into,
		replace: options.has('replace'),
		family,
		title: { zh: title('zh'), en: title('en') },
		subtitle: { zh: id!, en: id! },
		series,
		reference,
		provenance,
		...folderReader(folder!, files, dicom, say, problems),
		onProgress: (done, total, file) => console.error(`${id}: ${done} / ${total}, ${file}`),
	});
	const outcome = await intoFolder(into, say, importing);
	tell(outcome, folder!, console, problems);
	out(outcome.folder!);
}

/** Says what was found and left out. Throws `BadInput` with everything that is wrong where nothing was imported. */
function tell(outcome: ImportOutcome, source: string, { say, error }: Console, problems: string[]): void {
	for (const issue of outcome.warnings) error(say('cli.warning', { text: issueLine(issue, say) }));
	for (const { file, field } of outcome.texts) error(say('case.textRemoved', { file, field }));
	const misfits = outcome.misfits.map(
		({ region, sequence, path, diagnosis }) =>
			`${path}: ${say('case.misfit', { region: say(`region.${region}`), text: gridSentence(diagnosis, sequence, say) })}`,
	);
	if (outcome.folder === null) {
		const lines = [...problems, ...outcome.issues.map((issue) => issueLine(issue, say)), ...misfits];
		throw new BadInput([...lines, say('case.nothingImported', { folder: source })]);
	}
	for (const line of misfits) error(say('cli.warning', { text: line }));
}

/** Files named as masks by `--mask WT=file` and `--reference file`, with the word that names them. */
function namedMasks(options: Options): { word: string; code: string | undefined; file: string }[] {
	const references = options.values.get('reference')?.slice(-1) ?? [];
	return [...references, ...(options.values.get('mask') ?? [])].map((word) => {
		const [, code, file = word] = /^([A-Z]{2})=(.+)$/.exec(word) ?? [];
		return { word, code, file: posix.normalize(file) };
	});
}

/** @param names of the folder and its files */
function bratsReference(
	options: Options,
	guessed: readonly string[],
	names: readonly string[],
	edition: keyof typeof EDITIONS | undefined,
	say: Say,
	problems: string[],
): ImportReference | null {
	const chosen = lastValue(options, 'reference');
	const file = chosen === undefined ? guessed[0] : posix.normalize(chosen);
	if (chosen === undefined && guessed.length > 1) {
		const issue = importIssue('import.severalReferences', guessed[0]!, { files: guessed.join(', ') });
		problems.push(issueLine(issue, say));
	}
	if (file === undefined) return null;
	if (!names.slice(1).includes(file)) problems.push(`${file}: ${say('cli.fileMissing')}`);
	else if (isGrossVolume(file) || isGrossVolume(names[0]!))
		problems.push(issueLine(importIssue('labels.grossVolume', file, { file }), say));
	return { kind: 'brats', files: [{ file }], edition: edition && EDITIONS[edition], names };
}

/** Masks given as `--mask WT=file`; without any, those named by the naming rule. Several of one region are its lesions. */
function regionMasks(
	options: Options,
	guessed: readonly string[],
	files: readonly string[],
	family: Family,
	say: Say,
	problems: string[],
): ImportReference | null {
	const known = FAMILY_REGIONS[family] as readonly Region[];
	const words = options.has('mask')
		? namedMasks(options)
		: guessed.flatMap((file) => regionsNamed(basename(file)).map((code) => ({ word: file, code, file })));
	const masks = new Map<Region, string[]>();
	const tell = (issue: Parameters<typeof issueLine>[0]) => problems.push(issueLine(issue, say));
	for (const { word, code, file } of words) {
		const region = REGIONS.find((each) => each === code);
		if (!region) problems.push(say('cli.maskRegion', { word }));
		else if (!files.includes(file)) problems.push(`${file}: ${say('cli.fileMissing')}`);
		else if (!known.includes(region))
			tell(importIssue('import.regionFamily', file, { region, known: known.join(', ') }));
		else masks.set(region, [...(masks.get(region) ?? []), file]);
	}
	for (const [region, own] of masks)
		if (own.length > 1 && !areLesions(own.map((file) => basename(file))))
			tell(importIssue('import.regionTwice', own.at(-1)!, { region, files: own.join(', ') }));
	if (masks.size === 0) return null;
	return { kind: 'perRegion', files: [...masks].flatMap(([region, own]) => own.map((file) => ({ region, file }))) };
}
