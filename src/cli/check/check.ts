/** One rule of the house that a machine can see to. */
export interface Check {
	readonly name: string;
	/** What it sees to, in a few words. */
	readonly about: string;
	/** Everything that breaks the rule below `root`, a line each; nothing where all is well. */
	readonly problems: (root: string) => Promise<readonly string[]>;
}
