import { localePath } from '../../i18n/locales.ts';
import { useRoom } from './context.ts';
import { Icon } from './Icon.tsx';

const HELP = {
	full: 'saved.helpFull',
	unavailable: 'saved.helpUnavailable',
	otherTab: 'saved.helpOtherTab',
	gone: 'saved.helpGone',
	unexpected: 'saved.help',
} as const;

/** Why nothing is saved, and the ways out: making room, or a file on the disk. */
export function NotSaved({ reason }: { readonly reason: keyof typeof HELP }) {
	const { session, t, locale } = useRoom();
	return (
		<div className="attn" data-not-saved={reason}>
			<p>{t(HELP[reason])}</p>
			<p className="filebtns">
				{reason === 'full' && (
					<a className="btn s" href={localePath(locale, '/cases/')} target="_blank" rel="noopener">
						{t('saved.makeRoom')}
					</a>
				)}
				<button type="button" className="btn s" onClick={() => session.showDialog('export')}>
					<Icon name="dl" small />
					{t('saved.export')}
				</button>
			</p>
		</div>
	);
}
