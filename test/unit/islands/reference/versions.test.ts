import { describe, expect, it } from 'vitest';
import type { Grid } from '../../../../src/grid/grid.ts';
import { eventsOf, isConfirmed } from '../../../../src/islands/practice/reference/versions.ts';
import { Work } from '../../../../src/islands/practice/work.ts';
import type { Target } from '../../../../src/protocol/target.ts';
import { type AttemptEvent, attemptEventSchema } from '../../../../src/schemas/attempt.ts';

const GRID: Grid = { dims: [4, 4, 3], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };
const TARGETS: readonly Target[] = ['WT', 'ET', 'ventricles'];
const GRIDS = new Map([
	['FLAIR', GRID],
	['T1C', GRID],
] as const);

/** A reference in the making, with its journal. */
function making() {
	const work = new Work(TARGETS, GRIDS);
	const events: AttemptEvent[] = [];
	const log = (...added: readonly AttemptEvent[]) => events.push(...added.map((e) => attemptEventSchema.parse(e)));
	return {
		work,
		events,
		sitDown: (name: string) => log(work.tellExpert(name)),
		draw(region: Target, ...elements: readonly number[]) {
			work.masks.get(region)!.flip(Uint32Array.from(elements));
			log(work.stroke({ region, slice: 0, tool: 'brush', diameterMm: 3, changed: elements }));
		},
		keep() {
			const masks = [...work.masks].map(([region, { total }]) => ({
				region,
				sequence: region === 'ET' ? ('T1C' as const) : ('FLAIR' as const),
				sha256: '0'.repeat(64),
				voxels: total,
			}));
			log(work.tellVersion(masks));
		},
		confirm: () => log(...work.tellConfirmed()),
		undo: () => log(work.undo()!.event),
		redo: () => log(work.redo()!.event),
		tell: log,
	};
}

const folded = (events: readonly AttemptEvent[]) => {
	const work = new Work(TARGETS, GRIDS);
	expect(work.replay(events)).toBe(0);
	return work;
};

describe('the versions of a reference', () => {
	it('hold once two experts confirmed the same one, whoever drew it and however names are typed', () => {
		const { work, events, sitDown, draw, keep, confirm } = making();
		sitDown('Li');
		draw('WT', 1, 2);
		keep();
		confirm();
		confirm();
		sitDown(' LI ');
		confirm();
		expect(work.versions.list.map(({ confirmations }) => confirmations.length)).toEqual([1]);
		expect(work.versions.reference).toBeUndefined();
		sitDown('Wang');
		confirm();
		expect(work.versions.reference).toMatchObject({ number: 1, author: 'Li' });
		expect(isConfirmed(work.versions.list[0]!)).toBe(true);
		expect(folded(events).versions.list).toEqual(work.versions.list);
	});

	it('are confirmed only as they were kept: an edit parts them from what is drawn, its undo brings them back', () => {
		const { work, sitDown, draw, keep, confirm, undo, redo } = making();
		sitDown('Li');
		draw('WT', 1);
		keep();
		draw('ventricles', 5);
		expect(work.currentVersion).toBeUndefined();
		confirm();
		expect(work.versions.list[0]?.confirmations).toEqual([]);
		undo();
		expect(work.currentVersion?.number).toBe(1);
		redo();
		expect(work.currentVersion).toBeUndefined();
		undo();
		draw('ventricles', 6);
		expect(work.currentVersion).toBeUndefined();
		keep();
		expect(work.currentVersion?.number).toBe(2);
		confirm();
		expect(work.versions.list.map(({ confirmations }) => confirmations.length)).toEqual([0, 1]);
	});

	it('tell a region that is said to be absent from one that is not', () => {
		const { work, sitDown, draw, keep, tell } = making();
		sitDown('Li');
		draw('WT', 1);
		keep();
		tell(...work.tellNoneSeen('ET', true));
		expect(work.currentVersion).toBeUndefined();
		tell(...work.tellNoneSeen('ET', false));
		expect(work.currentVersion?.number).toBe(1);
	});

	it('are what was drawn then, whatever was drawn since', () => {
		const { events, sitDown, draw, keep, undo } = making();
		sitDown('Li');
		draw('WT', 1, 2);
		keep();
		draw('WT', 7);
		sitDown('Wang');
		keep();
		undo();
		const drawn = (number: number) =>
			[...folded(eventsOf(events, number)).masks.get('WT')!.data.keys()].filter(
				(n) => folded(eventsOf(events, number)).masks.get('WT')!.data[n] === 1,
			);
		expect(drawn(1)).toEqual([1, 2]);
		expect(drawn(2)).toEqual([1, 2, 7]);
		expect(folded(events).versions.list.map(({ author }) => author)).toEqual(['Li', 'Wang']);
	});

	it('count for nobody who did not say who they are', () => {
		const { work, draw, keep, confirm } = making();
		draw('WT', 1);
		keep();
		confirm();
		expect(work.versions.list).toEqual([]);
	});

	it('ask a new expert to look at everything anew', () => {
		const { work, events, sitDown, tell } = making();
		sitDown('Li');
		work.look('FLAIR', 1);
		tell(...work.takeLooks(), work.tellSelfCheck());
		sitDown('Wang');
		expect(work.looked.get('FLAIR') ?? new Set()).toEqual(new Set());
		expect(work.selfChecked).toBe(false);
		expect(folded(events).looked.get('FLAIR') ?? new Set()).toEqual(new Set());
		work.look('FLAIR', 2);
		tell(...work.takeLooks());
		expect(folded(events).looked.get('FLAIR')).toEqual(new Set([2]));
	});
});
