import { formatNumber } from '../../i18n/format.ts';
import type { Measure } from '../../scoring/measure.ts';
import type { Say } from './say.ts';

/** A measure as JSON: the number itself, or why there is none. */
export function plain(measure: Measure): number | Measure {
	return measure.kind === 'value' ? measure.value : measure;
}

/** Every measure of a record as JSON. */
export function plainRecord(record: Readonly<Record<string, Measure>>): Record<string, number | Measure> {
	return Object.fromEntries(Object.entries(record).map(([name, measure]) => [name, plain(measure)]));
}

/** A measure for a table. */
export function shown(measure: Measure, decimals: number, say: Say): string {
	return measure.kind === 'value' ? formatNumber(measure.value, decimals) : say(`undefined.${measure.reason}`);
}

/** Rows as aligned columns: the first to the left, the others to the right. Chinese characters take two places. */
export function table(rows: readonly (readonly string[])[]): string {
	const columns = Math.max(...rows.map((row) => row.length));
	const widths = Array.from({ length: columns }, (_, c) => Math.max(...rows.map((row) => width(row[c] ?? ''))));
	return rows
		.map((row) =>
			row
				.map((cell, c) => {
					const room = ' '.repeat(widths[c]! - width(cell));
					return c === 0 ? cell + room : room + cell;
				})
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

function width(text: string): number {
	return [...text].reduce(
		(sum, character) =>
			sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1),
		0,
	);
}
