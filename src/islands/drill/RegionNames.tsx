import { useMemo, useState } from 'react';
import { rasView } from '../../grid/rasView.ts';
import { markRegion, schemeOf, widestSlice } from '../../learning/drills/regions.ts';
import { maskOf } from '../../mask/maskOf.ts';
import { FAMILY_REGIONS, REGIONS, type Region } from '../../protocol/protocol.ts';
import type { CaseRegion } from '../../schemas/drill.ts';
import { CasePart } from './CasePart.tsx';
import { Chips } from './Chips.tsx';
import { Choices } from './Choices.tsx';
import type { CaseShelf } from './caseShelf.ts';
import { type LoadedRegion, loadRegion } from './loadRegion.ts';
import type { Turn } from './Round.tsx';
import { SlicePlate } from './SlicePlate.tsx';
import { useKeys } from './useKeys.ts';
import { useLoaded } from './useLoaded.ts';
import type { Words } from './words.ts';

/** Rules that say what each region is; the meningeal and the combined ones have their own. */
const REGION_RULES: Readonly<Record<Region, readonly string[]>> = {
	WT: ['R4-1a', 'R4-1b'],
	ED: ['R5-2a', 'R5-2b'],
	TB: ['R4-2a', 'R4-2b', 'R4-2c'],
	ET: ['R4-3a'],
	NE: ['R4-4a', 'R4-4b', 'R4-4c'],
	EN: ['R4-6'],
};
const SCHEME_RULES = { four: 'R4-0', two: 'R4-6', meningeal: 'R5-1' } as const;

interface Props {
	readonly words: Words;
	readonly shelf: CaseShelf;
	readonly item: CaseRegion;
	readonly turn: Turn;
}

/** Names the region that is outlined. */
export function RegionNames({ words, shelf, item, turn }: Props) {
	const part = useLoaded(`${item.case} ${item.region}`, () => loadRegion(shelf, item));
	return (
		<CasePart words={words} part={part} caseId={item.case}>
			{(ready) => <Asked key={`${item.case} ${item.region}`} {...{ words, item, turn, ready }} />}
		</CasePart>
	);
}

function Asked({ words, item, turn, ready }: Omit<Props, 'shelf'> & { readonly ready: LoadedRegion }) {
	const { t, locale } = words;
	const { region } = item;
	const { series, data } = ready;
	const { family } = ready.manifest;
	const { told } = turn;
	const widest = useMemo(() => widestSlice(maskOf(series.grid, data)) ?? 0, [series, data]);
	const [slice, setSlice] = useState(widest);
	const look = told ? region.toLowerCase() : 'plain';
	const layer = useMemo(() => ({ look, grid: series.grid, data }), [look, series, data]);
	const slices = rasView(series.grid).dims[2];
	const step = (by: number) => setSlice(Math.min(slices - 1, Math.max(0, slice + by)));
	useKeys({ ArrowUp: () => step(1), ArrowDown: () => step(-1) });
	const named = told?.given as Region | undefined;
	const rules = [...REGION_RULES[region], SCHEME_RULES[schemeOf(family)]];
	const choose = (id: string) =>
		turn.answer({ score: markRegion(family, region, id as Region).score, given: id, rules });
	const fault = named && markRegion(family, region, named).fault;
	const list = FAMILY_REGIONS[family].map((each) => t(`region.${each}`)).join(t('list.comma'));
	return (
		<div className="ask two">
			<SlicePlate words={words} series={series} slice={slice} layers={[layer]} onSlice={setSlice} />
			<div className="side-by">
				<h3>{t('which.question', { family: t(`family.${family}`) })}</h3>
				<Choices
					legend={t('which.choose')}
					choices={REGIONS.map((id) => ({ id, label: t(`region.${id}`), swatch: id.toLowerCase() }))}
					chosen={named}
					right={region}
					onChoose={choose}
				/>
				{told && (
					<div className="told">
						<p>
							{t(`which.is.${region}`, { region: t(`region.${region}`) })} <Chips locale={locale} rules={rules} />
						</p>
						{named && fault === 'family' && (
							<p>{t('which.otherFamily', { family: t(`family.${family}`), list, named: t(`region.${named}`) })}</p>
						)}
					</div>
				)}
			</div>
		</div>
	);
}
