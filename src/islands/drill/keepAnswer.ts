import type { DrillKind } from '../../schemas/drill.ts';
import type { AnswerEvent } from '../../schemas/learnerEvent.ts';
import type { Store } from '../../store/store.ts';
import { StoreError } from '../../store/storeError.ts';

/** One item of a drill as it was answered. */
export interface DrillAnswer {
	readonly kind: DrillKind;
	/** What of the kind: a case, and what of it, with colons between. */
	readonly item: string;
	readonly rules: readonly string[];
	readonly score: number;
	readonly given: AnswerEvent['given'];
	readonly seconds: number;
	readonly hardFail?: boolean;
}

/** Keeps an answer. Gives why it could not be kept. */
export async function keepAnswer(
	store: Store,
	{ kind, item, rules, score, given, seconds, hardFail }: DrillAnswer,
): Promise<'full' | 'unavailable' | undefined> {
	const id = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	try {
		await store.appendLearner([
			{
				type: 'learner',
				schemaVersion: 1,
				id,
				at: new Date().toISOString(),
				kind: 'answer',
				form: 'drill',
				item: `drill:${kind}:${item}`,
				rules: [...rules],
				score,
				given,
				seconds,
				...(hardFail && { hardFail: true as const }),
			},
		]);
		return undefined;
	} catch (error) {
		if (!(error instanceof StoreError)) throw error;
		return error.kind === 'full' ? 'full' : 'unavailable';
	}
}
