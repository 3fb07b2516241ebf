import { expect, it } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../../src/schemas/preferences.ts';
import { readPreferences, savePreferences } from '../../../src/store/preferences.ts';

function storage() {
	const values = new Map<string, string>();
	return {
		values,
		getItem: (key: string) => values.get(key) ?? null,
		setItem: (key: string, value: string) => void values.set(key, value),
	};
}

it('preferences come back as they were saved, each change beside the others', () => {
	const kept = storage();
	expect(readPreferences(kept)).toEqual(DEFAULT_PREFERENCES);
	savePreferences({ windows: { FLAIR: { low: 2, high: 98 } } }, kept);
	const whole = savePreferences({ brushDiameterMm: 9 }, kept);
	expect(whole).toEqual({ ...DEFAULT_PREFERENCES, windows: { FLAIR: { low: 2, high: 98 } }, brushDiameterMm: 9 });
	expect(readPreferences(kept)).toEqual(whole);
});

it.each([
	'{',
	'null',
	'{"schemaVersion":1}',
	'{"schemaVersion":2,"windows":{},"brushDiameterMm":6,"overlayOpacity":1}',
])('damaged preferences give the defaults: %s', (text) => {
	const kept = storage();
	savePreferences({ brushDiameterMm: 9 }, kept);
	for (const key of kept.values.keys()) kept.values.set(key, text);
	expect(readPreferences(kept)).toEqual(DEFAULT_PREFERENCES);
});

it('a browser without storage, or one that blocks it, does not stop anybody', () => {
	const blocked = {
		getItem: () => {
			throw new Error('SecurityError');
		},
		setItem: () => {
			throw new Error('QuotaExceededError');
		},
	};
	expect(readPreferences(blocked)).toEqual(DEFAULT_PREFERENCES);
	expect(savePreferences({ overlayOpacity: 0.7 }, blocked).overlayOpacity).toBe(0.7);
	expect(savePreferences({ overlayOpacity: 0.7 }, undefined).overlayOpacity).toBe(0.7);
});

it('preferences of before there were profiles and layouts keep what they hold', () => {
	const kept = storage();
	const old = { schemaVersion: 1, windows: {}, brushDiameterMm: 9, overlayOpacity: 0.5 };
	savePreferences({ brushDiameterMm: 2 }, kept);
	for (const key of kept.values.keys()) kept.values.set(key, JSON.stringify(old));
	expect(readPreferences(kept)).toEqual({ ...old, keyProfile: 'own', layout: 'all' });
	expect(savePreferences({ keyProfile: 'slicer', layout: 'four' }, kept)).toMatchObject({ brushDiameterMm: 9 });
	expect(readPreferences(kept)).toMatchObject({ keyProfile: 'slicer', layout: 'four' });
});
