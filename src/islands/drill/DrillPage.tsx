import { useEffect, useMemo, useState } from 'react';
import type { Locale } from '../../i18n/locales.ts';
import { chance, shuffled } from '../../learning/drills/chance.ts';
import { namingItems } from '../../learning/drills/naming.ts';
import { drawSet, type SetSeries } from '../../learning/drills/sets.ts';
import type { Drill, DrillOf } from '../../schemas/drill.ts';
import { openStore, type Store } from '../../store/store.ts';
import './drill.css';
import { Confounders } from './Confounders.tsx';
import { CaseShelf } from './caseShelf.ts';
import { EndSlices } from './EndSlices.tsx';
import { type ArtefactsOf, Grades } from './Grades.tsx';
import { Names } from './Names.tsx';
import { RegionNames } from './RegionNames.tsx';
import { RepairTasks } from './RepairTasks.tsx';
import { Round } from './Round.tsx';
import { type SetItem, Sets } from './Sets.tsx';
import { readSeed } from './seed.ts';
import { type Words, wordsIn } from './words.ts';

/** What the page knows of the cases when it is built. */
interface DrillFacts {
	/** Titles of the drill's cases. */
	readonly titles: Readonly<Record<string, string>>;
	readonly artefacts: ArtefactsOf;
	/** How the series of the sets were acquired. */
	readonly sets: Readonly<Record<string, readonly SetSeries[]>>;
}

interface Props {
	readonly locale: Locale;
	readonly drill: Drill;
	readonly facts: DrillFacts;
}

/** A round of one kind of drill, in the order of the seed in the address. */
export function DrillPage({ locale, drill, facts }: Props) {
	const words = useMemo(() => wordsIn(locale), [locale]);
	const [seed] = useState(readSeed);
	const [store] = useState(() => openStore());
	const [shelf] = useState(() => new CaseShelf(store));
	useEffect(() => () => shelf.close(), [shelf]);
	const common = { words, store, seed, facts, shelf };
	switch (drill.kind) {
		case 'quality':
			return <Quality drill={drill} {...common} />;
		case 'acceptance':
			return <Acceptance drill={drill} {...common} />;
		case 'naming':
			return <Naming drill={drill} {...common} />;
		case 'region':
			return <Regions drill={drill} {...common} />;
		case 'confounder':
			return <Marks drill={drill} {...common} />;
		case 'end-slices':
			return <Ends drill={drill} {...common} />;
		case 'repair':
			return <RepairTasks drill={drill} titles={facts.titles} {...common} />;
	}
}

interface RoundProps<Kind extends Drill['kind']> {
	readonly drill: DrillOf<Kind>;
	readonly words: Words;
	readonly store: Store;
	readonly seed: number;
	readonly facts: DrillFacts;
	readonly shelf: CaseShelf;
}

/** The cases of a round: all of them by chance, as many as it has. */
function drawn<Item>(
	{ cases, perRound }: { readonly cases: readonly Item[]; readonly perRound: number },
	seed: number,
) {
	return shuffled(cases, seed).slice(0, perRound);
}

function Quality({ drill, words, store, seed, facts, shelf }: RoundProps<'quality'>) {
	const items = useMemo(() => drawn(drill, seed).map((each) => each.case), [drill, seed]);
	const titleOf = (id: string) => facts.titles[id] ?? id;
	return (
		<Round {...{ words, drill, store, items, titleOf }} idOf={(id) => id}>
			{(caseId, turn) => <Grades key={caseId} {...{ words, shelf, caseId, turn }} artefacts={facts.artefacts} />}
		</Round>
	);
}

function Acceptance({ drill, words, store, seed, facts }: RoundProps<'acceptance'>) {
	const items = useMemo(() => {
		const made = shuffled(drill.cases, seed)
			.slice(0, drill.perRound - drill.byChance)
			.map((each): SetItem => ({ id: each.case, series: facts.sets[each.case] ?? [] }));
		const next = chance(seed);
		const chanced = Array.from({ length: drill.byChance }, (): SetItem => {
			const own = Math.floor(next() * 1_000_000);
			return { id: `chance:${own}`, series: drawSet(own) };
		});
		return shuffled([...made, ...chanced], seed);
	}, [drill, seed, facts]);
	const titleOf = ({ id }: SetItem) => facts.titles[id] ?? words.t('set.byChance');
	return (
		<Round {...{ words, drill, store, items, titleOf }} idOf={({ id }) => id}>
			{(item, turn) => <Sets key={item.id} {...{ words, item, turn }} />}
		</Round>
	);
}

function Naming({ drill, words, store, seed }: RoundProps<'naming'>) {
	const items = useMemo(
		() =>
			namingItems(
				drill.cases.map(({ family }) => family),
				drill.perRound,
				seed,
			),
		[drill, seed],
	);
	return (
		<Round
			{...{ words, drill, store, items }}
			idOf={({ right, wrong }) => `${wrong === undefined ? 'build' : 'correct'}:${right}`}
			titleOf={({ right }) => right}
		>
			{(item, turn, number) => <Names key={number} {...{ words, item, turn }} />}
		</Round>
	);
}

function Regions({ drill, words, store, seed, facts, shelf }: RoundProps<'region'>) {
	const items = useMemo(() => drawn(drill, seed), [drill, seed]);
	return (
		<Round
			{...{ words, drill, store, items }}
			idOf={(item) => `${item.case}:${item.region}`}
			titleOf={(item) => `${facts.titles[item.case] ?? item.case}: ${words.t(`region.${item.region}`)}`}
		>
			{(item, turn) => <RegionNames key={`${item.case} ${item.region}`} {...{ words, shelf, item, turn }} />}
		</Round>
	);
}

function Marks({ drill, words, store, seed, facts, shelf }: RoundProps<'confounder'>) {
	const items = useMemo(() => {
		const { marks, perRound } = drill;
		const cases = shuffled(drill.cases, seed).slice(0, Math.ceil(perRound / marks));
		return cases
			.flatMap((each) => Array.from({ length: marks }, (_, mark) => ({ case: each.case, mark, marks, seed })))
			.slice(0, perRound);
	}, [drill, seed]);
	return (
		<Round
			{...{ words, drill, store, items }}
			idOf={(item) => `${item.case}:${item.mark + 1}:${item.seed}`}
			titleOf={(item) => words.t('mark.title', { title: facts.titles[item.case] ?? item.case, n: item.mark + 1 })}
		>
			{(item, turn) => <Confounders key={`${item.case} ${item.mark}`} {...{ words, shelf, item, turn }} />}
		</Round>
	);
}

function Ends({ drill, words, store, seed, facts, shelf }: RoundProps<'end-slices'>) {
	const items = useMemo(() => drawn(drill, seed), [drill, seed]);
	return (
		<Round
			{...{ words, drill, store, items }}
			idOf={(item) => `${item.case}:${item.region}`}
			titleOf={(item) => `${facts.titles[item.case] ?? item.case}: ${words.t(`region.${item.region}`)}`}
		>
			{(item, turn) => <EndSlices key={`${item.case} ${item.region}`} {...{ words, shelf, item, turn }} />}
		</Round>
	);
}
