/** When something comes back, for words: in so many minutes (1 … 59), later the same day, or in so many days by the calendar. */
export type Again =
	| { readonly kind: 'now' | 'today' | 'tomorrow' }
	| { readonly kind: 'minutes' | 'days'; readonly count: number };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How far `due` is from `now` by the calendar of `now`'s own place. */
export function whenAgain(due: Date, now: Date): Again {
	const minutes = Math.ceil((due.getTime() - now.getTime()) / MINUTE);
	if (minutes <= 0) return { kind: 'now' };
	if (minutes < 60) return { kind: 'minutes', count: minutes };
	// Noon to noon: a day with a change of the clock is a day.
	const days = Math.round((noon(due) - noon(now)) / DAY);
	if (days === 0) return { kind: 'today' };
	return days === 1 ? { kind: 'tomorrow' } : { kind: 'days', count: days };
}

const noon = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate(), 12).getTime();
