const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const SERIES = 14;

/**
 * e to the power x, by + − × ÷ only, so that every engine gives the same bits (Math.exp does not).
 * x: any number; below −700 gives 0, above 700 throws. Relative error below 1e-15.
 */
export function exp(x: number): number {
	if (!(x <= 700)) throw new Error(`got exp(${x}), expected a number up to 700`);
	if (x < -700) return 0;
	const twos = Math.floor(x / LN2_HIGH + 0.5);
	const rest = x - twos * LN2_HIGH - twos * LN2_LOW;
	let sum = 1;
	for (let n = SERIES; n > 0; n--) sum = 1 + (rest / n) * sum;
	for (let n = twos; n > 0; n--) sum *= 2;
	for (let n = twos; n < 0; n++) sum *= 0.5;
	return sum;
}

/** Natural logarithm, reproducible as `exp`. Throws where x is not a positive finite number. */
export function log(x: number): number {
	if (!(x > 0 && Number.isFinite(x))) throw new Error(`got log(${x}), expected a positive finite number`);
	let twos = 0;
	let m = x;
	while (m > Math.SQRT2) {
		m *= 0.5;
		twos++;
	}
	while (m < Math.SQRT1_2) {
		m *= 2;
		twos--;
	}
	const s = (m - 1) / (m + 1);
	const s2 = s * s;
	let sum = 0;
	for (let n = 23; n > 0; n -= 2) sum = sum * s2 + 1 / n;
	return 2 * s * sum + twos * LN2_LOW + twos * LN2_HIGH;
}

/** Cube root of a number above 0, reproducible as `exp`. */
export function cubeRoot(x: number): number {
	return exp(log(x) / 3);
}

/** Sine of an angle in degrees, reproducible as `exp`. Range of the angle −90 to 90; throws outside. */
export function sinDeg(angleDeg: number): number {
	if (!(angleDeg >= -90 && angleDeg <= 90)) throw new Error(`got ${angleDeg}°, expected −90 to 90`);
	const x = (angleDeg * Math.PI) / 180;
	let term = x;
	let sum = x;
	for (let n = 2; n < 24; n += 2) {
		term *= -(x * x) / (n * (n + 1));
		sum += term;
	}
	return sum;
}

/** Cosine of an angle in degrees, −90 to 90; as `sinDeg`. */
export function cosDeg(angleDeg: number): number {
	if (!(angleDeg >= -90 && angleDeg <= 90)) throw new Error(`got ${angleDeg}°, expected −90 to 90`);
	const half = sinDeg(angleDeg / 2);
	return 1 - 2 * half * half;
}

/** Cosine and sine of an angle in whole turns, any number; reproducible as `exp`. */
export function phasor(turns: number): readonly [cosine: number, sine: number] {
	const half = 180 * (turns - Math.floor(turns + 0.5));
	const [c, s] = [cosDeg(half), sinDeg(half)];
	return [c * c - s * s, 2 * c * s];
}

/** x within low to high. */
export function clamp(x: number, low: number, high: number): number {
	return x < low ? low : x > high ? high : x;
}

/** Share of a voxel inside a surface at signed distance `dMm` (negative inside) that is blurred over `widthMm`. */
export function soft(dMm: number, widthMm: number): number {
	return clamp(0.5 - dMm / widthMm, 0, 1);
}

/** Smooth ramp from 0 at `from` to 1 at `to` (3t² − 2t³). */
export function ramp(x: number, from: number, to: number): number {
	const t = clamp((x - from) / (to - from), 0, 1);
	return t * t * (3 - 2 * t);
}
