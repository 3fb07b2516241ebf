import fc from 'fast-check';
import type { ValidFile } from './validFiles.ts';

/** A share of a whole, evenly spread: doubles would crowd about 0. */
const part = fc.noBias(fc.nat(999_999)).map((n) => n / 1_000_000);
/** Any byte, or a digit, as text headers are made of them. */
const byte = fc.oneof(
	{ weight: 2, arbitrary: fc.nat(255) },
	{ weight: 1, arbitrary: fc.integer({ min: 48, max: 57 }) },
);
const damage = fc.record({
	// Most of what can go wrong stands in the first 400 bytes.
	early: fc.boolean(),
	edits: fc.array(fc.record({ at: part, byte }), { maxLength: 3 }),
	keep: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, part),
	tail: fc.oneof({ weight: 4, arbitrary: fc.constant(new Uint8Array()) }, fc.uint8Array({ maxLength: 20 })),
});

/** One of the files with some bytes changed, cut off or added; with a file beside it, in that one as well or alone. */
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

function damaged(
	file: Uint8Array,
	{ early, edits, keep, tail }: (typeof damage)['generate'] extends (...args: never) => { value: infer T } ? T : never,
): Uint8Array {
	const bytes = file.slice(0, Math.round(file.length * keep));
	const reach = early ? Math.min(400, bytes.length) : bytes.length;
	for (const { at, byte } of edits) if (reach > 0) bytes[Math.floor(at * reach)] = byte;
	return Uint8Array.from([...bytes, ...tail]);
}
