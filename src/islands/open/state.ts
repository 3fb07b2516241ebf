import type { Issue } from '../../formats/issue.ts';
import type { SeriesRole } from '../../importers/guessSequence.ts';
import type { Acquisition } from '../../protocol/acquisition.ts';
import type { Family } from '../../protocol/protocol.ts';
import type { LabelScheme } from '../../schemas/caseManifest.ts';
import type { InspectedFile } from '../../workers/inspect.ts';
import type { LeftOut } from './collect.ts';
import type { RoleNote } from './roles.ts';

/** A file that can be part of the case. */
export interface ReadEntry extends InspectedFile {
	readonly kind: 'read';
	readonly path: string;
	/** Null: not used. */
	readonly role: SeriesRole | null;
	/** What the reader should know about the role; gone once it was chosen by hand. */
	readonly note: RoleNote | undefined;
}

/** A file that could not be read: what is wrong with it, or how reading it ended. */
export interface BrokenEntry {
	readonly kind: 'broken';
	readonly path: string;
	readonly bytes: number;
	readonly issues: readonly Issue[];
	readonly failure: 'gone' | 'crashed' | undefined;
}

export type Entry = ReadEntry | BrokenEntry;

/** Why a case could not be kept. `gone`: a file was moved or changed since it was chosen. */
type SaveProblem = 'full' | 'unavailable' | 'gone' | 'failed';

export interface OpenState {
	/** Files read and files to be read, of what was chosen last. */
	readonly reading: { readonly done: number; readonly total: number; readonly path: string } | undefined;
	readonly entries: readonly Entry[];
	/** What sidecars say, by the stem of the image that they lie beside (`stemOf`). */
	readonly acquisitions: ReadonlyMap<string, Acquisition>;
	readonly leftOut: readonly LeftOut[];
	/** Something was dropped or chosen, and no file was in it. */
	readonly nothingFound: boolean;
	readonly family: Family;
	readonly name: string;
	/** Label scheme chosen by hand, for the reference at that path. */
	readonly chosenScheme: { readonly path: string; readonly scheme: LabelScheme } | undefined;
	/** Path of the file shown in detail; undefined: the whole case. */
	readonly selected: string | undefined;
	readonly saving: 'saving' | 'cancelling' | undefined;
	readonly saveProblem: SaveProblem | undefined;
}
