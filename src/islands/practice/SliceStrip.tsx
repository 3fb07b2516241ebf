import type { CSSProperties } from 'react';
import { formatQuantity } from '../../i18n/format.ts';
import { TARGET_SEQUENCE } from '../../protocol/target.ts';
import { useRead, useRoom } from './context.ts';
import { Slices } from './Slices.tsx';
import { SliceTurn } from './SliceTurn.tsx';

/** Every slice of the panel in front: how much is drawn and whether it was looked at, or how large the error is. */
export function SliceStrip() {
	const { shown, errors } = useRead(({ state: { front, region, report }, viewer }) => ({
		shown: front !== undefined && viewer.panel(front)?.view !== undefined,
		errors: report !== undefined && region !== undefined && TARGET_SEQUENCE[region] === front,
	}));
	if (!shown) return <section className="strip" />;
	return errors ? <ErrorStrip /> : <WorkStrip />;
}

function WorkStrip() {
	const { t } = useRoom();
	const { region, sequence, view, mask, looked, seen } = useRead((session) => {
		const { state, viewer, work } = session;
		const { front, region } = state;
		const sequence = front && session.sequenceOf(front);
		const mask = region && TARGET_SEQUENCE[region] === sequence ? work?.masks.get(region) : undefined;
		const looked = sequence && work?.looked.get(sequence);
		const view = front && viewer.panel(front)?.view;
		return { region, sequence, view, mask, version: mask?.version, looked, seen: looked?.size ?? 0 };
	});
	if (!sequence || !view) return null;
	const slices = view.dims[2];
	const counts = mask?.sliceCounts ?? new Uint32Array(slices);
	const most = counts.reduce((a, b) => Math.max(a, b), 1);
	const drawn = counts.reduce((n, count) => n + (count > 0 ? 1 : 0), 0);
	const first = counts.findIndex((count) => count > 0);
	const last = counts.findLastIndex((count) => count > 0);
	const share = (slice: number) => ((counts[slice] ?? 0) / most).toFixed(3);
	const areaOf = (count: number) => formatQuantity((count * view.spacingMm[0] * view.spacingMm[1]) / 100, 'cm²');
	return (
		<section className="strip" aria-label={t('strip.label')}>
			<div className="lab">
				<b>{mask && region ? t(`region.${region}`) : t(`sequence.${sequence}`)}</b>
				{mask && <span>{t('strip.drawn', { count: drawn })}</span>}
				<span>{t('strip.seen', { seen, slices })}</span>
			</div>
			<Slices
				stamp={(slice) => {
					const isSeen = looked?.has(slice) ?? false;
					return counts[slice]
						? [isSeen, region, counts[slice], share(slice), slice === first, slice === last].join()
						: `${isSeen}`;
				}}
				slot={(slice) => {
					const count = counts[slice] ?? 0;
					const isSeen = looked?.has(slice) ?? false;
					const isFirst = slice === first;
					const isLast = slice === last && last !== first;
					const colour = count === 0 ? 'no' : region?.toLowerCase();
					const classes = [colour, !isSeen && 'un', isFirst && 'first', isLast && 'last'];
					return {
						className: classes.filter(Boolean).join(' '),
						label: t('strip.slice', {
							slice: slice + 1,
							seen: t(isSeen ? 'strip.seenYes' : 'strip.seenNo'),
							drawn: count > 0 ? areaOf(count) : t('strip.areaNone'),
						}),
						marks: (
							<>
								<span className="b" style={{ '--a': share(slice) } as CSSProperties} />
								<span className="v" />
								{(isFirst || isLast) && (
									<span className="e">
										<span>{t(isFirst ? 'strip.first' : 'strip.last')}</span>
									</span>
								)}
							</>
						),
					};
				}}
			/>
			<div className="lab r">
				{mask && <span>{t('strip.legendBar')}</span>}
				<span>{t('strip.legendLine')}</span>
			</div>
			<SliceTurn />
		</section>
	);
}

function ErrorStrip() {
	const { t } = useRoom();
	const { report, chosen } = useRead(({ state }) => ({ report: state.report, chosen: state.region }));
	const errors = report?.report.regions.find(({ region }) => region === chosen)?.slices ?? [];
	const bySlice = new Map(errors.map((error) => [error.slice, error]));
	const most = Math.max(1e-9, ...errors.map(({ missedMm2, extraMm2 }) => Math.max(missedMm2, extraMm2)));
	const area = (mm2: number) => formatQuantity(mm2 / 100, 'cm²');
	const share = (mm2: number) => ({ '--a': (mm2 / most).toFixed(3) }) as CSSProperties;
	return (
		<section className="strip errors" aria-label={t('strip.errors')}>
			<div className="lab">
				<b>{t('strip.errors')}</b>
				<span className="missed">{t('strip.missedUp')}</span>
				<span className="extra">{t('strip.extraDown')}</span>
				{errors.length > 0 && <span>{t('strip.fullScale', { area: area(most) })}</span>}
			</div>
			<Slices
				stamp={(slice) => [bySlice.get(slice)?.missedMm2, bySlice.get(slice)?.extraMm2, most].join()}
				slot={(slice) => {
					const { missedMm2 = 0, extraMm2 = 0 } = bySlice.get(slice) ?? {};
					return {
						className: 'er',
						label: t('strip.errorSlice', { slice: slice + 1, missed: area(missedMm2), extra: area(extraMm2) }),
						marks: (
							<>
								<span className="up" style={share(missedMm2)} />
								<span className="down" style={share(extraMm2)} />
							</>
						),
					};
				}}
			/>
			<div className="lab r" />
			<SliceTurn />
		</section>
	);
}
