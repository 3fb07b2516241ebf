import { STAGES } from '../../../learning/path.ts';
import type { Family } from '../../../protocol/protocol.ts';
import { element } from '../element.ts';
import type { Learner } from '../loadLearner.ts';
import { part } from '../pageData.ts';
import type { HomeContext } from './homeData.ts';

/** Where the way in each family has come to: a row a family, a bar a stage. */
export function drawRoad({ state, cases }: Learner, { data, t, terms }: HomeContext): void {
	const examples = new Set<Family>(
		data.workedCases.flatMap(({ id }) => cases.find((one) => one.id === id)?.family ?? []),
	);
	part('[data-road]').replaceChildren(
		...state.paths.map((place) => {
			const reached = STAGES.indexOf(place.stage);
			return element(
				'tr',
				{ 'data-family': place.family },
				element('th', { scope: 'row' }, terms(`family.${place.family}`)),
				...STAGES.map((stage, n) => {
					// Without a catalogue nothing is known of examples.
					const isAbsent = stage === 'worked' && examples.size > 0 && !examples.has(place.family);
					const isHere = n === reached && place.lastAt !== undefined;
					const isPassed = n < reached && !isAbsent;
					const share = isPassed ? 1 : isHere ? place.good / place.needed : 0;
					const said = isAbsent
						? t('road.none')
						: isPassed
							? t('road.passed')
							: isHere
								? t('road.count', { good: place.good, needed: place.needed })
								: t('road.open');
					return element(
						'td',
						{ class: isHere ? 'here' : undefined, 'data-stage': stage },
						element('i', { style: `--v:${Math.round(share * 100)}%`, 'aria-hidden': 'true' }),
						element('span', { class: isHere ? 'sm' : 'vh' }, said),
					);
				}),
			);
		}),
	);
}
