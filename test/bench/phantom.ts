// `npm run bench -- phantom`: CPU, wall time and memory of making each built-in case, and one on other grids.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { gzip } from '../../src/formats/deflate.ts';
import { writeNifti } from '../../src/formats/niftiWrite.ts';
import { unpackAnatomy } from '../../src/phantom/anatomy.ts';
import { makeCase } from '../../src/phantom/makeCase.ts';
import { type CaseRecipe, caseRecipeSchema, type Stack } from '../../src/schemas/caseRecipe.ts';

const FINE_STACK: Stack = {
	matrix: [192, 232],
	slices: 180,
	pixelMm: 1,
	sliceMm: 1,
	gapMm: 0,
	tiltDeg: 0,
	centreMm: [0, -17, 12],
	stored: 'RAS',
	snr: 30,
	shading: 0.06,
};
const CLINICAL_STACK: Stack = {
	...FINE_STACK,
	matrix: [256, 256],
	slices: 24,
	pixelMm: 0.9375,
	sliceMm: 5,
	gapMm: 1,
	tiltDeg: 8,
	stored: 'LPS',
};
const STACKS: Readonly<Record<string, Stack>> = {
	'ring-01, 24 slices': CLINICAL_STACK,
	'ring-01 at 1 mm': FINE_STACK,
};

function recipeOf(name: string): CaseRecipe {
	const id = name.split(/[ ,]/)[0]!;
	const recipe = caseRecipeSchema.parse(parse(readFileSync(`content/cases/${id}/case.yaml`, 'utf8')));
	const stack = STACKS[name];
	if (stack === undefined) return recipe;
	const sequences = { FLAIR: stack, T2: stack, T1: stack, T1C: stack, DWI: { ...stack, bValue: 1000 } };
	return { ...recipe, sequences };
}

/** In a process of its own: what one case takes, files not compressed within the time. */
function measure(name: string): void {
	const anatomy = unpackAnatomy(gunzipSync(readFileSync('content/anatomy/head.bin.gz')));
	const recipe = recipeOf(name);
	let [cpuMs, wallMs, bytes] = [0, 0, 0];
	const volumes = makeCase(recipe, anatomy);
	for (;;) {
		const cpu = process.cpuUsage();
		const wall = performance.now();
		const next = volumes.next();
		wallMs += performance.now() - wall;
		const { user, system } = process.cpuUsage(cpu);
		cpuMs += (user + system) / 1000;
		if (next.done) break;
		bytes += gzip(writeNifti(next.value.volume)).length;
	}
	console.log(JSON.stringify({ cpuMs, wallMs, bytes, kilobytes: process.resourceUsage().maxRSS }));
}

const one = process.argv[2];
if (one !== undefined) measure(one);
else {
	console.log(`${cpus()[0]?.model.trim()}, Node ${process.version}; one core; files not compressed within the time\n`);
	for (const name of [...readdirSync('content/cases'), ...Object.keys(STACKS)]) {
		const run = spawnSync(process.execPath, [import.meta.filename, name], { encoding: 'utf8' });
		if (run.status !== 0) throw new Error(run.stderr);
		const { cpuMs, wallMs, bytes, kilobytes } = JSON.parse(run.stdout) as Record<string, number>;
		const figures = [`${(cpuMs! / 1000).toFixed(1)} s CPU`, `${(wallMs! / 1000).toFixed(1)} s wall`];
		figures.push(`${(kilobytes! / 1e6).toFixed(2)} GB`, `${(bytes! / 1e6).toFixed(1)} MB in files`);
		console.log(`${name.padEnd(20)} ${figures.join(', ')}`);
	}
}
