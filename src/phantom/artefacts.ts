import { type Grid, ijkToXyz, spacingMm, type XyzMm } from '../grid/grid.ts';
import type { Artefacts } from '../schemas/artefacts.ts';
import { clamp, exp, phasor, ramp } from './math.ts';
import { randomStream } from './random.ts';
import type { BoxField } from './shares.ts';
import type { Measured } from './signal.ts';

/** Changes one slice of a stack, dims[0] × dims[1] values, as an artefact does before noise is added. */
export type Spoil = (slice: Float32Array, k: number) => void;

/** What artefacts need to know of the head and its measurement. */
interface Scene {
	readonly grid: Grid;
	readonly sequence: Measured;
	readonly head: BoxField;
	/** First and last place along the phase encoding at which there is head, in voxels. */
	readonly extent: readonly [first: number, last: number];
	readonly seed: number;
}

/** Axis of the voxels along which phase is encoded: echo-planar diffusion from front to back, the others across. */
export function phaseAxis(sequence: Measured): 0 | 1 {
	return sequence === 'DWI' || sequence === 'B0' ? 1 : 0;
}

/**
 * What spoils the slices of a measurement, in the order in which it happens: metal bends the field, points are blurred, the
 * head moves, the field of view is too small. Noise is added where all noise is.
 */
export function spoiler({ metal, blur, motion, wrap }: Artefacts, scene: Scene): Spoil {
	const steps: Spoil[] = [];
	const [ni, nj] = scene.grid.dims;
	const size = [ni, nj] as const;
	const phase = phaseAxis(scene.sequence);
	const pixelMm = spacingMm(scene.grid)[phase];
	if (metal) steps.push(bend(metal, scene));
	if (blur !== undefined)
		steps.push((slice) => {
			const kernel = gaussian(blur / pixelMm);
			for (const axis of [0, 1] as const) alongLines(slice, size, axis, (line) => convolved(line, kernel));
		});
	if (motion !== undefined) {
		const kernel = ghosts(motion / pixelMm, size[phase], scene.seed);
		steps.push((slice) => alongLines(slice, size, phase, (line) => moved(line, kernel)));
	}
	if (wrap !== undefined) steps.push((slice) => alongLines(slice, size, phase, folder(scene.extent, wrap / pixelMm)));
	return (slice, k) => {
		for (const step of steps) step(slice, k);
	};
}

/** Replaces each line of a slice along one of its axes. */
function alongLines(
	slice: Float32Array,
	[ni, nj]: readonly [number, number],
	axis: 0 | 1,
	change: (line: Float64Array) => Float64Array,
): void {
	const [length, lines, step, next] = axis === 0 ? [ni, nj, 1, ni] : [nj, ni, ni, 1];
	const line = new Float64Array(length);
	for (let l = 0; l < lines; l++) {
		let some = false;
		for (let n = 0; n < length; n++) {
			line[n] = slice[l * next + n * step]!;
			some ||= line[n] !== 0;
		}
		if (!some) continue;
		const changed = change(line);
		for (let n = 0; n < length; n++) slice[l * next + n * step] = changed[n]!;
	}
}

/** Four times the natural logarithm of 2: a bell falls to half at half its width. */
const BELL = 2.772588722239781;

/** Weights from −r to r of a bell as wide at half its height as `width` pixels; their sum is 1. */
function gaussian(width: number): Float64Array {
	const reach = Math.ceil(1.3 * width);
	const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, n) => {
		const x = (n - reach) / width;
		return exp(-BELL * x * x);
	});
	const sum = kernel.reduce((total, value) => total + value, 0);
	return kernel.map((value) => value / sum);
}

function convolved(line: Float64Array, kernel: Float64Array): Float64Array {
	const reach = (kernel.length - 1) / 2;
	return Float64Array.from(line, (_, n) => {
		let sum = 0;
		for (let m = -reach; m <= reach; m++) sum += kernel[m + reach]! * (line[n + m] ?? 0);
		return sum;
	});
}

