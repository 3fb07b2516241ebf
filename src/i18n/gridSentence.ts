import { formatNumber } from './format.ts';
import type { Translate } from './translate.ts';

type Triple = readonly [number, number, number];
type Axis = 'leftRight' | 'frontBack' | 'headFeet';
type Way = 'left' | 'right' | 'back' | 'front' | 'feet' | 'head';

/** How a mask's grid differs from that of its images, as `diagnoseGrid` says it. */
type Difference =
	| { readonly kind: 'same' | 'reordered' }
	| { readonly kind: 'mirrored'; readonly axes: readonly Axis[] }
	| { readonly kind: 'shifted'; readonly mm: number; readonly towards: Way }
	| { readonly kind: 'spacing'; readonly spacingMm: Triple; readonly expected: Triple }
	| { readonly kind: 'axisOrder' | 'matrix' | 'unrelated'; readonly dims: Triple; readonly expected: Triple };

type AxisKey = 'grid.and' | `grid.axis.${Axis}`;
type Key =
	| AxisKey
	| `grid.way.${Way}`
	| `grid.${'mirrored' | 'shifted' | 'spacing' | 'axisOrder' | 'matrix' | 'unrelated'}`;

/**
 * Says how the grid of a mask differs from that of `other`, a file or a sequence, and what to do about it.
 * Throws where it does not differ.
 */
export function gridSentence(difference: Difference, other: string, t: Translate<Key>): string {
	const list = (values: Triple, decimals: number) => values.map((value) => formatNumber(value, decimals)).join(' × ');
	switch (difference.kind) {
		case 'mirrored':
			return t('grid.mirrored', { axes: axesInWords(difference.axes, t), other });
		case 'shifted': {
			const towards = t(`grid.way.${difference.towards}`);
			return t('grid.shifted', { mm: formatNumber(difference.mm, 1), towards, other });
		}
		case 'spacing': {
			const { spacingMm, expected } = difference;
			return t('grid.spacing', { spacing: list(spacingMm, 3), expected: list(expected, 3), other });
		}
		case 'axisOrder':
		case 'matrix':
		case 'unrelated': {
			const { kind, dims, expected } = difference;
			return t(`grid.${kind}`, { dims: list(dims, 0), expected: list(expected, 0), other });
		}
		default:
			throw new Error(`got a grid that is ${difference.kind}, expected one that differs`);
	}
}

/** Axes of the body, as in "left–right and front–back". */
export function axesInWords(axes: readonly Axis[], t: Translate<AxisKey>): string {
	return axes.map((axis) => t(`grid.axis.${axis}`)).join(t('grid.and'));
}
