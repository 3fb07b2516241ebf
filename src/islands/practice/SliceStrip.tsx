import type { CSSProperties } from 'react';
import { formatQuantity } from '../../i18n/format.ts';
import { REGION_SEQUENCE } from '../../schemas/protocol.ts';
import { useRoom } from './context.ts';

/** Every slice of the panel in front: how much is drawn and whether it was looked at, or how large the error is. */
export function SliceStrip() {
	const { state, session } = useRoom();
	const panel = state.front && session.viewer.panel(state.front);
	if (!panel?.view) return <section className="strip" />;
	return state.report && state.region && REGION_SEQUENCE[state.region] === state.front ? <ErrorStrip /> : <WorkStrip />;
}

/** Numbers under the strip: every fifth, and fewer where there are many slices. */
function isLabelled(slice: number, slices: number): boolean {
	const every = slices <= 40 ? 5 : slices <= 100 ? 10 : 20;
	return slice === 1 || slice % every === 0;
}

function WorkStrip() {
	const { session, state, t } = useRoom();
	const { front, region } = state;
	const panel = front && session.viewer.panel(front);
	if (!front || !panel?.view) return null;
	const sequence = session.sequenceOf(front);
	const slices = panel.view.dims[2];
	const mask = region && REGION_SEQUENCE[region] === sequence ? session.work?.masks.get(region) : undefined;
	const counts = mask?.sliceCounts ?? new Uint32Array(slices);
	const most = counts.reduce((a, b) => Math.max(a, b), 1);
	const drawn = counts.reduce((n, count) => n + (count > 0 ? 1 : 0), 0);
	const first = counts.findIndex((count) => count > 0);
	const last = counts.findLastIndex((count) => count > 0);
	const looked = session.work?.looked.get(sequence) ?? new Set();
	const areaOf = (count: number) =>
		formatQuantity((count * panel.view!.spacingMm[0] * panel.view!.spacingMm[1]) / 100, 'cm²');
	return (
		<section className={`strip ${mask && region ? region.toLowerCase() : ''}`} aria-label={t('strip.label')}>
			<div className="lab">
				<b>{mask && region ? t(`region.${region}`) : t(`sequence.${sequence}`)}</b>
				{mask && <span>{t('strip.drawn', { count: drawn })}</span>}
				<span>{t('strip.seen', { seen: looked.size, slices })}</span>
			</div>
			<div className="sls" style={{ '--slices': slices } as CSSProperties}>
				{Array.from({ length: slices }, (_, slice) => {
					const count = counts[slice] ?? 0;
					const classes = ['sl'];
					if (count === 0) classes.push('no');
					if (!looked.has(slice)) classes.push('un');
					if (slice === panel.slice) classes.push('cur');
					if (slice === first) classes.push('first');
					if (slice === last && last !== first) classes.push('last');
					return (
						<button
							// biome-ignore lint/suspicious/noArrayIndexKey: a slice is its number
							key={slice}
							type="button"
							className={classes.join(' ')}
							tabIndex={slice === panel.slice ? 0 : -1}
							aria-current={slice === panel.slice ? 'true' : undefined}
							aria-label={t('strip.slice', {
								slice: slice + 1,
								seen: t(looked.has(slice) ? 'strip.seenYes' : 'strip.seenNo'),
								drawn: count > 0 ? areaOf(count) : t('strip.areaNone'),
							})}
							onClick={() => session.viewer.goToSlice(front, slice)}
						>
							<span className="b" style={{ '--a': (count / most).toFixed(3) } as CSSProperties} />
							<span className="v" />
							<span className="t">{isLabelled(slice + 1, slices) || slice === panel.slice ? slice + 1 : ''}</span>
							{slice === first && (
								<span className="e">
									<span>{t('strip.first')}</span>
								</span>
							)}
							{slice === last && last !== first && (
								<span className="e">
									<span>{t('strip.last')}</span>
								</span>
							)}
						</button>
					);
				})}
			</div>
			<div className="lab r">
				{mask && <span>{t('strip.legendBar')}</span>}
				<span>{t('strip.legendLine')}</span>
			</div>
		</section>
	);
}

function ErrorStrip() {
	const { session, state, t } = useRoom();
	const { front, region, report } = state;
	const panel = front && session.viewer.panel(front);
	if (!front || !region || !report || !panel?.view) return null;
	const errors = report.report.regions.find((each) => each.region === region)?.slices ?? [];
	const slices = panel.view.dims[2];
	const bySlice = new Map(errors.map((error) => [error.slice, error]));
	const most = Math.max(1e-9, ...errors.map(({ missedMm2, extraMm2 }) => Math.max(missedMm2, extraMm2)));
	const area = (mm2: number) => formatQuantity(mm2 / 100, 'cm²');
	return (
		<section className="strip errors" aria-label={t('strip.errors')}>
			<div className="lab">
				<b>{t('strip.errors')}</b>
				<span className="missed">{t('strip.missedUp')}</span>
				<span className="extra">{t('strip.extraDown')}</span>
				{errors.length > 0 && <span>{t('strip.fullScale', { area: area(most) })}</span>}
			</div>
			<div className="sls" style={{ '--slices': slices } as CSSProperties}>
				{Array.from({ length: slices }, (_, slice) => {
					const { missedMm2 = 0, extraMm2 = 0 } = bySlice.get(slice) ?? {};
					return (
						<button
							// biome-ignore lint/suspicious/noArrayIndexKey: a slice is its number
							key={slice}
							type="button"
							className={slice === panel.slice ? 'sl er cur' : 'sl er'}
							tabIndex={slice === panel.slice ? 0 : -1}
							aria-current={slice === panel.slice ? 'true' : undefined}
							aria-label={t('strip.errorSlice', {
								slice: slice + 1,
								missed: area(missedMm2),
								extra: area(extraMm2),
							})}
							onClick={() => session.viewer.goToSlice(front, slice)}
						>
							<span className="up" style={{ '--a': (missedMm2 / most).toFixed(3) } as CSSProperties} />
							<span className="down" style={{ '--a': (extraMm2 / most).toFixed(3) } as CSSProperties} />
							<span className="t">{isLabelled(slice + 1, slices) || slice === panel.slice ? slice + 1 : ''}</span>
						</button>
					);
				})}
			</div>
			<div className="lab r" />
		</section>
	);
}
