import type { Issue } from '../../../formats/issue.ts';
import { experts, sameExpert } from '../../../protocol/expert.ts';
import { patientOf } from '../../../protocol/maskName.ts';
import { isRegion, TARGET_SEQUENCE, type Target } from '../../../protocol/target.ts';
import type { CaseManifest } from '../../../schemas/caseManifest.ts';
import { caseVersion } from '../../../schemas/caseVersion.ts';
import { provenanceOf, REFERENCE_INDEX, type ReferencePackage } from '../../../schemas/referencePackage.ts';
import { StoreError } from '../../../store/storeError.ts';
import type { BuiltReference } from '../../../workers/reference.ts';
import type { Download } from '../../saveDownload.ts';
import type { Desk } from '../desk.ts';
import { Work } from '../work.ts';
import { eventsOf, type Version } from './versions.ts';

/** What the makers of a reference are told. */
export type AuthoringTold =
	| { readonly kind: 'adopted'; readonly version: number }
	| { readonly kind: 'failed'; readonly reason: 'full' | 'unavailable' | 'unexpected' }
	| { readonly kind: 'refused'; readonly issues: readonly Issue[] };

/** The making of a case's reference: who draws, the versions, who confirmed them, and what becomes of them. */
export class Authoring {
	readonly #desk: Desk;

	constructor(desk: Desk) {
		this.#desk = desk;
	}

