import type { Locale } from '../../../i18n/locales.ts';
import type { Translate } from '../../../i18n/translate.ts';
import type common from '../../../i18n/zh/common.json';
import type words from '../../../i18n/zh/learn.json';

type HomeWords = Translate<keyof typeof words>;
type TermWords = Translate<keyof typeof common>;

/** What is shown beside the first step: a still picture by its id, or a case's thumbnail. */
export type StepPicture =
	| { readonly kind: 'still'; readonly id: string }
	| { readonly kind: 'thumbnail'; readonly src: string; readonly alt: string };

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
	/** Ids of pictures by what they show: `case:fig-1`, `lesson:scope`, `rule:R6-8b`. */
	readonly pictures: Readonly<Record<string, string>>;
	/** Address of the pictures themselves, a `ShownPicture` by its id. */
	readonly picturesUrl: string;
}

/** What every part of the home page is drawn with. */
export interface HomeContext {
	readonly data: HomeData;
	readonly t: HomeWords;
	readonly terms: TermWords;
	readonly now: Date;
}
