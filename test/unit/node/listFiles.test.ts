import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { listFiles } from '../../../src/node/listFiles.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'concord-list-'));
});

it('lists files and links to files, and says what it passed over', async () => {
	await mkdir(join(folder, '1/2/3/4/5/6'), { recursive: true });
	await writeFile(join(folder, '1/2/3/4/5/a.nii'), '');
	await writeFile(join(folder, '1/2/3/4/5/6/b.nii'), '');
	await writeFile(join(folder, '.hidden'), '');
	await symlink(join(folder, '1/2/3/4/5/a.nii'), join(folder, 'link.nii'));
	await symlink(join(folder, '1'), join(folder, 'linkToFolder'));
	await symlink(join(folder, 'none'), join(folder, 'linkToNothing'));
	execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe.nii')]);
	expect(await listFiles(folder)).toEqual({
		files: ['1/2/3/4/5/a.nii', 'link.nii'],
		more: false,
		passedOver: ['1/2/3/4/5/6', 'linkToFolder', 'linkToNothing', 'pipe.nii'],
	});
});

it('tells that there are more files than it lists', async () => {
	for (let n = 0; n < 10_000; n++) await writeFile(join(folder, String(n)), '');
	const all = await listFiles(folder);
	expect([all.files.length, all.more]).toEqual([10_000, false]);
	await writeFile(join(folder, 'x'), '');
	const more = await listFiles(folder);
	expect([more.files.length, more.more]).toEqual([10_000, true]);
});
