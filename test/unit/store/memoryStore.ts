import { Buffer } from 'node:buffer';
import memoryAdapter from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb-core';
import type { Region } from '../../../src/protocol/protocol.ts';
import type { AttemptEvent } from '../../../src/schemas/attempt.ts';
import type { LearnerEvent } from '../../../src/schemas/learnerEvent.ts';
import type { ScoreReport } from '../../../src/scoring/scoreReport.ts';
import { openStore, type Store } from '../../../src/store/store.ts';

PouchDB.plugin(memoryAdapter);

let count = 0;

/** A name of databases that no other test has. */
export const freshName = () => `test-${++count}`;

/** PouchDB on Node stores Buffers where the browser stores Blobs. */
async function withBuffers(attachments: PouchDB.Core.Attachments): Promise<PouchDB.Core.Attachments> {
	const entries = Object.entries(attachments).map(async ([name, attachment]) => {
		const { content_type, data } = attachment as { content_type: string; data: Blob };
		return [name, { content_type, data: Buffer.from(await data.arrayBuffer()) }] as const;
	});
	return Object.fromEntries(await Promise.all(entries));
}

export function openMemory(name: string): PouchDB.Database {
	const db = new PouchDB(name, { adapter: 'memory' });
	const put = db.put.bind(db);
	const getAttachment = db.getAttachment.bind(db);
	return Object.assign(db, {
		put: async (doc: { _attachments?: PouchDB.Core.Attachments }) =>
			put(doc._attachments ? { ...doc, _attachments: await withBuffers(doc._attachments) } : doc),
		getAttachment: async (id: string, attachment: string) =>
			new Blob([new Uint8Array((await getAttachment(id, attachment)) as Buffer)]),
	});
}

/** Stores of one name are two tabs on the same databases. Every reading of the clock is a second later. */
export function memoryStore(name = freshName(), openDatabase = openMemory): Store {
	let seconds = 0;
	return openStore({ name, openDatabase, now: () => new Date(Date.UTC(2025, 0, 1) + 1000 * seconds++) });
}

/** The n-th stroke of a session: all of its fields follow from n. */
export function stroke(n: number): AttemptEvent {
	return {
		kind: 'stroke',
		at: new Date(Date.UTC(2025, 0, 1) + 1000 * n).toISOString(),
		activeMs: 100 + n,
		region: 'WT',
		tool: n % 2 ? 'brush' : 'eraser',
		sequence: 'FLAIR',
		slice: n % 155,
		diameterMm: 6,
		flips: `AQID${n}`,
	};
}

/** The n-th answer of a learner: all of its fields follow from n. */
export function answer(n: number): LearnerEvent {
	return {
		type: 'learner',
		schemaVersion: 1,
		id: `answer-${String(n).padStart(6, '0')}`,
		at: new Date(Date.UTC(2025, 0, 1) + 1000 * n).toISOString(),
		kind: 'answer',
		form: n % 2 ? 'question' : 'drill',
		item: `q-4-wt-${n}`,
		rules: ['R4-1a', 'R4-1b'],
		score: (n % 5) / 4,
		given: ['A', { x: n }],
		seconds: n,
	};
}

/** Strokes with numbers from…to, both included. */
export const strokes = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => stroke(from + index));

/** A report with every kind of figure. */
export const scoreReport: ScoreReport<Region> = {
	scoringVersion: '1.0.0',
	caseId: 'ring',
	definition: 'surfel',
	regions: [
		{
			region: 'WT',
			counts: { tp: 5, fp: 1, fn: 2, tn: 100 },
			dice: { kind: 'value', value: 10 / 13 },
			sensitivity: { kind: 'value', value: 5 / 7 },
			precision: { kind: 'undefined', reason: 'predictionEmpty' },
			referenceMl: 0.007,
			predictionMl: 0.006,
			slices: [{ slice: 3, missedMm2: 2, extraMm2: 1 }],
			iou: { kind: 'value', value: 5 / 8 },
			specificity: { kind: 'value', value: 100 / 101 },
			volumeSimilarity: { kind: 'value', value: 12 / 13 },
			hdMm: { kind: 'value', value: 2 },
			hd95Mm: { kind: 'value', value: 1.5 },
			nsd: { 1: { kind: 'value', value: 0.9 } },
			nsdSlices: { 1: { kind: 'value', value: 0.8 } },
			assdMm: { kind: 'value', value: 0.4 },
			masdMm: { kind: 'value', value: 0.5 },
			boundary: { medianMm: { kind: 'value', value: -0.5 }, sameSign: { kind: 'value', value: 0.6 } },
		},
	],
	unscored: [{ region: 'ET', reason: 'noReference' }],
	findings: {
		policyVersion: '1.0.0',
		list: [
			{
				code: 'E10',
				rules: ['R6-8b'],
				severity: 'hard',
				hardFail: 'HF3',
				region: 'WT',
				lesion: 1,
				where: { sequence: 'FLAIR', slice: 3, xyzMm: [1, -2, 3.5] },
				magnitude: { value: 2, limit: 0, unit: 'slices' },
				params: { sequence: 'FLAIR' },
			},
		],
		unchecked: ['csf', 'toolLog'],
		detection: { region: 'ET', lesions: [{ lesion: 1, volumeMl: 2, found: true, dice: 0.7 }], falsePositives: 1 },
		duralRecall: null,
	},
	marks: {
		policyVersion: '1.0.0',
		list: [
			{
				measure: 'dice',
				region: 'WT',
				fromMm: null,
				toMm: null,
				toleranceMm: null,
				value: { kind: 'value', value: 10 / 13 },
				tier: 'below',
				cuts: { qualified: 0.8, good: 0.85, excellent: 0.9 },
				gated: true,
			},
		],
	},
};
