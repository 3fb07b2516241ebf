import { useRoom } from '../context.ts';
import { Icon } from '../Icon.tsx';

/** The way through a case: pre-read, the regions in their order, self-check. */
export function Steps() {
	const { session, state, t } = useRoom();
	const { regions, region: chosen, checking, report } = state;
	const { work } = session;
	const mayCheck = session.canDraw;
	const steps = [
		{
			key: 'preRead',
			name: t('preRead.step'),
			done: work?.preRead !== undefined,
			current: state.dialog === 'preRead',
			go: mayCheck ? () => session.showDialog('preRead') : undefined,
		},
		...regions.map((region) => ({
			key: region,
			name: t(`region.${region}`),
			done: (work?.masks.get(region)?.total ?? 0) > 0 || (work?.noneSeen.has(region) ?? false),
			current: region === chosen && !checking,
			go: () => session.chooseRegion(region),
		})),
		{
			key: 'selfCheck',
			name: t('selfCheck.step'),
			done: work?.selfChecked ?? false,
			current: checking && !report,
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
