import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import type { Smooth } from './lattice.ts';
import { noiseField } from './noise.ts';
import { randomStream } from './random.ts';

/** A lacune, an old infarct of the cortex or an old haemorrhage. */
export interface OldDamage {
	readonly kind: 'lacune' | 'infarct' | 'haemorrhage';
	/** Signed distance in mm to its outline, its rim within, negative inside; above 3 it may be less than it is. */
	readonly insideMm: Smooth;
}

/** What must be known of a head to place damage in it; RAS mm. */
export interface Ground {
	/** Signed distances in mm to the tumour with its oedema, to the ventricles and to the surface of the brain. */
	readonly tumourMm: Smooth;
	readonly chamberMm: Smooth;
	readonly surfaceMm: Smooth;
	/** Whether a place is white matter or a nucleus throughout. */
	readonly deepAt: (x: number, y: number, z: number) => boolean;
}

type Place = readonly [x: number, y: number, z: number];

/** Some places are tried before one is given up. */
const TRIES = 600;
/** Between damage and the tumour, and between one and the next. */
const APART_MM = 6;
/** From here infarcts are looked for outwards. */
const MIDDLE: Place = [0, -17, 16];
/** How fast the wedge of an infarct widens towards the surface of the brain: radius over depth, and its sine and cosine. */
const WEDGE = { tan: 0.5, sin: 0.4472, cos: 0.8944 } as const;

/** Finds room for the infarcts, lacunes and haemorrhages of a recipe, in this order; fewer where a head has no more room. */
export function placeDamage({ seed, confounders }: CaseRecipe, ground: Ground): OldDamage[] {
	const next = randomStream(seed + 83);
	const within = (from: number, to: number) => from + (next() / 0x100000000) * (to - from);
	const lumps = noiseField(seed + 84, 9);
	const found: OldDamage[] = [];
	const add = (count: number, propose: () => OldDamage | undefined) => {
		const most = found.length + count;
		for (let n = 0; n < TRIES && found.length < most; n++) {
			const one = propose();
			if (one) found.push(one);
		}
	};
	const free = (at: Place, radius: number) =>
		ground.tumourMm(...at) > radius + APART_MM && found.every(({ insideMm }) => insideMm(...at) > radius + APART_MM);

	add(confounders!.infarcts, () => {
		const side = within(0, 1) < 0.5 ? -1 : 1;
		const [a, b, c] = [side * within(0.6, 1), within(-1, 0.5), within(0, 0.9)];
		const length = Math.sqrt(a * a + b * b + c * c);
		const toward: Place = [a / length, b / length, c / length];
		const along = (from: Place, mm: number): Place => [
			from[0] + mm * toward[0],
			from[1] + mm * toward[1],
			from[2] + mm * toward[2],
		];
		let out = 20;
		while (out < 100 && ground.surfaceMm(...along(MIDDLE, out)) < 0) out++;
		const depth = within(24, 32);
		const apex = along(MIDDLE, out - depth);
		if (ground.chamberMm(...apex) < 4 || !ground.deepAt(...apex)) return undefined;
		for (let mm = 0; mm <= depth; mm += 4) if (!free(along(apex, mm), 3 + mm * WEDGE.tan)) return undefined;
		return {
			kind: 'infarct',
			insideMm: (x, y, z) => {
				const [dx, dy, dz] = [x - apex[0], y - apex[1], z - apex[2]];
				const deep = dx * toward[0] + dy * toward[1] + dz * toward[2];
				const across = Math.sqrt(Math.max(0, dx * dx + dy * dy + dz * dz - deep * deep));
				const wedge = Math.max(across * WEDGE.cos - deep * WEDGE.sin, -deep);
				return wedge > 12 ? wedge - 6 : wedge + 2 * lumps(x, y, z);
			},
		};
	});
	/** An egg in deep white matter or a nucleus. */
	const egg = (kind: 'lacune' | 'haemorrhage', at: Place, radius: number, long: number): OldDamage | undefined => {
		if (ground.chamberMm(...at) < radius + 3 || !free(at, radius * long)) return undefined;
		for (let corner = 0; corner < 6; corner++) {
			const edge = [...at] as [number, number, number];
			edge[corner >> 1]! += corner % 2 === 0 ? radius : -radius;
			if (!ground.deepAt(...edge)) return undefined;
		}
		return {
			kind,
			insideMm: (x, y, z) => {
				const [dx, dy, dz] = [x - at[0], (y - at[1]) / long, z - at[2]];
				const egg = Math.sqrt(dx * dx + dy * dy + dz * dz) - radius;
				return kind === 'lacune' || egg > 5 ? egg : egg + 0.8 * lumps(x, y, z);
			},
		};
	};
	add(confounders!.lacunes, () => {
		const side = within(0, 1) < 0.5 ? -1 : 1;
		const at: Place = [side * within(9, 32), within(-34, 24), within(-4, 36)];
		return egg('lacune', at, within(3.4, 6), within(1, 1.5));
	});
	add(confounders!.haemorrhages ?? 0, () => {
		const side = within(0, 1) < 0.5 ? -1 : 1;
		const at: Place = [side * within(10, 44), within(-66, 36), within(-6, 44)];
		return egg('haemorrhage', at, within(4, 6.5), within(1, 1.3));
	});
	return found;
}
