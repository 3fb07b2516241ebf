import { useMemo, useState } from 'react';
import { ijkToXyz, invertAffine, type XyzMm } from '../../grid/grid.ts';
import { type RasView, rasView } from '../../grid/rasView.ts';
import { type Mark, placeMarks } from '../../learning/drills/marks.ts';
import { isMeningeal, type Sequence } from '../../protocol/protocol.ts';
import type { CaseManifest } from '../../schemas/caseManifest.ts';
import type { LoadedSeries } from '../../workers/tasks.ts';
import { CasePart } from './CasePart.tsx';
import { Chips } from './Chips.tsx';
import { Choices } from './Choices.tsx';
import type { CaseShelf, CaseTruth, Loaded } from './caseShelf.ts';
import type { Turn } from './Round.tsx';
import { SlicePlate } from './SlicePlate.tsx';
import { useKeys } from './useKeys.ts';
import { useLoaded } from './useLoaded.ts';
import type { Words } from './words.ts';

/** One mark of a case. */
interface MarkItem {
	readonly case: string;
	/** Which of its marks, from 0. */
	readonly mark: number;
	/** How many marks the case has in this round, and the seed that places them. */
	readonly marks: number;
	readonly seed: number;
}

interface Props {
	readonly words: Words;
	readonly shelf: CaseShelf;
	readonly item: MarkItem;
	readonly turn: Turn;
}

interface Ready {
	readonly manifest: CaseManifest;
	readonly truth: CaseTruth;
	readonly mark: Mark;
	readonly series: ReadonlyMap<Sequence, LoadedSeries>;
}

/** Sequences that are compared. */
const COMPARED = ['FLAIR', 'T2', 'T1', 'T1C', 'DWI'] as const satisfies readonly Sequence[];

const RULES = {
	oedema: ['R4-1b', 'R6-0'],
	confounder: ['R6-2', 'R6-0', 'R6-8c'],
	vessel: ['R4-3b', 'R6-0'],
} as const satisfies Record<Mark['truth'], readonly string[]>;

/** Tells a marked place: tumour and its oedema, or something else. */
export function Confounders({ words, shelf, item, turn }: Props) {
	const key = `${item.case} ${item.mark}`;
	const part = useLoaded(key, () => load(shelf, item));
	return (
		<CasePart words={words} part={part} caseId={item.case}>
			{(ready) => <Asked key={key} {...{ words, turn, ready }} />}
		</CasePart>
	);
}

async function load(shelf: CaseShelf, { case: id, mark: number, marks, seed }: MarkItem): Promise<Loaded<Ready>> {
	const manifest = await shelf.manifest(id);
	if (!manifest.ok) return manifest;
	const truth = await shelf.truth(id);
	if (!truth.ok) return truth;
	const series = new Map<Sequence, LoadedSeries>();
	for (const sequence of COMPARED) {
		if (!manifest.value.series.some((each) => each.sequence === sequence)) continue;
		const loaded = await shelf.series(id, sequence);
		if (!loaded.ok) return loaded;
		series.set(sequence, loaded.value);
	}
	const { family } = manifest.value;
	const mark = placeMarks({ family, ...truth.value }, marks, seed)[number];
	if (!mark || !series.has(mark.sequence)) return { ok: false, failure: 'damaged' };
	return { ok: true, value: { manifest: manifest.value, truth: truth.value, mark, series } };
}

function Asked({ words, turn, ready }: Pick<Props, 'words' | 'turn'> & { readonly ready: Ready }) {
	const { t, locale } = words;
	const { manifest, truth, mark, series } = ready;
	const { told } = turn;
	const [sequence, setSequence] = useState<Sequence>(mark.sequence);
	const [place, setPlace] = useState<XyzMm>(mark.xyzMm);
	const shown = series.get(sequence)!;
	const view = useMemo(() => rasView(shown.grid), [shown]);
	const slice = sliceAt(view, place);
	const goTo = (to: number) => {
		const [x, y] = positionAt(view, place);
		const within = Math.min(view.dims[2] - 1, Math.max(0, to));
		setPlace(ijkToXyz({ dims: view.dims, affine: view.affine }, [x, y, within]));
	};
	const sequences = [...series.keys()];
	const turnTo = (by: number) => {
		const at = sequences.indexOf(sequence);
		setSequence(sequences[(at + by + sequences.length) % sequences.length]!);
	};
	useKeys({
		ArrowUp: () => goTo(slice + 1),
		ArrowDown: () => goTo(slice - 1),
		ArrowRight: () => turnTo(1),
		ArrowLeft: () => turnTo(-1),
	});
	const [x, y] = positionAt(view, mark.xyzMm);
	const layers = useMemo(() => layersOf(truth, manifest), [truth, manifest]);
	const right = mark.truth === 'oedema' ? 'tumour' : 'other';
	return (
		<div className="ask two">
			<div>
				<fieldset className="seg" aria-label={t('mark.sequences')}>
					{sequences.map((each) => (
						<button
							key={each}
							type="button"
							aria-pressed={each === sequence}
							data-show={each}
							onClick={() => setSequence(each)}
						>
							{t(`sequence.${each}`)}
						</button>
					))}
				</fieldset>
				<SlicePlate
					words={words}
					series={shown}
					slice={slice}
					layers={told ? layers : []}
					marks={slice === sliceAt(view, mark.xyzMm) ? [{ x, y }] : []}
					onSlice={goTo}
				/>
			</div>
			<div className="side-by" data-truth={told && mark.truth}>
				<h3>{t('mark.question')}</h3>
				<p>{t('mark.how', { family: t(`family.${manifest.family}`) })}</p>
				<Choices
					legend={t('mark.choose')}
					choices={(['tumour', 'other'] as const).map((id) => ({ id, label: t(`mark.${id}`) }))}
					chosen={told?.given as string | undefined}
					right={right}
					onChoose={(id) => turn.answer({ score: id === right ? 1 : 0, given: id, rules: RULES[mark.truth] })}
				/>
				<button type="button" className="btn s" onClick={() => setPlace(mark.xyzMm)}>
					{t('mark.back')}
				</button>
				{told && (
					<div className="told">
						<p>
							{t(`mark.is.${mark.truth}`)} <Chips locale={locale} rules={RULES[mark.truth].slice(0, 1)} />
						</p>
						<p className="mute xs">{t('mark.outlined')}</p>
					</div>
				)}
				<p className="mute xs keys">{t('mark.keys')}</p>
			</div>
		</div>
	);
}

function positionAt({ dims, affine }: RasView, place: XyzMm): XyzMm {
	return ijkToXyz({ dims, affine: invertAffine(affine) }, place);
}

function sliceAt(view: RasView, place: XyzMm): number {
	return Math.min(view.dims[2] - 1, Math.max(0, Math.round(positionAt(view, place)[2])));
}

/** What is outlined once a mark was told: the tumour with its oedema, and what is neither. */
function layersOf({ regions, layers }: CaseTruth, { family }: CaseManifest) {
	const own = isMeningeal(family) ? (['ED', 'TB'] as const) : (['WT'] as const);
	return [
		...own.flatMap((region) => {
			const mask = regions.get(region);
			return mask ? [{ look: region.toLowerCase(), ...mask }] : [];
		}),
		...layers.flatMap(({ kind, grid, labels }) => {
			if (kind === 'confounders') return [{ look: 'other', grid, data: labels }];
			if (kind === 'notEnhancing')
				return [{ look: 'other vessel', grid, data: labels.map((value) => (value === 2 ? 1 : 0)) }];
			return [];
		}),
	];
}
