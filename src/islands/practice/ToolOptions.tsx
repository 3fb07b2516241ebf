import type { ReactNode } from 'react';
import { formatNumber, formatPercent, formatQuantity } from '../../i18n/format.ts';
import { slicesToFill } from '../../mask/interpolate.ts';
import { TARGET_SEQUENCE, type Target } from '../../protocol/target.ts';
import { useRoom } from './context.ts';
import type { Operation } from './drawing.ts';
import { TOLERANCE } from './proposals.ts';
import { Slider } from './Slider.tsx';

/** Two or more ways, of which one holds. */
export function Choice<Value extends string | number | boolean>(props: {
	label: string;
	value: Value;
	ways: readonly (readonly [value: Value, words: string])[];
	onChoose: (value: Value) => void;
	className?: string;
}) {
	const { label, value, ways, onChoose, className } = props;
	return (
		<fieldset className={className ? `seg ${className}` : 'seg'} aria-label={label}>
			{ways.map(([way, words]) => (
				<button key={String(way)} type="button" aria-pressed={way === value} onClick={() => onChoose(way)}>
					{words}
				</button>
			))}
		</fieldset>
	);
}

/** Whether a tool stays in the slice or reaches into those around. */
export function Extent() {
	const { session, state, t } = useRoom();
	const ways = [
		[false, t('option.inSlice')],
		[true, t('option.ball')],
	] as const;
	return (
		<Choice
			label={t('option.extent')}
			value={state.ball}
			ways={ways}
			onChoose={(ball) => session.setOptions({ ball })}
		/>
	);
}

/** Whether only a range of intensities is drawn on, and which. */
export function RangeOptions() {
	const { session, state, t } = useRoom();
	const sequence = state.region && TARGET_SEQUENCE[state.region];
	const whole = sequence && session.windows.range(sequence);
	const range = sequence && (state.ranges.get(sequence) ?? session.windows.get(sequence));
	if (!sequence || !whole || !range) return null;
	const span = whole.high - whole.low;
	const figure = (value: number) => formatNumber(value, span < 20 ? 2 : 0);
	const slider = (end: 'low' | 'high', label: string) => (
		<Slider
			label={label}
			min={whole.low}
			max={whole.high}
			step={span / 200}
			value={range[end]}
			figure={figure(range[end])}
			onChange={(to) =>
				session.setRange(
					sequence,
					end === 'low' ? { low: to, high: Math.max(to, range.high) } : { low: Math.min(to, range.low), high: to },
				)
			}
		/>
	);
	return (
		<>
			<Choice
				label={t('option.where')}
				value={state.inRange}
				ways={[
					[false, t('option.anywhere')],
					[true, t('option.inRange')],
				]}
				onChoose={(inRange) => session.setOptions({ inRange })}
			/>
			{state.inRange && slider('low', t('option.from'))}
			{state.inRange && slider('high', t('option.to'))}
		</>
	);
}

/** Takes what is proposed, or lets go of it. */
function Take() {
	const { session, state, t } = useRoom();
	const { proposals } = session.drawing;
	if (!state.proposal) return null;
	return (
		<>
			<span>{t('option.proposed', { volume: formatQuantity(state.proposal.volumeMl, 'mL') })}</span>
			<button type="button" className="btn s pri" onClick={() => proposals.accept()}>
				{t('option.accept')}
			</button>
			<button type="button" className="btn s" onClick={() => proposals.cancel()}>
				{t('option.discard')}
			</button>
		</>
	);
}

export function GrowOptions() {
	const { session, state, t } = useRoom();
	return (
		<>
			<Slider
				label={t('option.tolerance')}
				spoken={t('option.toleranceLabel')}
				min={TOLERANCE.min}
				max={TOLERANCE.max}
				step={0.01}
				value={state.tolerance}
				figure={formatPercent(state.tolerance)}
				onChange={(share) => session.drawing.proposals.setTolerance(share)}
			/>
			<Extent />
			{state.proposal ? <Take /> : <span className="hide-m">{t('option.growHint')}</span>}
		</>
	);
}

