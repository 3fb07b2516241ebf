import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BAD_LABELS, type BadFile, image, MISFITS, onDisk, REFUSED, sentences, stored } from '../formats/badFiles.ts';
import { runConcord } from './runConcord.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-bad-'));
const [good, reference] = onDisk(folder, [
	stored('seg_as_f4.nii.gz')!,
	{ ...stored('seg_as_f4.nii.gz')!, name: 'wt.nii.gz' },
]);
onDisk(folder, [image('flair.nii')]);
writeFileSync(
	join(folder, 'case.json'),
	JSON.stringify({
		schemaVersion: 1,
		id: 'hostile',
		origin: 'catalogue',
		title: { zh: '', en: '' },
		subtitle: { zh: '', en: '' },
		family: 'glioma',
		synthetic: true,
		series: [{ file: 'flair.nii', bytes: 1, sequence: 'FLAIR' }],
		reference: { kind: 'perRegion', masks: [{ file: 'wt.nii.gz', bytes: 1, region: 'WT' }] },
	}),
);
const data = join(folder, 'data');
const WHO = ['--authors', 'Two readers', '--experts', '2', '--date', '2024-05-31', '--method', 'manual'];
const LANGS = ['zh', 'en'] as const;

/** The ways in which commands take a mask. */
const withMask = (path: string): string[][] => [
	['score', good!, path],
	['agreement', good!, path, good!],
	['findings', folder, `WT=${path}`],
];
const importWith = (from: string, ...words: string[]) => [
	...['case', 'import', 'nifti', from, '--id', 'p1', '--family', 'glioma', '--into', data],
	...words,
];

/** What a command prints, in one language: nothing but lines on the error stream, and exit code 1. */
async function refused(argv: readonly string[], lang: 'zh' | 'en'): Promise<string[]> {
	const { code, out, lines } = await runConcord(...argv, '--lang', lang);
	expect([argv[0], code, out]).toEqual([argv[0], 1, '']);
	for (const line of lines) expect(line).not.toMatch(/\n|\bat .*:\d+:\d+/);
	return lines;
}

/** A folder with an image, and one file that is bad. */
function folderWith({ file }: BadFile): string {
	const from = mkdtempSync(join(folder, 'from-'));
	onDisk(from, [image('head.nii'), file]);
	return from;
}

describe.each(LANGS)('in %s', (lang) => {
	it.each([...REFUSED, ...BAD_LABELS])(
		'$file.name is no mask: one line each with file, reason and remedy',
		async (bad) => {
			const [path] = onDisk(folder, [bad.file]);
			const told = (name: string) => sentences(bad.told, lang).map((sentence) => `${name}: ${sentence}`);
			for (const argv of withMask(path!)) expect(await refused(argv, lang)).toEqual(told(path!));
			const { name } = bad.file;
			const words = ['--series', 'FLAIR=head.nii', '--mask', `WT=${name}`, ...WHO];
			const lines = await refused(importWith(folderWith(bad), ...words), lang);
			expect(lines.filter((line) => line.startsWith(`${name}: `))).toEqual(told(name));
			expect(readdirSync(join(data, 'cases'))).toEqual([]);
		},
	);

	it.each(REFUSED)('$file.name is no image: neither imported nor checked', async (bad) => {
		const from = folderWith(bad);
		const { name } = bad.file;
		const told = sentences(bad.told, lang).map((sentence) => `${name}: ${sentence}`);
		const series = ['--series', 'FLAIR=head.nii', '--series', `T1C=${name}`];
		const lines = await refused(importWith(from, ...series), lang);
		expect(lines.filter((line) => line.startsWith(`${name}: `))).toEqual(told);
		expect(readdirSync(join(data, 'cases'))).toEqual([]);
		expect(await refused(['case', 'check', from, ...series], lang)).toEqual(told);
	});

	it.each(MISFITS)('$name lies elsewhere, which is told in words', async ({ name, words }) => {
		const [path] = onDisk(folder, [stored(name)!]);
		expect(await refused(['score', good!, path!], lang)).toEqual([`${path}: ${words(good!)[lang]}`]);
		expect(await refused(['agreement', good!, path!], lang)).toEqual([`${path}: ${words(good!)[lang]}`]);
		const [found, ...more] = await refused(['findings', folder, `WT=${path}`], lang);
		expect([found!.startsWith(`${path}: E22 ${words(reference!)[lang]} [R`), more]).toEqual([true, []]);
		const from = folderWith({ file: stored(name)!, told: [] });
		const brats = ['case', 'import', 'brats', from, '--id', 'p1', '--into', data, '--edition', '2023'];
		const lines = await refused([...brats, '--series', 'FLAIR=head.nii', '--reference', name, ...WHO], lang);
		expect(lines.filter((line) => line.startsWith(`${name}: `) && line.includes(words('FLAIR')[lang]))).toHaveLength(1);
	});
});

/** A plain run with two small masks takes about 110 MB. */
const MOST_KILOBYTES = 300_000;

describe.each(REFUSED.filter(({ file }) => /^huge|bomb.*gz$/.test(file.name)))('$file.name', (bad) => {
	it('is refused in bounded memory by every command', () => {
		const [path] = onDisk(folder, [bad.file]);
		const from = folderWith(bad);
		const { name } = bad.file;
		for (const argv of [
			...withMask(path!),
			importWith(from, '--series', `FLAIR=${name}`),
			importWith(from, '--series', 'FLAIR=head.nii', '--mask', `WT=${name}`, ...WHO),
			['case', 'check', from, '--series', `FLAIR=${name}`],
		]) {
			const script = `process.argv.splice(1, 0, 'concord');
				const { main } = await import(${JSON.stringify(resolve('src/cli/concord/main.ts'))});
				const code = await main(process.argv.slice(2), {}, () => {}, () => {});
				console.log(code, process.resourceUsage().maxRSS);`;
			const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, ...argv], {
				encoding: 'utf8',
			});
			const [code, kilobytes] = stdout.trim().split(' ').map(Number);
			expect([argv, code, stderr]).toEqual([argv, 1, '']);
			expect(kilobytes, argv.join(' ')).toBeLessThan(MOST_KILOBYTES);
		}
	}, 60_000);
});
