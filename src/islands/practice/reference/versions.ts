import { EXPERTS_NEEDED, experts, sameExpert } from '../../../protocol/expert.ts';
import type { AttemptEvent } from '../../../schemas/attempt.ts';

/** The masks of a version, by their hashes. */
export type VersionMasks = Extract<AttemptEvent, { kind: 'version' }>['masks'];

/** What was drawn when an expert said: this is it. Never changes; what is drawn on belongs to the next. */
export interface Version {
	/** From 1. */
	readonly number: number;
	readonly author: string;
	/** ISO 8601, UTC. */
	readonly at: string;
	readonly masks: VersionMasks;
	/** One an expert, in the order they came. */
	readonly confirmations: readonly { readonly expert: string; readonly at: string }[];
}

/** Whether enough experts confirmed a version for it to be the reference. */
export function isConfirmed({ confirmations }: Version): boolean {
	return experts(confirmations.map(({ expert }) => expert)).length >= EXPERTS_NEEDED;
}

/** Who confirmed a version, in words. */
export function namesOf({ confirmations }: Version): string {
	return confirmations.map(({ expert }) => expert).join(', ');
}

/** The versions of a reference and who confirmed them: the fold of the journal's events about them. */
export class Versions {
	#expert: string | undefined;
	#list: readonly Version[] = [];

	/** Who draws and confirms now. */
	get expert(): string | undefined {
		return this.#expert;
	}

	/** From the oldest. */
	get list(): readonly Version[] {
		return this.#list;
	}

	/** The newest version that enough experts confirmed. */
	get reference(): Version | undefined {
		return this.#list.findLast(isConfirmed);
	}

	sitDown(expert: string): void {
		this.#expert = expert;
	}

	/** Adds a version; nothing where nobody said who draws. */
	add(masks: VersionMasks, at: string): void {
		if (this.#expert === undefined) return;
		const number = this.#list.length + 1;
		this.#list = [...this.#list, { number, author: this.#expert, at, masks, confirmations: [] }];
	}

	/** Whether the expert who sits here has yet to confirm a version. */
	mayConfirm({ confirmations }: Version): boolean {
		const { expert } = this;
		return expert !== undefined && !confirmations.some((each) => sameExpert(each.expert, expert));
	}

	/** Notes that the expert who sits here confirms a version; nothing where there is none such, or they did before. */
	confirm(number: number, at: string): void {
		const { expert } = this;
		this.#list = this.#list.map((version) =>
			version.number === number && expert !== undefined && this.mayConfirm(version)
				? { ...version, confirmations: [...version.confirmations, { expert, at }] }
				: version,
		);
	}
}

/**
 * The events up to the end of a version: folded, they are its masks.
 *
 * @param number from 1
 */
export function eventsOf(events: readonly AttemptEvent[], number: number): readonly AttemptEvent[] {
	let count = 0;
	const end = events.findIndex(({ kind }) => kind === 'version' && ++count === number);
	return events.slice(0, end + 1);
}
