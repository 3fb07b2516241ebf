import { type FormEvent, useState } from 'react';
import { clauseHref } from '../../../i18n/clause.ts';
import type { Sequence } from '../../../protocol/protocol.ts';
import {
	COMPOSITION,
	type Component,
	LOBES,
	type Lobe,
	MARGINS,
	type Margin,
	MOST_LESIONS,
	QUALITY_GRADES,
	type QualityGrade,
	SIDES,
	type Side,
} from '../../../schemas/preRead.ts';
import { useRead, useRoom } from '../context.ts';
import { Dialog } from '../Dialog.tsx';
import { Icon } from '../Icon.tsx';
import { Answer, toggled } from './Answer.tsx';

/** What was seen on the whole of the images, to be told before the first stroke (§6). */
export function PreReadDialog() {
	const { session, t, locale } = useRoom();
	const { series, canDraw } = useRead(({ state, canDraw }) => ({ series: state.series, canDraw }));
	const before = session.work?.preRead;
	const [side, setSide] = useState<Side | undefined>(before?.side);
	const [lobes, setLobes] = useState<readonly Lobe[]>(before?.lobes ?? []);
	const [lesions, setLesions] = useState(String(before?.lesions ?? ''));
	const [margin, setMargin] = useState<Margin | undefined>(before?.margin);
	const [composition, setComposition] = useState<readonly Component[]>(before?.composition ?? []);
	const [quality, setQuality] = useState<Partial<Record<Sequence, QualityGrade>>>(before?.quality ?? {});
	const [told, setTold] = useState(false);
	const count = /^\d+$/.test(lesions) ? Number(lesions) : 0;
	const missing = [
		side === undefined && t('preRead.side'),
		lobes.length === 0 && t('preRead.lobe'),
		(count < 1 || count > MOST_LESIONS) && t('preRead.lesions'),
		margin === undefined && t('preRead.margin'),
	].filter((what) => what !== false);
	const loaded = [...series].flatMap(([sequence, { kind }]) => (kind === 'shown' ? [sequence] : []));
	const poor = loaded.filter((sequence) => quality[sequence] === 1);
	const close = () => session.showDialog(undefined);
	const save = (event: FormEvent) => {
		event.preventDefault();
		setTold(true);
		if (!side || !margin || missing.length > 0) return;
		session.protocol.tellPreRead({
			side,
			lobes: [...lobes],
			lesions: count,
			margin,
			composition: [...composition],
			quality,
		});
	};
	return (
		<Dialog title={t('preRead.title')} onClose={close} holds>
			<header>
				<h2>{t('preRead.title')}</h2>
				<button type="button" className="ib" aria-label={t('dialog.close')} title={t('dialog.close')} onClick={close}>
					<Icon name="x" />
				</button>
			</header>
			<form className="body preread-form" id="preread" onSubmit={save} noValidate>
				<p>
					{t('preRead.why')}{' '}
					<a className="cl" href={clauseHref(locale, '§6')} target="_blank" rel="noreferrer">
						§6
					</a>
				</p>
				<fieldset>
					<legend>{t('preRead.side')}</legend>
					{SIDES.map((each) => (
						<Answer key={each} name="side" checked={side === each} onChange={() => setSide(each)}>
							{t(`preRead.side.${each}`)}
						</Answer>
					))}
				</fieldset>
				<fieldset>
					<legend>{t('preRead.lobe')}</legend>
					{LOBES.map((each) => (
						<Answer key={each} checked={lobes.includes(each)} onChange={() => setLobes(toggled(lobes, each))}>
							{t(`preRead.lobe.${each}`)}
						</Answer>
					))}
				</fieldset>
				<label className="count">
					<span>{t('preRead.lesions')}</span>
					<span className="inp">
						<input
							type="number"
							aria-label={t('preRead.lesions')}
							inputMode="numeric"
							min={1}
							max={MOST_LESIONS}
							value={lesions}
							onChange={(event) => setLesions(event.target.value)}
						/>
					</span>
					<span className="for-fingers">
						{([-1, 1] as const).map((step) => (
							<button
								key={step}
								type="button"
								className="ib"
								tabIndex={-1}
								aria-label={t(step < 0 ? 'preRead.fewer' : 'preRead.more')}
								onClick={() => setLesions(String(Math.min(MOST_LESIONS, Math.max(1, count + step))))}
							>
								<Icon name={step < 0 ? 'down' : 'up'} />
							</button>
						))}
					</span>
				</label>
				<fieldset>
					<legend>{t('preRead.margin')}</legend>
					{MARGINS.map((each) => (
						<Answer key={each} name="margin" checked={margin === each} onChange={() => setMargin(each)}>
							{t(`preRead.margin.${each}`)}
						</Answer>
					))}
				</fieldset>
				<fieldset>
					<legend>{t('preRead.composition')}</legend>
					{COMPOSITION.map((each) => (
						<Answer
							key={each}
							checked={composition.includes(each)}
							onChange={() => setComposition(toggled(composition, each))}
						>
							{t(`preRead.composition.${each}`)}
						</Answer>
					))}
				</fieldset>
				<div className="quality">
					<p>
						<b>{t('preRead.quality')}</b> <span>{t('preRead.qualityNote')}</span>{' '}
						<a className="cl" href={clauseHref(locale, '§2.1')} target="_blank" rel="noreferrer">
							§2.1
						</a>
					</p>
					{loaded.map((sequence) => (
						<fieldset key={sequence}>
							<legend>{t(`sequence.${sequence}`)}</legend>
							<Answer
								name={`quality-${sequence}`}
								checked={quality[sequence] === undefined}
								onChange={() => {
									const { [sequence]: _, ...others } = quality;
									setQuality(others);
								}}
							>
								{t('preRead.quality.none')}
							</Answer>
							{QUALITY_GRADES.map((grade) => (
								<Answer
									key={grade}
									name={`quality-${sequence}`}
									checked={quality[sequence] === grade}
									onChange={() => setQuality({ ...quality, [sequence]: grade })}
								>
									{t(`preRead.quality.${grade}`)}
								</Answer>
							))}
						</fieldset>
					))}
					{poor.length > 0 && (
						<p className="attn" role="status">
							{t('preRead.poor', { series: poor.map((each) => t(`sequence.${each}`)).join(t('protocol.comma')) })}
						</p>
					)}
				</div>
			</form>
			<footer>
				<button type="submit" form="preread" className="btn pri" disabled={!canDraw}>
					{t('preRead.save')}
				</button>
				<span role="status" className="attn">
					{told && missing.length > 0 && t('preRead.missing', { what: missing.join(t('protocol.comma')) })}
				</span>
			</footer>
		</Dialog>
	);
}
