import { clauseHref } from '../../i18n/clause.ts';
import { formatNumber } from '../../i18n/format.ts';
import { FAMILY_REGIONS, REGION_CLAUSE } from '../../protocol/protocol.ts';
import { isRegion, LAYER_CLAUSE, TARGET_SEQUENCE, type Target } from '../../protocol/target.ts';
import { useRoom } from './context.ts';
import { Icon } from './Icon.tsx';
import { NoneSeen } from './protocol/NoneSeen.tsx';

/** The regions of the case's protocol, in a reference its layers too, and how to draw the chosen one. */
export function RegionList() {
	const { state, t, locale } = useRoom();
	const { manifest, targets, region: chosen } = state;
	if (!manifest) return null;
	const layers = targets.filter((target) => !isRegion(target));
	const clause = chosen && (isRegion(chosen) ? REGION_CLAUSE[chosen] : LAYER_CLAUSE[chosen]);
	return (
		<>
			<section>
				<h2>
					{t('regions.heading')}
					<span>{t('regions.volume')}</span>
				</h2>
				<ul className="rlist">
					{FAMILY_REGIONS[manifest.family].map((region) => (
						<Row key={region} target={region} />
					))}
				</ul>
			</section>
			{layers.length > 0 && (
				<section>
					<h2>{t('reference.layers')}</h2>
					<ul className="rlist">
						{layers.map((layer) => (
							<Row key={layer} target={layer} />
						))}
					</ul>
				</section>
			)}
			{chosen && clause && (
				<section className="guide">
					<h2>{t('guide.heading')}</h2>
					<p>
						{t(`hint.${chosen}`)}{' '}
						<a className="cl" href={clauseHref(locale, clause)} target="_blank" rel="noreferrer">
							{clause}
						</a>
					</p>
					<p className="mute xs">{t('guide.source')}</p>
				</section>
			)}
		</>
	);
}

/** The first of what can be drawn have a key of their own. */
const NUMBER_KEYS = 4;

/** What can be drawn, with its sequence, volume and visibility. */
function Row({ target }: { target: Target }) {
	const { session, state, t } = useRoom();
	const sequence = t(`sequence.${TARGET_SEQUENCE[target]}`);
	const number = state.targets.indexOf(target);
	const mask = session.work?.masks.get(target);
	const name = t(`region.${target}`);
	const hidden = state.hidden.has(target);
	const drawn = mask !== undefined && mask.total > 0;
	const absent = isRegion(target) && session.work?.noneSeen.has(target);
	const chosen = target === state.region;
	return (
		<li className={target.toLowerCase()} aria-current={chosen ? 'true' : undefined}>
			{number < NUMBER_KEYS ? <span className="kbd">{number >= 0 ? number + 1 : '–'}</span> : <span />}
			<i className="sw" />
			<button
				type="button"
				className="region"
				data-region={target}
				disabled={number < 0}
				onClick={() => session.chooseRegion(target)}
			>
				<b>{name}</b>
				<small>{t(number < 0 ? 'regions.unavailable' : 'regions.drawnOn', { sequence })}</small>
			</button>
			<span className={drawn ? 'v' : 'v z'}>
				{drawn
					? formatNumber(mask.volumeMl, mask.volumeMl < 10 ? 2 : 1)
					: t(absent ? 'noneSeen.said' : 'regions.empty')}
			</span>
			<button
				type="button"
				className="ib"
				aria-pressed={hidden}
				aria-label={t(hidden ? 'regions.show' : 'regions.hide', { region: name })}
				title={t(hidden ? 'regions.show' : 'regions.hide', { region: name })}
				onClick={() => session.toggleHidden(target)}
			>
				<Icon name={hidden ? 'eyeoff' : 'eye'} small />
			</button>
			{chosen && isRegion(target) && <NoneSeen region={target} />}
		</li>
	);
}
