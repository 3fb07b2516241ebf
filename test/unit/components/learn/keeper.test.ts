import { describe, expect, it } from 'vitest';
import { Keeper, type Keeping } from '../../../../src/components/learn/keeper.ts';
import type { LearnerEvent } from '../../../../src/schemas/learnerEvent.ts';
import { StoreError } from '../../../../src/store/storeError.ts';
import { answered, iso } from '../../learning/learner.ts';

function device() {
	const noted = new Map<string, string>();
	const written: LearnerEvent[] = [];
	const told: Keeping[] = [];
	let failure: StoreError | undefined;
	const storage = {
		getItem: (key: string) => noted.get(key) ?? null,
		setItem: (key: string, value: string) => void noted.set(key, value),
		removeItem: (key: string) => void noted.delete(key),
	};
	const sink = {
		async appendLearner(events: readonly LearnerEvent[]) {
			if (failure) throw failure;
			written.push(...events);
		},
	};
	return {
		noted,
		written,
		told,
		fail: (kind: StoreError['kind'] | undefined) => {
			failure = kind && new StoreError(kind);
		},
		open: () =>
			new Keeper(
				async () => sink,
				(keeping) => told.push(keeping),
				storage,
			),
	};
}

describe('answers that are kept', () => {
	it('are written at once, and then nothing waits', async () => {
		const { open, written, told, noted } = device();
		const keeper = open();
		const event = answered(iso(0));
		await keeper.keep(event);
		expect(written).toEqual([event]);
		expect(told.at(-1)).toMatchObject({ kind: 'kept' });
		expect(keeper.unkept).toEqual([]);
		expect(noted.size).toBe(0);
	});

	it('wait where the disk is full, over a reload too, and are written as soon as that works', async () => {
		const { open, written, told, fail, noted } = device();
		fail('full');
		const [one, two] = [answered(iso(0)), answered(iso(0, 1))];
		await open().keep(one);
		expect(told.at(-1)).toEqual({ kind: 'failed', failure: 'full', count: 1 });
		const later = open();
		expect(later.unkept).toEqual([one]);
		fail(undefined);
		await later.keep(two);
		expect(written).toEqual([one, two]);
		expect(noted.size).toBe(0);
	});

	it('are written in their order, none twice, when they come while others are written', async () => {
		const { open, written } = device();
		const events = [0, 1, 2].map((minute) => answered(iso(0, minute)));
		const keeper = open();
		await Promise.all(events.map((event) => keeper.keep(event)));
		expect(written).toEqual(events);
	});

	it('last as long as the page where nothing can be noted either', async () => {
		const { written, told, fail } = device();
		fail('unavailable');
		const refused = async () => {
			throw new StoreError('unavailable');
		};
		const keeper = new Keeper(
			async () => ({ appendLearner: refused }),
			(keeping) => told.push(keeping),
			undefined,
		);
		await keeper.keep(answered(iso(0)));
		await keeper.keep(answered(iso(0, 1)));
		expect(keeper.unkept).toHaveLength(2);
		expect(told.at(-1)).toEqual({ kind: 'failed', failure: 'unavailable', count: 2 });
		expect(written).toEqual([]);
	});
});
