import type { Issue } from '../../formats/issue.ts';
import type { Region, Sequence } from '../../protocol/protocol.ts';
import type { OpenFailure } from '../practice/state.ts';

/** How a series stands. */
export type SeriesStand = 'waiting' | 'here' | readonly Issue[];

/** Everything a live figure shows, as one value that is replaced, never changed. */
export interface FigureState {
	readonly failure: OpenFailure | undefined;
	/** The sequence each panel shows. */
	readonly panels: readonly Sequence[];
	/** Sequences of the case; empty before it is known. */
	readonly sequences: readonly Sequence[];
	readonly series: ReadonlyMap<Sequence, SeriesStand>;
	/** Regions that have a reference and can be switched on; empty before it is read. */
	readonly offered: readonly Region[];
	/** Those that are on, the latest last. */
	readonly on: readonly Region[];
	/** The one that is outlined strongest, on its own sequence. */
	readonly active: Region | undefined;
	readonly composite: boolean;
	/** The box "reference": no outline is drawn without it. */
	readonly referenceShown: boolean;
	/** What is wrong with the reference; the images are shown all the same. */
	readonly referenceIssues: readonly Issue[];
	readonly closeUp: boolean;
	/** Grows with whatever the panels show. */
	readonly revision: number;
}
