import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import type { Smooth } from './lattice.ts';
import { clamp } from './math.ts';
import type { Ground } from './oldDamage.ts';
import { randomStream } from './random.ts';

type Place = readonly [x: number, y: number, z: number];

/** A piece of a vein: a rod whose radius changes evenly from one end to the other, mm. */
interface Piece {
	readonly from: Place;
	readonly to: Place;
	readonly radii: readonly [from: number, to: number];
}

/** The veins of an anomaly, the place where they meet, and the corners of a box around them. */
interface Anomaly {
	readonly hub: Place;
	readonly pieces: readonly Piece[];
	readonly low: Place;
	readonly high: Place;
}

const TRIES = 800;
/** Between a vein and the tumour with its oedema. */
const APART_MM = 5;
/** Farther than this from its veins an anomaly is not looked at. */
const FAR_MM = 4;
/** From here the way to the surface is looked for. */
const MIDDLE: Place = [0, -17, 16];

/**
 * Developmental venous anomalies of a recipe: fine veins of white matter that meet like the hair of a Medusa and leave by
 * one wide vein to the surface of the brain. Fewer where a head has no more room. Gives the signed distance in mm to the
 * wall of the nearest vein, negative inside; above 3 it may be less than it is.
 * Source: Lee et al. 1996, AJNR 17:61.
 */
export function placeVeins({ seed, confounders }: CaseRecipe, ground: Ground): Smooth {
	const next = randomStream(seed + 85);
	const within = (from: number, to: number) => from + (next() / 0x100000000) * (to - from);
	const found: Anomaly[] = [];
	const wanted = confounders?.veins ?? 0;
	for (let n = 0; n < TRIES && found.length < wanted; n++) {
		const one = propose();
		if (one) found.push(one);
	}
	return (x, y, z) => {
		let least = FAR_MM;
		for (const { low, high, pieces } of found) {
			if (x < low[0] || y < low[1] || z < low[2] || x > high[0] || y > high[1] || z > high[2]) continue;
			for (const piece of pieces) least = Math.min(least, wallMm(piece, x, y, z));
		}
		return least;
	};

	function propose(): Anomaly | undefined {
		const outward = unit([within(-1, 1), within(-1, 0.7), within(-0.1, 1)]);
		let out = 20;
		while (out < 100 && ground.surfaceMm(...along(MIDDLE, outward, out)) < 0) out++;
		const hub = along(MIDDLE, outward, out - within(22, 30));
		if (!ground.deepAt(...hub) || ground.chamberMm(...hub) < 5) return undefined;
		if (found.some((other) => length(less(hub, other.hub)) < 40)) return undefined;
		const surface = along(MIDDLE, outward, out + 1);
		const bend = aside(midway(hub, surface), 2.5);
		const collector = [
			{ from: hub, to: bend, radii: [1.5, 1.9] },
			{ from: bend, to: surface, radii: [1.9, 2.3] },
		] as const;
		const fine = Array.from({ length: 8 }, (_, branch) => {
			// Each goes back into the brain and to its own side.
			const side = unit(less(aside(hub, 1), hub));
			const way = unit(add(outward.map((v) => -v * within(0.1, 0.9)) as unknown as Place, side));
			const knee = aside(along(hub, way, within(5, 8)), 1.2);
			const end = aside(along(hub, way, within(12, 19)), 2.4);
			const width = branch < 3 ? 1.1 : 0.8;
			return [
				{ from: hub, to: knee, radii: [width, 0.8 * width] },
				{ from: knee, to: end, radii: [0.8 * width, 0.35] },
			] as const;
		}).flat();
		const pieces = [...collector, ...fine];
		const free = pieces.every(({ from, to }) =>
			[from, midway(from, to), to].every((at) => ground.tumourMm(...at) > APART_MM),
		);
		if (!free) return undefined;
		const ends = pieces.flatMap(({ from, to }) => [from, to]);
		const edge = (axis: number, most: 1 | -1) => most * (Math.max(...ends.map((end) => most * end[axis]!)) + FAR_MM);
		return {
			...{ hub, pieces },
			low: [edge(0, -1), edge(1, -1), edge(2, -1)],
			high: [edge(0, 1), edge(1, 1), edge(2, 1)],
		};
	}

	function aside(at: Place, mm: number): Place {
		return [at[0] + within(-mm, mm), at[1] + within(-mm, mm), at[2] + within(-mm, mm)];
	}
}

function wallMm({ from, to, radii }: Piece, x: number, y: number, z: number): number {
	const way = less(to, from);
	const [dx, dy, dz] = [x - from[0], y - from[1], z - from[2]];
	const share = clamp(
		(dx * way[0] + dy * way[1] + dz * way[2]) / (way[0] * way[0] + way[1] * way[1] + way[2] * way[2]),
		0,
		1,
	);
	const radius = radii[0] + (radii[1] - radii[0]) * share;
	return length([dx - way[0] * share, dy - way[1] * share, dz - way[2] * share]) - radius;
}

function along(from: Place, way: Place, mm: number): Place {
	return [from[0] + mm * way[0], from[1] + mm * way[1], from[2] + mm * way[2]];
}

function midway(a: Place, b: Place): Place {
	return along(a, less(b, a), 0.5);
}

function less(a: Place, b: Place): Place {
	return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function add(a: Place, b: Place): Place {
	return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

function length([x, y, z]: Place): number {
	return Math.sqrt(x * x + y * y + z * z);
}

function unit(way: Place): Place {
	const mm = Math.max(1e-6, length(way));
	return [way[0] / mm, way[1] / mm, way[2] / mm];
}
