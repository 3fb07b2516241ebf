import { clauseHref } from '../../i18n/clause.ts';
import { formatNumber } from '../../i18n/format.ts';
import { FAMILY_REGIONS, REGION_CLAUSE, REGION_SEQUENCE } from '../../protocol/protocol.ts';
import { useRoom } from './context.ts';
import { Icon } from './Icon.tsx';
import { NoneSeen } from './protocol/NoneSeen.tsx';

/** The regions of the case's protocol, each with its sequence, volume and visibility, and how to draw the chosen one. */
export function RegionList() {
	const { session, state, t, locale } = useRoom();
	const { manifest, regions, region: chosen } = state;
	if (!manifest) return null;
	return (
		<>
			<section className="regions">
				<h2>
					{t('regions.heading')}
					<span>{t('regions.volume')}</span>
				</h2>
				<ul className="rlist">
					{FAMILY_REGIONS[manifest.family].map((region) => {
						const sequence = t(`sequence.${REGION_SEQUENCE[region]}`);
						const number = (regions as readonly string[]).indexOf(region);
						const mask = session.work?.masks.get(region);
						const name = t(`region.${region}`);
						const hidden = state.hidden.has(region);
						const drawn = mask !== undefined && mask.total > 0;
						return (
							<li key={region} className={region.toLowerCase()} aria-current={region === chosen ? 'true' : undefined}>
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
									{drawn
										? formatNumber(mask.volumeMl, mask.volumeMl < 10 ? 2 : 1)
										: t(session.work?.noneSeen.has(region) ? 'noneSeen.said' : 'regions.empty')}
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
								{region === chosen && <NoneSeen region={region} />}
							</li>
						);
					})}
				</ul>
			</section>
			{chosen && (
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
			)}
		</>
	);
}
