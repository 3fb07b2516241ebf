import type { Dims } from '../../../grid/grid.ts';
import { boxSize, isEmptyBox } from '../boxes.ts';
import type { Kernels, LabelPair, RegionTally, SurfaceDistances, SurfaceQuery } from '../kernels.ts';
import { ONE_AREA } from '../surfaceAreas.ts';
import { fullCode, seenFrom, surfaceTable } from '../surfaceMap.ts';
import { mustFit, sumRegions } from '../tally.ts';
import { histogram, NONE, planSurface, type SurfacePlan } from '../typescriptKernels.ts';
import { KERNELS_WASM } from './kernelsWasm.ts';

/** What `kernels.wat` exports; every number is an address or a count. */
interface Loops {
	readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
	membership(at: number, count: number, table: number): void;
	codes(inside: number, codes: number, count: number, steps: number, bits: number): void;
	elements(codes: number, count: number, full: number, surface: number, at: number, kept: number): number;
	probe(
		map: number,
		at: number,
		areas: number,
		count: number,
		deltas: number,
		rows: number,
		probes: number,
		near: number,
		far: number,
	): number;
	pairs(
		r: number,
		p: number,
		count: number,
		first: number,
		nx: number,
		ny: number,
		pairs: number,
		members: number,
		atX: number,
		atY: number,
		atZ: number,
	): void;
}

/** WebAssembly as every engine has it; its types come with those of the DOM, which this room does without. */
interface Engine {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object) => { readonly exports: Loops };
}

const PAGE = 65536;
/** A memory that grew beyond is let go after use, 64 MiB. */
const KEPT_PAGES = 1024;
/** Voxels of the maps that are in the memory at a time while they are counted. */
const STRETCH = 1 << 20;

/**
 * The kernels on 128-bit vectors (decision 0005), for the bits of the TypeScript ones. Null where the engine has no such
 * vectors or may not compile. A query too large for the memory falls back to `otherwise`, the TypeScript kernels.
 */
export function simdKernels(otherwise: Kernels): Kernels | null {
	const { WebAssembly: engine } = globalThis as unknown as { readonly WebAssembly?: Engine };
	let module: object;
	try {
		module = new engine!.Module(bytesOf(KERNELS_WASM));
	} catch {
		return null;
	}
	let kept: Loops | undefined;
	const run = <Result>(work: (memory: Memory, loops: Loops) => Result, fallback: () => Result): Result => {
		const loops = kept ?? new engine!.Instance(module).exports;
		kept = undefined;
		const memory = new Memory(loops);
		try {
			const result = work(memory, loops);
			if (memory.pages <= KEPT_PAGES) kept = loops;
			return result;
		} catch (error) {
			if (error instanceof NoRoom) return fallback();
			throw error;
		}
	};
	return {
		tally: (pair) =>
			run(
				(memory, loops) => tally(pair, memory, loops),
				() => otherwise.tally(pair),
			),
		surfaceDistances: (pair, query) =>
			run(
				(memory, loops) => surfaceDistances(pair, query, memory, loops),
				() => otherwise.surfaceDistances(pair, query),
			),
	};
}

class NoRoom extends Error {}

/** Hands out zeroed stretches of a memory, one after the other, each at a multiple of 16. */
class Memory {
	readonly #loops: Loops;
	#end = 16;

	constructor(loops: Loops) {
		this.#loops = loops;
	}

	get pages(): number {
		return this.#loops.memory.buffer.byteLength / PAGE;
	}

