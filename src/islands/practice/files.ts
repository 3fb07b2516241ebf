import type { Grid } from '../../grid/grid.ts';
import { REGION_SEQUENCE, type Region } from '../../protocol/protocol.ts';
import { isRegion } from '../../protocol/target.ts';
import type { AttemptEvent } from '../../schemas/attempt.ts';
import type { CaseManifest } from '../../schemas/caseManifest.ts';
import { caseVersion } from '../../schemas/caseVersion.ts';
import type { ScoreReport } from '../../scoring/scoreReport.ts';
import type { ExportAbout, ExportedFile, ExportFormat } from '../../workers/exportMasks.ts';
import type { GatheredFile } from '../open/gather.ts';
import type { Desk } from './desk.ts';
import type { Drawing } from './drawing.ts';
import { MaskUpload } from './maskUpload.ts';
import type { Scoring } from './scoring.ts';
import { TARGET_RGB } from './targetColour.ts';

/** Everything of an attempt, for a file that keeps it outside of the browser. */
export interface AttemptRecord {
	readonly attemptId: string;
	readonly manifest: CaseManifest;
	readonly caseVersion: string;
	readonly events: readonly AttemptEvent[];
	/** The score that is looked at. */
	readonly shown: ScoreReport<Region> | undefined;
}

/** Masks that come from files, and what goes into some. */
export class Files {
	readonly #desk: Desk;
	readonly #drawing: Drawing;
	readonly #scoring: Scoring;
	#dropped: readonly GatheredFile[] = [];

	constructor(desk: Desk, drawing: Drawing, scoring: Scoring) {
		this.#desk = desk;
		this.#drawing = drawing;
		this.#scoring = scoring;
	}

	/** Starts taking masks from files; undefined where nothing could be kept of it. */
	upload(): MaskUpload | undefined {
		const { manifest, region, regions } = this.#desk.state;
		if (!manifest || !region || !this.#desk.canDraw) return undefined;
		return new MaskUpload({
			bridge: this.#desk.bridge,
			manifest,
			grids: this.#desk.grids,
			region: isRegion(region) ? region : regions[0]!,
			take: (to, mask, source) => this.#drawing.take(to, mask, source),
		});
	}

	/** Masks dropped anywhere in the room: the dialogue opens with them. */
	async drop(files: Promise<readonly GatheredFile[]>): Promise<void> {
		try {
			const dropped = await files;
			if (this.#desk.state.report) this.#scoring.editAgain();
			if (!this.#desk.canDraw) return this.#desk.set({ dropProblem: 'notNow' });
			this.#dropped = [...this.#dropped, ...dropped];
			this.#desk.set({ dropProblem: undefined, dialog: 'import' });
		} catch (error) {
			if (!(error instanceof DOMException)) throw error;
			this.#desk.set({ dropProblem: 'unreadable' });
		}
	}

	/** What was dropped and not yet taken. */
	get dropped(): readonly GatheredFile[] {
		return this.#dropped;
	}

	/** Hands over what was dropped since the last call. */
	takeDropped(): readonly GatheredFile[] {
		const dropped = this.#dropped;
		this.#dropped = [];
		return dropped;
	}

	/** Tells which regions were taken from files, and shows the first. */
	showImported(imported: readonly Region[]): void {
		this.#desk.set({ imported, dialog: undefined });
		const [first] = imported;
		if (!first) return;
		this.#desk.chooseRegion(first);
		const mask = this.#desk.work?.masks.get(first);
		const drawn = mask ? [...mask.sliceCounts].flatMap((count, slice) => (count > 0 ? [slice] : [])) : [];
		const middle = drawn[drawn.length >> 1];
		if (middle !== undefined) this.#desk.viewer.goToSlice(REGION_SEQUENCE[first], middle);
	}

	/** What is drawn, to be written into files; regions without a voxel are left out. */
	get masks(): readonly { readonly region: Region; readonly grid: Grid; readonly data: Uint8Array }[] {
		return (this.#desk.work?.regionMasks ?? []).flatMap(([region, { grid, data, total }]) =>
			total > 0 ? [{ region, grid, data }] : [],
		);
	}

	/** Everything of the attempt that is open, kept or not. */
	get attempt(): AttemptRecord | undefined {
		const { manifest, report } = this.#desk.state;
		const { attemptId, events } = this.#desk.journal;
		if (!manifest || attemptId === undefined) return undefined;
		return { attemptId, manifest, caseVersion: caseVersion(manifest), events, shown: report?.report };
	}

	/** Writes masks as files, in the worker. */
	write(format: ExportFormat, about: ExportAbout): Promise<readonly ExportedFile[]> {
		const masks = this.masks.map((mask) => ({ ...mask, colour: TARGET_RGB[mask.region] }));
		return this.#desk.bridge.exportMasks({ signal: this.#desk.closing.signal }, masks, format, about);
	}
}
