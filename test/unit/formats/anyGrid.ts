import fc from 'fast-check';
import { type Grid, multiplyAffine } from '../../../src/grid/grid.ts';

const length = (min: number) => fc.integer({ min, max: 6 });
const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
const spacing = fc.double({ min: 0.2, max: 8, noNaN: true });
const offset = fc.double({ min: -300, max: 300, noNaN: true });
const sign = fc.constantFrom(-1, 1);

const rotation = (axis: 0 | 1 | 2, turn: number) => {
	const [c, s] = [Math.cos(turn), Math.sin(turn)];
	const m = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
	const [p, q] = ([0, 1, 2] as const).filter((a) => a !== axis) as [number, number];
	m[p * 5] = c;
	m[q * 5] = c;
	m[p * 4 + q] = -s;
	m[q * 4 + p] = s;
	return m;
};

/** Any rotation, handedness, spacing and place, at most six voxels a side and two slices at least; quarter turns often. */
export const anyGrid: fc.Arbitrary<Grid> = fc
	.record({
		dims: fc.tuple(length(1), length(1), length(2)),
		turns: fc.tuple(...[0, 1, 2].map(() => fc.oneof(angle, fc.constantFrom(0, Math.PI / 2, Math.PI, -Math.PI / 2)))),
		steps: fc.tuple(spacing, spacing, spacing),
		signs: fc.tuple(sign, sign, sign),
		at: fc.tuple(offset, offset, offset),
	})
	.map(({ dims, turns, steps, signs, at }) => {
		const scale = [0, 1, 2].flatMap((r) => [0, 1, 2, 3].map((c) => (r === c ? steps[r]! * signs[r]! : 0)));
		const turn = turns.reduce((m, t, axis) => multiplyAffine(rotation(axis as 0 | 1 | 2, t!), m), rotation(0, 0));
		const affine = multiplyAffine(turn, [...scale, 0, 0, 0, 1]);
		for (const row of [0, 1, 2]) affine[row * 4 + 3] = at[row]!;
		return { dims, affine };
	});
