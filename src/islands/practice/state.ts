import type { Issue } from '../../formats/issue.ts';
import type { Region, Sequence } from '../../protocol/protocol.ts';
import type { Target } from '../../protocol/target.ts';
import type { EditTool, Purpose, RepairTask } from '../../schemas/attempt.ts';
import type { CaseManifest } from '../../schemas/caseManifest.ts';
import type { KeyProfile, Layout } from '../../schemas/preferences.ts';
import type { LiveCheck } from '../../scoring/live/live.ts';
import type { ScoreReport } from '../../scoring/scoreReport.ts';
import type { SaveState } from '../../store/autosave.ts';
import type { Comparison } from '../../viewer/regionOutlines.ts';
import type { Window } from '../../viewer/series.ts';
import type { Operation } from './drawing.ts';
import type { AuthoringTold } from './reference/authoring.ts';
import type { Repaired, RepairProblem } from './repair/repair.ts';

/** What the pointer does on a panel. */
export type Tool =
	| 'crosshair'
	| 'pan'
	| 'window'
	| 'brush'
	| 'eraser'
	| 'lasso'
	| 'fill'
	| 'grow'
	| 'threshold'
	| 'slices'
	| 'shape'
	| 'ruler';

/** What the hand says of what it did, or could not do. */
type Told =
	| { readonly kind: 'notClosed' | 'noThreshold' }
	| {
			readonly kind: 'operated';
			readonly operation: Operation;
			/** Voxels that changed. */
			readonly voxels: number;
			/** A region was brought from another grid. */
			readonly resampled: boolean;
	  };

/** Why a case could not be opened; each has its sentence and its way out. */
export type OpenFailure = 'noCase' | 'unknownCase' | 'unreachable' | 'damaged' | 'otherImages' | 'storage' | 'full';

/** How a series stands. */
export type SeriesState =
	| { readonly kind: 'waiting' }
	| { readonly kind: 'shown'; readonly warnings: readonly Issue[] }
	| { readonly kind: 'failed'; readonly issues: readonly Issue[] };

/** The score that is looked at. */
interface ShownReport {
	readonly number: number;
	readonly report: ScoreReport<Region>;
}

/** Everything the interface of a case shows, as one value that is replaced, never changed. */
export interface PracticeState {
	readonly failure: OpenFailure | undefined;
	readonly manifest: CaseManifest | undefined;
	readonly purpose: Purpose;
	/** What is to be repaired here; undefined where nothing is. */
	readonly repairTask: RepairTask | undefined;
	/** Why there is nothing to repair. */
	readonly repairProblem: RepairProblem | undefined;
	/** What the repair that is looked at came to. */
	readonly repaired: Repaired | undefined;
	/** Who draws a reference here; undefined until somebody said so. */
	readonly expert: string | undefined;
	/** Regions that can be drawn here. */
	readonly regions: readonly Region[];
	/** All that can be drawn: the regions, and in a reference its layers. */
	readonly targets: readonly Target[];
	/** Panels in their order, each named by the first sequence it shows. */
	readonly panels: readonly Sequence[];
	readonly series: ReadonlyMap<Sequence, SeriesState>;
	/** The panel that takes the room. */
	readonly front: Sequence | undefined;
	readonly layout: Layout;
	/** A sequence shown in the place of the one it is compared with, as long as that is asked for. */
	readonly counterpart: { readonly of: Sequence; readonly shown: Sequence } | undefined;
	/** Whether all regions are filled in their colours instead of outlined. */
	readonly composite: boolean;
	readonly keyProfile: KeyProfile;
	/** Whether the shared panel shows ADC instead of DWI. */
	readonly showsAdc: boolean;
	/** What is drawn now. */
	readonly region: Target | undefined;
	readonly hidden: ReadonlySet<Target>;
	readonly tool: Tool;
	readonly diameterMm: number;
	/** Whether brush, growing and margins reach into the slices around. */
	readonly ball: boolean;
	/** Whether the closed line takes away instead of drawing. */
	readonly lassoErases: boolean;
	/** Whether only a range of intensities is drawn on … */
	readonly inRange: boolean;
	/** … which is the window's where nobody set one. */
	readonly ranges: ReadonlyMap<Sequence, Window>;
	/** Share of the series' range of intensities that growing takes on either side, 0..1. */
	readonly tolerance: number;
	/** Whether the threshold in a zone takes what is dark. */
	readonly dark: boolean;
	/** Slices above and below that the zone of the threshold reaches to. */
	readonly zoneSlices: number;
	/** What a tool proposes; drawn once it is taken. */
	readonly proposal: { readonly tool: EditTool; readonly region: Target; readonly volumeMl: number } | undefined;
	readonly told: Told | undefined;
	readonly opacity: number;
	readonly crosshairShown: boolean;
	readonly canUndo: boolean;
	readonly canRedo: boolean;
	readonly saved: SaveState;
	/** The attempt is open in another tab: this one shows it and waits. */
	readonly elsewhere: boolean;
	/** Entries of the journal that could not be used. */
	readonly damagedEntries: number;
	/** Another attempt could not be started; the present one goes on. */
	readonly notStarted: boolean;
	readonly scoring: boolean;
	/** Share of the scoring that is done, 0..1. */
	readonly scored: number;
	readonly scoreProblem: readonly Issue[] | 'nothingDrawn' | 'failed' | undefined;
	readonly reports: number;
	readonly report: ShownReport | undefined;
	/** The report is shown but could not be kept. */
	readonly reportLost: boolean;
	readonly comparison: Comparison;
	/** What the rules that need no reference said last; empty before they were asked. */
	readonly liveChecks: readonly LiveCheck[];
	/** The self-check takes the place of the regions. */
	readonly checking: boolean;
	readonly dialog: 'help' | 'import' | 'export' | 'preRead' | 'expert' | undefined;
	/** A version is made, or a reference written. */
	readonly authoring: boolean;
	readonly authoringTold: AuthoringTold | undefined;
	/** Number of the version of the reference that is outlined beside what is drawn. */
	readonly comparedWith: number | undefined;
	/** Regions taken from files last, until something is drawn. */
	readonly imported: readonly Region[];
	/** Why files that were dropped were not taken. */
	readonly dropProblem: 'notNow' | 'unreadable' | undefined;
}

/** Before a case is open. */
export const START: PracticeState = {
	failure: undefined,
	manifest: undefined,
	purpose: 'practice',
	repairTask: undefined,
	repairProblem: undefined,
	repaired: undefined,
	expert: undefined,
	regions: [],
	targets: [],
	panels: [],
	series: new Map(),
	front: undefined,
	layout: 'all',
	counterpart: undefined,
	composite: false,
	keyProfile: 'own',
	showsAdc: false,
	region: undefined,
	hidden: new Set(),
	tool: 'brush',
	diameterMm: 6,
	ball: false,
	lassoErases: false,
	inRange: false,
	ranges: new Map(),
	tolerance: 0.12,
	dark: false,
	zoneSlices: 0,
	proposal: undefined,
	told: undefined,
	opacity: 1,
	crosshairShown: true,
	canUndo: false,
	canRedo: false,
	saved: { kind: 'saved', at: undefined },
	elsewhere: false,
	damagedEntries: 0,
	notStarted: false,
	scoring: false,
	scored: 0,
	scoreProblem: undefined,
	reports: 0,
	report: undefined,
	reportLost: false,
	comparison: 'none',
	liveChecks: [],
	checking: false,
	dialog: undefined,
	authoring: false,
	authoringTold: undefined,
	comparedWith: undefined,
	imported: [],
	dropProblem: undefined,
};
