const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Packs the set of voxels that an edit flipped: sorted, as runs (gap to the previous run's end, length),
 * each a base-128 number with the low digits first, in base64. A stroke of 2,000 voxels takes about 200 characters.
 * The order of `indices` does not matter; one that occurs twice throws, for it would flip back.
 */
export function packFlips(indices: Iterable<number>): string {
	const sorted = Uint32Array.from(indices).sort();
	const bytes: number[] = [];
	const put = (value: number) => {
		let rest = value;
		while (rest >= 128) {
			bytes.push((rest % 128) + 128);
			rest = Math.floor(rest / 128);
		}
		bytes.push(rest);
	};
	let end = 0;
	for (let n = 0; n < sorted.length; ) {
		const start = sorted[n]!;
		let length = 1;
		while (n + length < sorted.length && sorted[n + length] === start + length) length++;
		if (n > 0 && start < end) throw new Error(`got voxel ${start} twice, expected each once`);
		put(start - end);
		put(length);
		end = start + length;
		n += length;
	}
	return toBase64(bytes);
}

/**
 * Unpacks what `packFlips` made, sorted. `voxels` bounds the result: a text that is not of this form,
 * or that names a voxel outside the mask, gives undefined.
 */
export function unpackFlips(text: string, voxels: number): Uint32Array | undefined {
	const bytes = fromBase64(text);
	if (!bytes) return undefined;
	const numbers: number[] = [];
	for (let n = 0; n < bytes.length; ) {
		let value = 0;
		let scale = 1;
		let byte: number;
		do {
			if (n >= bytes.length || scale > 2 ** 35) return undefined;
			byte = bytes[n++]!;
			value += (byte % 128) * scale;
			scale *= 128;
		} while (byte >= 128);
		numbers.push(value);
	}
	if (numbers.length % 2 !== 0) return undefined;
	let total = 0;
	let end = 0;
	for (let n = 0; n < numbers.length; n += 2) {
		end += numbers[n]! + numbers[n + 1]!;
		total += numbers[n + 1]!;
		if (end > voxels || numbers[n + 1] === 0) return undefined;
	}
	const indices = new Uint32Array(total);
	let at = 0;
	let position = 0;
	for (let n = 0; n < numbers.length; n += 2) {
		position += numbers[n]!;
		for (let run = numbers[n + 1]!; run > 0; run--) indices[at++] = position++;
	}
	return indices;
}

function toBase64(bytes: readonly number[]): string {
	let text = '';
	for (let n = 0; n < bytes.length; n += 3) {
		const word = (bytes[n]! << 16) | ((bytes[n + 1] ?? 0) << 8) | (bytes[n + 2] ?? 0);
		const left = bytes.length - n;
		text += ALPHABET[word >> 18]! + ALPHABET[(word >> 12) & 63]!;
		text += left > 1 ? ALPHABET[(word >> 6) & 63]! : '=';
		text += left > 2 ? ALPHABET[word & 63]! : '=';
	}
	return text;
}

function fromBase64(text: string): number[] | undefined {
	if (text.length % 4 !== 0) return undefined;
	const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
	const bytes: number[] = [];
	for (let n = 0; n < text.length; n += 4) {
		let word = 0;
		for (let c = 0; c < 4; c++) {
			const isPadding = n + c >= text.length - padding;
			const digit = isPadding ? 0 : ALPHABET.indexOf(text[n + c]!);
			if (digit < 0) return undefined;
			word = word * 64 + digit;
		}
		bytes.push(word >> 16, (word >> 8) & 255, word & 255);
	}
	bytes.length -= padding;
	return bytes;
}
