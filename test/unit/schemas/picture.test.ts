import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type PictureDrawing, pictureDrawingSchema, pictureSchema } from '../../../src/schemas/picture.ts';
import { questionsSchema } from '../../../src/schemas/question.ts';
import { ruleCatalogueSchema } from '../../../src/schemas/rule.ts';

const root = resolve(import.meta.dirname, '../../..');
const content = (...names: string[]) => resolve(root, 'content', ...names);
const asset = (name: string) => resolve(root, 'src/assets/pictures', name);
const pictures = new Map(
	readdirSync(content('pictures')).map((file) => [
		file.replace(/\.yaml$/, ''),
		pictureSchema.parse(parse(readFileSync(content('pictures', file), 'utf8'))),
	]),
);
const drawings = new Map(
	[...pictures.keys()].map((id) => [
		id,
		pictureDrawingSchema.parse(JSON.parse(readFileSync(asset(`${id}.json`), 'utf8'))),
	]),
);
const drawingOf = (id: string): PictureDrawing => drawings.get(id)!;
const { rules } = ruleCatalogueSchema.parse(JSON.parse(readFileSync(content('rules', 'rules.json'), 'utf8')));
const questions = readdirSync(content('questions')).flatMap((file) =>
	questionsSchema.parse(parse(readFileSync(content('questions', file), 'utf8'))),
);

const whole = {
	case: 'fig-1',
	sequence: 'FLAIR',
	slice: 'widest:WT',
	crop: 'lesion',
	outlines: ['WT'],
	alt: { zh: '图', en: 'picture' },
};
const problemOf = (change: object) =>
	pictureSchema
		.safeParse({ ...whole, ...change })
		.error?.issues.map(({ message }) => message)
		.join('; ');

describe('what a picture tells', () => {
	it('is read as written', () => expect(problemOf({})).toBeUndefined());
	it.each([
		['a slice that is none', { slice: 'middle' }, /Invalid/],
		['the slice of an error without one', { slice: 'error' }, /needs an error/],
		['a broken rule without the right picture', { planted: 'E10', breaks: ['R6-8b'] }, /needs its right one/],
		['a sequence that there is not', { sequence: 'T9' }, /Invalid/],
		['no words for who cannot see it', { alt: { zh: '图', en: '' } }, /Too small/],
	])('refuses %s', (_, change, problem) => expect(problemOf(change)).toMatch(problem));
});

describe('the drawn pictures', () => {
	it('are those of the content, each with its greys, small enough to be kept on every device', () => {
		const images = new Set([...drawings.values()].map(({ image }) => `${image}.webp`));
		const files = readdirSync(asset('')).filter((name) => name !== 'NOTICE.txt');
		expect(files.sort()).toEqual([...images, ...[...pictures.keys()].map((id) => `${id}.json`)].sort());
		const sizes = [...images].map((name) => statSync(asset(name)).size);
		expect(Math.max(...sizes)).toBeLessThanOrEqual(12_000);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
	});

	it.each([...pictures])('%s shows what it says', (id, picture) => {
		const drawing = drawingOf(id);
		expect(drawing).toMatchObject({ case: picture.case, sequence: picture.sequence });
		expect(drawing.slice).toBeLessThan(drawing.slices);
		if (typeof picture.slice === 'number') expect(drawing.slice).toBe(picture.slice);
		expect(Object.keys(drawing.areas).sort()).toEqual([...picture.areas].sort());
		expect(drawing.missed.length + drawing.extra.length > 0).toBe(picture.planted !== undefined);
		for (const { region } of [...drawing.outlines, ...drawing.missed, ...drawing.extra])
			expect(picture.outlines).toContain(region);
		const like = /^as:(.+)$/.exec(String(picture.slice))?.[1];
		if (!like) return;
		const { width, height, slice, image, sequence } = drawingOf(like);
		expect(drawing).toMatchObject({ width, height });
		if (sequence === drawing.sequence) expect(drawing).toMatchObject({ slice, image });
	});

	it('paths stay near their picture', () => {
		for (const { width, height, outlines } of drawings.values())
			for (const { path } of outlines)
				for (const [, x, y] of path.matchAll(/M(-?[\d.]+)[ ]?(-?[\d.]+)/g)) {
					expect(Number(x)).toBeGreaterThan(-width);
					expect(Number(x)).toBeLessThan(2 * width);
					expect(Number(y)).toBeGreaterThan(-height);
					expect(Number(y)).toBeLessThan(2 * height);
				}
	});
});

describe('right and wrong', () => {
	const wrong = [...pictures].filter(([, { breaks }]) => breaks.length > 0);

	it('every rule that a mask can break is shown both ways', () => {
		const shown = new Set(wrong.flatMap(([, { breaks }]) => breaks));
		const unshown = rules.filter(({ id, type }) => type === 'mask-check' && !shown.has(id)).map(({ id }) => id);
		expect(unshown).toEqual([]);
	});

	it.each(wrong)(
		'%s breaks what it says, beside a right drawing of the same slice',
		(id, { breaks, planted, right }) => {
			for (const rule of breaks) {
				const { errorCodes } = rules.find((each) => each.id === rule)!;
				if (planted) expect(errorCodes, rule).toContain(planted);
			}
			const [bad, good] = [drawingOf(id), drawingOf(right!)];
			expect(good.missed.length + good.extra.length).toBe(0);
			expect(good).toMatchObject({ case: bad.case, width: bad.width, height: bad.height });
			if (planted) expect(good).toMatchObject({ image: bad.image, slice: bad.slice });
			else expect(good.sequence).not.toBe(bad.sequence);
		},
	);
});

describe('what names a picture', () => {
	it('questions: it is there, and one to be pointed at has the area and shows no outline', () => {
		const asked = questions.filter(({ picture }) => picture !== undefined);
		expect(asked.length).toBeGreaterThan(0);
		for (const question of asked) {
			expect([...pictures.keys()], question.id).toContain(question.picture);
			if (question.kind !== 'hotspot') continue;
			const { areas, outlines } = drawingOf(question.picture);
			expect(Object.keys(areas), question.id).toContain(question.area);
			expect(outlines, question.id).toEqual([]);
		}
	});

	it('worked cases and live figures: it is there', () => {
		const worked = readdirSync(content('worked')).map((file) => readFileSync(content('worked', file), 'utf8'));
		const lessons = readdirSync(content('lessons'), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.mdx'))
			.map((file) => readFileSync(content('lessons', file), 'utf8'));
		const named = [
			...worked.flatMap((text) => [...text.matchAll(/^ +picture: (\S+)$/gm)]),
			...lessons.flatMap((text) => [...text.matchAll(/\b(?:picture|right|wrong)="([^"]+)"/g)]),
			...lessons.flatMap((text) => [...text.matchAll(/<Picture id="([^"]+)"/g)]),
		].map(([, id]) => id);
		expect(named.length).toBeGreaterThan(50);
		expect(named.filter((id) => !pictures.has(id ?? ''))).toEqual([]);
		expect(existsSync(asset('NOTICE.txt'))).toBe(true);
	});
});
