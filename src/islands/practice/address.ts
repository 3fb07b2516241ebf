import { type Purpose, type RepairTask, repairTaskSchema } from '../../schemas/attempt.ts';

/** What the address asks for. */
interface Address {
	readonly caseId: string | undefined;
	readonly attemptId: string | undefined;
	readonly purpose: Purpose;
	/** Of a repair. */
	readonly repair: RepairTask | undefined;
}

/** The case, the attempt and its purpose that the address asks for. */
export function readAddress(): Address {
	const query = new URLSearchParams(location.search);
	const repair = repairIn(query);
	return {
		caseId: query.get('case') ?? undefined,
		attemptId: query.get('attempt') ?? undefined,
		purpose: query.get('for') === 'reference' ? 'reference' : repair ? 'repair' : 'practice',
		repair,
	};
}

/** The address of a repair, after the page's own. */
export function repairQuery(caseId: string, { error, seed, round }: RepairTask): string {
	return `?${new URLSearchParams({ case: caseId, drill: 'repair', error, seed: `${seed}`, round: `${round}` })}`;
}

/** Undefined where the address asks for none, or for one that cannot be. */
function repairIn(query: URLSearchParams): RepairTask | undefined {
	if (query.get('drill') !== 'repair') return undefined;
	const number = (name: string) => Number(query.get(name) ?? 0);
	return repairTaskSchema.safeParse({ error: query.get('error'), seed: number('seed'), round: number('round') }).data;
}

/** Takes the attempt out of the address, so that a reload goes on with the latest. */
export function forgetAttempt(): void {
	const url = new URL(location.href);
	url.searchParams.delete('attempt');
	history.replaceState(history.state, '', url);
}
