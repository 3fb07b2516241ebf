import type { ReactNode } from 'react';
import { formatNumber, formatPercent, formatQuantity } from '../../i18n/format.ts';
import { slicesToFill } from '../../mask/interpolate.ts';
import { TARGET_SEQUENCE, type Target } from '../../protocol/target.ts';
import { useRead, useRoom } from './context.ts';
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
	const { session, t } = useRoom();
	const { ball } = useRead(({ state }) => ({ ball: state.ball }));
	const ways = [
		[false, t('option.inSlice')],
		[true, t('option.ball')],
	] as const;
	return (
		<Choice
			label={t('option.extent')}
			value={ball}
			ways={ways}
			onChoose={(reaches) => session.setOptions({ ball: reaches })}
		/>
	);
}

/** Whether only a range of intensities is drawn on, and which. */
export function RangeOptions() {
	const { session, t } = useRoom();
	const { sequence, range, inRange } = useRead(({ state, windows }) => {
		const sequence = state.region && TARGET_SEQUENCE[state.region];
		const range = sequence && (state.ranges.get(sequence) ?? windows.get(sequence));
		return { sequence, range, inRange: state.inRange };
	});
	const whole = sequence && session.windows.range(sequence);
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
				value={inRange}
				ways={[
					[false, t('option.anywhere')],
					[true, t('option.inRange')],
				]}
				onChoose={(only) => session.setOptions({ inRange: only })}
			/>
			{inRange && slider('low', t('option.from'))}
			{inRange && slider('high', t('option.to'))}
		</>
	);
}

/** Takes what is proposed, or lets go of it. */
function Take() {
	const { session, t } = useRoom();
	const { proposal } = useRead(({ state }) => ({ proposal: state.proposal }));
	const { proposals } = session.drawing;
	if (!proposal) return null;
	return (
		<>
			<span>{t('option.proposed', { volume: formatQuantity(proposal.volumeMl, 'mL') })}</span>
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
	const { session, t } = useRoom();
	const { tolerance, proposes } = useRead(({ state }) => ({
		tolerance: state.tolerance,
		proposes: state.proposal !== undefined,
	}));
	return (
		<>
			<Slider
				label={t('option.tolerance')}
				spoken={t('option.toleranceLabel')}
				min={TOLERANCE.min}
				max={TOLERANCE.max}
				step={0.01}
				value={tolerance}
				figure={formatPercent(tolerance)}
				onChange={(share) => session.drawing.proposals.setTolerance(share)}
			/>
			<Extent />
			{proposes ? <Take /> : <span className="hide-m">{t('option.growHint')}</span>}
		</>
	);
}

export function ThresholdOptions() {
	const { session, t } = useRoom();
	const { dark, zoneSlices, proposes } = useRead(({ state }) => ({
		dark: state.dark,
		zoneSlices: state.zoneSlices,
		proposes: state.proposal !== undefined,
	}));
	return (
		<>
			<Choice
				label={t('option.side')}
				value={dark}
				ways={[
					[false, t('option.bright')],
					[true, t('option.dark')],
				]}
				onChoose={(takesDark) => session.setOptions({ dark: takesDark })}
			/>
			<Slider
				label={t('option.zoneSlices')}
				min={0}
				max={20}
				step={1}
				value={zoneSlices}
				figure={t('option.slices', { count: zoneSlices })}
				onChange={(slices) => session.setOptions({ zoneSlices: slices })}
			/>
			{proposes ? <Take /> : <span className="hide-m">{t('option.thresholdHint')}</span>}
		</>
	);
}

/** A button for one operation. */
function Do({ operation, children, disabled }: { operation: Operation; children: ReactNode; disabled?: boolean }) {
	const { session } = useRoom();
	const { canDraw } = useRead((session) => ({ canDraw: session.canDraw }));
	return (
		<button
			type="button"
			className="btn s"
			disabled={disabled === true || !canDraw}
			onClick={() => session.drawing.operate(operation)}
		>
			{children}
		</button>
	);
}

export function SliceOptions() {
	const { t } = useRoom();
	const { mask } = useRead(({ state: { region }, work }) => {
		const mask = region && work?.masks.get(region);
		return { mask, version: mask?.version };
	});
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
	const { t } = useRoom();
	const { region, targets } = useRead(({ state }) => ({ region: state.region, targets: state.targets }));
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
	const { t } = useRoom();
	const { told } = useRead(({ state }) => ({ told: state.told }));
	if (!told) return null;
	return (
		<span role="status" className={told.kind === 'operated' && !told.resampled ? undefined : 'attn'}>
			{told.kind !== 'operated' && t(`told.${told.kind}`)}
			{told.kind === 'operated' && t('told.changed', { count: told.voxels })}
			{told.kind === 'operated' && told.resampled && ` ${t('told.resampled')}`}
		</span>
	);
}
