import type { Result } from '../formats/issue.ts';
import type { ReadVolumeOptions } from '../formats/readVolume.ts';
import type { Segmentation } from '../formats/segmentation.ts';
import { countLabels, type LabelCounts } from './labelScheme.ts';
import { readLabelMap } from './readLabelMap.ts';
export function readSegments(
	file: Uint8Array,
	path: string,
	_options: ReadVolumeOptions = {},
): Result<Segmentation & { readonly labels?: LabelCounts }> {
	const read = readLabelMap(file, path);
	if (!read.ok) return read;
	const { grid, data, warnings } = read.value;
	const labels = countLabels(data) ?? [];
	return {
		ok: true,
		value: {
			grid,
			layers: [data],
			segments: labels.map(({ value }) => ({ name: String(value), layer: 0, value })),
			texts: [],
			warnings,
			labels,
		},
	};
}
