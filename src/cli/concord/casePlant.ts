import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import findingsFile from '../../../content/policy/findings.json' with { type: 'json' };
import { gzip } from '../../formats/deflate.ts';
import { writeNifti } from '../../formats/niftiWrite.ts';
import type { Grid } from '../../grid/grid.ts';
import { formatNumber } from '../../i18n/format.ts';
import type { PlantSource } from '../../phantom/plant/bench.ts';
import { type PlantedDrawing, type PlantTruth, planterFor } from '../../phantom/plant/plant.ts';
import { patientOf } from '../../protocol/maskName.ts';
import { REGION_SEQUENCE, type Sequence } from '../../protocol/protocol.ts';
import type { CaseManifest } from '../../schemas/caseManifest.ts';
import { findingsPolicySchema } from '../../schemas/findingsPolicy.ts';
import type { PlantedTruthFile } from '../../schemas/plantedTruth.ts';
import { FINDING_CODES, type FindingCode } from '../../scoring/findings/finding.ts';
import { BadInput, type Console, WrongUsage } from './command.ts';
import { readManifest } from './manifest.ts';
import { lastValue, readOptions } from './options.ts';
import { readGrid, readLayers, readReferences } from './readReference.ts';
import { intoFolder } from './writeFolder.ts';

const policy = findingsPolicySchema.parse(findingsFile);

/** `concord case plant`: masks of a case with one error each, as an algorithm might leave them, and what is wrong. */
export async function plant(argv: readonly string[], console: Console): Promise<void> {
	const { say, out, error } = console;
	const options = readOptions(argv, ['out', 'code', 'seed'], [], say);
	const [folder, ...more] = options.files;
	const target = lastValue(options, 'out');
	const word = lastValue(options, 'seed') ?? '1';
	const codes = options.values.get('code') ?? FINDING_CODES;
	const problems: string[] = [];
	if (folder === undefined || more.length > 0) problems.push(say('case.needsFolder'));
	if (target === undefined) problems.push(say('case.needsOut'));
	if (!/^\d{1,10}$/.test(word) || Number(word) > 0xffffffff) problems.push(say('case.badSeed', { word }));
	for (const code of codes)
		if (!FINDING_CODES.some((known) => known === code))
			problems.push(say('case.badWord', { option: 'code', word: code, known: FINDING_CODES.join(', ') }));
	if (problems.length > 0) throw new WrongUsage(problems);

	const manifest = await readManifest(folder!, say);
	const source = await readSource(folder!, manifest, console);
	await intoFolder(target!, say, mkdir(resolve(target!), { recursive: true }));
	if ((await intoFolder(target!, say, readdir(target!))).length > 0)
		throw new BadInput([`${target}: ${say('case.notEmpty')}`]);
	const draw = planterFor(source, policy);
	const refusals: string[] = [];
	let made = 0;
	for (const code of new Set(codes as readonly FindingCode[])) {
		const drawing = draw([code], Number(word));
		const [truth] = drawing.truths;
		if (truth) {
			const file = truthFile(manifest, truth, drawing, Number(word));
			await intoFolder(target!, say, writeSet(join(target!, code), file, drawing));
			made++;
			const amount = `${formatNumber(truth.amount.value, 2)} ${say(`plant.unit.${truth.amount.unit}`)}`;
			out(
				`${join(target!, code)}: ${say('plant.line', { region: truth.region, amount, rules: truth.rules.join(' ') })}`,
			);
		}
		for (const { reason, layer } of drawing.refused)
			refusals.push(say('plant.refused', { code, reason: say(`plant.${reason}`, { layer: layer ?? '' }) }));
	}
	if (made === 0) throw new BadInput(refusals);
	for (const line of refusals) error(line);
}

/** What a case's folder holds of its reference, and the grids of its series. Throws `BadInput` with all that is wrong. */
export async function readSource(folder: string, manifest: CaseManifest, console: Console): Promise<PlantSource> {
	if (!manifest.reference) throw new BadInput([`${join(folder, 'case.json')}: ${console.say('cli.noReference')}`]);
	const problems: string[] = [];
	const references = await readReferences(folder, manifest, console, problems);
	const layers = await readLayers(folder, manifest, console, problems);
	const series = new Map<Sequence, Grid>();
	for (const [region, { grid }] of references) series.set(REGION_SEQUENCE[region], grid);
	for (const { sequence, file } of manifest.series) {
		const grid = series.has(sequence) ? null : await readGrid(join(folder, file), console.say, problems);
		if (grid) series.set(sequence, grid);
	}
	if (problems.length > 0) throw new BadInput([...new Set(problems)]);
	return {
		family: manifest.family,
		regions: [...references].map(([region, { grid, data }]) => ({ region, grid, reference: data })),
		layers,
		series,
		patient: manifest.patient ?? null,
		fileNumber: manifest.patient ?? patientOf(manifest.id),
	};
}

/** Whether only a log tells of an error: nothing in the masks does. */
const isInLog = ({ code, changed }: PlantTruth) => code === 'E25' && changed.length === 0;

function truthFile(
	{ id, family }: CaseManifest,
	truth: PlantTruth,
	{ masks }: PlantedDrawing,
	seed: number,
): PlantedTruthFile {
	return {
		schemaVersion: 1,
		caseId: id,
		family,
		seed,
		policyVersion: policy.version,
		...truth,
		rules: [...truth.rules],
		where: truth.where && { ...truth.where, xyzMm: [...truth.where.xyzMm] },
		changed: truth.changed.map(({ region, drawn, leftOut }) => ({
			region,
			drawn: drawn.length,
			leftOut: leftOut.length,
		})),
		masks: masks.map(({ region, name }) => ({ region, file: name })),
		log: isInLog(truth) ? 'log.json' : null,
	};
}

async function writeSet(folder: string, truth: PlantedTruthFile, { masks, log }: PlantedDrawing): Promise<void> {
	await mkdir(folder);
	for (const { name, grid, data } of masks)
		await writeFile(join(folder, name), gzip(writeNifti({ grid, data }, { description: 'Concord, planted error' })));
	if (truth.log !== null)
		await writeFile(join(folder, truth.log), `${JSON.stringify({ schemaVersion: 1, actions: log }, null, '\t')}\n`);
	await writeFile(join(folder, 'truth.json'), `${JSON.stringify(truth, null, '\t')}\n`);
}
