import type { Grid } from '../../grid/grid.ts';
import { FAMILY_REGIONS, type Region, type Sequence } from '../../protocol/protocol.ts';
import type { CaseManifest } from '../../schemas/caseManifest.ts';
import type { ReferenceLayer } from '../../scoring/findings/finding.ts';
import type { Store } from '../../store/store.ts';
import { type CaseBridge, openCaseBridge } from '../../workers/bridge.ts';
import type { CaseSource } from '../../workers/caseSource.ts';
import type { LoadedSeries } from '../../workers/tasks.ts';
import { findCase } from '../practice/openCase.ts';

/** Why a case of a drill could not be shown. */
export type CaseFailure = 'unknownCase' | 'unreachable' | 'damaged' | 'storage';

/** What is true of a case. */
export interface CaseTruth {
	readonly regions: ReadonlyMap<Region, { readonly grid: Grid; readonly data: Uint8Array }>;
	readonly layers: readonly ReferenceLayer[];
}

/** A part of a case, or why it is not there. */
export type Loaded<Value> =
	| { readonly ok: true; readonly value: Value }
	| { readonly ok: false; readonly failure: CaseFailure };

/** Cases whose images are held at a time. */
const MOST_CASES = 2;

/** Reads the cases that drills show, each part once. */
export class CaseShelf {
	readonly #store: Store;
	readonly #bridge: CaseBridge = openCaseBridge();
	readonly #closing = new AbortController();
	readonly #sources = new Map<string, Promise<Loaded<CaseSource>>>();
	readonly #parts = new Map<string, Map<string, Promise<Loaded<unknown>>>>();

	constructor(store: Store) {
		this.#store = store;
	}

	async manifest(id: string): Promise<Loaded<CaseManifest>> {
		const source = await this.#source(id);
		return source.ok ? { ok: true, value: source.value.manifest } : source;
	}

	/** One series; a failed one is read anew when it is asked for again. */
	series(id: string, sequence: Sequence): Promise<Loaded<LoadedSeries>> {
		return this.#part(id, sequence, (source) => this.#bridge.loadSeries(this.#call, source, sequence));
	}

	/** All of the reference. */
	truth(id: string): Promise<Loaded<CaseTruth>> {
		return this.#part(id, 'truth', async (source) => {
			const regions = await this.#bridge.readReferences(this.#call, source, FAMILY_REGIONS[source.manifest.family]);
			const layers = await this.#bridge.readLayers(this.#call, source);
			if (!regions.ok) return regions;
			return layers.ok ? { ok: true, value: { regions: regions.value, layers: layers.value } } : layers;
		});
	}

	close(): void {
		this.#closing.abort(new DOMException('the page was left', 'AbortError'));
		this.#bridge.close();
	}

	get #call() {
		return { signal: this.#closing.signal };
	}

	#source(id: string): Promise<Loaded<CaseSource>> {
		return kept(this.#sources, id, async () => {
			try {
				const found = await findCase(this.#store, id, this.#closing.signal);
				if (found.ok) return { ok: true, value: found.source };
				const { failure } = found;
				return { ok: false, failure: failure === 'unknownCase' || failure === 'unreachable' ? failure : 'damaged' };
			} catch (error) {
				if (error instanceof Error && error.name === 'StoreError') return { ok: false, failure: 'storage' };
				throw error;
			}
		});
	}

	#part<Value>(
		id: string,
		name: string,
		read: (source: CaseSource) => Promise<{ readonly ok: true; readonly value: Value } | { readonly ok: false }>,
	): Promise<Loaded<Value>> {
		let parts = this.#parts.get(id);
		if (!parts) {
			parts = new Map();
			this.#parts.set(id, parts);
			for (const old of [...this.#parts.keys()].slice(0, -MOST_CASES)) this.#parts.delete(old);
		}
		return kept(parts as Map<string, Promise<Loaded<Value>>>, name, async () => {
			const source = await this.#source(id);
			if (!source.ok) return source;
			try {
				const part = await read(source.value);
				return part.ok ? part : { ok: false, failure: 'damaged' };
			} catch (error) {
				if (error instanceof Error && error.name === 'TypeError') return { ok: false, failure: 'unreachable' };
				throw error;
			}
		});
	}
}

/** What was promised before, unless it failed. */
function kept<Value>(
	map: Map<string, Promise<Loaded<Value>>>,
	key: string,
	make: () => Promise<Loaded<Value>>,
): Promise<Loaded<Value>> {
	const before = map.get(key);
	if (before) return before;
	const made = make();
	map.set(key, made);
	const forget = () => map.get(key) === made && map.delete(key);
	made.then(({ ok }) => ok || forget(), forget);
	return made;
}
