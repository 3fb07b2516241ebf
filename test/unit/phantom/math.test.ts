import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cosDeg, cubeRoot, exp, log, sinDeg } from '../../../src/phantom/math.ts';

const within = (got: number, expected: number) => expect(Math.abs(got / expected - 1)).toBeLessThan(1e-14);

it('has an exponential and a logarithm as good as the engine’s', () => {
	for (let n = -2000; n <= 2000; n++) {
		const x = n * 0.31;
		within(exp(x), Math.exp(x));
		if (n !== 0) within(log(exp(x)), x);
	}
	expect(exp(-1000)).toBe(0);
	expect(log(1)).toBe(0);
});

it('has a sine and a cosine as good as the engine’s', () => {
	for (let angle = -89; angle < 90; angle += 2) {
		within(sinDeg(angle), Math.sin((angle * Math.PI) / 180));
		expect(Math.abs(cosDeg(angle) - Math.cos((angle * Math.PI) / 180))).toBeLessThan(1e-15);
	}
	expect(cosDeg(0)).toBe(1);
});

it('has cube roots', () => {
	for (const x of [1e-6, 0.3, 1, 8, 1e9]) expect(cubeRoot(x) / Math.cbrt(x)).toBeCloseTo(1, 12);
	expect(() => cubeRoot(0)).toThrow('got log(0)');
});

it('throws where there is no answer', () => {
	expect(() => exp(701)).toThrow('got exp(701)');
	expect(() => exp(Number.NaN)).toThrow('got exp(NaN)');
	expect(() => log(0)).toThrow('got log(0)');
	expect(() => sinDeg(91)).toThrow('got 91°');
	expect(() => cosDeg(-91)).toThrow('got -91°');
});

it('is made without the functions that differ between engines', () => {
	const folder = new URL('../../../src/phantom/', import.meta.url);
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
	expect(files.length).toBeGreaterThan(10);
	for (const file of files) {
		const code = readFileSync(new URL(file, folder), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
		const used = code.match(/Math\.(?!(?:abs|ceil|floor|imul|max|min|round|sqrt|PI|SQRT2|SQRT1_2)\b)\w+|\*\*/g) ?? [];
		expect([file, ...used]).toEqual([file]);
	}
});
