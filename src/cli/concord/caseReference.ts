import { join, resolve } from 'node:path';
import type { Issue } from '../../formats/issue.ts';
import { gridSentence } from '../../i18n/gridSentence.ts';
import { type InstallOutcome, installReference } from '../../node/installReference.ts';
import { EXPERTS_NEEDED } from '../../protocol/expert.ts';
import { caseManifestSchema, referenceFiles } from '../../schemas/caseManifest.ts';
import {
	provenanceOf,
	REFERENCE_INDEX,
	type ReferencePackage,
	referencePackageSchema,
	TOO_FEW_EXPERTS,
} from '../../schemas/referencePackage.ts';
import { type OpenedZip, openZip, type ZipLimits } from '../../store/zip.ts';
import { DATA, folderReader } from './caseFolder.ts';
import { BadInput, type Console, issueLine, WrongUsage } from './command.ts';
import { NO_DICOM } from './dicomFolder.ts';
import { fieldsOf } from './manifest.ts';
import { lastValue, readOptions } from './options.ts';
import { readBytes } from './readFiles.ts';
import type { CliKey, Say } from './say.ts';
import { intoFolder } from './writeFolder.ts';

/** A family has a dozen files at most, each a byte a voxel, compressed. */
const LIMITS: ZipLimits = { entries: 100, entryBytes: 256_000_000, totalBytes: 512_000_000 };
const MOST_BYTES = 2 ** 29;
const MOST_INDEX_BYTES = 1_000_000;

/** `concord case reference`: a reference that experts confirmed in the workbench, put into a case of the data folder. */
export async function putReference(argv: readonly string[], console: Console): Promise<void> {
	const { say, out, error } = console;
	const options = readOptions(argv, ['id', 'into'], ['replace'], say);
	const [source, ...more] = options.files;
	const named = lastValue(options, 'id');
	const problems: string[] = [];
	if (source === undefined || more.length > 0) problems.push(say('case.needsPackage'));
	if (named !== undefined && !caseManifestSchema.shape.id.safeParse(named).success)
		problems.push(say('case.badId', { word: named }));
	if (problems.length > 0) throw new WrongUsage(problems);

	const { index, files } = await readPackage(source!, say, problems);
	const id = named ?? index.caseId;
	const into = resolve(lastValue(options, 'into') ?? DATA);
	const { readSeries } = folderReader(join(into, 'cases', id), [], NO_DICOM, say, problems);
	const installing = installReference({
		id,
		dataDir: into,
		replace: options.has('replace'),
		source: source!,
		index,
		files,
		readSeries,
	});
	const outcome = await intoFolder(into, say, installing);
	for (const issue of outcome.warnings) error(say('cli.warning', { text: issueLine(issue, say) }));
	if (outcome.folder === null) throw new BadInput([...problems, ...refusals(outcome, source!, say)]);
	const { authors } = provenanceOf(index);
	error(say('case.referencePut', { id, version: index.version, authors }));
	out(outcome.folder);
}

function refusals({ issues, misfits }: InstallOutcome, source: string, say: Say): string[] {
	return [
		...issues.map((issue) => issueLine(issue, say)),
		...misfits.map(({ file, sequence, diagnosis }) => `${file}: ${gridSentence(diagnosis, sequence, say)}`),
		say('case.nothingImported', { folder: source }),
	];
}

/** The files that a package names; those that cannot be read are left out, with a sentence in `problems`. Throws `BadInput`. */
async function readPackage(
	path: string,
	say: Say,
	problems: string[],
): Promise<{ readonly index: ReferencePackage; readonly files: ReadonlyMap<string, Uint8Array> }> {
	const archive = new Blob([new Uint8Array(await readBytes(path, say, MOST_BYTES))]);
	const zip = await openZip(archive, path, LIMITS);
	if (!zip.ok) throw new BadInput(zip.issues.map((issue) => zipLine(issue, say)));
	const index = await readIndex(zip.value, path, say);
	const files = new Map<string, Uint8Array>();
	for (const name of new Set(referenceFiles(index).map(({ file }) => file))) {
		const read = await zip.value.read(name);
		if (read.ok) files.set(name, new Uint8Array(await read.value.arrayBuffer()));
		else problems.push(...read.issues.map((issue) => zipLine(issue, say)));
	}
	return { index, files };
}

async function readIndex(zip: OpenedZip, path: string, say: Say): Promise<ReferencePackage> {
	const size = zip.sizes.get(REFERENCE_INDEX);
	const none = new BadInput([`${path}: ${say('case.packageNone')}`]);
	if (size === undefined || size > MOST_INDEX_BYTES) throw none;
	const read = await zip.read(REFERENCE_INDEX);
	if (!read.ok) throw new BadInput(read.issues.map((issue) => zipLine(issue, say)));
	let json: { readonly format?: unknown; readonly schemaVersion?: unknown } | null;
	try {
		json = JSON.parse(await read.value.text());
	} catch {
		throw new BadInput([`${REFERENCE_INDEX}: ${say('cli.notJson')}`]);
	}
	if (json?.format !== referencePackageSchema.shape.format.value) throw none;
	const { schemaVersion: version } = json;
	if (typeof version === 'number' && version > referencePackageSchema.shape.schemaVersion.value)
		throw new BadInput([`${path}: ${say('case.packageNewer', { version })}`]);
	const parsed = referencePackageSchema.safeParse(json);
	if (parsed.success) return parsed.data;
	const isFew = ({ message }: { readonly message: string }) => message === TOO_FEW_EXPERTS;
	const wrong = parsed.error.issues.filter((issue) => !isFew(issue));
	const lines = wrong.length > 0 ? [say('case.packageFields', { fields: fieldsOf({ issues: wrong }) })] : [];
	if (parsed.error.issues.some(isFew)) lines.push(say('case.packageExperts', { needed: EXPERTS_NEEDED }));
	throw new BadInput(lines.map((line) => `${REFERENCE_INDEX}: ${line}`));
}

/** A fault of the archive in the words of the command line: the pages speak of a backup. */
function zipLine({ code, path, params }: Issue, say: Say): string {
	return `${path}: ${say(`case.${code}` as CliKey, params)}`;
}
