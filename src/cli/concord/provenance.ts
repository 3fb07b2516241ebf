import { type Provenance, provenanceSchema, REFERENCE_METHODS } from '../../schemas/caseManifest.ts';
import { type Console, WrongUsage } from './command.ts';
import { lastValue, type Options } from './options.ts';

type Asked = Omit<Provenance, 'edition'>;

/** The options that say who made a reference. */
export const PROVENANCE_OPTIONS = ['authors', 'experts', 'date', 'method'] as const;

/** How often a person is asked again after an answer that makes no sense. */
const TRIES = 3;

/**
 * Who made a reference, from the options; what is missing is asked for on a terminal. Throws `WrongUsage` that names
 * everything that is missing or makes no sense.
 */
export async function readProvenance(options: Options, { say, ask }: Console): Promise<Asked> {
	const answers: Record<string, string | undefined> = {};
	const problems: string[] = [];
	for (const name of PROVENANCE_OPTIONS) {
		let word = lastValue(options, name) ?? (ask ? undefined : name === 'method' ? 'unknown' : undefined);
		for (let tries = 0; word === undefined && ask && tries < TRIES; tries++) {
			const answer = (await ask(say(`case.ask.${name}`))).trim();
			const given = answer === '' && name === 'method' ? 'unknown' : answer;
			if (isGood(name, given)) word = given;
		}
		answers[name] = word;
		if (word !== undefined && !isGood(name, word)) problems.push(say(`case.bad.${name}`, { word }));
	}
	const missing = PROVENANCE_OPTIONS.filter((name) => answers[name] === undefined).map((name) => `--${name}`);
	if (missing.length > 0) problems.push(say('case.needsProvenance', { options: missing.join(' ') }));
	if (problems.length > 0) throw new WrongUsage(problems);
	const { authors, experts, date, method } = answers;
	return {
		authors: authors!.trim(),
		experts: Number(experts),
		date: date!,
		method: REFERENCE_METHODS.find((known) => known === method)!,
	};
}

function isGood(name: (typeof PROVENANCE_OPTIONS)[number], word: string): boolean {
	if (name === 'experts' && !/^\d{1,2}$/.test(word)) return false;
	return provenanceSchema.shape[name].safeParse(name === 'experts' ? Number(word) : word).success;
}
