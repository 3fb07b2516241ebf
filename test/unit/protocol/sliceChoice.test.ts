import { describe, expect, it } from 'vitest';
import { parseSliceChoice } from '../../../src/protocol/sliceChoice.ts';

describe('parseSliceChoice', () => {
	it('reads numbers from 0, as YAML and attributes write them', () => {
		expect(parseSliceChoice(0)).toBe(0);
		expect(parseSliceChoice('12')).toBe(12);
	});

	it('reads slices that a region tells', () => {
		expect(parseSliceChoice('widest:WT')).toEqual({ which: 'widest', region: 'WT' });
		expect(parseSliceChoice(' last:EN ')).toEqual({ which: 'last', region: 'EN' });
	});

	it.each(['', '-1', '1.5', '9999', 'widest', 'widest:', 'widest:wt', 'thickest:WT', 'first:WT:ET', 'WT'])(
		'takes "%s" for no slice',
		(written) => {
			expect(parseSliceChoice(written)).toBeUndefined();
		},
	);
});
