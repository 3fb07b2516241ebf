/** Red, green and blue of sRGB, each 0 to 1. */
type Rgb = readonly [number, number, number];
/** L*, a* and b* as DICOM stores them, each 0 to 65535. */
type StoredLab = readonly [number, number, number];

/** D50, the white of the ICC profile connection space. */
const WHITE = [0.96422, 1, 0.82521] as const;
/** Linear sRGB to XYZ under D50 and back (Bradford). Source: ICC sRGB profile; brucelindbloom.com. */
const TO_XYZ = [
	[0.4360747, 0.3850649, 0.1430804],
	[0.2225045, 0.7168786, 0.0606169],
	[0.0139322, 0.0971045, 0.7141733],
] as const;
const FROM_XYZ = [
	[3.1338561, -1.6168667, -0.4906146],
	[-0.9787684, 1.9161415, 0.033454],
	[0.0719453, -0.2289914, 1.4052427],
] as const;
/** Where the cube root gives way to a line, and that line's slope. */
const EPSILON = 216 / 24389;
const KAPPA = 24389 / 27;

/**
 * Colour of a segment as RecommendedDisplayCIELabValue: three whole numbers from 0 to 65535.
 * Source: DICOM PS3.3 C.10.7.1.1.
 */
export function rgbToLab(rgb: Rgb): StoredLab {
	const linear = rgb.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
	const [x, y, z] = times(TO_XYZ, linear).map((v, n) => {
		const t = v / WHITE[n]!;
		return t > EPSILON ? Math.cbrt(t) : (KAPPA * t + 16) / 116;
	}) as [number, number, number];
	const whole = (v: number) => Math.round(Math.min(65_535, Math.max(0, v)));
	const signed = (v: number) => whole((v + 128) * 257);
	return [whole((116 * y - 16) * 655.35), signed(500 * (x - y)), signed(200 * (y - z))];
}

/** The other way round; colours that a screen cannot show go to the nearest it can. */
export function labToRgb([l, a, b]: StoredLab): Rgb {
	const y = (l / 655.35 + 16) / 116;
	const x = y + (a / 257 - 128) / 500;
	const z = y - (b / 257 - 128) / 200;
	const xyz = [x, y, z].map((t, n) => (t ** 3 > EPSILON ? t ** 3 : (116 * t - 16) / KAPPA) * WHITE[n]!);
	return times(FROM_XYZ, xyz).map((v) => {
		const encoded = v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055;
		return Math.min(1, Math.max(0, encoded));
	}) as unknown as Rgb;
}

function times(matrix: readonly (readonly number[])[], v: readonly number[]): number[] {
	return matrix.map((row) => row.reduce((sum, m, n) => sum + m * v[n]!, 0));
}
