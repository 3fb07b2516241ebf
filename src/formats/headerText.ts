import { strFromU8 } from 'fflate';
import type { HeaderText } from './volume.ts';

/** A text is looked at so far; a header that holds more is no header. */
const MOST_BYTES = 64 * 1024;

/**
 * What can be read in some bytes of a header: UTF-8, else Latin-1; whatever is no sign, NUL as well, becomes a space,
 * and spaces are taken together. Also what stands behind the first NUL counts: old texts stay there. Empty for none.
 */
export function readableText(bytes: Uint8Array): string {
	const part = bytes.subarray(0, MOST_BYTES);
	const utf8 = strFromU8(part);
	const text = utf8.includes('\ufffd') ? strFromU8(part, true) : utf8;
	return text.replace(/[\p{Cc}\p{Co}\p{Cn}\s]+/gu, ' ').trim();
}

/** The text of one field as a list: of one, or of none where nothing can be read there. */
export function headerText(field: string, bytes: Uint8Array): HeaderText[] {
	const text = readableText(bytes);
	return text === '' ? [] : [{ field, text }];
}

/**
 * Texts among other bytes, as `strings` finds them: runs of four or more printable signs, joined by spaces. For places
 * where a format keeps both without saying where which begins.
 */
export function textAmongBytes(field: string, bytes: Uint8Array): HeaderText[] {
	const latin = strFromU8(bytes.subarray(0, MOST_BYTES), true);
	const runs = latin.match(/[\x20-\x7e\x80-\xff]{4,}/g)?.filter((run) => /[A-Za-z0-9\x80-\xff]{3}/.test(run)) ?? [];
	if (runs.length === 0) return [];
	return headerText(
		field,
		Uint8Array.from(runs.join(' '), (sign) => sign.charCodeAt(0)),
	);
}
