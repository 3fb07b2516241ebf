import type { Volume } from '../../../src/formats/volume.ts';

/** Mean and standard deviation of a volume where a test holds. */
export function statistics({ data }: Volume, test: (n: number) => boolean) {
	let [sum, squares, count] = [0, 0, 0];
	for (let n = 0; n < data.length; n++)
		if (test(n)) {
			sum += data[n]!;
			squares += data[n]! * data[n]!;
			count++;
		}
	const mean = sum / count;
	return { mean, deviation: Math.sqrt(squares / count - mean * mean) };
}