export function ThresholdOptions() {
	const { session, state, t } = useRoom();
	return (
		<>
			<Choice
				label={t('option.side')}
				value={state.dark}
				ways={[
					[false, t('option.bright')],
					[true, t('option.dark')],
				]}
				onChoose={(dark) => session.setOptions({ dark })}
			/>
			<Slider
				label={t('option.zoneSlices')}
				min={0}
				max={20}
				step={1}
				value={state.zoneSlices}
				figure={t('option.slices', { count: state.zoneSlices })}
				onChange={(zoneSlices) => session.setOptions({ zoneSlices })}
			/>
			{state.proposal ? <Take /> : <span className="hide-m">{t('option.thresholdHint')}</span>}
		</>
	);
}

/** A button for one operation. */
function Do({ operation, children, disabled }: { operation: Operation; children: ReactNode; disabled?: boolean }) {
	const { session } = useRoom();
	return (
		<button
			type="button"
			className="btn s"
			disabled={disabled === true || !session.canDraw}
			onClick={() => session.drawing.operate(operation)}
		>
			{children}
		</button>
	);
}

export function SliceOptions() {
	const { session, state, t } = useRoom();
	const mask = state.region && session.work?.masks.get(state.region);
	const gaps = mask ? slicesToFill(mask).length : 0;
	return (
		<>
			<Do operation={{ kind: 'interpolate' }} disabled={gaps === 0}>
				{t('option.interpolate', { count: gaps })}
			</Do>
			<Do operation={{ kind: 'copySlice', by: 1 }}>{t('option.copyUp')}</Do>
			<Do operation={{ kind: 'copySlice', by: -1 }}>{t('option.copyDown')}</Do>
			<Told />
		</>
	);
}

/** An island smaller than this goes, mL: as small as what the scorer counts as no lesion. */
const ISLAND_ML = 0.014;
const SMOOTH_MM = 2;
const STEP_MM = 1;

/** What makes one region out of two others (§4). */
const COMBINED: Partial<Record<Target, Extract<Operation, { kind: 'combine' }>>> = {
	TB: { kind: 'combine', first: 'ET', second: 'NE', operation: 'union' },
	NE: { kind: 'combine', first: 'TB', second: 'ET', operation: 'minus' },
};

export function ShapeOptions() {
	const { state, t } = useRoom();
	const { region, targets } = state;
	const combined = region && COMBINED[region];
	const mm = formatQuantity(STEP_MM, 'mm');
	return (
		<>
			<Do operation={{ kind: 'removeIslands', smallerThanMl: ISLAND_ML }}>{t('option.removeIslands')}</Do>
			<Do operation={{ kind: 'fillHoles' }}>{t('option.fillHoles')}</Do>
			<Do operation={{ kind: 'smooth', radiusMm: SMOOTH_MM }}>{t('option.smooth')}</Do>
			<Do operation={{ kind: 'margin', mm: STEP_MM }}>{t('option.growBy', { mm })}</Do>
			<Do operation={{ kind: 'margin', mm: -STEP_MM }}>{t('option.shrinkBy', { mm })}</Do>
			<Extent />
			{combined && targets.includes(combined.first) && targets.includes(combined.second) && (
				<Do operation={combined}>
					{t(`option.combine.${combined.operation}`, {
						region: t(`region.${region}`),
						first: t(`region.${combined.first}`),
						second: t(`region.${combined.second}`),
					})}
				</Do>
			)}
			<Told />
		</>
	);
}

/** What became of the last operation. */
export function Told() {
	const { state, t } = useRoom();
	const { told } = state;
	if (!told) return null;
	return (
		<span role="status" className={told.kind === 'operated' && !told.resampled ? undefined : 'attn'}>
			{told.kind !== 'operated' && t(`told.${told.kind}`)}
			{told.kind === 'operated' && t('told.changed', { count: told.voxels })}
			{told.kind === 'operated' && told.resampled && ` ${t('told.resampled')}`}
		</span>
	);
}
