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
	const isHole = (part: Part) => !part.inside && !part.open;
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

/** A connected part of one axial slice: of the mask by 8 neighbours, of what is around it by 4. */
interface Part {
	readonly inside: boolean;
	/** Whether it reaches the edge of the cut grid. */
	readonly open: boolean;
	readonly elements: readonly number[];
}

const EDGES: readonly (readonly [number, number])[] = [
	[1, 0],
	[-1, 0],
	[0, 1],
	[0, -1],
];
const CORNERS: readonly (readonly [number, number])[] = [
	[1, 1],
	[1, -1],
	[-1, 1],
	[-1, -1],
];

function partsInSlices(mask: Uint8Array, { grid }: CaseRegion): Part[] {
	const { dims, strides, origin } = rasView(grid);
	const [width, height, slices] = dims;
	const seen = new Uint8Array(width * height);
	const parts: Part[] = [];
	for (let slice = 0; slice < slices; slice++) {
		const start = origin + slice * strides[2];
		const at = (pixel: number) => start + (pixel % width) * strides[0] + Math.floor(pixel / width) * strides[1];
		seen.fill(0);
		for (let first = 0; first < seen.length; first++) {
			if (seen[first] !== 0) continue;
			const inside = mask[at(first)] !== 0;
			const pixels = [first];
			let open = false;
			seen[first] = 1;
			for (let n = 0; n < pixels.length; n++) {
				const pixel = pixels[n]!;
				const [x, y] = [pixel % width, Math.floor(pixel / width)];
				if (x === 0 || y === 0 || x === width - 1 || y === height - 1) open = true;
				for (const [dx, dy] of inside ? [...EDGES, ...CORNERS] : EDGES) {
					const [u, v] = [x + dx, y + dy];
					if (u < 0 || v < 0 || u >= width || v >= height) continue;
					const next = u + width * v;
					if (seen[next] !== 0 || (mask[at(next)] !== 0) !== inside) continue;
					seen[next] = 1;
					pixels.push(next);
				}
			}
			parts.push({ inside, open, elements: inside || !open ? pixels.map(at) : [] });
		}
	}
	return parts;
}
