/**
 * Whether a point lies in what an SVG path encloses, by the even-odd rule. Straight lines only (M, L, H, V, Z, in either
 * case); each part is closed. An empty path encloses nothing. Throws on anything else, such as curves.
 */
export function isInPath(path: string, x: number, y: number): boolean {
	let inside = false;
	for (const ring of ringsOf(path)) {
		for (let n = 0, before = ring.length - 1; n < ring.length; before = n++) {
			const [ax, ay] = ring[n]!;
			const [bx, by] = ring[before]!;
			if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
		}
	}
	return inside;
}

function ringsOf(path: string): [number, number][][] {
	const rings: [number, number][][] = [];
	let [x, y] = [0, 0];
	for (const [, command = '', rest = ''] of path.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
		const numbers = [...rest.matchAll(/-?\d*\.?\d+(?:e-?\d+)?/gi)].map(([text]) => Number(text));
		const kind = command.toUpperCase();
		const relative = command !== kind;
		if (!'MLHVZ'.includes(kind)) throw new Error(`got the command ${command}, expected a path of straight lines`);
		if (kind === 'Z') {
			[x, y] = rings.at(-1)?.[0] ?? [x, y];
			continue;
		}
		const width = kind === 'H' || kind === 'V' ? 1 : 2;
		for (let n = 0; n + width <= numbers.length; n += width) {
			const [first, second = 0] = [numbers[n]!, numbers[n + 1]];
			if (kind !== 'V') x = (relative ? x : 0) + first;
			if (kind !== 'H') y = (relative ? y : 0) + (kind === 'V' ? first : second);
			if (kind === 'M' && n === 0) rings.push([]);
			rings.at(-1)?.push([x, y]);
		}
	}
	return rings;
}
