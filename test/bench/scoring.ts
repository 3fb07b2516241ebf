// `npm run bench -- scoring`: CPU and wall time of scoring, cold and warm, on made masks or on a pair of files.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { spacingMm } from '../../src/grid/grid.ts';
import { reorderVoxels } from '../../src/grid/reorder.ts';
import { type LabelMap, readLabelMap } from '../../src/importers/readLabelMap.ts';
import { typescriptKernels } from '../../src/scoring/kernels/typescriptKernels.ts';
import { summary } from './_benchTools.mjs';
import { type Measured, measureWarm } from './_scoringRun.ts';
import type { Bench } from './_scoringScore.ts';

const HELP = `npm run bench -- scoring [--pair REFERENCE PREDICTION [--region NAME=1,2,3]…] [--repeat N] [--json]
Dice, HD95 and NSD at 1 mm. Cold: the first call in a fresh worker of a fresh process, scoring bundled as for the site and
loaded in the time measured.`;

const TARGETS: Readonly<Record<Bench, { readonly about: string; readonly warmMs: number; readonly coldMs?: number }>> =
	{
		glioma: { about: '240×240×155, three regions', warmMs: 20, coldMs: 60 },
		thick: { about: '512×512×24, three regions', warmMs: 30 },
		far: { about: '240×240×155, bodies 90 mm apart', warmMs: 150 },
		metastases: { about: '20 metastases, lesion-wise', warmMs: 250 },
		floor: { about: 'reading both masks once', warmMs: Number.POSITIVE_INFINITY },
	};

const { values, positionals, wrong } = readArguments();
const repeat = Number(values.repeat);
if (values.help) console.log(HELP);
else if (
	wrong ||
	!Number.isInteger(repeat) ||
	repeat < 1 ||
	(values.pair ? positionals.length !== 2 : positionals.length > 0)
) {
	console.error(HELP);
	process.exitCode = 2;
} else if (values.pair) report([ofFiles(positionals, values.region ?? [])]);
else {
	const folder = mkdtempSync(join(tmpdir(), 'concord-bench-'));
	try {
		const bundle = join(folder, 'score.mjs');
		buildSync({
			entryPoints: [`${import.meta.dirname}/_scoringScore.ts`],
			outfile: bundle,
			bundle: true,
			minify: true,
			format: 'esm',
			logLevel: 'error',
		});
		// One after the other: side by side they would measure each other.
		report((Object.keys(TARGETS) as Bench[]).map((bench) => ofBench(bench, bundle)));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function readArguments() {
	const options = {
		pair: { type: 'boolean' },
		region: { type: 'string', multiple: true },
		repeat: { type: 'string', default: '15' },
		json: { type: 'boolean' },
		help: { type: 'boolean', short: 'h' },
	} as const;
	try {
		return { ...parseArgs({ allowPositionals: true, options }), wrong: false };
	} catch {
		return { ...parseArgs({ args: [], allowPositionals: true, options }), wrong: true };
	}
}

interface Row {
	readonly name: string;
	readonly cold?: Measured;
	readonly warm: readonly Measured[];
	/** The same by the TypeScript kernels. */
	readonly plain?: readonly Measured[];
	readonly target?: (typeof TARGETS)[Bench];
}

function ofBench(bench: Bench, bundle: string): Row {
	// Nine fresh processes: the first call of one alone says little on a shared machine.
	const colds = Array.from({ length: bench === 'floor' ? 0 : 9 }, () => {
		const run = spawnSync(process.execPath, [`${import.meta.dirname}/_scoringRun.ts`, bench, bundle], {
			encoding: 'utf8',
		});
		if (run.status !== 0) throw new Error(run.stderr);
		return JSON.parse(run.stdout) as Measured;
	}).sort((a, b) => a.cpuMs - b.cpuMs);
	const cold = colds[colds.length >> 1];
	const warm = measureWarm(bench, repeat);
	const plain = bench === 'floor' ? undefined : measureWarm(bench, repeat, typescriptKernels);
	return { name: bench, ...(cold && { cold }), warm, ...(plain && { plain }), target: TARGETS[bench] };
}

function ofFiles([reference, prediction]: readonly string[], regions: readonly string[]): Row {
	const [r, p] = [reference!, prediction!].map((path) => {
		const read = readLabelMap(readFileSync(path), path);
		if (!read.ok) throw new Error(JSON.stringify(read.issues));
		return read.value;
	}) as [LabelMap, LabelMap];
	const aligned = reorderVoxels(p.data, p.grid, r.grid);
	if (!aligned) throw new Error(`got ${prediction} on another grid than ${reference}`);
	const membership = new Uint8Array(256);
	for (const [bit, word] of regions.entries())
		for (const label of (word.split('=')[1] ?? '').split(',')) membership[Number(label)]! |= 1 << bit;
	if (regions.length === 0) membership.fill(1, 1);
	const pair = { reference: r.data, prediction: aligned, dims: r.grid.dims, spacingMm: spacingMm(r.grid), membership };
	return { name: prediction!, warm: measureWarm(pair, repeat) };
}

function report(rows: readonly Row[]): void {
	if (values.json) {
		console.log(JSON.stringify(rows.map(({ target, ...row }) => row)));
		return;
	}
	const memory = (totalmem() / 2 ** 30).toFixed(0);
	console.log(`${cpus().length} cores (${cpus()[0]?.model.trim()}), ${memory} GiB, load ${loadavg()[0]?.toFixed(1)}`);
	console.log(`Node ${process.version}; CPU medians in ms (wall in brackets), ${repeat} repeats, 9 fresh workers\n`);
	for (const { name, cold, warm, plain, target } of rows) {
		const { cpu, wall } = mediansOf(warm);
		console.log(`${target?.about ?? name}`);
		console.log(`  warm ${figure(cpu, wall)}${verdict(cpu, target?.warmMs)}`);
		if (plain) console.log(`  warm, TypeScript kernels ${figure(mediansOf(plain).cpu, mediansOf(plain).wall)}`);
		if (cold) console.log(`  cold ${figure(cold.cpuMs, cold.wallMs)}${verdict(cold.cpuMs, target?.coldMs)}`);
	}
}

function mediansOf(times: readonly Measured[]) {
	return {
		cpu: summary(times.map(({ cpuMs }) => cpuMs)).median,
		wall: summary(times.map(({ wallMs }) => wallMs)).median,
	};
}

function figure(cpuMs: number, wallMs: number): string {
	return `${cpuMs.toFixed(1)} (${wallMs.toFixed(1)})`;
}

function verdict(cpuMs: number, targetMs: number | undefined): string {
	if (targetMs === undefined || !Number.isFinite(targetMs)) return '';
	return `   target ≤ ${targetMs}: ${cpuMs <= targetMs ? 'met' : 'MISSED'}`;
}
