/** The case and the attempt that the address asks for. */
export function readAddress(): { readonly caseId: string | undefined; readonly attemptId: string | undefined } {
	const query = new URLSearchParams(location.search);
	return { caseId: query.get('case') ?? undefined, attemptId: query.get('attempt') ?? undefined };
}

/** Takes the attempt out of the address, so that a reload goes on with the latest. */
export function forgetAttempt(): void {
	const url = new URL(location.href);
	url.searchParams.delete('attempt');
	history.replaceState(history.state, '', url);
}
