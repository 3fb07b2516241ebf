/**
 * Quantile of Fisher's F distribution: the value that is exceeded with probability 1 − `probability` (0 < p < 1), for
 * positive degrees of freedom. Good to about 1e-10.
 * Source: Abramowitz & Stegun 1964, 26.6.2 (F by the incomplete beta function).
 */
export function fQuantile(probability: number, d1: number, d2: number): number {
	// I_x(d1/2, d2/2) rises in x from 0 to 1: halved until the interval has no room left.
	let [low, high] = [0, 1];
	for (let step = 0; step < 200; step++) {
		const middle = (low + high) / 2;
		if (incompleteBeta(middle, d1 / 2, d2 / 2) < probability) low = middle;
		else high = middle;
	}
	const x = (low + high) / 2;
	return (d2 * x) / (d1 * (1 - x));
}

/** Regularised incomplete beta function I_x(a, b), by its continued fraction. Source: Lentz 1976; DLMF 8.17.22. */
function incompleteBeta(x: number, a: number, b: number): number {
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
	const front = Math.exp(a * Math.log(x) + b * Math.log(1 - x) - (logGamma(a) + logGamma(b) - logGamma(a + b))) / a;
	const tiny = 1e-300;
	let c = 1;
	let d = 1 / notZero(1 - ((a + b) * x) / (a + 1), tiny);
	let fraction = d;
	for (let m = 1; m < 1000; m++) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		let change = 1;
		for (const term of [even, odd]) {
			d = 1 / notZero(1 + term * d, tiny);
			c = notZero(1 + term / c, tiny);
			change = c * d;
			fraction *= change;
		}
		if (Math.abs(change - 1) < 1e-16) break;
	}
	return front * fraction;
}

function notZero(value: number, tiny: number): number {
	return Math.abs(value) < tiny ? tiny : value;
}

/** Logarithm of the gamma function for x > 0: Stirling's series, shifted to where it is exact. Source: DLMF 5.11.1. */
function logGamma(x: number): number {
	let shift = 0;
	let at = x;
	for (; at < 15; at++) shift += Math.log(at);
	const inverse = 1 / (at * at);
	const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / at;
	return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - shift;
}
