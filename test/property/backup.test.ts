import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeBackup } from '../../src/store/backup.ts';
import { originalId } from '../../src/store/besideId.ts';
import { readBackup } from '../../src/store/readBackup.ts';
import { restoreBackup } from '../../src/store/restoreBackup.ts';
import type { Store } from '../../src/store/store.ts';
import { contentOf } from '../unit/store/backupContent.ts';
import { answer, memoryStore, scoreReport, stroke } from '../unit/store/memoryStore.ts';

/** What happens on one of two devices; the attempt is the n-th of those that it has. */
type Step =
	| { readonly device: 0 | 1; readonly kind: 'start' }
	| { readonly device: 0 | 1; readonly kind: 'take' }
	| { readonly device: 0 | 1; readonly kind: 'learn' }
	| { readonly device: 0 | 1; readonly kind: 'draw'; readonly attempt: number; readonly strokes: number }
	| { readonly device: 0 | 1; readonly kind: 'score' | 'delete'; readonly attempt: number };

const device = fc.constantFrom(0 as const, 1 as const);
const attempt = fc.nat(3);
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 2, arbitrary: fc.record({ device, kind: fc.constant('start' as const) }) },
	{ weight: 2, arbitrary: fc.record({ device, kind: fc.constant('take' as const) }) },
	{ weight: 2, arbitrary: fc.record({ device, kind: fc.constant('learn' as const) }) },
	{
		weight: 5,
		arbitrary: fc.record({
			device,
			kind: fc.constant('draw' as const),
			attempt,
			strokes: fc.integer({ min: 1, max: 3 }),
		}),
	},
	{ weight: 2, arbitrary: fc.record({ device, kind: fc.constant('score' as const), attempt }) },
	{ weight: 1, arbitrary: fc.record({ device, kind: fc.constant('delete' as const), attempt }) },
);

const claim = async () => ({ held: true, granted: Promise.resolve(), release: () => undefined });

async function take(into: Store, blob: Blob): Promise<void> {
	const backup = await readBackup(blob, 'a.zip');
	if (!backup.ok) throw new Error(JSON.stringify(backup.issues));
	await restoreBackup(into, backup.value, { claim });
}

const idsOf = async (store: Store) => (await store.listAttempts()).attempts.map(({ attempt: { id } }) => id).sort();

let moment = 0;

async function happen(step: Step, devices: readonly [Store, Store]): Promise<void> {
	const store = devices[step.device];
	if (step.kind === 'start') return void (await store.startAttempt('ring-01', 'v1'));
	if (step.kind === 'take') return take(store, await writeBackup(devices[step.device === 0 ? 1 : 0]));
	if (step.kind === 'learn') return store.appendLearner([answer(++moment)]);
	const ids = await idsOf(store);
	const id = ids[step.attempt % Math.max(1, ids.length)];
	if (id === undefined) return;
	moment++;
	if (step.kind === 'delete') return store.deleteAttempt(id);
	const { lastSeq } = await store.loadJournal(id);
	if (step.kind === 'draw') {
		// No two strokes are alike, on whatever device.
		const events = Array.from({ length: step.strokes }, (_, n) => stroke(10 * moment + n));
		return store.appendEvents(id, events, lastSeq + 1);
	}
	const at = new Date(Date.UTC(2025, 0, 2) + 1000 * moment).toISOString();
	return store.saveReport(id, scoreReport, { at, eventSeq: lastSeq, activeMs: moment });
}

/** The attempts of `from` that `into` does not have whole, neither under their id nor beside it, and what was learned. */
async function missing(from: Store, into: Store): Promise<string[]> {
	const lost: string[] = [];
	const candidates = await idsOf(into);
	for (const id of await idsOf(from)) {
		const wanted = await from.loadJournal(id);
		const found = await Promise.all(
			candidates
				.filter((other) => originalId(other) === originalId(id))
				.map(async (other) => {
					const { events, reports, issues } = await into.loadJournal(other);
					const start = JSON.stringify(events.slice(0, wanted.events.length)) === JSON.stringify(wanted.events);
					const times = reports.map(({ at }) => at);
					return start && issues.length === 0 && wanted.reports.every(({ at }) => times.includes(at));
				}),
		);
		if (!found.includes(true)) lost.push(id);
	}
	const learned = (await into.listLearner()).events.map((event) => event.id);
	const { events } = await from.listLearner();
	return [...lost, ...events.map((event) => event.id).filter((id) => !learned.includes(id))];
}

describe('a backup between two devices', () => {
	it('loses nothing of either, changes nothing that is there, and is the same when it is done twice', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
				const devices: readonly [Store, Store] = [memoryStore(), memoryStore()];
				for (const each of steps) await happen(each, devices);
				const backups = await Promise.all(devices.map((each) => writeBackup(each)));
				for (const n of [0, 1] as const) {
					const [own, other] = [devices[n], devices[n === 0 ? 1 : 0]];
					const before = await contentOf(own);
					await take(own, backups[n] as Blob);
					expect(await contentOf(own)).toEqual(before);
					const [from] = backups.filter((_, m) => m !== n);
					await take(own, from as Blob);
					const after = await contentOf(own);
					expect(after).toMatchObject(before);
					await take(own, from as Blob);
					expect(await contentOf(own)).toEqual(after);
					if (n === 0) expect(await missing(other, own)).toEqual([]);
				}
				const whole = memoryStore();
				for (const backup of backups) await take(whole, backup);
				for (const each of devices.slice(0, 1)) expect(await missing(each, devices[1])).toEqual([]);
				expect(await missing(whole, devices[0])).toEqual([]);
				expect(await missing(whole, devices[1])).toEqual([]);
			}),
			{ numRuns: 100 },
		);
	});
});
