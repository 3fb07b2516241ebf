import type { Grid } from '../../grid/grid.ts';
import { rasView } from '../../grid/rasView.ts';

/** A connected part of one axial slice: of the mask by 8 neighbours, or a hole in it by 4. */
export interface SlicePart {
	/** Whether it is of the mask; else a hole. */
	readonly inside: boolean;
	/** Its number of pixels. */
	readonly pixels: number;
	/** Its elements of the grid, in no special order; made when asked for, as most are not. */
	readonly elements: () => Int32Array;
}

/** The parts of a mask and its holes, axial slice by axial slice from the feet; any value but 0 is inside. */
export function partsInSlices(mask: Uint8Array, grid: Grid): SlicePart[] {
	const { dims, strides, origin } = rasView(grid);
	const [width, height, slices] = dims;
	// The slice with a rim of its own kind, so that no neighbour needs a check: 0 outside, 1 inside, 2 rim, 3 seen.
	const row = width + 2;
	const plane = new Uint8Array(row * (height + 2));
	const edges = Int32Array.of(1, -1, row, -row);
	const all = Int32Array.of(...edges, row + 1, row - 1, -row + 1, -row - 1);
	const queue = new Int32Array(plane.length);
	const parts: SlicePart[] = [];
	for (let slice = 0; slice < slices; slice++) {
		const start = origin + slice * strides[2];
		const elementAt = (pixel: number) => {
			const y = Math.floor(pixel / row);
			return start + (pixel - y * row - 1) * strides[0] + (y - 1) * strides[1];
		};
		plane.fill(2);
		let empty = true;
		for (let y = 0; y < height; y++) {
			let [from, to] = [start + y * strides[1], 1 + row * (y + 1)];
			for (let x = 0; x < width; x++, from += strides[0], to++) {
				const value = mask[from] === 0 ? 0 : 1;
				plane[to] = value;
				if (value === 1) empty = false;
			}
		}
		if (empty) continue;
		for (let first = row + 1; first < plane.length; first++) {
			const kind = plane[first]!;
			if (kind > 1) continue;
			const around = kind === 1 ? all : edges;
			let [end, open] = [1, false];
			queue[0] = first;
			plane[first] = 3;
			for (let n = 0; n < end; n++) {
				const pixel = queue[n]!;
				for (let step = 0; step < around.length; step++) {
					const next = pixel + around[step]!;
					const found = plane[next];
					if (found === 2) open = true;
					if (found !== kind) continue;
					plane[next] = 3;
					queue[end++] = next;
				}
			}
			if (kind === 0 && open) continue;
			const pixels = queue.slice(0, end);
			parts.push({ inside: kind === 1, pixels: end, elements: () => pixels.map(elementAt) });
		}
	}
	return parts;
}
