import { rasView } from '../../grid/rasView.ts';
import type { Context } from './context.ts';
import type { CaseRegion } from './crop.ts';
import type { Finding } from './finding.ts';

/**
 * E25: a proposal of a tool that nobody went over. The log ends with the tool, or the slices hold more specks or holes than
 * the reference does.
 */
export function findUneditedProposals(context: Context): Finding[] {
	return context.regions.flatMap((region) => ofRegion(region, context));
}

function ofRegion(region: CaseRegion, { limits, log, finding }: Context): Finding[] {
	const last = log?.filter((action) => action.region === region.region).at(-1);
	const { minIslandPx, maxIslands, maxHoles } = limits.semi;
	const isIsland = (part: Part) => part.inside && part.elements.length < minIslandPx;
	const isHole = (part: Part) => !part.inside;
	const [drawn, expected] = [partsInSlices(region.prediction, region), partsInSlices(region.reference, region)];
	for (const [problem, test, limit] of [
		['islands', isIsland, maxIslands],
		['holes', isHole, maxHoles],
	] as const) {
		const found = drawn.filter(test);
		const value = found.length - expected.filter(test).length;
		const elements = found.flatMap((part) => part.elements);
		if (value > limit) return [finding('E25', region, { elements, value, limit, unit: 'count', params: { problem } })];
	}
	if (last?.tool !== 'threshold') return [];
	const elements = drawn.filter(({ inside }) => inside).flatMap((part) => part.elements);
	return [finding('E25', region, { elements, value: 1, limit: 0, unit: 'count', params: { problem: 'unedited' } })];
}

/** A connected part of one axial slice: of the mask by 8 neighbours, or a hole in it by 4. */
interface Part {
	readonly inside: boolean;
	readonly elements: readonly number[];
}

function partsInSlices(mask: Uint8Array, { grid }: CaseRegion): Part[] {
	const { dims, strides, origin } = rasView(grid);
	const [width, height, slices] = dims;
	// The slice with a rim of its own kind, so that no neighbour needs a check: 0 outside, 1 inside, 2 rim, 3 seen.
	const row = width + 2;
	const plane = new Uint8Array(row * (height + 2));
	const edges = [1, -1, row, -row];
	const all = [...edges, row + 1, row - 1, -row + 1, -row - 1];
	const queue = new Int32Array(plane.length);
	const parts: Part[] = [];
	for (let slice = 0; slice < slices; slice++) {
		const start = origin + slice * strides[2];
		const elementAt = (pixel: number) => {
			const y = Math.floor(pixel / row);
			return start + (pixel - y * row - 1) * strides[0] + (y - 1) * strides[1];
		};
		plane.fill(2);
		for (let y = 0; y < height; y++)
			for (let x = 0; x < width; x++)
				plane[x + 1 + row * (y + 1)] = mask[start + x * strides[0] + y * strides[1]] === 0 ? 0 : 1;
		for (let first = row + 1; first < plane.length; first++) {
			const kind = plane[first]!;
			if (kind > 1) continue;
			const around = kind === 1 ? all : edges;
			let [end, open] = [1, false];
			queue[0] = first;
			plane[first] = 3;
			for (let n = 0; n < end; n++)
				for (let step = 0; step < around.length; step++) {
					const next = queue[n]! + around[step]!;
					if (plane[next] === 2) open = true;
					if (plane[next] !== kind) continue;
					plane[next] = 3;
					queue[end++] = next;
				}
			if (kind === 1 || !open)
				parts.push({ inside: kind === 1, elements: Array.from(queue.subarray(0, end), elementAt) });
		}
	}
	return parts;
}
