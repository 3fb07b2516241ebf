import fc from 'fast-check';
import type { ValidFile } from './validFiles.ts';

/** What is done to the bytes of one file. */
interface Damage {
	/** Most of what can go wrong stands in the first 400 bytes: whether only these are changed. */
	readonly early: boolean;
	readonly edits: readonly { readonly at: number; readonly byte: number }[];
	/** Of a header of text: values that are written anew. */
	readonly values: readonly { readonly at: number; readonly text: string }[];
	readonly keep: number;
	readonly tail: Uint8Array;
}

/** Any share of a whole, evenly: `fc.double` gives hardly any but tiny ones, which all are the first byte. */
const part = fc.noBias(fc.nat(2 ** 30 - 1)).map((n) => n / 2 ** 30);
/** Any byte, or a digit, as text headers are made of them. */
const byte = fc.oneof(
	{ weight: 2, arbitrary: fc.nat(255) },
	{ weight: 1, arbitrary: fc.integer({ min: 48, max: 57 }) },
);
/** What makes trouble where a value is expected. */
const text = fc.constantFrom(
	...[
		'0',
		'-1',
		'1',
		'2',
		'3',
		'0.5',
		'1e9',
		'1e309',
		'-1e-320',
		'99999999999',
		'NaN',
		'',
		'x',
		'LOCAL',
		'../a.raw',
		'%d',
	],
);
const damage: fc.Arbitrary<Damage> = fc.record({
	early: fc.boolean(),
	edits: fc.array(fc.record({ at: part, byte }), { maxLength: 3 }),
	values: fc.array(fc.record({ at: part, text }), { maxLength: 2 }),
	keep: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, part),
	tail: fc.oneof({ weight: 4, arbitrary: fc.constant(new Uint8Array()) }, fc.uint8Array({ maxLength: 20 })),
});

/**
 * One of the files with some bytes changed, values of a text header written anew, cut off or added to; with a file beside
 * it, in that one as well or alone.
 */
export function brokenFile(files: readonly ValidFile[]): fc.Arbitrary<ValidFile> {
	return fc
		.record({
			file: fc.constantFrom(...files),
			own: damage,
			beside: damage,
			where: fc.constantFrom('own', 'beside', 'both'),
		})
		.map(({ file, own, beside, where }) => {
			if (!file.companions) return { ...file, bytes: damaged(file.bytes, own) };
			const companions = new Map(file.companions);
			if (where !== 'own') for (const [name, bytes] of companions) companions.set(name, damaged(bytes, beside));
			return { ...file, companions, bytes: where === 'beside' ? file.bytes : damaged(file.bytes, own) };
		});
}

function damaged(file: Uint8Array, { early, edits, values, keep, tail }: Damage): Uint8Array {
	const whole = values.reduce((bytes, { at, text }) => withValue(bytes, at, text), file);
	const bytes = whole.slice(0, Math.round(whole.length * keep));
	const reach = early ? Math.min(400, bytes.length) : bytes.length;
	for (const { at, byte } of edits) if (reach > 0) bytes[Math.floor(at * reach)] = byte;
	return Uint8Array.from([...bytes, ...tail]);
}

/** A header of text with one of its words, digits and points behind a space or a colon, replaced; others as they are. */
function withValue(bytes: Uint8Array, at: number, text: string): Uint8Array {
	const head = Buffer.from(bytes.subarray(0, 400)).toString('latin1');
	if (!/^[\x20-\x7e]{8}/.test(head)) return bytes;
	const words = [...head.matchAll(/(?<=[ :,(])[\w.+-]+/g)];
	const word = words[Math.floor(at * words.length)];
	if (!word) return bytes;
	const end = word.index + word[0].length;
	return new Uint8Array(Buffer.concat([bytes.subarray(0, word.index), Buffer.from(text), bytes.subarray(end)]));
}
