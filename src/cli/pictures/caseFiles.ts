import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import findingsFile from '../../../content/policy/findings.json' with { type: 'json' };
import { readNifti } from '../../formats/nifti.ts';
import type { Volume } from '../../formats/volume.ts';
import type { Grid } from '../../grid/grid.ts';
import { type PlantErrors, planterFor } from '../../phantom/plant/plant.ts';
import { patientOf } from '../../protocol/maskName.ts';
import type { Layer, Region, Sequence } from '../../protocol/protocol.ts';
import type { CaseManifest } from '../../schemas/caseManifest.ts';
import { findingsPolicySchema } from '../../schemas/findingsPolicy.ts';
import type { Area } from '../../schemas/picture.ts';
import { readPreparedCase } from '../hero/casePictures.ts';
import { StepError } from '../launcher/args.mjs';

const policy = findingsPolicySchema.parse(findingsFile);

/** A mask, 0 or 1 a voxel in storage order, and where it lies. */
export interface PlacedMask {
	readonly grid: Grid;
	readonly data: Uint8Array;
}

/** Layers that can be pointed at, and their value where others share the layer. */
const LAYER_OF = {
	ventricles: { kind: 'csf', value: 1 },
	sulci: { kind: 'csf', value: 2 },
	confounders: { kind: 'confounders', value: null },
	dura: { kind: 'dura', value: null },
	brightBefore: { kind: 'notEnhancing', value: 1 },
	vessels: { kind: 'notEnhancing', value: 2 },
} as const satisfies Partial<Record<Area, { kind: Layer; value: number | null }>>;

/** The files of a case that `npm run cases` has made, each read once and only where it is asked for. */
export class CaseFiles {
	readonly id: string;
	readonly manifest: CaseManifest;
	readonly #folder: string;
	readonly #volumes = new Map<string, Volume>();
	#planter: PlantErrors | undefined;

	constructor(cases: string, id: string) {
		this.id = id;
		this.#folder = join(cases, id);
		this.manifest = readPreparedCase(this.#folder);
	}

	images(sequence: Sequence): Volume {
		const found = this.manifest.series.find((series) => series.sequence === sequence);
		if (!found) throw new StepError(`The case ${this.id} has no ${sequence}.`);
		return this.#read(found.file);
	}

	/** Regions of the reference. */
	get regions(): readonly Region[] {
		return this.#masks.map(({ region }) => region);
	}

	/** A region of the reference, or what a layer tells. */
	mask(area: Area): PlacedMask {
		if (isLayer(area)) {
			const { kind, value } = LAYER_OF[area];
			const layer = (this.manifest.layers ?? []).find((each) => each.kind === kind);
			if (!layer) throw new StepError(`The case ${this.id} has no layer ${kind}.`);
			const { grid, data } = this.#read(layer.file);
			return { grid, data: Uint8Array.from(data, (v) => (value === null ? Number(v !== 0) : Number(v === value))) };
		}
		const found = this.#masks.find(({ region }) => region === area);
		if (!found) throw new StepError(`The reference of the case ${this.id} has no ${area}.`);
		const { grid, data } = this.#read(found.file);
		return { grid, data: Uint8Array.from(data) };
	}

	/** Plants errors in drawings of the case. */
	get plant(): PlantErrors {
		this.#planter ??= planterFor(
			{
				family: this.manifest.family,
				regions: this.regions.map((region) => {
					const { grid, data } = this.mask(region);
					return { region, grid, reference: data };
				}),
				layers: (this.manifest.layers ?? []).map((layer) => {
					const { grid, data } = this.#read(layer.file);
					return {
						kind: layer.kind,
						region: 'region' in layer ? layer.region : null,
						grid,
						labels: Uint8Array.from(data),
					};
				}),
				series: new Map(this.manifest.series.map(({ sequence }) => [sequence, this.images(sequence).grid])),
				patient: this.manifest.patient ?? null,
				fileNumber: this.manifest.patient ?? patientOf(this.id),
			},
			policy,
		);
		return this.#planter;
	}

	get #masks() {
		const { reference } = this.manifest;
		return reference?.kind === 'perRegion' ? reference.masks : [];
	}

	#read(file: string): Volume {
		const known = this.#volumes.get(file);
		if (known) return known;
		const read = readNifti(readFileSync(join(this.#folder, file)), file);
		if (!read.ok) throw new StepError(`${file} cannot be read: ${read.issues.map(({ code }) => code).join(', ')}.`);
		this.#volumes.set(file, read.value);
		return read.value;
	}
}

function isLayer(area: Area): area is keyof typeof LAYER_OF {
	return Object.hasOwn(LAYER_OF, area);
}
