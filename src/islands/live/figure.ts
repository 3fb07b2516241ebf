import type { Region, Sequence } from '../../protocol/protocol.ts';
import type { SliceChoice } from '../../protocol/sliceChoice.ts';

/** What a figure shows of its case. Written into the page as JSON. */
export interface FigureView {
	/** Panels side by side, one a sequence. */
	readonly sequences: readonly Sequence[];
	/** Regions that are outlined at first. */
	readonly regions: readonly Region[];
	readonly slice: SliceChoice;
	/** Whether the regions are filled in their colours. */
	readonly composite: boolean;
	/** Of the first panel, in per cent of its intensities without background; left out, the usual window. */
	readonly window?: { readonly low: number; readonly high: number } | undefined;
	readonly crop: 'lesion' | 'head';
}

/** A figure of a lesson or a worked case. */
export interface FigureSpec extends FigureView {
	readonly caseId: string;
	/** Regions that the reader can switch on and off; those without a mask in the reference are left out. */
	readonly offered: readonly Region[];
	/** Sequences that any step needs: loaded once what is shown is there. */
	readonly later: readonly Sequence[];
}
