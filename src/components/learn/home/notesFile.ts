import type { Download } from '../../../islands/saveDownload.ts';
import type { ProblemEvent } from '../../../schemas/learnerEvent.ts';

/** Notes as a file for the instructor, from the oldest; named by the day on which it is made. */
export function notesFile(notes: readonly ProblemEvent[], now: Date): Download {
	const sorted = [...notes].sort((a, b) => (a.at < b.at ? -1 : 1));
	const content = {
		type: 'concord-notes',
		schemaVersion: 1,
		madeAt: now.toISOString(),
		notes: sorted.map(({ id, at, about, text }) => ({ id, at, about, text })),
	};
	const pad = (value: number) => String(value).padStart(2, '0');
	const day = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
	return {
		name: `concord-notes-${day}.json`,
		blob: new Blob([`${JSON.stringify(content, null, '\t')}\n`], { type: 'application/json' }),
	};
}
