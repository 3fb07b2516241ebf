import type { CSSProperties } from 'react';

/** A labelled slider with its value in words. */
export function Slider(props: {
	label: string;
	/** What a screen reader says; the label where it is enough. */
	spoken?: string;
	value: number;
	figure: string;
	min: number;
	max: number;
	step: number;
	className?: string;
	onChange: (value: number) => void;
}) {
	const { label, spoken = label, value, figure, min, max, step, className, onChange } = props;
	const share = max > min ? (Math.min(max, Math.max(min, value)) - min) / (max - min) : 0;
	return (
		<label className={className}>
			{label}
			<input
				type="range"
				min={min}
				max={max}
				step={step}
				value={value}
				style={{ '--v': `${share * 100}%` } as CSSProperties}
				aria-label={spoken}
				aria-valuetext={figure}
				onChange={(event) => onChange(event.target.valueAsNumber)}
			/>
			<b className="figure">{figure}</b>
		</label>
	);
}