/** What becomes of a point of a head that moves: signal that is left in place and ghosts of it, some voxels away. */
interface Ghosts {
	readonly away: Int32Array;
	readonly real: Float64Array;
	readonly imaginary: Float64Array;
}
/** Fainter ghosts are not worth their time. */
const FAINT = 0.004;

/**
 * The point spread along the phase encoding of a head that nods twice in different rhythms and jumps now and then: each line
 * of k-space is measured at another time, with its phase turned as far as the head was away then. With each line also goes
 * a little of the signal, as the head turns out of the slice.
 * Source: Zaitsev, Maclaren, Herbst 2015, DOI 10.1002/jmri.24850.
 *
 * @param most how far the head moves, in voxels
 * @param lines number of lines, and of voxels along the phase encoding
 */
function ghosts(most: number, lines: number, seed: number): Ghosts {
	const next = randomStream(seed);
	const chance = () => next() / 0x100000000;
	const rhythms = [
		{ turns: 19 + 6 * chance(), share: 0.5, start: chance() },
		{ turns: 5 + 3 * chance(), share: 0.3, start: chance() },
	];
	const jumps = Array.from({ length: 5 }, () => ({ at: chance(), by: 0.8 * (chance() - 0.5) }));
	const half = Math.floor(lines / 2);
	const measured = Array.from({ length: lines }, (_, n) => {
		const time = n / lines;
		const nods = rhythms.reduce((sum, { turns, share, start }) => sum + share * phasor(turns * time + start)[1], 0);
		const away = nods + jumps.reduce((sum, { at, by }) => sum + (at < time ? by : 0), 0);
		const left = 1 - 0.05 * clamp(most, 0, 6) * away * away;
		return { q: n - half, moved: most * away, left };
	});
	const centre = measured[half]!.moved;
	const away: number[] = [];
	const real: number[] = [];
	const imaginary: number[] = [];
	for (let m = -half; m < lines - half; m++) {
		let [re, im] = [0, 0];
		for (const { q, moved: at, left } of measured) {
			const [c, s] = phasor((q * (m - (at - centre))) / lines);
			re += left * c;
			im += left * s;
		}
		if (Math.sqrt(re * re + im * im) < FAINT * lines) continue;
		away.push(m);
		real.push(re / lines);
		imaginary.push(im / lines);
	}
	return { away: Int32Array.from(away), real: Float64Array.from(real), imaginary: Float64Array.from(imaginary) };
}

function moved(line: Float64Array, { away, real, imaginary }: Ghosts): Float64Array {
	const { length } = line;
	const [re, im] = [new Float64Array(length), new Float64Array(length)];
	for (let n = 0; n < length; n++) {
		const value = line[n]!;
		if (value === 0) continue;
		for (let g = 0; g < away.length; g++) {
			const to = (n + away[g]! + length) % length;
			re[to]! += value * real[g]!;
			im[to]! += value * imaginary[g]!;
		}
	}
	return re.map((value, n) => Math.sqrt(value * value + im[n]! * im[n]!));
}

/** A field of view that is `less` voxels smaller than the head: what lies beyond one edge is seen inside the other. */
function folder([first, last]: Scene['extent'], less: number): (line: Float64Array) => Float64Array {
	const cut = Math.round(less / 2);
	const [from, to] = [first + cut, last - cut];
	const field = Math.max(1, to - from + 1);
	return (line) => {
		const folded = new Float64Array(line.length);
		for (let n = 0; n < line.length; n++) {
			const at = from + ((((n - from) % field) + field) % field);
			folded[at]! += line[n]!;
		}
		return folded;
	};
}

/** At the reach of a piece of metal the image is displaced this far, and nearer by the cube of the distance. */
const DISPLACED_MM = 4;
/** Nothing is displaced farther: beyond, its frequency is outside of what is received. */
const MOST_MM = 60;
/** Within these shares of its reach spins lose each other's phase: no signal is left. */
const VOID = [0.45, 0.75] as const;
/** Echo-planar images are bent this much farther. */
const ECHO_PLANAR = 1.25;

