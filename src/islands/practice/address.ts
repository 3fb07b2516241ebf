import type { Purpose } from '../../schemas/attempt.ts';

/** What the address asks for. */
interface Address {
	readonly caseId: string | undefined;
	readonly attemptId: string | undefined;
	readonly purpose: Purpose;
}

/** The case, the attempt and its purpose that the address asks for. */
export function readAddress(): Address {
	const query = new URLSearchParams(location.search);
	return {
		caseId: query.get('case') ?? undefined,
		attemptId: query.get('attempt') ?? undefined,
		purpose: query.get('for') === 'reference' ? 'reference' : 'practice',
	};
}

/** Takes the attempt out of the address, so that a reload goes on with the latest. */
export function forgetAttempt(): void {
	const url = new URL(location.href);
	url.searchParams.delete('attempt');
	history.replaceState(history.state, '', url);
}
