import { useState } from 'react';
import { rasView } from '../../grid/rasView.ts';
import { formatPercent } from '../../i18n/format.ts';
import { markGrades } from '../../learning/drills/grades.ts';
import type { Sequence } from '../../protocol/protocol.ts';
import type { Artefacts } from '../../schemas/artefacts.ts';
import type { CaseManifest } from '../../schemas/caseManifest.ts';
import { QUALITY_GRADES, type QualityGrade } from '../../schemas/preRead.ts';
import { CasePart } from './CasePart.tsx';
import { Chips } from './Chips.tsx';
import type { CaseShelf } from './caseShelf.ts';
import type { Turn } from './Round.tsx';
import { SlicePlate } from './SlicePlate.tsx';
import { useKeys } from './useKeys.ts';
import { useLoaded } from './useLoaded.ts';
import type { Words } from './words.ts';

/** What spoils the series of each case, by sequence. */
export type ArtefactsOf = Readonly<Record<string, Readonly<Partial<Record<Sequence, Artefacts | undefined>>>>>;

interface Props {
	readonly words: Words;
	readonly shelf: CaseShelf;
	readonly caseId: string;
	readonly artefacts: ArtefactsOf;
	readonly turn: Turn;
}

/** The ADC map is worked out of DWI and has its grade. */
const gradedOf = ({ series }: CaseManifest) =>
	series.filter(({ sequence, grade }) => sequence !== 'ADC' && grade !== undefined);

/** Grades the series of a set. */
export function Grades({ words, shelf, caseId, artefacts, turn }: Props) {
	const part = useLoaded(caseId, () => shelf.manifest(caseId));
	return (
		<CasePart words={words} part={part} caseId={caseId}>
			{(manifest) => <Asked key={caseId} {...{ words, shelf, caseId, artefacts, turn, manifest }} />}
		</CasePart>
	);
}

function Asked({ words, shelf, caseId, artefacts, turn, manifest }: Props & { readonly manifest: CaseManifest }) {
	const { t, locale } = words;
	const graded = gradedOf(manifest);
	const [at, setAt] = useState(0);
	const [grades, setGrades] = useState<ReadonlyMap<Sequence, QualityGrade>>(new Map());
	const { told } = turn;
	const sequence = graded[at]?.sequence ?? 'T1';
	const give = (to: Sequence, grade: QualityGrade) => !told && setGrades(new Map(grades).set(to, grade));
	useKeys({
		ArrowRight: () => setAt((at + 1) % graded.length),
		ArrowLeft: () => setAt((at + graded.length - 1) % graded.length),
		...Object.fromEntries(QUALITY_GRADES.map((grade) => [String(grade), () => give(sequence, grade)])),
	});
	const known = graded.map((each) => ({ sequence: each.sequence, grade: each.grade as QualityGrade }));
	const isWhole = known.every((each) => grades.has(each.sequence));
	const mark = isWhole ? markGrades(known, grades) : undefined;
	const check = () => {
		if (!mark) return;
		const rules = ['R2.1-3', 'R2.1-4', ...new Set(known.map(({ grade }) => `R2.1-G${grade}`))];
		turn.answer({
			score: mark.score,
			given: Object.fromEntries(grades),
			rules,
			hardFail: mark.series.some(({ accepted }) => accepted),
		});
	};
	return (
		<div className="ask two">
			<Series {...{ words, shelf, caseId, sequence }} />
			<div className="side-by">
				<h3>{t('grade.question')}</h3>
				<p>{t('grade.how')}</p>
				<table className="tbl grades">
					<thead>
						<tr>
							<th scope="col">{t('grade.series')}</th>
							<th scope="col">{t('grade.grade')}</th>
							{told && <th scope="col">{t('grade.known')}</th>}
						</tr>
					</thead>
					<tbody>
						{known.map(({ sequence: each, grade }, n) => (
							<tr key={each} data-series={each} aria-current={n === at ? 'true' : undefined}>
								<th scope="row">
									<button type="button" className="btn s" aria-pressed={n === at} onClick={() => setAt(n)}>
										{t(`sequence.${each}`)}
									</button>
								</th>
								<td>
									<fieldset className="seg" aria-label={t('grade.of', { sequence: t(`sequence.${each}`) })}>
										{QUALITY_GRADES.map((to) => (
											<button
												key={to}
												type="button"
												data-grade={to}
												aria-pressed={grades.get(each) === to}
												aria-disabled={told !== undefined}
												onClick={() => {
													setAt(n);
													give(each, to);
												}}
											>
												{to}
											</button>
										))}
									</fieldset>
								</td>
								{told && <td data-off={Math.abs((grades.get(each) ?? grade) - grade)}>{grade}</td>}
							</tr>
						))}
					</tbody>
				</table>
				{!told && (
					<button type="button" className="btn pri" data-check disabled={!isWhole} onClick={check}>
						{t('round.check')}
					</button>
				)}
				{told && mark && (
					<div className="told">
						<p>
							{t('grade.score', { score: formatPercent(mark.score) })}{' '}
							<Chips locale={locale} rules={['R2.1-3', 'R2.1-4']} />
						</p>
						<ul>
							{known.flatMap(({ sequence: each }) => {
								const list = artefactSentences(artefacts[caseId]?.[each] ?? {}, each, words);
								return list.length === 0 ? [] : [<li key={each}>{`${t(`sequence.${each}`)}: ${list.join(' ')}`}</li>];
							})}
							{mark.series.some(({ accepted }) => accepted) && <li>{t('grade.accepted')}</li>}
						</ul>
						{known.every(({ grade }) => grade === 3) && <p>{t('grade.clear')}</p>}
						<p className="mute xs">{t('grade.defaults')}</p>
					</div>
				)}
				<p className="mute xs keys">{t('grade.keys')}</p>
			</div>
		</div>
	);
}

/** The series that is looked at. */
function Series({
	words,
	shelf,
	caseId,
	sequence,
}: Pick<Props, 'words' | 'shelf' | 'caseId'> & { readonly sequence: Sequence }) {
	const part = useLoaded(`${caseId} ${sequence}`, () => shelf.series(caseId, sequence));
	// The same share of the way through every series.
	const [share, setShare] = useState(0.55);
	const slices = part.kind === 'there' ? rasView(part.value.grid).dims[2] : 1;
	const slice = Math.round(share * (slices - 1));
	const goTo = (to: number) => setShare(Math.min(slices - 1, Math.max(0, to)) / Math.max(1, slices - 1));
	useKeys({ ArrowUp: () => goTo(slice + 1), ArrowDown: () => goTo(slice - 1) });
	return (
		<CasePart words={words} part={part} caseId={caseId}>
			{(series) => <SlicePlate words={words} series={series} slice={slice} onSlice={goTo} />}
		</CasePart>
	);
}

/** Which artefacts a series has, and where they are seen. */
function artefactSentences(
	{ motion, wrap, metal, noise, blur }: Artefacts,
	sequence: Sequence,
	{ t }: Words,
): string[] {
	return [
		...(motion === undefined ? [] : [t('artefact.motion')]),
		...(wrap === undefined ? [] : [t(sequence === 'DWI' ? 'artefact.wrap.frontBack' : 'artefact.wrap.across')]),
		...(metal === undefined ? [] : [t(`artefact.metal.${metal.side}`)]),
		...(noise === undefined ? [] : [t('artefact.noise')]),
		...(blur === undefined ? [] : [t('artefact.blur')]),
	];
}
