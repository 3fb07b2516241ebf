import { DEFAULT_PREFERENCES, type Preferences, preferencesSchema } from '../schemas/preferences.ts';

const KEY = 'concord.preferences';

type KeyValue = Pick<Storage, 'getItem' | 'setItem'>;

/** Undefined where the browser blocks it: reading the property throws there. */
function browserStorage(): KeyValue | undefined {
	try {
		return globalThis.localStorage;
	} catch {
		return undefined;
	}
}

/** What was remembered; the defaults where it is absent, damaged or out of reach. */
export function readPreferences(storage: KeyValue | undefined = browserStorage()): Preferences {
	return keptPreferences(storage) ?? DEFAULT_PREFERENCES;
}

/** What was remembered; undefined where nothing was, or nothing that can be read. */
export function keptPreferences(storage: KeyValue | undefined = browserStorage()): Preferences | undefined {
	try {
		const parsed = preferencesSchema.safeParse(JSON.parse(storage?.getItem(KEY) ?? 'null'));
		return parsed.success ? parsed.data : undefined;
	} catch {
		return undefined;
	}
}

/** Remembers what changed and returns the whole; without storage it lasts as long as the page. */
export function savePreferences(
	change: Partial<Omit<Preferences, 'schemaVersion'>>,
	storage: KeyValue | undefined = browserStorage(),
): Preferences {
	const preferences = { ...readPreferences(storage), ...change };
	try {
		storage?.setItem(KEY, JSON.stringify(preferences));
	} catch {
		// Blocked or full: a preference is not worth a message.
	}
	return preferences;
}