	/** Address of so many zero bytes. Throws `NoRoom` where the engine gives no more. */
	take(bytes: number): number {
		const at = this.#end;
		this.#end = at + rounded(bytes);
		const missing = Math.ceil(this.#end / PAGE) - this.pages;
		try {
			if (missing > 0) this.#loops.memory.grow(missing);
		} catch {
			throw new NoRoom();
		}
		this.bytes(at, rounded(bytes)).fill(0);
		return at;
	}

	/** Address of a copy. */
	put(values: Uint8Array | Int32Array): number {
		const at = this.take(values.byteLength);
		this.bytes(at, values.byteLength).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
		return at;
	}

	/** A view, good until the next `take`. */
	bytes(at: number, count: number): Uint8Array {
		return new Uint8Array(this.#loops.memory.buffer, at, count);
	}

	numbers(at: number, count: number): Int32Array {
		return new Int32Array(this.#loops.memory.buffer, at, count);
	}
}

function tally(pair: LabelPair, memory: Memory, loops: Loops): readonly RegionTally[] {
	const { reference, prediction, dims, membership } = pair;
	mustFit(pair);
	const voxels = reference.length;
	const length = Math.min(STRETCH, rounded(voxels));
	const [r, p] = [memory.take(length), memory.take(length)];
	const pairs = memory.take(4 * PAGE);
	const members = memory.put(membership);
	const profiles = dims.map((n) => memory.take(n)) as unknown as Dims;
	for (let first = 0; first < voxels; first += length) {
		const count = Math.min(length, voxels - first);
		for (const [labels, at] of [
			[reference, r],
			[prediction, p],
		] as const) {
			const bytes = memory.bytes(at, length);
			bytes.set(labels.subarray(first, first + count));
			bytes.fill(0, count);
		}
		loops.pairs(r, p, rounded(count), first, dims[0], dims[1], pairs, members, ...profiles);
	}
	return sumRegions(
		new Uint32Array(memory.numbers(pairs, PAGE)),
		membership,
		profiles.map((at, axis) => memory.bytes(at, dims[axis]!)),
	);
}

function surfaceDistances(pair: LabelPair, query: SurfaceQuery, memory: Memory, loops: Loops): SurfaceDistances {
	if (isEmptyBox(query.box)) return { fromReference: NONE, fromPrediction: NONE };
	const plan = planSurface(pair, query);
	const common = memory.put(plan.inside);
	const reference = surface(pair.reference, common, pair, plan, memory, loops);
	const prediction = surface(pair.prediction, common, pair, plan, memory, loops);
	return {
		fromReference: directed(reference, prediction, plan, memory, loops),
		fromPrediction: directed(prediction, reference, plan, memory, loops),
	};
}

/** Addresses of a surface: its map, the places of its elements in it, their area classes. */
interface Surface {
	readonly map: number;
	readonly at: number;
	readonly areas: number;
	readonly count: number;
}

function surface(
	labels: Uint8Array,
	inside: number,
	{ dims }: LabelPair,
	plan: SurfacePlan,
	memory: Memory,
	loops: Loops,
): Surface {
	const { layout, query, areas } = plan;
	const { min } = query.box;
	const [px, py, pz] = layout.dims;
	const [rx, ry, rz] = layout.room;
	const count = rounded(px * py * pz);
	const steps = seenFrom(query, layout);
	// Places at the rim look beyond the crop, where nothing is.
	const rim = rounded(steps.reduce((most, step) => Math.max(most, Math.abs(step)), 0));
	const voxels = memory.take(count + 2 * rim) + rim;
	const [nx, ny, nz] = boxSize(query.box);
	const crop = memory.bytes(voxels, count);
	for (let z = 0; z < nz; z++)
		for (let y = 0; y < ny; y++) {
			const row = min[0] + dims[0] * (min[1] + y + dims[1] * (min[2] + z));
			crop.set(labels.subarray(row, row + nx), rx + px * (y + ry + py * (z + rz)));
		}
	loops.membership(voxels, count, inside);
	const map = memory.take(count);
	loops.codes(voxels, map, count, memory.put(steps), steps.length);
	const isSurface = memory.put(surfaceTable(query));
	const full = fullCode(query);
	const found = loops.elements(map, count, full, isSurface, 0, 0);
	const at = memory.take(4 * found);
	const codes = memory.take(found);
	loops.elements(map, count, full, isSurface, at, codes);
	if (areas !== ONE_AREA) loops.membership(codes, rounded(found), memory.put(areas.classOfCode));
	else memory.bytes(codes, found).fill(0);
	return { map, at, areas: codes, count: found };
}

function directed(from: Surface, to: Surface, plan: SurfacePlan, memory: Memory, loops: Loops) {
	const { offsets, areas, deltas } = plan;
	const columns = areas.areas.length;
	const cells = offsets.squaredMm2.length * columns;
	const rows = Int32Array.from(offsets.classes, (row) => row * columns);
	const near = memory.take(4 * cells);
	const far = memory.take(4 * from.count);
	const missed = loops.probe(
		to.map,
		from.at,
		from.areas,
		from.count,
		memory.put(deltas),
		memory.put(rows),
		deltas.length,
		near,
		far,
	);
	const at = memory.numbers(from.at, from.count);
	const classes = memory.bytes(from.areas, from.count);
	return histogram(
		new Uint32Array(memory.numbers(near, cells)),
		Array.from(memory.numbers(far, missed), (n) => ({ at: at[n]!, area: classes[n]! })),
		memory.numbers(to.at, to.count),
		plan,
	);
}

function rounded(count: number): number {
	return Math.ceil(count / 16) * 16;
}

function bytesOf(hex: string): Uint8Array {
	return Uint8Array.from({ length: hex.length / 2 }, (_, n) => Number.parseInt(hex.slice(2 * n, 2 * n + 2), 16));
}
