import { zlibSync } from 'fflate';
import { crc32 } from './crc32.ts';

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

/**
 * A PNG file of a grey picture, a byte a pixel, rows from the top.
 * Source: W3C, Portable Network Graphics, second edition, §5, §11.2.
 */
export function greyPng(width: number, height: number, pixels: Uint8Array): Uint8Array<ArrayBuffer> {
	if (pixels.length !== width * height)
		throw new Error(`got ${pixels.length} pixels, expected ${width} × ${height} = ${width * height}`);
	const header = new Uint8Array(13);
	const view = new DataView(header.buffer);
	view.setUint32(0, width);
	view.setUint32(4, height);
	// Eight bits, grey, one pass.
	header[8] = 8;
	const rows = new Uint8Array(height * (width + 1));
	for (let y = 0; y < height; y++) {
		// Each byte as its difference from the one above: neighbours are alike.
		rows[y * (width + 1)] = y === 0 ? 0 : 2;
		for (let x = 0; x < width; x++) {
			const above = y === 0 ? 0 : pixels[(y - 1) * width + x]!;
			rows[y * (width + 1) + 1 + x] = pixels[y * width + x]! - above;
		}
	}
	const parts = [chunk('IHDR', header), chunk('IDAT', zlibSync(rows, { level: 9 })), chunk('IEND', new Uint8Array())];
	const file = new Uint8Array(SIGNATURE.length + parts.reduce((sum, part) => sum + part.length, 0));
	file.set(SIGNATURE);
	let at = SIGNATURE.length;
	for (const part of parts) {
		file.set(part, at);
		at += part.length;
	}
	return file;
}

/** Length, name, content, and the check sum of name and content. */
function chunk(name: string, content: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(content.length + 12);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, content.length);
	for (let n = 0; n < 4; n++) bytes[4 + n] = name.charCodeAt(n);
	bytes.set(content, 8);
	view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
	return bytes;
}
