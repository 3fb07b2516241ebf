import { useState } from 'react';
import { clauseHref } from '../../../i18n/clause.ts';
import { isRegion, TARGET_SEQUENCE } from '../../../protocol/target.ts';
import { useRead, useRoom } from '../context.ts';
import { ConfirmVersion } from '../reference/ConfirmVersion.tsx';
import { Answer } from './Answer.tsx';
import { NoneSeen } from './NoneSeen.tsx';
import type { CheckedSlice, RegionCheck } from './selfCheck.ts';

/** The check at the end (§6-⑧): every region slice by slice, what is open, and the score. */
export function SelfCheckSide() {
	const { session, t, locale } = useRoom();
	const { edits, canScore, isReference } = useRead(({ state, work, canDraw }) => ({
		work,
		// What was gone over is no more once it is edited.
		edits: sumOf(work?.masks, ({ version }) => version),
		looks: sumOf(work?.looked, ({ size }) => size),
		absent: work?.noneSeen.size,
		canScore: state.manifest?.reference !== undefined && canDraw,
		isReference: state.purpose === 'reference',
	}));
	const checks = session.protocol.selfCheck;
	const [tickedAt, setTickedAt] = useState<number>();
	const ticked = tickedAt === edits;
	const open = checks.reduce(
		(sum, { unseen, skipped, missing }) => sum + unseen.length + skipped.length + Number(missing),
		0,
	);
	return (
		<div className="check">
			<section>
				<h2>
					{t('selfCheck.heading')}
					<a className="cl" href={clauseHref(locale, '§6-⑧')} target="_blank" rel="noreferrer">
						§6-⑧
					</a>
					<span>{open > 0 ? t('selfCheck.open', { count: open }) : t('selfCheck.nothingOpen')}</span>
				</h2>
				<p className="mute xs">{t('selfCheck.legend')}</p>
			</section>
			{checks.map((check) => (
				<RegionStrip key={check.region} check={check} />
			))}
			<div className="bot">
				<Answer checked={ticked} onChange={() => setTickedAt(ticked ? undefined : edits)}>
					{t(isReference ? 'reference.confirmTick' : 'selfCheck.tick')}
				</Answer>
				<p className="row">
					{isReference ? (
						<ConfirmVersion checks={checks} ticked={ticked} />
					) : (
						<button
							type="button"
							className="btn pri"
							disabled={!canScore}
							onClick={() => session.protocol.scoreNow(ticked)}
						>
							{t(ticked ? 'score.action' : 'selfCheck.scoreAnyway')}
						</button>
					)}
					<button type="button" className="btn qt" onClick={() => session.protocol.showSelfCheck(false)}>
						{t('selfCheck.back')}
					</button>
				</p>
			</div>
		</div>
	);
}

function sumOf<Each>(map: ReadonlyMap<unknown, Each> | undefined, amount: (each: Each) => number): number {
	return [...(map?.values() ?? [])].reduce((sum, each) => sum + amount(each), 0);
}

function RegionStrip({ check }: { check: RegionCheck }) {
	const { t } = useRoom();
	const { region, slices, unseen, skipped, missing } = check;
	const drawn = slices.some((slice) => slice.drawn);
	const { absent, shown } = useRead(({ work, viewer }) => ({
		absent: isRegion(region) && (work?.noneSeen.has(region) ?? false),
		shown: viewer.panel(TARGET_SEQUENCE[region])?.slice,
	}));
	return (
		<section className={region.toLowerCase()} data-check={region}>
			<h3>
				<i className="sw" />
				{t(`region.${region}`)}
				<span>{t(`sequence.${TARGET_SEQUENCE[region]}`)}</span>
			</h3>
			{!drawn && <p className={missing ? 'attn' : 'mute'}>{t(absent ? 'selfCheck.absent' : 'selfCheck.empty')}</p>}
			{isRegion(region) && <NoneSeen region={region} />}
			{drawn && (
				<ol className="cells">
					{slices.map((slice) => (
						<Cell key={slice.slice} of={check} slice={slice} shown={slice.slice === shown} />
					))}
				</ol>
			)}
			{unseen.length > 0 && <p className="attn">{t('selfCheck.unseen', { count: unseen.length })}</p>}
			{skipped.length > 0 && <p className="attn">{t('selfCheck.skipped', { count: skipped.length })}</p>}
		</section>
	);
}

function Cell({ of: { region }, slice, shown }: { of: RegionCheck; slice: CheckedSlice; shown: boolean }) {
	const { session, t } = useRoom();
	const { drawn, looked, skipped, first, last, jump } = slice;
	const marks = [drawn && 'dr', !looked && 'un', skipped && 'gap', first && 'first', last && 'last', jump && 'jump'];
	const words = [
		t(looked ? 'strip.seenYes' : 'strip.seenNo'),
		t(skipped ? 'selfCheck.cellSkipped' : drawn ? 'selfCheck.cellDrawn' : 'strip.areaNone'),
		...(first ? [t('selfCheck.cellFirst')] : []),
		...(last ? [t('selfCheck.cellLast')] : []),
	];
	const label = t('selfCheck.cell', { slice: slice.slice + 1, state: words.join(t('protocol.comma')) });
	return (
		<li className={marks.filter(Boolean).join(' ')}>
			<button
				type="button"
				aria-label={label}
				title={label}
				aria-current={shown ? 'true' : undefined}
				data-slice={slice.slice + 1}
				onClick={() => session.protocol.showSlice(region, slice.slice)}
			>
				<span className="b" />
				<span className="l" />
				<span className="t">{slice.slice + 1}</span>
			</button>
		</li>
	);
}
