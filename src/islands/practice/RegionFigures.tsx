import { formatNumber } from '../../i18n/format.ts';
import type { Region } from '../../protocol/protocol.ts';
import type { Measure } from '../../scoring/measure.ts';
import { REPORT_TOLERANCES_MM } from '../../scoring/scoreCase.ts';
import type { RegionScore } from '../../scoring/scoreReport.ts';
import type { WordKey, Words } from '../words.ts';
import { useRoom } from './context.ts';

/** One figure: its name, its definition, and how it is shown. */
interface Figure {
	readonly id: string;
	readonly name: string;
	readonly definition: string;
	readonly measure: Measure;
	readonly decimals: number;
}

/** Every other figure of the chosen region. Each opens to its definition, which shows on hover as well. */
export function RegionFigures({ score }: { score: RegionScore<Region> }) {
	const { t } = useRoom();
	return (
		<div className="figures">
			{figuresOf(score, t).map(({ id, name, definition, measure, decimals }) => (
				<details key={id} data-figure={id} data-value={measure.kind === 'value' ? measure.value : measure.reason}>
					<summary title={definition}>
						{name}
						<b>{measure.kind === 'value' ? formatNumber(measure.value, decimals) : t(`undefined.${measure.reason}`)}</b>
					</summary>
					<p>{definition}</p>
				</details>
			))}
		</div>
	);
}

function figuresOf(score: RegionScore<Region>, t: Words): Figure[] {
	const figure = (
		id: 'hd95' | 'hd' | 'assd' | 'masd' | 'boundary' | Ratio,
		measure: Measure,
		decimals: number,
	): Figure => ({
		id,
		name: t(`measure.${id}`),
		definition: t(`define.${id}`),
		measure,
		decimals,
	});
	const tolerated = (id: 'nsd' | 'nsdSlices', of: Readonly<Record<string, Measure>>): Figure[] =>
		REPORT_TOLERANCES_MM.flatMap((mm) => {
			const measure = of[String(mm)];
			const name = t(`measure.${id}At` satisfies WordKey, { mm });
			return measure ? [{ id: `${id}${mm}`, name, definition: t(`define.${id}`, { mm }), measure, decimals: 2 }] : [];
		});
	return [
		figure('sensitivity', score.sensitivity, 2),
		figure('precision', score.precision, 2),
		...tolerated('nsdSlices', score.nsdSlices),
		...tolerated('nsd', score.nsd),
		figure('hd95', score.hd95Mm, 1),
		figure('hd', score.hdMm, 1),
		figure('assd', score.assdMm, 2),
		figure('masd', score.masdMm, 2),
		figure('boundary', score.boundary.medianMm, 1),
		figure('iou', score.iou, 2),
		figure('volumeSimilarity', score.volumeSimilarity, 2),
		figure('specificity', score.specificity, 4),
	];
}

type Ratio = 'sensitivity' | 'precision' | 'iou' | 'volumeSimilarity' | 'specificity';