	/** Experts who drew or confirmed here, the latest last. */
	get known(): readonly string[] {
		return experts(this.#desk.journal.events.flatMap((event) => (event.kind === 'expert' ? [event.name] : [])));
	}

	/** What is drawn now, if it is a version. */
	get current(): Version | undefined {
		return this.#desk.work?.currentVersion;
	}

	/** The newest version that enough experts confirmed. */
	get reference(): Version | undefined {
		return this.#desk.work?.versions.reference;
	}

	/** Whether every series is here that is drawn on: nobody vouches for a mask that is not seen. */
	get isWhole(): boolean {
		const { work, state } = this.#desk;
		return work !== undefined && state.targets.every((target) => work.masks.has(target));
	}

	/** Whether what is drawn now can become a version: it is none yet, and there is something of it. */
	get canKeep(): boolean {
		const { work, canDraw } = this.#desk;
		const any = work?.regionMasks.some(([region, { total }]) => total > 0 || work.noneSeen.has(region));
		return canDraw && this.isWhole && any === true && this.current === undefined;
	}

	/** Whether the expert who sits here has yet to confirm what is drawn now. */
	get canConfirm(): boolean {
		const { work, canDraw } = this.#desk;
		const { current } = this;
		return canDraw && this.isWhole && current !== undefined && work?.versions.mayConfirm(current) === true;
	}

	/** Says who draws and confirms from here on. What others looked at does not count as seen by a new one. */
	sitDown(name: string): void {
		const { work, state } = this.#desk;
		if (!work) return;
		// Another tab draws: there it is known who.
		if (state.elsewhere) {
			this.#desk.set({ dialog: undefined });
			return;
		}
		this.#desk.settle();
		const before = work.versions.expert;
		if (before === undefined || !sameExpert(before, name)) this.#desk.log(work.tellExpert(name.trim()));
		this.#desk.set({ expert: work.versions.expert, dialog: undefined });
		this.#desk.noteLooks();
	}

	/** Whether nothing is drawn yet, and the case has a reference to begin with. */
	get canBegin(): boolean {
		const { work, canDraw, state } = this.#desk;
		const isEmpty = work !== undefined && [...work.masks.values()].every(({ total }) => total === 0);
		return canDraw && isEmpty && state.manifest?.reference !== undefined;
	}

	/** Draws what the case's present reference tells; each target is one step to undo. */
	async begin(): Promise<void> {
		const desk = this.#desk;
		const { work, source, grids } = desk;
		if (!work || !source || !this.canBegin || desk.state.authoring) return;
		await this.#doing(async () => {
			const { targets } = desk.state;
			const drawn = await desk.bridge.drawnReference({ signal: desk.closing.signal }, source, targets, grids);
			if (!drawn.ok) return desk.set({ authoringTold: { kind: 'refused', issues: drawn.issues } });
			if (work !== desk.work) return;
			for (const [target, data] of drawn.value)
				if (data.includes(1))
					desk.log(work.importMask(target, data, { file: null, sequence: TARGET_SEQUENCE[target] }));
			desk.showOutlines();
		});
	}

	/** Makes a version of what is drawn. */
	async keep(): Promise<void> {
		const desk = this.#desk;
		desk.settle();
		const { work } = desk;
		if (!work || !this.canKeep || desk.state.authoring) return;
		await this.#doing(async () => {
			const drawn = [...work.masks].filter(
				([target, { total }]) => total > 0 || (isRegion(target) && work.noneSeen.has(target)),
			);
			const hashes = await desk.bridge.hashMasks(
				{ signal: desk.closing.signal },
				drawn.map(([, { data }]) => data),
			);
			if (work !== desk.work) return;
			const masks = drawn.map(([region, { total }], n) => ({
				region,
				sequence: TARGET_SEQUENCE[region],
				sha256: hashes[n]!,
				voxels: total,
			}));
			desk.log(work.tellVersion(masks));
		});
	}

	/** Confirms what is drawn now, all of which the expert went over. */
	confirm(): void {
		const { work } = this.#desk;
		if (!work || !this.canConfirm) return;
		this.#desk.log(work.tellSelfCheck(), ...work.tellConfirmed());
		this.#desk.set({ checking: false });
		this.#desk.touch();
	}

	/** Outlines a version beside what is drawn; undefined: nothing. */
	compareWith(version: Version | undefined): void {
		const desk = this.#desk;
		desk.references.clear();
		const { masks } = version ? this.#workAt(version) : { masks: [] };
		for (const [target, { data }] of masks) desk.references.set(target, data);
		desk.set({ comparedWith: version?.number, comparison: version ? 'outlines' : 'none' });
		desk.showOutlines();
	}

	/** Puts a version in the place of what is drawn; each target is one step to undo. */
	bringBack(version: Version): void {
		const desk = this.#desk;
		const { work } = desk;
		if (!work || !desk.canDraw) return;
		desk.settle();
		for (const [target, { data, total }] of this.#workAt(version).masks) {
			const now = work.masks.get(target);
			const isSame = now?.total === total && now.data.every((value, n) => value === data[n]);
			if (now && !isSame) desk.log(work.importMask(target, data, { file: null, sequence: TARGET_SEQUENCE[target] }));
		}
		desk.showOutlines();
	}

	/** Makes the confirmed version the reference of a case that is kept in this browser. */
	async adopt(): Promise<void> {
		const desk = this.#desk;
		const { source } = desk;
		const version = this.reference;
		if (source?.kind !== 'device' || !version || desk.state.authoring) return;
		await this.#doing(async () => {
			const built = await this.#build(version);
			if (!built) return;
			const { reference, layers, files } = built;
			const manifest: CaseManifest = {
				...source.manifest,
				reference: { ...reference, provenance: provenanceOf(version) },
				layers: [...layers],
			};
			const kept = new Map(source.files);
			for (const { name, bytes } of files) kept.set(name, new Blob([bytes]));
			await desk.store.putCase(manifest, kept);
			desk.source = { ...source, manifest, files: kept };
			desk.set({ manifest, authoringTold: { kind: 'adopted', version: version.number } });
		});
	}

	/** The confirmed version as a file that `concord case reference` puts into a case of the server. */
	async package(): Promise<Download | undefined> {
		const { source } = this.#desk;
		const version = this.reference;
		if (!source || !version || this.#desk.state.authoring) return undefined;
		return this.#doing(async () => {
			const built = await this.#build(version);
			if (!built) return undefined;
			const { manifest } = source;
			const index: ReferencePackage = {
				format: 'concord-reference',
				schemaVersion: 1,
				caseId: manifest.id,
				caseVersion: caseVersion(manifest),
				family: manifest.family,
				version: version.number,
				author: version.author,
				at: version.at,
				confirmations: [...version.confirmations],
				reference: built.reference,
				layers: [...built.layers],
			};
			const { zipFiles } = await import('../../../store/zip.ts');
			const blob = await zipFiles([
				{ name: REFERENCE_INDEX, data: new TextEncoder().encode(`${JSON.stringify(index, null, '\t')}\n`) },
				...built.files.map(({ name, bytes }) => ({ name, data: bytes })),
			]);
			return { name: `${manifest.id}-reference-v${version.number}.zip`, blob };
		});
	}

	/** The case and this work on it, for another expert's computer: a backup of nothing else. */
	async handOver(): Promise<Download | undefined> {
		const { source, store, journal, state } = this.#desk;
		const { attemptId } = journal;
		if (!source || attemptId === undefined || state.authoring) return undefined;
		return this.#doing(async () => {
			this.#desk.log();
			const kept = await journal.flush();
			// A backup is made of what is kept: without the last strokes it would be another work.
			if (kept?.kind === 'failed') throw kept.error;
			const { writeBackup } = await import('../../../store/backup.ts');
			const { id } = source.manifest;
			const only = { attempts: [attemptId], cases: source.kind === 'device' ? [id] : [] };
			return { name: `${id}-hand-over.zip`, blob: await writeBackup(store, { only }) };
		});
	}

	/** Runs what takes a while, nothing being drawn meanwhile; what goes wrong is told. */
	async #doing<T>(task: () => Promise<T>): Promise<T | undefined> {
		this.#desk.set({ authoring: true, authoringTold: undefined });
		try {
			return await task();
		} catch (error) {
			if (this.#desk.closing.signal.aborted) return undefined;
			const kind = error instanceof StoreError ? error.kind : undefined;
			const reason = kind === 'full' || kind === 'unavailable' ? kind : 'unexpected';
			this.#desk.set({ authoringTold: { kind: 'failed', reason } });
			if (!kind) throw error;
			return undefined;
		} finally {
			this.#desk.set({ authoring: false });
			this.#desk.touch();
		}
	}

	async #build(version: Version): Promise<BuiltReference | undefined> {
		const { bridge, closing, state } = this.#desk;
		const { manifest } = state;
		if (!manifest) return undefined;
		const { masks } = this.#workAt(version);
		const confirmed = new Map(version.masks.map(({ region, sha256 }): [Target, string] => [region, sha256]));
		const drawn = [...masks].flatMap(([region, { grid, data }]) =>
			confirmed.has(region) ? [{ region, grid, data }] : [],
		);
		const patient = manifest.patient ?? patientOf(manifest.id);
		const built = await bridge.buildReference({ signal: closing.signal }, drawn, confirmed, patient);
		if (built.ok) return built.value;
		this.#desk.set({ authoringTold: { kind: 'refused', issues: built.issues } });
		return undefined;
	}

	/** The work as it was when a version was made. */
	#workAt({ number }: Version): Work {
		const { state, grids, journal } = this.#desk;
		const work = new Work(state.targets, grids);
		work.replay(eventsOf(journal.events, number));
		return work;
	}
}
