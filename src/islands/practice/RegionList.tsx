import { clauseHref } from '../../i18n/clause.ts';
import { formatNumber } from '../../i18n/format.ts';
import { FAMILY_REGIONS, REGION_CLAUSE, REGION_SEQUENCE, type Region } from '../../protocol/protocol.ts';
import { useRead, useRoom } from './context.ts';
import { Icon } from './Icon.tsx';
import { NoneSeen } from './protocol/NoneSeen.tsx';

/** The regions of the case's protocol, each with its sequence, volume and visibility, and how to draw the chosen one. */
export function RegionList() {
	const { t } = useRoom();
	const { manifest } = useRead(({ state }) => ({ manifest: state.manifest }));
	if (!manifest) return null;
	return (
		<>
			<section>
				<h2>
					{t('regions.heading')}
					<span>{t('regions.volume')}</span>
				</h2>
				<ul className="rlist">
					{FAMILY_REGIONS[manifest.family].map((region) => (
						<Row key={region} region={region} />
					))}
				</ul>
			</section>
			<Guide />
		</>
	);
}

function Row({ region }: { region: Region }) {
	const { session, t } = useRoom();
	const { number, chosen, volumeMl, hidden, absent } = useRead(({ state, work }) => ({
		number: (state.regions as readonly string[]).indexOf(region),
		chosen: state.region === region,
		volumeMl: work?.masks.get(region)?.volumeMl ?? 0,
		hidden: state.hidden.has(region),
		absent: work?.noneSeen.has(region) ?? false,
	}));
	const sequence = t(`sequence.${REGION_SEQUENCE[region]}`);
	const name = t(`region.${region}`);
	const drawn = volumeMl > 0;
	return (
		<li className={region.toLowerCase()} aria-current={chosen ? 'true' : undefined}>
			<span className="kbd">{number >= 0 ? number + 1 : '–'}</span>
			<i className="sw" />
			<button
				type="button"
				className="region"
				data-region={region}
				disabled={number < 0}
				onClick={() => session.chooseRegion(region)}
			>
				<b>{name}</b>
				<small>{t(number < 0 ? 'regions.unavailable' : 'regions.drawnOn', { sequence })}</small>
			</button>
			<span className={drawn ? 'v' : 'v z'}>
				{drawn ? formatNumber(volumeMl, volumeMl < 10 ? 2 : 1) : t(absent ? 'noneSeen.said' : 'regions.empty')}
			</span>
			<button
				type="button"
				className="ib"
				aria-pressed={hidden}
				aria-label={t(hidden ? 'regions.show' : 'regions.hide', { region: name })}
				title={t(hidden ? 'regions.show' : 'regions.hide', { region: name })}
				onClick={() => session.toggleHidden(region)}
			>
				<Icon name={hidden ? 'eyeoff' : 'eye'} small />
			</button>
			{chosen && <NoneSeen region={region} />}
		</li>
	);
}

/** How the chosen region is drawn. */
function Guide() {
	const { t, locale } = useRoom();
	const { chosen } = useRead(({ state }) => ({ chosen: state.region }));
	if (!chosen) return null;
	return (
		<section className="guide">
			<h2>{t('guide.heading')}</h2>
			<p>
				{t(`hint.${chosen}`)}{' '}
				<a className="cl" href={clauseHref(locale, REGION_CLAUSE[chosen])} target="_blank" rel="noreferrer">
					{REGION_CLAUSE[chosen]}
				</a>
			</p>
			<p className="mute xs">{t('guide.source')}</p>
		</section>
	);
}
