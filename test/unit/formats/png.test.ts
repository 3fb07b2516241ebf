import sharp from 'sharp';
import { expect, it } from 'vitest';
import { greyPng } from '../../../src/formats/png.ts';

it('a picture comes back pixel for pixel from another reader', async () => {
	const [width, height] = [37, 23];
	const pixels = Uint8Array.from({ length: width * height }, (_, n) => (n * 97 + (n >> 3)) % 256);
	const { data, info } = await sharp(greyPng(width, height, pixels))
		.toColourspace('b-w')
		.raw()
		.toBuffer({ resolveWithObject: true });
	expect([info.width, info.height, info.channels]).toEqual([width, height, 1]);
	expect(Uint8Array.from(data)).toEqual(pixels);
	expect(() => greyPng(2, 2, new Uint8Array(3))).toThrow('expected 2 × 2 = 4');
});
