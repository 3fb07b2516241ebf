/** A version of a reference holds once this many experts have confirmed it (§6: cross-validated by several). */
export const EXPERTS_NEEDED = 2;

/** Whether two names are one person's, however they were typed. */
export function sameExpert(a: string, b: string): boolean {
	return plain(a) === plain(b);
}

/** The experts among some names, each once, as they were typed first. */
export function experts(names: readonly string[]): string[] {
	return names.filter((name, n) => names.findIndex((other) => sameExpert(name, other)) === n);
}

function plain(name: string): string {
	return name.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}
