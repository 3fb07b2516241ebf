/** Bytes of a file from `start` to `end`, both included. */
export interface ByteRange {
	readonly start: number;
	readonly end: number;
}

/**
 * Reads a Range header: one range, `'unsatisfiable'` where it lies beyond the file, undefined where the whole
 * file is to be sent (no header, several ranges or a form that is not understood, as RFC 9110 §14.2 allows).
 */
export function byteRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
	const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
	if (first === '' && last === '') return undefined;
	if (first === '') {
		const length = Number(last);
		return length > 0 && size > 0 ? { start: Math.max(0, size - length), end: size - 1 } : 'unsatisfiable';
	}
	const start = Number(first);
	const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
	if (last !== '' && Number(last) < start) return undefined;
	return start < size ? { start, end } : 'unsatisfiable';
}
