import { clauseHref } from '../../i18n/clause.ts';
import { formatNumber } from '../../i18n/format.ts';
import { FAMILY_REGIONS, REGION_CLAUSE } from '../../protocol/protocol.ts';
import { isRegion, LAYER_CLAUSE, TARGET_SEQUENCE, type Target } from '../../protocol/target.ts';
import { useRead, useRoom } from './context.ts';
import { Icon } from './Icon.tsx';
import { NoneSeen } from './protocol/NoneSeen.tsx';

/** The regions of the case's protocol, in a reference its layers too, and how to draw the chosen one. */
export function RegionList() {
	const { t } = useRoom();
	const { manifest, targets } = useRead(({ state }) => ({ manifest: state.manifest, targets: state.targets }));
	if (!manifest) return null;
	const layers = targets.filter((target) => !isRegion(target));
	return (
		<>
			<section className="regions">
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
				<section className="layers">
					<h2>{t('reference.layers')}</h2>
					<ul className="rlist">
						{layers.map((layer) => (
							<Row key={layer} target={layer} />
						))}
					</ul>
				</section>
			)}
			<Guide />
		</>
	);
}

/** The first of what can be drawn have a key of their own. */
const NUMBER_KEYS = 4;

/** What can be drawn, with its sequence, volume and visibility. */
function Row({ target }: { target: Target }) {
	const { session, t } = useRoom();
	const { number, chosen, volumeMl, hidden, absent } = useRead(({ state, work }) => ({
		number: state.targets.indexOf(target),
		chosen: state.region === target,
		volumeMl: work?.masks.get(target)?.volumeMl ?? 0,
		hidden: state.hidden.has(target),
		absent: isRegion(target) && (work?.noneSeen.has(target) ?? false),
	}));
	const sequence = t(`sequence.${TARGET_SEQUENCE[target]}`);
	const name = t(`region.${target}`);
	const drawn = volumeMl > 0;
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
				{drawn ? formatNumber(volumeMl, volumeMl < 10 ? 2 : 1) : t(absent ? 'noneSeen.said' : 'regions.empty')}
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

/** How the chosen region is drawn. */
function Guide() {
	const { t, locale } = useRoom();
	const { chosen } = useRead(({ state }) => ({ chosen: state.region }));
	if (!chosen) return null;
	const clause = isRegion(chosen) ? REGION_CLAUSE[chosen] : LAYER_CLAUSE[chosen];
	return (
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
	);
}
