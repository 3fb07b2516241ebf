import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { gzip } from '../formats/deflate.ts';
import type { Result } from '../formats/issue.ts';
import { writeNifti } from '../formats/niftiWrite.ts';
import type { Grid } from '../grid/grid.ts';
import { MOST_LABELS } from '../importers/labelScheme.ts';
import { maskOf } from '../mask/maskOf.ts';
import { partsOf } from '../mask/parts.ts';
import { maskName } from '../protocol/maskName.ts';
import type { Layer, Region, Sequence } from '../protocol/protocol.ts';
import { isRegion, type LayerTarget, TARGET_LAYER, TARGET_SEQUENCE, type Target } from '../protocol/target.ts';
import type { CaseManifest } from '../schemas/caseManifest.ts';
import { resampleLabels } from '../scoring/findings/resample.ts';
import type { CaseSource } from './caseSource.ts';
import type { ExportedFile } from './exportMasks.ts';
import { readLayers, readReferences } from './readReference.ts';

/** What an expert drew: one byte a voxel, 0 or 1, on the grid of the target's sequence. */
export interface DrawnTarget {
	readonly region: Target;
	readonly grid: Grid;
	readonly data: Uint8Array;
}

/** A reference as a manifest names it, and its files. */
export interface BuiltReference {
	readonly reference: { readonly kind: 'perRegion'; readonly masks: PerRegion['masks'] };
	readonly layers: NonNullable<CaseManifest['layers']>;
	readonly files: readonly ExportedFile[];
}

type PerRegion = Extract<CaseManifest['reference'], { kind: 'perRegion' }>;

/** SHA-256 of masks, a byte a voxel as they are stored, hex. */
export function hashMasks(masks: readonly Uint8Array[]): readonly string[] {
	return masks.map((mask) => bytesToHex(sha256(mask)));
}

/**
 * Makes the files of a reference out of what experts drew: a mask a region, a label map a layer. A layer without a voxel is
 * left out, a region without one is a reference of nothing. Issues: `reference.changed` {region} where a mask is not the one
 * that was confirmed, `reference.parts` {limit} where more is not tumour than labels can number; the path is the target.
 *
 * @param drawn of the targets that were confirmed, and of no others
 * @param confirmed hash of each target's voxels, as `hashMasks` gives them
 * @param patient number in the files' names (§3.2)
 */
export function buildReference(
	drawn: readonly DrawnTarget[],
	confirmed: ReadonlyMap<Target, string>,
	patient: string,
): Result<BuiltReference> {
	const hashes = hashMasks(drawn.map(({ data }) => data));
	const found = new Map(drawn.map(({ region }, n) => [region, hashes[n]]));
	const changed = [...confirmed].filter(([region, hash]) => found.get(region) !== hash);
	if (changed.length > 0)
		return {
			ok: false,
			issues: changed.map(([region]) => ({ code: 'reference.changed', path: region, params: { region } })),
		};
	const files: ExportedFile[] = [];
	const write = (name: string, grid: Grid, data: Uint8Array) => {
		const bytes = gzip(writeNifti({ grid, data }));
		files.push({ name, bytes });
		return { file: name, sha256: bytesToHex(sha256(bytes)), bytes: bytes.length };
	};
	const masks: PerRegion['masks'] = [];
	const layers: BuiltReference['layers'][number][] = [];
	const groups = new Map<string, (DrawnTarget & { region: LayerTarget })[]>();
	for (const each of drawn) {
		const { region, grid, data } = each;
		if (isRegion(region)) masks.push({ ...write(maskName(patient, region), grid, data), region });
		else if (data.includes(1)) {
			const name = layerName(region);
			groups.set(name, [...(groups.get(name) ?? []), { ...each, region }]);
		}
	}
	for (const [name, group] of groups) {
		const labels = labelsOf(group);
		if (!labels)
			return {
				ok: false,
				issues: [{ code: 'reference.parts', path: group[0]!.region, params: { limit: MOST_LABELS } }],
			};
		const { value, ...kind } = TARGET_LAYER[group[0]!.region] as { kind: Layer; region?: Region; value: unknown };
		layers.push({
			...write(`${patient}_layer_${name}.nii.gz`, group[0]!.grid, labels),
			...kind,
		} as (typeof layers)[number]);
	}
	return { ok: true, value: { reference: { kind: 'perRegion', masks }, layers, files } };
}

/**
 * What an expert would have drawn of a case's reference: a mask a target, one byte a voxel, on the grid of its sequence;
 * what lies on another grid is brought there by the nearest voxel. Targets the reference says nothing of are left out.
 */
export async function drawnReference(
	source: CaseSource,
	targets: readonly Target[],
	grids: ReadonlyMap<Sequence, Grid>,
	signal: AbortSignal,
): Promise<Result<ReadonlyMap<Target, Uint8Array>>> {
	const read = await readReferences(source, targets.filter(isRegion), signal);
	const layers = await readLayers(source, signal);
	if (!read.ok) return read;
	if (!layers.ok) return layers;
	const drawn = new Map<Target, Uint8Array>();
	for (const target of targets) {
		const grid = grids.get(TARGET_SEQUENCE[target]);
		if (!grid) continue;
		if (isRegion(target)) {
			const reference = read.value.get(target);
			if (reference) drawn.set(target, resampleLabels(reference.data, reference.grid, grid).slice());
			continue;
		}
		const about = TARGET_LAYER[target];
		const region = 'region' in about ? about.region : null;
		const layer = layers.value.find((each) => each.kind === about.kind && each.region === region);
		if (!layer) continue;
		const isHere = (label: number) => (about.value === null ? label !== 0 : label === about.value);
		drawn.set(
			target,
			resampleLabels(layer.labels, layer.grid, grid).map((label) => (isHere(label) ? 1 : 0)),
		);
	}
	return { ok: true, value: drawn };
}

/** Targets of one name share a label map. */
function layerName(target: LayerTarget): string {
	const layer = TARGET_LAYER[target];
	return 'region' in layer ? `${layer.kind}${layer.region}` : layer.kind;
}

/** The label map of targets on one grid; where they overlap, the lower value holds. Undefined where there are too many parts. */
function labelsOf(group: readonly (DrawnTarget & { readonly region: LayerTarget })[]): Uint8Array | undefined {
	const labels = new Uint8Array(group[0]!.data.length);
	for (const { region, grid, data } of group) {
		const { value } = TARGET_LAYER[region];
		if (value === null) {
			const numbers = numbered(grid, data);
			if (!numbers) return undefined;
			labels.set(numbers);
		} else for (let n = 0; n < data.length; n++) if (data[n] === 1 && labels[n] === 0) labels[n] = value;
	}
	return labels;
}

/** Each part of a mask with its number, from feet to head. */
function numbered(grid: Grid, data: Uint8Array): Uint8Array | undefined {
	const mask = maskOf(grid, data);
	const { labels, voxels, block } = partsOf(mask);
	if (voxels.length > MOST_LABELS) return undefined;
	const numbers = new Uint8Array(data.length);
	const [nx, ny, nz] = block.dims;
	const [x0, y0, z0] = block.min;
	for (let z = 0, n = 0; z < nz; z++)
		for (let y = 0; y < ny; y++)
			for (let x = 0; x < nx; x++, n++) if (labels[n] !== 0) numbers[mask.index(x0 + x, y0 + y, z0 + z)] = labels[n]!;
	return numbers;
}
