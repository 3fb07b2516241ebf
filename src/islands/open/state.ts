import type { SlicePlace } from '../../formats/dicomSeries.ts';
import type { Issue } from '../../formats/issue.ts';
import type { RoleGuess, SeriesRole } from '../../importers/guessSequence.ts';
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
	/** Where it comes from, where that is files of DICOM. */
	readonly dicom?: DicomOrigin;
}

/** A volume among DICOM files, and what they tell of it. */
interface DicomOrigin {
	/** Id of the group that it was read with. */
	readonly group: string;
	/** Of the whole group, by path. */
	readonly files: ReadonlyMap<string, File>;
	/** Its place among the volumes of the group. */
	readonly index: number;
	/** How many of the files are its own. */
	readonly count: number;
	readonly guess: RoleGuess;
	readonly acquisition: Acquisition;
	/** As of `SeriesFacts`. */
	readonly places: readonly SlicePlace[];
}

/** A file that could not be read: what is wrong with it, or how reading it ended. */
export interface BrokenEntry {
	readonly kind: 'broken';
	readonly path: string;
	readonly bytes: number;
	readonly issues: readonly Issue[];
	readonly failure: 'gone' | 'crashed' | undefined;
	/** The group that it was read with, where it is DICOM. */
	readonly dicom?: { readonly group: string };
}

export type Entry = ReadEntry | BrokenEntry;

/** Why a case could not be kept. `gone`: a file was moved or changed since it was chosen. */
type SaveProblem = 'full' | 'unavailable' | 'gone' | 'failed';

export interface OpenState {
	/** Share of the files that were looked at for DICOM, 0 to 1, where there are many. */
	readonly sorting: number | undefined;
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
