import { clauseHref } from '../../../i18n/clause.ts';
import { useRead, useRoom } from '../context.ts';

/** Asks for the pre-read until it is there, and tells of series that are too poor. Nothing waits for it. */
export function PreReadNotice() {
	const { session, t, locale } = useRoom();
	const { ready, preRead, canDraw } = useRead(({ work, canDraw }) => ({
		ready: work !== undefined,
		preRead: work?.preRead,
		canDraw,
	}));
	if (!ready) return null;
	const poor = Object.values(preRead?.quality ?? {}).includes(1);
	if (preRead && !poor) return null;
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
			{poor && (
				<p className="attn">
					{t('preRead.poorKept')} {clause('§2.1-④')}
				</p>
			)}
			{!preRead && (
				<button type="button" className="btn s" disabled={!canDraw} onClick={() => session.showDialog('preRead')}>
					{t('preRead.open')}
				</button>
			)}
		</section>
	);
}