/**
 * Metal at the temple is a magnet of its own: around it the field has the shape of a dipole along the scanner's. Along the
 * second axis of the voxels, which encodes frequency (in echo-planar images phase, which is bent likewise), what lies in
 * another field is seen elsewhere: pulled apart it is dark, heaped up it is a bright rim.
 * Source: Hargreaves et al. 2011, DOI 10.2214/AJR.11.7364.
 */
function bend({ side, reachMm }: NonNullable<Artefacts['metal']>, { grid, sequence, head }: Scene): Spoil {
	const [ni, nj] = grid.dims;
	const reach = phaseAxis(sequence) === 1 ? reachMm * ECHO_PLANAR : reachMm;
	const metal = templeOf(head, side);
	const voxelMm = spacingMm(grid)[1];
	const away = new Float64Array(nj + 1);
	const line = new Float64Array(nj);
	return (slice, k) => {
		for (let i = 0; i < ni; i++) {
			let near = false;
			for (let j = 0; j <= nj; j++) {
				const [x, y, z] = ijkToXyz(grid, [i, j - 0.5, k]);
				const [dx, dy, dz] = [x - metal[0], y - metal[1], z - metal[2]];
				const squared = Math.max(1, dx * dx + dy * dy + dz * dz);
				const share = (reach * reach) / squared;
				const dipole = 0.5 * ((3 * dz * dz) / squared - 1);
				const mm = clamp(2 * DISPLACED_MM * dipole * share * Math.sqrt(share), -MOST_MM, MOST_MM);
				away[j] = mm / voxelMm;
				near ||= Math.abs(away[j]!) > 0.05;
			}
			if (!near) continue;
			line.fill(0);
			for (let j = 0; j < nj; j++) {
				const [x, y, z] = ijkToXyz(grid, [i, j, k]);
				const [dx, dy, dz] = [x - metal[0], y - metal[1], z - metal[2]];
				const mm = Math.sqrt(dx * dx + dy * dy + dz * dz);
				const value = slice[i + ni * j]! * ramp(mm / reach, ...VOID);
				if (value > 0) spread(line, value, j - 0.5 + away[j]!, j + 0.5 + away[j + 1]!);
			}
			for (let j = 0; j < nj; j++) slice[i + ni * j] = line[j]!;
		}
	};
}

/** Spreads a value evenly over the voxels of a line between two places; voxel n reaches from n − ½ to n + ½. */
function spread(line: Float64Array, value: number, a: number, b: number): void {
	const [from, to] = a < b ? [a, b] : [b, a];
	const width = Math.max(0.05, to - from);
	const [low, high] = [Math.max(-0.5, from), Math.min(line.length - 0.5, from + width)];
	for (let n = Math.floor(low + 0.5); n - 0.5 < high; n++)
		line[n]! += (value * (Math.min(high, n + 0.5) - Math.max(low, n - 0.5))) / width;
}

/** Where hair is worn up: from here outwards the scalp is looked for. */
const INSIDE_TEMPLE: XyzMm = [0, 24, 22];

/** A place on the scalp at one temple. */
function templeOf({ box, values }: BoxField, side: 'left' | 'right'): XyzMm {
	const step = side === 'right' ? 1 : -1;
	const [, y, z] = INSIDE_TEMPLE;
	const at = (x: number) => {
		const [i, j, k] = [x, y, z].map((mm, axis) => clamp(mm - box.originMm[axis]!, 0, box.dims[axis]! - 1));
		return values[Math.round(i!) + box.dims[0] * (Math.round(j!) + box.dims[1] * Math.round(k!))]!;
	};
	let x = INSIDE_TEMPLE[0];
	for (let mm = 0; mm < 90; mm++) if (at(step * mm) > 0.5) x = step * mm;
	return [x, y, z];
}
