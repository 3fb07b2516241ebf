/** A dictionary: flat keys to sentences with `{name}` placeholders. */
export type Dictionary = Readonly<Record<string, string>>;

/** Values for the placeholders of a sentence. */
type Params = Readonly<Record<string, string | number>>;

/** Looks a sentence up and fills it in. */
export type Translate<Key extends string = string> = (key: Key, params?: Params) => string;

/**
 * Makes the look-up for one dictionary. The type holds the keys, so a missing one does not compile.
 * Throws on a placeholder without a value: a sentence with a hole in it must not be shown.
 */
export function translator<D extends Dictionary>(dictionary: D): Translate<keyof D & string> {
	return (key, params = {}) => {
		const sentence = dictionary[key];
		if (sentence === undefined) throw new Error(`got the key "${key}", expected one of the dictionary`);
		return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
			const value = params[name];
			if (value === undefined) throw new Error(`got no value for {${name}} in "${key}", expected one`);
			return String(value);
		});
	};
}
