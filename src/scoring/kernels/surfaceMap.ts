import type { Dims } from '../../grid/grid.ts';
import { boxSize } from './boxes.ts';
import type { LabelPair, SurfaceQuery } from './kernels.ts';

/** The elements of one mask's surface on a crop with room around it, so that a probe never leaves the map. */
export interface SurfaceMap {
	/** 1 at every element, x fastest. */
	readonly map: Uint8Array;
	/** Indices of the elements in the map, ascending. */
	readonly at: Int32Array;
	/** Area class of each element. */
	readonly areas: Uint8Array;
}

/** Size of the crop's map, and the room around the elements along each axis. */
export interface CropLayout {
	readonly dims: Dims;
	/** Room on either side. */
	readonly room: Dims;
}

/** Lays the crop out. `room` is how far probes reach along each axis. */
export function cropLayout({ box, surface, sliceAxis }: SurfaceQuery, room: Dims): CropLayout {
	const voxels = boxSize(box);
	const corners = [0, 1, 2].map((axis) => (surface === 'surfel' && axis !== sliceAxis ? 1 : 0));
	const dims = voxels.map((n, axis) => n + corners[axis]! + 2 * room[axis]!) as unknown as Dims;
	return { dims, room };
}

/**
 * Finds the surface of one mask of a pair within the query's box.
 *
 * @param inside 256 entries, 1 for the labels of the region
 * @param classOfCode area class of each neighbour code
 */
export function surfaceMap(
	labels: Uint8Array,
	inside: Uint8Array,
	pair: LabelPair,
	query: SurfaceQuery,
	layout: CropLayout,
	classOfCode: Uint8Array,
): SurfaceMap {
	const codes = neighbourCodes(labels, inside, pair.dims, query, layout);
	return collect(codes, surfaceTable(query), classOfCode);
}

/** 256 entries: 1 for the codes that are surface. */
export function surfaceTable(query: SurfaceQuery): Uint8Array {
	const full = fullCode(query);
	const isSurface = query.surface === 'surfel' ? (code: number) => code !== 0 && code !== full : isBoundaryVoxel(full);
	return Uint8Array.from({ length: 256 }, (_, code) => (isSurface(code) ? 1 : 0));
}

/** Lists the elements and turns the codes into the map. Most places see nothing: four at a time are passed over. */
function collect(codes: Uint8Array<ArrayBuffer>, surface: Uint8Array, classOfCode: Uint8Array): SurfaceMap {
	let at = new Int32Array(4096);
	let areas = new Uint8Array(4096);
	let count = 0;
	const words = new Int32Array(codes.buffer, 0, codes.length >> 2);
	for (let w = 0; w <= words.length; w++) {
		if (words[w] === 0) continue;
		for (let n = w * 4; n < w * 4 + 4 && n < codes.length; n++) {
			const code = codes[n]!;
			if (surface[code] === 0) {
				codes[n] = 0;
				continue;
			}
			if (count === at.length) {
				at = grown(at, new Int32Array(count * 2));
				areas = grown(areas, new Uint8Array(count * 2));
			}
			at[count] = n;
			areas[count++] = classOfCode[code]!;
			codes[n] = 1;
		}
	}
	return { map: codes, at: at.slice(0, count), areas: areas.slice(0, count) };
}

function grown<Values extends Int32Array | Uint8Array>(values: Values, room: Values): Values {
	room.set(values);
	return room;
}

/** For boundary voxels: bit 0 the voxel itself, the others its neighbours. */
function isBoundaryVoxel(full: number): (code: number) => boolean {
	return (code) => (code & 1) === 1 && code !== full;
}

/** The code of a place whose neighbours are all inside. */
export function fullCode({ surface, sliceAxis }: SurfaceQuery): number {
	if (surface === 'surfel') return sliceAxis === undefined ? 255 : 15;
	return sliceAxis === undefined ? 127 : 31;
}

/** Every inside voxel sets its bit at the places that see it, run by run. */
function neighbourCodes(
	labels: Uint8Array,
	inside: Uint8Array,
	dims: Dims,
	query: SurfaceQuery,
	layout: CropLayout,
): Uint8Array<ArrayBuffer> {
	const [px, py, pz] = layout.dims;
	const [rx, ry, rz] = layout.room;
	const { min, max } = query.box;
	const codes = new Uint8Array(px * py * pz);
	const steps = seenFrom(query, layout);
	for (let z = min[2]; z <= max[2]; z++)
		for (let y = min[1]; y <= max[1]; y++) {
			let from = min[0] + dims[0] * (y + dims[1] * z);
			const end = from + max[0] - min[0] + 1;
			const shift = rx + px * (y - min[1] + ry + py * (z - min[2] + rz)) - from;
			while (from < end) {
				while (from < end && inside[labels[from]!] === 0) from++;
				const start = from;
				while (from < end && inside[labels[from]!] !== 0) from++;
				for (let n = 0; n < steps.length; n++) {
					const bit = 1 << n;
					const to = from + shift + steps[n]!;
					for (let at = start + shift + steps[n]!; at < to; at++) codes[at]! |= bit;
				}
			}
		}
	return codes;
}

/** From which places of the map a voxel is seen: step n as bit n. */
export function seenFrom({ surface, sliceAxis }: SurfaceQuery, layout: CropLayout): Int32Array {
	const stride = [1, layout.dims[0], layout.dims[0] * layout.dims[1]] as const;
	const axes = ([0, 1, 2] as const).filter((axis) => axis !== sliceAxis);
	if (surface === 'voxel') {
		const around = axes.flatMap((axis) => [stride[axis], -stride[axis]]);
		const steps = [0, ...around];
		return Int32Array.from(steps);
	}
	// A corner sees the voxel before it (bit clear) and behind it (bit set) along each axis.
	const count = 1 << axes.length;
	const steps = Array.from({ length: count }, (_, code) =>
		axes.reduce<number>((sum, axis, n) => sum + ((code >> n) & 1 ? 0 : stride[axis]), 0),
	);
	return Int32Array.from(steps);
}
