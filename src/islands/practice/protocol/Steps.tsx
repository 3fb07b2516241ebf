import type { Region } from '../../../protocol/protocol.ts';
import { useRead, useRoom } from '../context.ts';
import { Icon } from '../Icon.tsx';

/** The way through a case: pre-read, the regions in their order, self-check. */
export function Steps() {
	const { session, t } = useRoom();
	const { regions, chosen, checking, reporting, asking, preRead, selfChecked, mayCheck } = useRead(
		({ state, work, canDraw }) => ({
			regions: state.regions,
			chosen: state.region,
			checking: state.checking,
			reporting: state.report !== undefined,
			asking: state.dialog === 'preRead',
			preRead: work?.preRead,
			selfChecked: work?.selfChecked ?? false,
			mayCheck: canDraw,
		}),
	);
	const done = useRead(({ state, work }): Partial<Record<Region, boolean>> => {
		const isDone = (region: Region) => (work?.masks.get(region)?.total ?? 0) > 0 || work?.noneSeen.has(region);
		return Object.fromEntries(state.regions.map((region) => [region, isDone(region) ?? false]));
	});
	const steps = [
		{
			key: 'preRead',
			name: t('preRead.step'),
			done: preRead !== undefined,
			current: asking,
			go: mayCheck ? () => session.showDialog('preRead') : undefined,
		},
		...regions.map((region) => ({
			key: region,
			name: t(`region.${region}`),
			done: done[region] ?? false,
			current: region === chosen && !checking,
			go: () => session.chooseRegion(region),
		})),
		{
			key: 'selfCheck',
			name: t('selfCheck.step'),
			done: selfChecked,
			current: checking && !reporting,
			go: mayCheck ? () => session.protocol.showSelfCheck(true) : undefined,
		},
	];
	return (
		<ol className="steps" aria-label={t('steps.label')}>
			{steps.map(({ key, name, done, current, go }, n) => (
				<li key={key} className={done && !current ? 'dn' : ''} aria-current={current ? 'step' : undefined}>
					<button type="button" disabled={!go} onClick={go} data-step={key} title={name}>
						<span className="n">{done && !current ? <Icon name="check" /> : n + 1}</span>
						<span className="w">{name}</span>
					</button>
				</li>
			))}
		</ol>
	);
}
