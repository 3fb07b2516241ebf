import type { CSSProperties } from 'react';
import type { FigureSession } from './figureSession.ts';
import type { FigureState } from './state.ts';
import type { FigureWords } from './words.ts';

/** What moves a live figure: sequence, slice, regions, reference. */
export function FigureBar({ session, state, t }: { session: FigureSession; state: FigureState; t: FigureWords }) {
	const { panels, sequences, offered, on, referenceShown, referenceIssues, closeUp } = state;
	const fixed = panels.slice(0, -1);
	const last = panels.at(-1);
	const first = session.viewer.panel('0');
	const slices = first?.view?.dims[2] ?? 0;
	const slice = (first?.slice ?? 0) + 1;
	return (
		<>
			{sequences.length > 1 && (
				<fieldset className="seg">
					<legend className="vh">{t(fixed.length > 0 ? 'figure.sequenceLast' : 'figure.sequence')}</legend>
					{sequences
						.filter((sequence) => !fixed.includes(sequence))
						.map((sequence) => (
							<button
								key={sequence}
								type="button"
								aria-pressed={sequence === last}
								onClick={() => session.choose(sequence)}
							>
								{t(`sequence.${sequence}`)}
							</button>
						))}
				</fieldset>
			)}
			{slices > 1 && (
				<label className="slice">
					{t('figure.slice')}
					<input
						type="range"
						min={1}
						max={slices}
						step={1}
						value={slice}
						style={{ '--v': `${((slice - 1) / (slices - 1)) * 100}%` } as CSSProperties}
						aria-valuetext={t('figure.sliceOf', { slice, slices })}
						onChange={(event) => session.goToSlice(0, event.target.valueAsNumber - 1)}
					/>
					<b>{t('figure.sliceOf', { slice, slices })}</b>
				</label>
			)}
			{offered.length > 0 && (
				<fieldset className="regions">
					<legend className="vh">{t('figure.regions')}</legend>
					{offered.map((region) => (
						<button
							key={region}
							type="button"
							className={`btn s ${region.toLowerCase()}`}
							data-region={region}
							aria-pressed={on.includes(region)}
							onClick={() => session.toggle(region)}
						>
							<i className={`sw ${region.toLowerCase()}`} />
							{t(`region.${region}`)}
						</button>
					))}
				</fieldset>
			)}
			{offered.length > 0 && (
				<label className="chk">
					<input
						type="checkbox"
						checked={referenceShown}
						onChange={(event) => session.showReference(event.target.checked)}
					/>
					{t('figure.reference')}
				</label>
			)}
			{offered.length > 0 && (
				<label className="chk">
					<input type="checkbox" checked={closeUp} onChange={(event) => session.setCloseUp(event.target.checked)} />
					{t('figure.closeUp')}
				</label>
			)}
			{referenceIssues.length > 0 && (
				<p className="attn" role="alert">
					{t('figure.referenceFailed')}
				</p>
			)}
		</>
	);
}
