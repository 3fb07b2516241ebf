import { describe, expect, it } from 'vitest';
import { Work } from '../../../src/islands/practice/work.ts';
import { dab } from '../../../src/mask/brush.ts';
import { attemptEventSchema } from '../../../src/schemas/attempt.ts';

const grid = { dims: [30, 30, 4], affine: [-1, 0, 0, 15, 0, -1, 0, 15, 0, 0, 5, 0, 0, 0, 0, 1] } as const;
const grids = new Map([['FLAIR', grid] as const, ['T1C', grid] as const]);

function clock() {
	let ms = Date.UTC(2026, 0, 1);
	return { now: () => new Date(ms), pass: (by: number) => (ms += by) };
}

function draw(work: Work, region: 'WT' | 'ET', slice: number, x: number) {
	const mask = work.masks.get(region);
	if (!mask) throw new Error('no mask');
	const changed: number[] = [];
	dab(mask, { slice, from: { x, y: 10 }, to: { x: x + 5, y: 15 }, diameterMm: 4, value: 1 }, changed);
	return work.stroke({ region, tool: 'brush', slice, diameterMm: 4, changed });
}

describe('Work', () => {
	it('makes the same masks, undo stack and looks again from its journal', () => {
		const time = clock();
		const work = new Work(['WT', 'ET'], grids, time.now);
		const journal = [];
		work.look('FLAIR', 1);
		work.look('FLAIR', 2);
		journal.push(...work.takeLooks());
		journal.push(draw(work, 'WT', 1, 3), draw(work, 'ET', 2, 8), draw(work, 'WT', 1, 12));
		journal.push(work.undo()?.event, work.undo()?.event, work.redo()?.event);
		const events = journal.map((event) => attemptEventSchema.parse(event));

		const again = new Work(['WT', 'ET'], grids, time.now);
		expect(again.replay(events)).toBe(0);
		for (const region of ['WT', 'ET'] as const) {
			expect(again.masks.get(region)?.data).toEqual(work.masks.get(region)?.data);
			expect(again.masks.get(region)?.total).toBeGreaterThan(0);
		}
		expect(again.looked).toEqual(work.looked);
		expect(again.canRedo).toBe(true);
		expect(again.redo()?.edit).toMatchObject({ region: 'WT', slice: 1 });
		expect(again.canRedo).toBe(false);
	});

	it('starts a repair from a planted drawing that no undo takes away, and makes it again from its journal', () => {
		const work = new Work(['WT', 'ET'], grids);
		const data = new Uint8Array(3600).fill(1, 1000, 1200);
		const error = { drawn: Uint32Array.of(1000, 1001), leftOut: Uint32Array.of(1300) };
		const planted = {
			rules: ['R6-8b'],
			masks: [{ region: 'WT' as const, data, ...error }],
			found: [{ code: 'E10' as const, region: 'WT' as const }],
		};
		const journal = [work.tellPlanted(planted), work.tellNamed('E11')];
		expect(work.undo()).toBeUndefined();
		journal.push(draw(work, 'WT', 3, 3), work.undo()!.event);

		const again = new Work(['WT', 'ET'], grids);
		expect(again.replay(journal.map((event) => attemptEventSchema.parse(event)))).toBe(0);
		for (const each of [work, again]) {
			expect(each.masks.get('WT')?.data).toEqual(data);
			expect(each.canUndo).toBe(false);
			expect(each.planted).toEqual(planted);
			expect(each.named).toBe('E11');
		}
		const small = new Work(['WT'], new Map([['FLAIR', { ...grid, dims: [10, 10, 4] } as const]]));
		expect(small.replay(journal.map((event) => attemptEventSchema.parse(event)))).toBeGreaterThan(0);
		expect(small.planted).toBeUndefined();
	});

	it('takes a mask from a file as one edit, and makes it again from its journal', () => {
		const work = new Work(['WT', 'ET'], grids);
		const mask = work.masks.get('WT')!;
		const journal = [draw(work, 'WT', 1, 3)];
		const drawn = [...mask.data];
		const data = new Uint8Array(mask.data.length).fill(1, 900, 1900);
		journal.push(work.importMask('WT', data, { file: 'P1_FLAIR_WT.nii.gz', sequence: 'FLAIR' }));
		expect(mask.data).toEqual(data);
		expect(work.sourceOf('WT')).toEqual({ file: 'P1_FLAIR_WT.nii.gz', sequence: 'FLAIR' });
		expect(work.sourceOf('ET')).toBeUndefined();
		journal.push(draw(work, 'WT', 0, 3));
		expect(work.sourceOf('WT')?.file).toBe('P1_FLAIR_WT.nii.gz');

		const again = new Work(['WT', 'ET'], grids);
		expect(again.replay(journal.map((event) => attemptEventSchema.parse(event)))).toBe(0);
		expect(again.masks.get('WT')?.data).toEqual(mask.data);
		expect(again.sourceOf('WT')).toEqual(work.sourceOf('WT'));
		again.undo();
		expect(again.undo()?.edit).toMatchObject({ region: 'WT', slice: 1 });
		expect([...again.masks.get('WT')!.data]).toEqual(drawn);
		expect(again.sourceOf('WT')).toBeUndefined();
		again.redo();
		expect(again.sourceOf('WT')?.file).toBe('P1_FLAIR_WT.nii.gz');
	});

	it('keeps the last pre-read, and what was said of the work until an edit undoes it', () => {
		const work = new Work(['WT', 'ET'], grids);
		const answer = {
			side: 'left',
			lobes: ['frontal', 'insula'],
			lesions: 2,
			margin: 'blurred',
			composition: ['oedema'],
			quality: { FLAIR: 3 },
		} as const;
		const told = (lesions: number) =>
			work.tellPreRead({ ...answer, lobes: [...answer.lobes], composition: ['oedema'], lesions });
		const journal = [told(2), told(3), ...work.tellNoneSeen('ET', true), draw(work, 'WT', 1, 3), work.tellSelfCheck()];
		const fold = () => {
			const again = new Work(['WT', 'ET'], grids);
			expect(again.replay(journal.map((event) => attemptEventSchema.parse(event)))).toBe(0);
			for (const { preRead, noneSeen, selfChecked } of [work, again])
				expect({ preRead, noneSeen: [...noneSeen], selfChecked }).toEqual({
					preRead: { ...answer, lesions: 3 },
					noneSeen: [...work.noneSeen],
					selfChecked: work.selfChecked,
				});
		};
		expect([[...work.noneSeen], work.selfChecked]).toEqual([['ET'], true]);
		expect(work.tellNoneSeen('ET', true)).toEqual([]);
		fold();
		journal.push(draw(work, 'ET', 2, 8));
		expect([[...work.noneSeen], work.selfChecked]).toEqual([[], false]);
		expect(work.tellNoneSeen('ET', true)).toEqual([]);
		fold();
		journal.push(work.tellSelfCheck(), work.undo()!.event);
		expect(work.selfChecked).toBe(false);
		journal.push(...work.tellNoneSeen('ET', true), work.redo()!.event);
		expect([...work.noneSeen]).toEqual([]);
		fold();
	});

	it('writes no name of a file but one by the rule', () => {
		const work = new Work(['WT'], grids);
		const data = work.masks.get('WT')!.data.slice();
		for (const [file, kept] of [
			[null, null],
			['Zhang San.nii', null],
			['P1_FLAIR_WT.nii.gz', 'P1_FLAIR_WT.nii.gz'],
		] as const)
			expect(attemptEventSchema.parse(work.importMask('WT', data, { file, sequence: 'FLAIR' }))).toMatchObject({
				file: kept,
			});
	});

	it('counts a pause as one minute at most', () => {
		const time = clock();
		const work = new Work(['WT'], grids, time.now);
		time.pass(2_500);
		expect(draw(work, 'WT', 0, 3).activeMs).toBe(2_500);
		time.pass(3_600_000);
		expect(draw(work, 'WT', 0, 9).activeMs).toBe(60_000);
	});

	it('keeps undo in step where the series of a stroke is not here, which is no damage', () => {
		const time = clock();
		const work = new Work(['WT', 'ET'], grids, time.now);
		const events = [draw(work, 'WT', 0, 3), draw(work, 'ET', 1, 3), draw(work, 'WT', 2, 3)];
		const undo = work.undo()?.event;
		const without = new Work(['WT', 'ET'], new Map([['FLAIR', grid] as const]), time.now);
		expect(without.replay(undo ? [...events, undo] : events)).toBe(0);
		expect([...(without.masks.get('WT')?.sliceCounts ?? [])].map((n) => n > 0)).toEqual([true, false, false, false]);
		expect(without.undo()?.edit.region).toBe('ET');
		expect(without.undo()?.edit.region).toBe('WT');
		expect(without.masks.get('WT')?.total).toBe(0);
	});

	it('counts the strokes that do not fit their mask, and keeps undo in step', () => {
		const time = clock();
		const work = new Work(['WT'], grids, time.now);
		const first = draw(work, 'WT', 0, 3);
		const second = draw(work, 'WT', 2, 3);
		const again = new Work(['WT'], grids, time.now);
		expect(again.replay([first, { ...second, flips: '!!!!' } as typeof second])).toBe(1);
		again.undo();
		expect(again.masks.get('WT')?.total).toBeGreaterThan(0);
		again.undo();
		expect(again.masks.get('WT')?.total).toBe(0);
	});

	it('reports each first look once', () => {
		const work = new Work(['WT'], grids, clock().now);
		expect([work.look('FLAIR', 3), work.look('FLAIR', 3), work.look('T1C', 3)]).toEqual([true, false, true]);
		expect(work.takeLooks().map((event) => event.kind === 'look' && [event.sequence, event.slices])).toEqual([
			['FLAIR', [3]],
			['T1C', [3]],
		]);
		expect(work.takeLooks()).toEqual([]);
	});
});
