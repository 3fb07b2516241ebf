import type { Grid } from '../../grid/grid.ts';
import { type Family, type Layer, REGIONS, type Region, type Sequence } from '../../protocol/protocol.ts';
import { isLesionRegion } from '../../scoring/findings/context.ts';
import type { MagnitudeUnit, ReferenceLayer, ToolAction } from '../../scoring/findings/finding.ts';
import type { FindingsPolicy } from '../../scoring/findings/policy.ts';
import type { Smooth } from '../lattice.ts';
import { brainWithin } from './brainWithin.ts';
import { elementsOf, type ReferenceMask, Sheet } from './sheet.ts';
import { smoothField } from './waver.ts';

/** What is known of a case in whose drawing errors are planted. Only read. */
export interface PlantSource {
	readonly family: Family;
	readonly regions: readonly ReferenceMask[];
	readonly layers: readonly ReferenceLayer[];
	/** Grids of the case's series. */
	readonly series: ReadonlyMap<Sequence, Grid>;
	/** The patient's number that names of files must have; null where any will do. */
	readonly patient: string | null;
	/** What stands for the patient in the names of the masks. */
	readonly fileNumber: string;
}

/** A region's mask as a file holds it. */
export interface PlantedMask {
	readonly region: Region;
	/** By the naming rule, but where the name is what is wrong. */
	readonly name: string;
	readonly grid: Grid;
	/** One byte a voxel in storage order, 0 or 1. */
	readonly data: Uint8Array;
}

/** Why a case cannot carry a type of error. */
type RefusalReason =
	/** The family, or this case's reference, has none of the regions that it is made in. */
	| 'noRegion'
	/** The regions are too small, or hold too few slices. */
	| 'tooSmall'
	| 'tooFewLesions'
	| 'lesionsFarApart'
	/** The reference does not have the layer. */
	| 'noLayer'
	/** The layer holds nothing that is large and near enough. */
	| 'nothingNear'
	| 'noOedema'
	/** It lies across the midline, so that a mirror shows nearly the same. */
	| 'midline'
	/** There is no room for it in brain that is free of everything else. */
	| 'noRoom'
	/** All series lie on one grid. */
	| 'oneGrid'
	/** What would be wrong lies in the uncertain band, which no figure counts. */
	| 'hidden';

/** A case that cannot carry a type of error, with the layer that it lacks. */
export interface Refusal {
	readonly reason: RefusalReason;
	readonly layer?: Layer;
}

/** What a planter changed, beside the drawings of the sheets. */
export interface Plant {
	readonly region: Region;
	/** Number of the reference's lesion, the largest 1; absent where the region as a whole is meant. */
	readonly lesion?: number;
	/** How much of it there is; absent: the volume of what changed in the region. */
	readonly amount?: { readonly value: number; readonly unit: MagnitudeUnit };
	/** Instead of the policy's rules for the type. */
	readonly rules?: readonly string[];
	/** What is odd about the region's file. */
	readonly file?: Partial<Pick<PlantedMask, 'name' | 'grid' | 'data'>>;
	/** What the log of tools ends with. */
	readonly log?: ToolAction;
}

/** Plants one type of error in the drawings of the bench, or says why it cannot, without any change then. */
export type Planter = (bench: Bench) => Plant | Refusal;

/** A case on which errors are planted. */
export class Bench {
	readonly source: PlantSource;
	readonly limits: FindingsPolicy['limits'];
	readonly sheets: readonly Sheet[];
	/** Numbers from 0 to below 1, the same for a seed; each planter is given its own. */
	random: () => number = () => 0;

	readonly #brain: Map<Sheet, (element: number) => boolean>;

	constructor(source: PlantSource, limits: FindingsPolicy['limits']) {
		this.source = source;
		this.limits = limits;
		this.sheets = source.regions.map((region) => new Sheet(region, source.layers));
		const fluid = source.layers.find(({ kind }) => kind === 'csf');
		const brain = fluid && brainWithin(fluid);
		this.#brain = new Map(this.sheets.map((sheet) => [sheet, brain ? orAll(sheet, brain(sheet.axial)) : () => true]));
	}

	/** Whether a voxel of a sheet lies in the brain, as far as the layer of fluid tells. */
	isBrain(sheet: Sheet, element: number): boolean {
		return this.#brain.get(sheet)!(element);
	}

	sheet(region: Region): Sheet | undefined {
		return this.sheets.find((sheet) => sheet.region === region);
	}

	/** Sheets of some regions whose reference is not empty, in an order by chance. */
	drawnSheets(regions: readonly Region[] = REGIONS): Sheet[] {
		return this.shuffled(this.sheets.filter((sheet) => regions.includes(sheet.region) && sheet.reference.includes(1)));
	}

	/** The sheet on which lesions are counted, if its reference has any. */
	lesionSheet(): Sheet | undefined {
		return this.sheets.find((sheet) => isLesionRegion(sheet, this.source.family) && sheet.lesions.length > 0);
	}

	hasLayer(kind: Layer): boolean {
		return this.source.layers.some((layer) => layer.kind === kind);
	}

	between(low: number, high: number): number {
		return low + (high - low) * this.random();
	}

	shuffled<Value>(values: readonly Value[]): Value[] {
		const left = [...values];
		return values.map(() => left.splice(Math.floor(this.random() * left.length), 1)[0]!);
	}

	/** A direction in the axial slice, of length 1. */
	direction(): readonly [number, number] {
		for (;;) {
			const [x, y] = [this.between(-1, 1), this.between(-1, 1)];
			const length = Math.sqrt(x * x + y * y);
			if (length > 0.1 && length <= 1) return [x / length, y / length];
		}
	}

	/** A smooth field from -1 to 1 around a sheet's reference, for edges that are not straight. */
	field(sheet: Sheet, elements: readonly number[], waveMm = 10): Smooth {
		return smoothField(
			[...elements.filter((_, n) => n % 16 === 0), elements[0]!, elements.at(-1)!].map((n) => sheet.xyzMm(n)),
			waveMm,
			this.random,
		);
	}
}

/** A test for brain, where most of a reference passes it: else the layer has only some of the fluid, and all passes. */
function orAll({ reference }: Sheet, isBrain: (element: number) => boolean): (element: number) => boolean {
	const some = elementsOf(reference).filter((_, n) => n % 20 === 0);
	return some.filter(isBrain).length >= 0.8 * some.length ? isBrain : () => true;
}

/** Whether a planter refused. */
export function isRefusal(made: Plant | Refusal): made is Refusal {
	return 'reason' in made;
}

/** The first of some ways that works, or the refusal of the last one whose regions are there; `otherwise` where none is. */
export function firstWay<Way>(
	ways: readonly Way[],
	attempt: (way: Way) => Plant | Refusal,
	otherwise: Refusal = { reason: 'noRegion' },
): Plant | Refusal {
	let last = otherwise;
	for (const way of ways) {
		const made = attempt(way);
		if (!isRefusal(made)) return made;
		if (made.reason !== 'noRegion') last = made;
	}
	return last;
}
