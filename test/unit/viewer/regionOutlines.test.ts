import { describe, expect, it } from 'vitest';
import type { Outline } from '../../../src/mask/contour.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { RegionOutlines, type ShownRegion } from '../../../src/viewer/regionOutlines.ts';

const GRID = { dims: [12, 10, 3], affine: [-1, 0, 0, 6, 0, -1, 0, 5, 0, 0, 5, 0, 0, 0, 0, 1] } as const;

/** A mask with the square of `size` voxels that begins at a view position, on slice 1. */
function square(x: number, y: number, size: number): RegionMask {
	const mask = new RegionMask(GRID);
	for (let j = y; j < y + size; j++) for (let i = x; i < x + size; i++) mask.set(mask.index(i, j, 1), 1, 1);
	return mask;
}

const region = (name: string, mask: RegionMask, rest: Partial<ShownRegion> = {}): ShownRegion => ({
	region: name,
	sequence: 'FLAIR',
	colour: '#fff',
	mask,
	visible: true,
	...rest,
});

/** Smallest x of the outlines: tells where they are. */
const leftOf = (outlines: readonly Outline[] = []) =>
	Math.min(...outlines.flatMap((outline) => [...outline].filter((_, n) => n % 2 === 0)));

describe('RegionOutlines', () => {
	it('draws the region being edited last and marks the others', () => {
		const mask = square(2, 2, 3);
		const regions = [region('WT', mask), region('ED', square(5, 5, 2)), region('TB', mask, { visible: false })];
		const layers = new RegionOutlines().layers(
			{ regions, active: 'WT', comparison: 'none', composite: false },
			'FLAIR',
			mask.view,
			1,
		);
		expect(layers.map(({ style }) => style)).toEqual(['other', 'active']);
		const elsewhere = new RegionOutlines().layers(
			{ regions, active: 'WT', comparison: 'none', composite: false },
			'T1',
			mask.view,
			1,
		);
		expect(elsewhere.map(({ style }) => style)).toEqual(['other', 'other']);
	});

	it('traces again once the mask changes, and not before', () => {
		const mask = square(2, 2, 3);
		const outlines = new RegionOutlines();
		const show = () =>
			outlines.layers(
				{ regions: [region('WT', mask)], active: 'WT', comparison: 'none', composite: false },
				'FLAIR',
				mask.view,
				1,
			);
		const [first] = show();
		expect(show()[0]?.outlines).toBe(first?.outlines);
		mask.set(mask.index(9, 9, 1), 1, 1);
		expect(show()[0]?.outlines.length).toBe(2);
	});

	it('does not take another mask for the one before because it saw as many changes', () => {
		const [before, after] = [square(1, 1, 2), square(7, 1, 2)];
		expect(after.version).toBe(before.version);
		const outlines = new RegionOutlines();
		const left = (mask: RegionMask) => {
			const scene = { regions: [region('WT', mask)], active: 'WT', comparison: 'none', composite: false } as const;
			return leftOf(outlines.layers(scene, 'FLAIR', before.view, 1)[0]?.outlines);
		};
		expect(left(before)).toBe(0.5);
		expect(left(after)).toBe(6.5);
	});

	it('parts the difference into what agrees, is missing and is too much', () => {
		const mask = square(2, 2, 4);
		const reference = square(4, 2, 4).data;
		const scene = { regions: [region('WT', mask, { reference })], active: 'WT', composite: false } as const;
		const parts = new RegionOutlines().layers({ ...scene, comparison: 'difference' }, 'FLAIR', mask.view, 1);
		expect(parts.map(({ style, outlines }) => [style, leftOf(outlines)])).toEqual([
			['agree', 3.5],
			['missed', 5.5],
			['extra', 1.5],
		]);
		const both = new RegionOutlines().layers({ ...scene, comparison: 'outlines' }, 'FLAIR', mask.view, 1);
		expect(both.map(({ style, outlines }) => [style, leftOf(outlines)])).toEqual([
			['reference', 3.5],
			['active', 1.5],
		]);
	});

	it('fills all visible regions on every panel in a composite, what lies inside another on top', () => {
		const whole = square(1, 1, 6);
		const regions = [
			region('ET', square(3, 3, 2)),
			region('WT', whole),
			region('NE', square(2, 2, 3)),
			region('TB', whole, { visible: false }),
		];
		const scene = { regions, active: 'ET', comparison: 'none', composite: true } as const;
		for (const sequence of ['FLAIR', 'T1']) {
			const layers = new RegionOutlines().layers(scene, sequence, whole.view, 1);
			expect(layers.map(({ style, outlines }) => [style, leftOf(outlines)])).toEqual([
				['filled', 0.5],
				['filled', 1.5],
				['filled', 2.5],
			]);
		}
		const reference = square(4, 2, 4).data;
		const compared = { ...scene, regions: [region('ET', whole, { reference })], comparison: 'difference' } as const;
		const styles = new RegionOutlines().layers(compared, 'FLAIR', whole.view, 1).map(({ style }) => style);
		expect(styles).toEqual(['agree', 'missed', 'extra']);
	});
});
