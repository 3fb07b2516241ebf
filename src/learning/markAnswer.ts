import { isInPath } from './isInPath.ts';

/**
 * What was answered, as it is kept. single, multiple: the ids chosen. ordering: all ids in the order given. matching: the
 * target's id by the option's. hotspot: the point in pixels of the picture, from its upper left corner.
 */
export type Given = readonly string[] | Readonly<Record<string, string>> | { readonly x: number; readonly y: number };

/** What an answer is held against: a `Question`, or one that was put into a language. */
export type Keyed =
	| { readonly kind: 'single' | 'multiple'; readonly key: readonly string[] }
	| { readonly kind: 'ordering'; readonly key: readonly string[] }
	| { readonly kind: 'matching'; readonly key: Readonly<Record<string, string>> }
	| { readonly kind: 'hotspot'; readonly id: string; readonly area: string };

/** An answer against its key. */
export interface AnswerMark {
	/**
	 * 0..1, 1 exactly where all is right. multiple: right minus wrong choices over what there was to choose. ordering:
	 * pairs in order minus pairs out of order, over all. matching: share of pairs. Never below 0.
	 */
	readonly score: number;
	/** Ids answered right: chosen and in the key, in their own place, matched with their target. */
	readonly right: readonly string[];
	/** Ids answered wrong. */
	readonly wrong: readonly string[];
	/** Ids that should have been chosen or matched, and were not. */
	readonly missed: readonly string[];
}

/**
 * Marks an answer to a question of any kind. `areas`: the picture's areas by name, each an SVG path in its pixels; of a
 * hotspot only. An empty answer scores 0. Throws on an answer of another kind's shape, and where a hotspot's area is missing.
 */
export function markAnswer(question: Keyed, given: Given, areas: Readonly<Record<string, string>> = {}): AnswerMark {
	switch (question.kind) {
		case 'single':
		case 'multiple':
			return markChoice(question.key, chosen(given));
		case 'ordering':
			return markOrder(question.key, chosen(given));
		case 'matching':
			return markMatches(question.key, matched(given));
		case 'hotspot': {
			const path = areas[question.area];
			if (path === undefined) throw new Error(`got no area ${question.area}, expected the one of ${question.id}`);
			const { x, y } = point(given);
			const hit = isInPath(path, x, y);
			return { score: hit ? 1 : 0, right: hit ? [question.area] : [], wrong: [], missed: hit ? [] : [question.area] };
		}
	}
}

function markChoice(key: readonly string[], ids: readonly string[]): AnswerMark {
	const right = ids.filter((id) => key.includes(id));
	const wrong = ids.filter((id) => !key.includes(id));
	const missed = key.filter((id) => !ids.includes(id));
	return { score: Math.max(0, (right.length - wrong.length) / key.length), right, wrong, missed };
}

function markOrder(key: readonly string[], ids: readonly string[]): AnswerMark {
	let balance = 0;
	let pairs = 0;
	for (const [n, early] of key.entries())
		for (const late of key.slice(n + 1)) {
			const [a, b] = [ids.indexOf(early), ids.indexOf(late)];
			pairs++;
			if (a >= 0 && b >= 0) balance += a < b ? 1 : -1;
		}
	return {
		score: Math.max(0, balance / pairs),
		right: key.filter((id, n) => ids[n] === id),
		wrong: key.filter((id, n) => ids[n] !== id && ids.includes(id)),
		missed: key.filter((id) => !ids.includes(id)),
	};
}

function markMatches(key: Readonly<Record<string, string>>, pairs: Readonly<Record<string, string>>): AnswerMark {
	const ids = Object.keys(key);
	const right = ids.filter((id) => pairs[id] === key[id]);
	return {
		score: right.length / ids.length,
		right,
		wrong: ids.filter((id) => pairs[id] !== undefined && pairs[id] !== key[id]),
		missed: ids.filter((id) => pairs[id] === undefined),
	};
}

const shown = (given: Given) => JSON.stringify(given);

function chosen(given: Given): readonly string[] {
	if (!Array.isArray(given)) throw new TypeError(`got ${shown(given)}, expected a list of ids`);
	return [...new Set<string>(given)];
}

function matched(given: Given): Readonly<Record<string, string>> {
	if (Array.isArray(given)) throw new TypeError(`got ${shown(given)}, expected targets by option`);
	return given as Readonly<Record<string, string>>;
}

function point(given: Given): { readonly x: number; readonly y: number } {
	if (Array.isArray(given)) throw new TypeError(`got ${shown(given)}, expected a point`);
	const { x, y } = given as { readonly x?: unknown; readonly y?: unknown };
	if (typeof x !== 'number' || typeof y !== 'number') throw new TypeError(`got ${shown(given)}, expected a point`);
	return { x, y };
}
