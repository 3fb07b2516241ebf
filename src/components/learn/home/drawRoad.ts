import { type PathPlace, STAGES } from '../../../learning/path.ts';
import { element } from '../element.ts';
import { part } from '../pageData.ts';
import type { HomeContext } from './homeData.ts';

/** Where the way in each family has come to: a row a family, a bar a stage. */
export function drawRoad(paths: readonly PathPlace[], { t, terms }: HomeContext): void {
	part('[data-road]').replaceChildren(
		...paths.map((place) => {
			const reached = STAGES.indexOf(place.stage);
			return element(
				'tr',
				{ 'data-family': place.family },
				element('th', { scope: 'row' }, terms(`family.${place.family}`)),
				...STAGES.map((stage, n) => {
					const share = n < reached ? 1 : n === reached ? place.good / place.needed : 0;
					const isHere = n === reached && place.lastAt !== undefined;
					const said =
						n < reached
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
