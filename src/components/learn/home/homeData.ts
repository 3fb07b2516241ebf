import type { Locale } from '../../../i18n/locales.ts';
import type { Translate } from '../../../i18n/translate.ts';
import type common from '../../../i18n/zh/common.json';
import type words from '../../../i18n/zh/learn.json';

export type HomeWords = Translate<keyof typeof words>;
export type TermWords = Translate<keyof typeof common>;

/** A picture of the page, drawn beside the first step. */
export interface StepPicture {
	readonly src: string;
	readonly width: number;
	readonly height: number;
	readonly alt: string;
}

/** What the home page was built with. */
export interface HomeData {
	readonly locale: Locale;
	readonly words: typeof words;
	/** Names of regions, sequences, families. */
	readonly terms: typeof common;
	/** In the order of the catalogue. */
	readonly rules: readonly { readonly id: string; readonly clause: string; readonly text: string }[];
	/** In their order. */
	readonly lessons: readonly {
		readonly slug: string;
		readonly order: number;
		readonly title: string;
		readonly minutes: number;
		readonly rules: readonly string[];
	}[];
	/** In the order of the figures. */
	readonly workedCases: readonly { readonly id: string; readonly title: string }[];
	/** Pictures by what they show: `case:fig-1`, `lesson:scope`, `rule:R6-8b`. */
	readonly pictures: Readonly<Record<string, StepPicture>>;
}

/** What every part of the home page is drawn with. */
export interface HomeContext {
	readonly data: HomeData;
	readonly t: HomeWords;
	readonly terms: TermWords;
	readonly now: Date;
}
