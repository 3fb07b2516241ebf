/** A choice in the page's language. */
export interface Named {
	readonly id: string;
	readonly text: string;
}

interface AskedBase {
	readonly id: string;
	/** Of the blueprint, e.g. `2.1`. */
	readonly section: string;
	readonly rules: readonly string[];
	readonly stem: string;
	readonly rationale: string;
	/** Which default of the platform it rests on; absent where it rests on the consensus. */
	readonly note?: string;
	/** Id of its picture. */
	readonly picture?: string;
}

/** A question in the page's language. */
export type Asked = AskedBase &
	(
		| {
				readonly kind: 'single' | 'multiple';
				readonly options: readonly Named[];
				readonly key: readonly string[];
		  }
		| { readonly kind: 'ordering'; readonly options: readonly Named[]; readonly key: readonly string[] }
		| {
				readonly kind: 'matching';
				readonly options: readonly Named[];
				readonly targets: readonly Named[];
				readonly key: Readonly<Record<string, string>>;
		  }
		| { readonly kind: 'hotspot'; readonly picture: string; readonly area: string }
	);
export type AskedOf<Kind extends Asked['kind']> = Asked & { readonly kind: Kind };

interface DrawnRegion {
	readonly region: string;
	readonly path: string;
}

/** A still picture; paths are in its pixels. */
export interface ShownPicture {
	readonly src: string;
	readonly width: number;
	readonly height: number;
	readonly alt: string;
	/** The case that it shows. */
	readonly caseId: string;
	/** Of the regions; where the drawing has a planted error, what it shares with the reference. */
	readonly outlines: readonly DrawnRegion[];
	/** Of the planted error: what was not drawn, and what was drawn beyond the reference. */
	readonly missed: readonly DrawnRegion[];
	readonly extra: readonly DrawnRegion[];
	/** What can be hit, by name. */
	readonly areas: Readonly<Record<string, string>>;
}

/** A rule as far as a review tells of it. */
interface ToldRule {
	/** As chips show it. */
	readonly clause: string;
	readonly text: string;
	/** Slug of the lesson that teaches it. */
	readonly lesson?: string;
}

/** `/[locale]/review/questions.json`: all that is asked, in one language. */
export interface ReviewBundle {
	readonly questions: readonly Asked[];
	/** By id, in the order of the catalogue. */
	readonly rules: Readonly<Record<string, ToldRule>>;
	/** By slug. */
	readonly lessons: Readonly<Record<string, { readonly title: string; readonly rules: readonly string[] }>>;
	readonly pictures: Readonly<Record<string, ShownPicture>>;
}
