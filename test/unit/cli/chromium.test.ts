import { expect, test } from 'vitest';
import { findChromium } from '../../../src/cli/launcher/chromium.mjs';

/** A machine with programs at `present`, of which those in `broken` do not start. */
function world(present: string[], { chosen, broken = [] }: { chosen?: string; broken?: string[] } = {}) {
	const tried: string[] = [];
	const installer = (name: string, brings?: string) => ({
		name,
		run: async () => {
			tried.push(`install ${name}`);
			if (brings) present.push(brings);
		},
	});
	return {
		tried,
		installer,
		chosen,
		playwrights: '/own',
		systems: ['/usr/bin/chromium', '/usr/bin/google-chrome'],
		exists: (path: string) => present.includes(path),
		starts: async (path: string) => {
			tried.push(path);
			return !broken.includes(path);
		},
		installers: [] as { name: string; run: () => Promise<void> }[],
	};
}

test('the chosen one comes first', async () => {
	const here = world(['/own', '/mine', '/usr/bin/chromium'], { chosen: '/mine' });
	expect(await findChromium(here)).toBe('/mine');
	expect(here.tried).toEqual(['/mine']);
});

test('nothing takes the place of a chosen one that is missing or broken', async () => {
	await expect(findChromium(world(['/own'], { chosen: '/mine' }))).rejects.toThrow('where there is no file');
	const broken = world(['/own', '/mine'], { chosen: '/mine', broken: ['/mine'] });
	await expect(findChromium(broken)).rejects.toThrow('which does not start');
});

test('then Playwright’s own, then the system’s in order', async () => {
	expect(await findChromium(world(['/usr/bin/chromium', '/own']))).toBe('/own');
	expect(await findChromium(world(['/usr/bin/google-chrome', '/usr/bin/chromium']))).toBe('/usr/bin/chromium');
	expect(await findChromium(world(['/usr/bin/google-chrome']))).toBe('/usr/bin/google-chrome');
});

test('one that is there but does not start is passed over', async () => {
	const here = world(['/own', '/usr/bin/chromium'], { broken: ['/own'] });
	expect(await findChromium(here)).toBe('/usr/bin/chromium');
	expect(here.tried).toEqual(['/own', '/usr/bin/chromium']);
});

test('installers are tried one after the other until one brings it', async () => {
	const here = world([]);
	here.installers.push(here.installer('Playwright'), here.installer('apt-get', '/usr/bin/chromium'));
	here.installers.push(here.installer('never'));
	expect(await findChromium(here)).toBe('/usr/bin/chromium');
	expect(here.tried).toEqual(['install Playwright', 'install apt-get', '/usr/bin/chromium']);
});

test('without any, one line says what to do', async () => {
	await expect(findChromium(world([]))).rejects.toThrow(/^No Chromium starts here.*CONCORD_CHROMIUM.*$/);
});
