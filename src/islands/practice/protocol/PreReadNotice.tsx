import { clauseHref } from '../../../i18n/clause.ts';
import { useRoom } from '../context.ts';

/** Asks for the pre-read until it is there, and for what follows from it. Nothing waits for it. */
export function PreReadNotice() {
	const { session, t, locale } = useRoom();
	const { work, protocol } = session;
	if (!work) return null;
	const { preRead } = work;
	const notLookedThrough = protocol.notLookedThrough;
	const poor = Object.values(preRead?.quality ?? {}).includes(1);
	if (preRead && notLookedThrough.length === 0 && !poor) return null;
	const clause = (name: string) => (
		<a className="cl" href={clauseHref(locale, name)} target="_blank" rel="noreferrer">
			{name}
		</a>
	);
	return (
		<section className="preread">
			<h2>{t('preRead.step')}</h2>
			{!preRead && (
				<p>
					{t('preRead.asked')} {clause('§6')}
				</p>
			)}
			{preRead && notLookedThrough.length > 0 && (
				<p>
					{t('preRead.several', { count: preRead.lesions })}{' '}
					{notLookedThrough
						.map(({ sequence, looked, slices }) =>
							t('preRead.looked', { sequence: t(`sequence.${sequence}`), looked, slices }),
						)
						.join(t('protocol.comma'))}{' '}
					{clause('§6-⑥')}
				</p>
			)}
			{poor && (
				<p className="attn">
					{t('preRead.poorKept')} {clause('§2.1-④')}
				</p>
			)}
			{!preRead && (
				<button
					type="button"
					className="btn s"
					disabled={!session.canDraw}
					onClick={() => session.showDialog('preRead')}
				>
					{t('preRead.open')}
				</button>
			)}
		</section>
	);
}
